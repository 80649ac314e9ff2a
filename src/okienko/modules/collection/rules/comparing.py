"""Two typings of the same paper form: where they differ, and how often that happens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from okienko.engines.questionnaire import NOT_SHOWN

Values = Mapping[str, int | float]


@dataclass(frozen=True)
class Comparison:
    """`differences`: item codes in the order of the sheet; `compared`: how many items either was asked."""

    differences: tuple[str, ...]
    compared: int


def compare_typings(first: Values, second: Values, codes: Iterable[str]) -> Comparison:
    """Compare item by item; words are not compared, an item hidden in both is not counted."""
    differences, compared = [], 0
    for code in codes:
        one, other = first.get(code), second.get(code)
        if one == other == NOT_SHOWN:
            continue
        compared += 1
        if _mark(one) != _mark(other):
            differences.append(code)
    return Comparison(tuple(differences), compared)


def _mark(value: float | None) -> float | None:
    """Hidden by a condition and left empty are the same on paper: no mark."""
    return None if value == NOT_SHOWN else value


def settled(
    first: Mapping[str, int | float], second: Values, items: Collection[str], chosen: Mapping[str, str]
) -> dict[str, int | float]:
    """The first typing with the second one's value wherever `chosen` says "second"."""
    values = dict(first)
    for code in items:
        if chosen.get(code) != "second":
            continue
        values.pop(code, None)
        if code in second:
            values[code] = second[code]
    return values


def is_due(number: int, every: int) -> bool:
    """Whether the form with this number is typed a second time."""
    return every > 0 and number % every == 0


@dataclass(frozen=True)
class MisreadRate:
    """Share of items that the two typings read differently, with its 95% interval."""

    differed: int
    compared: int
    rate: float
    low: float
    high: float


def misread_rate(differed: int, compared: int, level: float = 0.95) -> MisreadRate | None:
    """Clopper–Pearson: exact, and honest when nothing differed (Biometrika 26, 1934, p. 404)."""
    if compared <= 0:
        return None
    from scipy.special import betaincinv  # as slow to load as the rest of the programme together

    tail = (1 - level) / 2
    low = 0.0 if differed == 0 else float(betaincinv(differed, compared - differed + 1, tail))
    high = 1.0 if differed == compared else float(betaincinv(differed + 1, compared - differed, 1 - tail))
    return MisreadRate(differed, compared, differed / compared, low, high)
