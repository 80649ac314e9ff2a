"""Medians and other quantiles by domain, with intervals by inverting the distribution function.

The quantile of level p is the smallest answer x with F(x) ≥ p, F being the weighted share of answers up
to x (R ``svyquantile``: ``qrule="math"``; ``"school"`` takes the midpoint where F(x) = p exactly).

Woodruff (1952): an interval for the share F at the estimated quantile is carried back through F. The
methods ``t``, ``logit`` and ``beta`` are the types ``mean``, ``xlogit`` and ``beta`` of R's ``svyquantile``.
Where many answers equal the quantile, F there lies far above p and the interval of the share may not even
hold p: then it says nothing about this quantile. Without a named method such domains get the interval of
Francisco and Fuller (1991): every x at which a test of F(x) against p does not decide.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from okienko.engines.statistics import estimates as notes
from okienko.engines.statistics.cube import Cube
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import Estimates
from okienko.engines.statistics.estimation import By, checked_method, summarise
from okienko.engines.statistics.frame import Frame, frame
from okienko.engines.statistics.intervals import Method
from okienko.engines.statistics.labels import number
from okienko.engines.statistics.linear import Linear
from okienko.engines.statistics.student import t_quantile
from okienko.engines.statistics.tables import Table

RULES = ("math", "school")
INVERSION = "inversion"
# Shares this near are equal: sums of weights in another order differ by less.
_SAME = 1e-10


def median(
    cube: Cube,
    item: str,
    *,
    by: By = None,
    confidence: float = 0.95,
    method: str | None = None,
    rule: str = "math",
) -> Estimates:
    """The middle score of an item; see ``quantile``."""
    found = quantile(cube, item, 0.5, by=by, confidence=confidence, method=method, rule=rule)
    return replace(found.named(item, "median"), value=[None] * len(found))


def quantile(
    cube: Cube,
    item: str,
    level: float,
    *,
    by: By = None,
    confidence: float = 0.95,
    method: str | None = None,
    rule: str = "math",
) -> Estimates:
    """A quantile of the scores of an item in every domain.

    Parameters
    ----------
    level : float
        Between 0 and 1: 0.5 is the median.
    method : str, optional
        ``t``, ``logit``, ``beta``, ``model``: the interval of the share, see the module; or ``inversion``.
    rule : str
        ``math`` or ``school``, as in R ``svyquantile(qrule=…)``.

    Returns
    -------
    Estimates
        ``se`` is the length of the interval by 2·t(df), as R gives it (None for ``inversion``); a bound
        beyond the smallest or largest answer is None, with the note ``open_interval``.

    Raises
    ------
    StatisticsError
        ``bad_level``, ``unknown_rule`` and those of ``estimate``.
    """
    if not 0 < level < 1:
        raise StatisticsError("bad_level", "The level of a quantile must lie between 0 and 1.")
    if rule not in RULES:
        raise StatisticsError("unknown_rule", f"There is no rule {rule!r}; known: {', '.join(RULES)}.")
    named = _AtMost(item, level)
    inverted = method == INVERSION
    chosen = checked_method(cube, named, confidence, None if inverted else method)
    seen = frame(cube, by)
    spread = _spread(seen, cube.table(item))
    at = spread.position(np.full(seen.domains, level))
    found = summarise(seen, spread.share_at(at), named, confidence, chosen or Method.T)
    # That note is of the interval of the share.
    found = replace(found, note=[None if note == notes.TOO_FEW else note for note in found.note])
    own = spread.value(at, np.full(seen.domains, level), rule)
    result = _carried_back(spread, found, own, (confidence, rule))
    if method is not None and not inverted:
        return result
    with np.errstate(invalid="ignore"):
        tied = (found.df > 0) & np.isfinite(found.se) & (spread.points() > 1)
        tied &= True if inverted else ~(found.lower <= level)
    return _inverted(spread, result, (tied, at), (level, confidence)) if tied.any() else result


@dataclass(frozen=True)
class _AtMost:
    """Names the share of answers up to a quantile, and then the quantile."""

    item: str
    value: float | None
    statistic: str = "quantile"
    proportion: bool = True


@dataclass(frozen=True, eq=False)
class _Spread:
    """The distribution of one item in every domain.

    Attributes
    ----------
    rank : ndarray of intp, shape (K,)
        Place of each category among the scores, -1 where not valid.
    scores : ndarray, shape (ranks,), ascending
    start : ndarray of intp, shape (domains + 1,)
        Where the points of each domain begin.
    place : ndarray of intp, shape (points,)
        Rank of every score that somebody in the domain has, ascending within the domain.
    share : ndarray, shape (points,)
        F there.
    """

    seen: Frame
    table: Table
    rank: np.ndarray
    scores: np.ndarray
    start: np.ndarray
    place: np.ndarray
    share: np.ndarray

    def points(self) -> np.ndarray:
        """Number of different scores in every domain."""
        return np.diff(self.start)

    def position(self, level: np.ndarray) -> np.ndarray:
        """The first point of each domain with F ≥ level; the last where there is none."""
        low, high = self.start[:-1].copy(), np.maximum(self.start[1:] - 1, self.start[:-1])
        return self.bisected(low, high, lambda at: self.share_of(at) >= level - _SAME)

    @staticmethod
    def bisected(low: np.ndarray, high: np.ndarray, holds: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """The first point from low to high for which ``holds`` (which keeps holding; at high it must)."""
        while (low < high).any():
            middle = (low + high) // 2
            true = holds(middle)
            low, high = np.where(true, low, np.minimum(middle + 1, high)), np.where(true, middle, high)
        return low

    def share_of(self, at: np.ndarray) -> np.ndarray:
        """F at a point of every domain; NaN in an empty one."""
        empty = self.points() == 0
        if empty.all():
            return np.full(empty.size, np.nan)
        return np.where(empty, np.nan, self.share[np.where(empty, 0, at)])

    def value(self, at: np.ndarray, level: np.ndarray, rule: str) -> np.ndarray:
        """The score at a point; by the rule ``school`` the midpoint to the next where F equals the level."""
        empty = self.points() == 0
        if empty.all():
            return np.full(empty.size, np.nan)
        here = self.scores[self.place[np.where(empty, 0, at)]]
        if rule == "school":
            after = np.minimum(at + 1, np.maximum(self.start[1:] - 1, 0))
            following = self.scores[self.place[np.where(empty, 0, after)]]
            with np.errstate(invalid="ignore"):
                tie = np.abs(self.share_of(at) - level) <= _SAME
            here = np.where(tie, (here + following) / 2, here)
        return np.where(empty, np.nan, here)

    def share_at(self, at: np.ndarray) -> Linear:
        """F at a point of every domain as a statistic."""
        seen, valid = self.seen, self.table.categories.valid
        empty = self.points() == 0
        limit = np.full(seen.domains, -1)
        limit[~empty] = self.place[at[~empty]]
        domain = seen.domain
        per_cell = np.where(domain >= 0, limit[domain], -1) if seen.domains else np.full(domain.size, -1)
        below = seen.sums(self.table.up_to(self.rank, per_cell))
        base = seen.sums(self.table.weighted(valid.astype(np.float64)))
        counts = seen.sums(self.table.counted(valid))
        total = seen.totals(base)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = seen.totals(below) / total
            z = (below - share[seen.group_domain] * base) / total[seen.group_domain]
        spread = share * (1 - share)
        return Linear(share, np.nan_to_num(z), seen.totals(counts), counts > 0, spread, scale=(0.0, 1.0))


def _spread(seen: Frame, table: Table) -> _Spread:
    categories = table.categories
    scores = np.unique(categories.scores[categories.valid])
    rank = np.where(categories.valid, np.searchsorted(scores, categories.scores), -1)
    domain, place, weight = table.ranked(rank, seen.domain)
    width = max(scores.size, 1)
    point, keys = number(domain * np.int64(width) + place)
    sums = np.bincount(point, weight, keys.size)
    owner, place = np.divmod(keys, width)
    start = np.searchsorted(owner, np.arange(seen.domains + 1))
    running = np.concatenate([[0.0], np.cumsum(sums)])
    begin = running[start[:-1]]
    total = running[start[1:]] - begin
    share = (running[1:] - begin[owner]) / total[owner]
    return _Spread(seen, table, rank, scores, start, place, share)


def _carried_back(spread: _Spread, found: Estimates, own: np.ndarray, how: tuple[float, str]) -> Estimates:
    """Woodruff's interval: the bounds of the share taken back through F."""
    confidence, rule = how
    # At the largest answer F is 1 in the sample, and nothing is known of its error.
    edge = np.array([note == notes.EDGE for note in found.note], bool)
    lower, upper = (
        _inverse(spread, np.where(edge, np.nan, bound), rule) for bound in (found.lower, found.upper)
    )
    with np.errstate(invalid="ignore"):
        se = (upper - lower) / (2 * t_quantile(found.df, confidence))
    known = np.isfinite(lower) & np.isfinite(upper)
    note = list(found.note)
    for d in np.flatnonzero(~known):
        note[d] = notes.NO_VARIANCE if edge[d] else note[d] or notes.OPEN_INTERVAL
    return replace(
        found,
        estimate=own,
        se=se,
        lower=lower,
        upper=upper,
        deff=np.full(len(found), np.nan),
        note=note,
        method=[None if e else m for e, m in zip(edge, found.method, strict=True)],
    )


