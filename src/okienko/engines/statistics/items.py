"""Items (questions with codes) and their categories."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from okienko.engines.statistics.errors import StatisticsError

# Codes within such a range are counted by position; others are first numbered by sorting.
_POSITIONAL_RANGE = 255


@dataclass(frozen=True)
class ItemSpec:
    """How to read the answers to one item.

    Parameters
    ----------
    name : str
        Column of the item.
    codes : tuple of int, optional
        All valid codes. Given, they are listed even when nobody chose them, and any other code that is
        not missing is an error. Not given, every code that is not missing is valid.
    scores : mapping of code to float, optional
        Default: the code itself. The best code is the one with the highest score.
    missing : collection of int
        Codes that are not answers, besides negative ones.
    negative_missing : bool
        Negative codes are kinds of missing (−1 empty, −2 "nie wiem", −3 "nie dotyczy", −4 not shown).
    """

    name: str
    codes: tuple[int, ...] | None = None
    scores: Mapping[int, float] | None = None
    missing: Collection[float] = field(default=())
    negative_missing: bool = True


@dataclass(frozen=True, eq=False)
class Packed:
    """Answers as places in a list of codes, as analysis columns keep them.

    Attributes
    ----------
    places : ndarray of uint8, shape (rows,)
        0 is missing, k is the k-th of ``values``.
    values : tuple of numbers
        Codes, at most 255.
    """

    places: np.ndarray
    values: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.places)


Answers = np.ndarray | Packed


@dataclass(frozen=True, eq=False)
class Categories:
    """The categories of an item, in the order of the columns of its table.

    Attributes
    ----------
    values : ndarray, shape (K,)
        Codes; NaN for "no number".
    valid : ndarray of bool, shape (K,)
    scores : ndarray of float, shape (K,)
        0 where not valid.
    listed : ndarray of bool, shape (K,)
        Valid categories that belong in a frequency table.
    limits : (float, float) or None
        The least and the greatest possible score; None where the codes were only seen, not declared.
    """

    values: np.ndarray
    valid: np.ndarray
    scores: np.ndarray
    listed: np.ndarray
    limits: tuple[float, float] | None = None

    def indicator(self, codes: Collection[float]) -> np.ndarray:
        """1 for the valid categories with these codes, 0 elsewhere, shape (K,)."""
        return (np.isin(self.values, list(codes)) & self.valid).astype(np.float64)

    def only(self, keep: np.ndarray) -> "Categories":
        """Some of the categories."""
        if keep.all():
            return self
        return Categories(
            self.values[keep], self.valid[keep], self.scores[keep], self.listed[keep], self.limits
        )

    def best(self, count: int, *, lowest: bool = False) -> tuple[float, ...]:
        """The ``count`` listed codes with the highest (or lowest) scores, in ascending order of code."""
        codes, scores = self.values[self.listed], self.scores[self.listed]
        order = np.argsort(scores if lowest else -scores, kind="stable")
        return tuple(sorted(plain(v) for v in codes[order[:count]]))


def plain(value: float) -> float | int:
    """A code as Python prints it: 4 and not 4.0 or np.int64(4)."""
    number = float(value)
    return int(number) if number.is_integer() else number


def encode(column: Answers, spec: ItemSpec) -> tuple[np.ndarray, Categories]:
    """Number the answers of one item by category.

    Parameters
    ----------
    column : ndarray of a numeric type, shape (rows,), or Packed
        NaN is missing.

    Returns
    -------
    codes : ndarray of unsigned int, shape (rows,)
    categories : Categories

    Raises
    ------
    StatisticsError
        ``not_numeric``, ``unknown_code``.
    """
    if isinstance(column, Packed):
        return _unpacked(column, spec)
    column = np.asarray(column)
    if column.dtype.kind == "b":
        column = column.astype(np.uint8)
    if column.dtype.kind not in "iuf":
        raise StatisticsError("not_numeric", f"Item {spec.name} has answers that are not numbers.")
    if column.dtype.kind == "f" and np.isinf(column).any():
        raise StatisticsError("not_numeric", f"Item {spec.name} has infinite answers.")
    placed = None
    if column.size:
        placed = _gapped(column, spec) if column.dtype.kind == "f" else _positional(column, spec)
    if placed is None:
        values, codes = np.unique(column, return_inverse=True)
        placed = codes.astype(np.min_scalar_type(max(values.size, 1))), values
    codes, values = placed
    categories, strange = categories_of(values, spec)
    _refuse_unknown(values, codes, strange, spec)
    return codes, categories


def narrowed(
    codes: np.ndarray, categories: Categories, spec: ItemSpec, most: int
) -> tuple[np.ndarray, Categories]:
    """Of more than ``most`` categories only those that were declared or chosen (1 to 5 and 99 are six)."""
    if categories.values.size <= most:
        return codes, categories
    keep = np.bincount(codes, minlength=categories.values.size) > 0
    if spec.codes is not None:
        keep |= categories.valid
    if np.count_nonzero(keep) > most:
        return codes, categories
    place = (np.cumsum(keep) - 1).astype(np.uint8)
    return place[codes], categories.only(keep)


def _unpacked(column: Packed, spec: ItemSpec) -> tuple[np.ndarray, Categories]:
    last = int(column.places.max(initial=0))
    if last > len(column.values):
        raise StatisticsError(
            "unknown_code", f"Item {spec.name} has place {last} in a list of {len(column.values)} codes."
        )
    values = np.array([np.nan, *column.values])
    categories, strange = categories_of(values, spec)
    _refuse_unknown(values, column.places, strange, spec)
    return column.places, categories


def _positional(column: np.ndarray, spec: ItemSpec) -> tuple[np.ndarray, np.ndarray] | None:
    declared = spec.codes or (0,)
    low = min(int(column.min()), 0, *declared)
    high = max(int(column.max()), *declared)
    if high - low > _POSITIONAL_RANGE:
        return None
    if low == 0:
        codes = column if column.dtype == np.uint8 else column.astype(np.uint8)
    else:
        codes = (column.astype(np.int64) - low).astype(np.uint8)
    return codes, np.arange(low, high + 1)


def _gapped(column: np.ndarray, spec: ItemSpec) -> tuple[np.ndarray, np.ndarray] | None:
    """Whole numbers that are floats because some are missing: NaN becomes the last category."""
    empty = np.isnan(column)
    known = column[~empty]
    if not known.size or np.abs(known).max() > _POSITIONAL_RANGE or (known != np.floor(known)).any():
        return None
    placed = _positional(np.where(empty, known[0], column).astype(np.int16), spec)
    if placed is None or placed[1].size > _POSITIONAL_RANGE:
        return None
    codes, values = placed
    return np.where(empty, values.size, codes).astype(np.uint8), np.append(values.astype(float), np.nan)


def categories_of(values: np.ndarray, spec: ItemSpec) -> tuple[Categories, np.ndarray]:
    """The categories of these codes, and which codes are neither an answer nor missing, shape (K,)."""
    scores = None if spec.scores is None else tuple(sorted(spec.scores.items()))
    return _categories(tuple(values.tolist()), spec.codes, scores, tuple(spec.missing), spec.negative_missing)


# Every part of a file has the same codes; equal categories are then one object and need no comparison.
@lru_cache(maxsize=512)
def _categories(
    codes: tuple[float, ...],
    declared: tuple[float, ...] | None,
    scores: tuple[tuple[float, float], ...] | None,
    missing: tuple[float, ...],
    negative_missing: bool,
) -> tuple[Categories, np.ndarray]:
    known, given = set(declared or ()), dict(scores or ())
    answer = [v == v and v not in missing and not (negative_missing and v < 0) for v in codes]
    strange = [a and declared is not None and v not in known for v, a in zip(codes, answer, strict=True)]
    scored = [v if scores is None else given.get(v) for v in codes]
    valid = np.array(
        [a and not s and x is not None for a, s, x in zip(answer, strange, scored, strict=True)], bool
    )
    points = np.array([x if ok else 0.0 for x, ok in zip(scored, valid, strict=True)], np.float64)
    answers = [c for c in declared or () if c not in missing and not (negative_missing and c < 0)]
    possible = [float(s) for s in (given.get(c) if scores else c for c in answers) if s is not None]
    limits = (min(possible), max(possible)) if len(set(possible)) > 1 else None
    return Categories(np.array(codes), valid, points, valid.copy(), limits), np.array(strange, bool)


def _refuse_unknown(values: np.ndarray, codes: np.ndarray, strange: np.ndarray, spec: ItemSpec) -> None:
    if not strange.any():
        return
    seen = np.flatnonzero(strange & (np.bincount(codes, minlength=values.size) > 0))
    if seen.size:
        row = int(np.flatnonzero(codes == seen[0])[0]) + 1
        raise StatisticsError(
            "unknown_code",
            f"Item {spec.name} has the code {plain(values[seen[0]])} (first in row {row}), "
            f"which is neither an answer nor missing.",
        )


def naming(columns: Collection[np.ndarray], code: int, *, not_shown: int = -4) -> np.ndarray:
    """Who named one item in an emphasis question (or chose one option): 1 named, 0 not, −4 not asked.

    The denominator of the IS rating is everybody asked, "none" and empty answers included.

    Parameters
    ----------
    columns : collection of ndarray, shape (rows,) each
        First choice, second choice, …
    code : int
        The code of the item in the emphasis question.
    """
    columns = [np.asarray(c) for c in columns]
    named = np.zeros(columns[0].shape, bool)
    asked = np.zeros(columns[0].shape, bool)
    for column in columns:
        named |= column == code
        asked |= column != not_shown
    return np.where(asked, named, not_shown).astype(np.int8)


def jointly(columns: Mapping[str, np.ndarray], items: Collection[ItemSpec]) -> dict[str, np.ndarray]:
    """The columns of some items with the answers of those respondents only who answered all of them.

    Ratios and Cronbach's alpha are about people who have every part (R: ``na.rm=TRUE``).

    Returns
    -------
    mapping of item name to ndarray of float64, shape (rows,)
        NaN for everybody who lacks any of the items.
    """
    complete: np.ndarray | bool = True
    for spec in items:
        codes, categories = encode(columns[spec.name], spec)
        complete = complete & categories.valid[codes]
    return {s.name: np.where(complete, columns[s.name], np.nan).astype(np.float64) for s in items}
