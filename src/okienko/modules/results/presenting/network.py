"""Offices of a network side by side: places as ranges, for what cannot be told apart shares a place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec import convert

from okienko.engines.statistics import Samples, holm, told_apart
from okienko.modules.results.computing.bounds import within
from okienko.modules.results.computing.totals import SUMS, NetworkMean, Totals, network_mean
from okienko.modules.results.document import Change
from okienko.modules.results.models import ResultSet

ALPHA = 0.05


@dataclass(frozen=True)
class Ranked:
    """An office with a probability sample or a census.

    `side`: +1 above the other offices, −1 below, 0 neither.
    """

    results: ResultSet
    best: int
    worst: int
    side: int


@dataclass(frozen=True)
class Mean:
    """The network's mean, recomputed from the sums of its offices, with its 95% interval."""

    offices: int
    n: int
    estimate: float
    lower: float | None
    upper: float | None
    change: Change | None = None
    cut: bool = False


@dataclass(frozen=True, eq=False)
class Comparison:
    """`ranked` from the highest; `unranked` without a probability sample or an interval; `hidden` too small.

    `pairs`: the signs of `significant_pairs` of the ranked offices, computed once for places and brackets.
    """

    ranked: tuple[Ranked, ...]
    unranked: tuple[ResultSet, ...]
    hidden: tuple[ResultSet, ...]
    mean: Mean | None
    pairs: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=int))

    @property
    def above(self) -> int:
        return sum(row.side > 0 for row in self.ranked)

    @property
    def below(self) -> int:
        return sum(row.side < 0 for row in self.ranked)

    @property
    def alike(self) -> int:
        return len(self.ranked) - self.above - self.below


def compare(rows: Sequence[ResultSet], before: Sequence[ResultSet] = ()) -> Comparison:
    """Rank the offices of one wave; `before` are the same network's results of the wave before it."""
    fit = [row for row in rows if row.inference != "none" and row.lower is not None]
    fit.sort(key=lambda row: (-row.estimate, row.office.name))
    known = {row.pk for row in fit}
    loose = [row for row in rows if row.estimate is not None and row.pk not in known]
    pairs = significant_pairs(fit)
    return Comparison(
        _ranked(fit, pairs),
        # Not by their means: an order would be a ranking.
        tuple(sorted(loose, key=lambda row: row.office.name)),
        tuple(row for row in rows if row.estimate is None),
        _mean(fit, before),
        pairs,
    )


def significant_pairs(rows: Sequence[ResultSet]) -> np.ndarray:
    """+1 where the row's office is higher than the column's, −1 where lower, 0 where nobody can tell.

    Offices are independent samples; all pairs are corrected together by Holm (1979).
    """
    figures = np.array([(row.estimate, row.se, row.df or 0.0) for row in rows], dtype=np.float64)
    return told_apart(Samples(*figures.reshape(-1, 3).T))


def _p_value(t: np.ndarray, df: np.ndarray) -> np.ndarray:
    """P(|T| ≥ |t|)."""
    from scipy.special import stdtr  # as slow to load as the rest of the programme together

    return 2 * stdtr(df, -np.abs(t))


def _quantile(df: float) -> float:
    """Of Student's t, for an interval of 95%."""
    from scipy.special import stdtrit  # likewise

    return float(stdtrit(df, 0.975))


def _ranked(rows: Sequence[ResultSet], pairs: np.ndarray) -> tuple[Ranked, ...]:
    higher, lower = (pairs < 0).sum(axis=1), (pairs > 0).sum(axis=1)
    return tuple(
        Ranked(row, 1 + int(higher[number]), len(rows) - int(lower[number]), side)
        for number, (row, side) in enumerate(zip(rows, _sides(rows), strict=True))
    )


