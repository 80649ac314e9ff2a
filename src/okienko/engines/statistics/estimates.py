"""Estimates as columns, read as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np

# Why a standard error or an interval is missing, or what kind of interval it is.
NO_ANSWERS = "no_answers"
ONE_ANSWER = "one_answer"
LONELY_PSU = "lonely_psu"
NO_DF = "no_degrees_of_freedom"
NO_VARIANCE = "no_variance"
EDGE = "share_0_or_1"
NOT_PROBABILITY = "not_probability_sample"
MODEL_BASED = "model_based"
OPEN_INTERVAL = "open_interval"
UNDEFINED = "zero_denominator"
PAIRWISE = "answers_by_pairs"
TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure.

    Attributes
    ----------
    item : str
        Item, or the name of an index.
    statistic : str
        ``mean``, ``share``, ``top2``, ``nps``, ``csi``, ``composite``, ``is_rating``, ``change`` …
    value : int, float or None
        The category of a share, the level of a quantile.
    by : mapping of dimension to label
        The domain; empty for all.
    n : int
        Valid answers (unweighted).
    estimate, se, lower, upper, df, deff : float or None
        Shares 0…1, NPS −100…100, CSI 0…100. ``deff`` as R ``deff="replace"``.
    note : str or None
        Machine code saying why something is missing or what must be said beside the interval.
    method : str or None
        The interval's method.
    """

    item: str
    statistic: str
    value: float | None
    by: Mapping[str, object]
    n: int
    estimate: float | None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    df: float | None = None
    deff: float | None = None
    note: str | None = None
    method: str | None = None

    @property
    def effective_n(self) -> float | None:
        """Answers of a simple random sample that would say as much: n / deff (Kish 1965, 8.2)."""
        return self.n / self.deff if self.deff else None


@dataclass(frozen=True, eq=False)
class Estimates(Sequence[Estimate]):
    """Many figures: arrays inside (NaN where missing), ``Estimate`` rows outside.

    Every array and list has one entry per figure.
    """

    item: list[str]
    statistic: list[str]
    value: list[float | None]
    by: list[dict[str, object]]
    n: np.ndarray
    estimate: np.ndarray
    se: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    df: np.ndarray
    deff: np.ndarray
    note: list[str | None]
    method: list[str | None]

    def __len__(self) -> int:
        return len(self.item)

    @overload
    def __getitem__(self, index: int) -> Estimate: ...
    @overload
    def __getitem__(self, index: slice) -> list[Estimate]: ...
    def __getitem__(self, index: int | slice) -> Estimate | list[Estimate]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        estimate, se, lower, upper, df, deff = (_number(column[index]) for column in self._figures())
        return Estimate(
            self.item[index],
            self.statistic[index],
            self.value[index],
            self.by[index],
            int(self.n[index]),
            estimate,
            se,
            lower,
            upper,
            df,
            deff,
            self.note[index],
            self.method[index],
        )

    def __iter__(self) -> Iterator[Estimate]:
        counts = self.n.astype(np.int64).tolist()
        figures = [[_number(v) for v in column.tolist()] for column in self._figures()]
        heads = (self.item, self.statistic, self.value, self.by, counts)
        yield from map(Estimate, *heads, *figures, self.note, self.method)

    @property
    def effective_n(self) -> np.ndarray:
        """n / deff of every figure, NaN where there is no deff."""
        return self.n / np.where(self.deff > 0, self.deff, np.nan)

    def _figures(self) -> tuple[np.ndarray, ...]:
        return self.estimate, self.se, self.lower, self.upper, self.df, self.deff

    def only(self, **by: object) -> Estimate:
        """The one figure of a domain; KeyError when there is none or more than one."""
        found = [i for i, labels in enumerate(self.by) if labels == by]
        if len(found) != 1:
            raise KeyError(f"{len(found)} figures for {by!r}")
        return self[found[0]]

    def named(self, item: str, statistic: str | None = None) -> "Estimates":
        """The same figures under another name."""
        return replace(
            self,
            item=[item] * len(self),
            statistic=self.statistic if statistic is None else [statistic] * len(self),
        )


def _number(value: float) -> float | None:
    return None if value != value else float(value)


def joined(parts: Sequence[Estimates]) -> Estimates:
    """Put several results together."""
    lists = ("item", "statistic", "value", "by", "note", "method")
    arrays = ("n", "estimate", "se", "lower", "upper", "df", "deff")
    columns: dict = {name: [v for p in parts for v in getattr(p, name)] for name in lists}
    columns |= {n: np.concatenate([getattr(p, n) for p in parts]) if parts else np.zeros(0) for n in arrays}
    return Estimates(**columns)