def _inverse(spread: _Spread, bound: np.ndarray, rule: str) -> np.ndarray:
    """The quantile of each domain's own level; NaN where the level is none."""
    with np.errstate(invalid="ignore"):
        inside = (bound >= 0) & (bound <= 1)
    level = np.where(inside, bound, 0.5)
    return np.where(inside, spread.value(spread.position(level), level, rule), np.nan)


def _inverted(
    spread: _Spread, result: Estimates, where: tuple[np.ndarray, np.ndarray], how: tuple[float, float]
) -> Estimates:
    """Francisco and Fuller's interval for some domains."""
    chosen, at = where
    level, confidence = how
    critical = t_quantile(result.df, confidence)

    def half(point: np.ndarray) -> np.ndarray:
        share = spread.share_at(point)
        return critical * np.sqrt(spread.seen.variance(share.z, share.present).value)

    def reaches(point: np.ndarray) -> np.ndarray:
        return spread.share_of(point) + half(point) >= level - _SAME

    def surely(point: np.ndarray) -> np.ndarray:
        return spread.share_of(point) - half(point) >= level - _SAME

    last = np.maximum(spread.start[1:] - 1, spread.start[:-1])
    low = spread.bisected(spread.start[:-1].copy(), at, reaches)
    high = spread.bisected(at, last, surely)
    bounds = [spread.value(point, np.full(at.size, level), "math") for point in (low, high)]
    return replace(
        result,
        se=np.where(chosen, np.nan, result.se),
        lower=np.where(chosen, bounds[0], result.lower),
        upper=np.where(chosen, bounds[1], result.upper),
        note=[None if c else n for c, n in zip(chosen, result.note, strict=True)],
        method=[INVERSION if c else m for c, m in zip(chosen, result.method, strict=True)],
    )