def _sides(rows: Sequence[ResultSet]) -> list[int]:
    """Above or below the mean of the other offices together, corrected by Holm.

    The mean of the others is `network_mean` of the sums of all offices less the office's own.
    """
    none = (0.0,) * SUMS
    own = np.array([(row.totals or none)[:SUMS] for row in rows], dtype=np.float64).reshape(len(rows), SUMS)
    _n, weights, scores, var_scores, covariance, var_weights, df = (own.sum(axis=0) - own).T
    value, se = np.array([(row.estimate, row.se) for row in rows], dtype=np.float64).reshape(-1, 2).T
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = scores / weights
        variance = var_scores - 2 * rest * covariance + rest * rest * var_weights
        spread = np.hypot(se, np.sqrt(np.maximum(variance, 0.0)) / weights)
        p = _p_value((value - rest) / spread, df + [row.df or 0.0 for row in rows])
    known = (weights > 0) & (df > 0) & (spread > 0) & np.isfinite(p)
    adjusted = holm([float(x) if told else None for x, told in zip(p, known, strict=True)])
    signs = np.where(value > rest, 1, -1).tolist()
    return [sign if p is not None and p < ALPHA else 0 for sign, p in zip(signs, adjusted, strict=True)]


def network_mean_of(rows: Sequence[ResultSet]) -> NetworkMean | None:
    return network_mean(convert(row.totals, Totals) for row in rows if row.totals)


def _mean(rows: Sequence[ResultSet], before: Sequence[ResultSet]) -> Mean | None:
    now = network_mean_of(rows)
    if now is None:
        return None
    half = None if now.se is None else _quantile(now.df) * now.se
    ends = (None, None) if half is None else (now.estimate - half, now.estimate + half)
    lower, upper, cut = within(*ends, (now.low, now.high))
    earlier = _earlier(rows, before)
    return Mean(
        now.offices,
        now.n,
        now.estimate,
        lower,
        upper,
        None if earlier is None else _change(earlier, now),
        cut,
    )


def _change(then: NetworkMean, now: NetworkMean) -> Change:
    """Two independent samples: variances and degrees of freedom add up, less one as in `svyttest`."""
    moved, df = now.estimate - then.estimate, now.df + then.df - 1
    if now.se is None or then.se is None or df <= 0:
        return Change(then.estimate, moved)
    se = math.hypot(now.se, then.se)
    half = _quantile(df) * se
    p = float(_p_value(np.array(moved / se), np.array(df))) if se > 0 else None
    return Change(then.estimate, moved, moved - half, moved + half, p)


def _earlier(rows: Sequence[ResultSet], before: Sequence[ResultSet]) -> NetworkMean | None:
    """The mean of the wave before, where every office was in it with the same question, scale and inference.

    Else the change would be one of who takes part, or of what was asked.
    """
    known = {row.office_id: row for row in before if row.totals}
    pairs = [(row, known.get(row.office_id)) for row in rows]
    if not all(then is not None and _comparable(row, then) for row, then in pairs):
        return None
    return network_mean_of([then for _, then in pairs])


def _comparable(now: ResultSet, then: ResultSet) -> bool:
    if now.inference != then.inference or not now.totals:
        return False
    return convert(now.totals, Totals).comparable(convert(then.totals, Totals))


def brackets(pairs: np.ndarray, most: int = 4) -> tuple[list[list[tuple[int, bool, bool]]], int]:
    """Brackets that join neighbours which cannot be told apart: pieces per row, and their columns.

    `pairs`: the signs of the sorted list. Runs of one office need no bracket.
    """
    pieces: list[list[tuple[int, bool, bool]]] = [[] for _row in pairs]
    free = [-1] * most
    used = 0
    for start, end in _runs(pairs):
        column = next((at for at in range(most) if free[at] < start), None)
        if column is None:
            continue
        free[column] = end
        used = max(used, column + 1)
        for at in range(start, end + 1):
            pieces[at].append((column, at == start, at == end))
    return pieces, used


def _runs(pairs: np.ndarray) -> list[tuple[int, int]]:
    """Maximal runs of at least two rows in which no two differ."""
    count = len(pairs)
    apart = np.triu(pairs != 0, 1)
    # The last row before each one that differs from it: no run reaches over both.
    barrier = np.where(apart.any(axis=0), count - 1 - apart[::-1].argmax(axis=0), -1) if count else []
    runs: list[tuple[int, int]] = []
    start = 0
    for end, wall in enumerate([*barrier, count]):
        if wall >= start:
            if end - 1 > start:
                runs.append((start, end - 1))
            start = int(wall) + 1
    return runs
