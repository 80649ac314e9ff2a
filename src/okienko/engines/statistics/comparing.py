"""Change between waves, and contrasts between domains with p-values for the whole family."""

from dataclasses import dataclass, replace

import numpy as np

from okienko.engines.statistics.cube import Cube
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import Estimate, Estimates
from okienko.engines.statistics.estimation import By, checked_method, summarise
from okienko.engines.statistics.frame import Frame, frame, grouped
from okienko.engines.statistics.intervals import two_sided_p
from okienko.engines.statistics.linear import Linear, combination
from okienko.engines.statistics.measures import Mean, Measure
from okienko.engines.statistics.multiple import benjamini_hochberg, holm

REST = object()
"""``against=REST``: every domain against all the others together."""


@dataclass(frozen=True)
class _Named:
    """A name for figures made of another measure."""

    item: str
    statistic: str
    value: float | None
    proportion: bool = False


def as_measure(measure: Measure | str) -> Measure:
    """An item's name stands for its mean."""
    return Mean(measure) if isinstance(measure, str) else measure


def change(
    cube: Cube,
    measure: Measure | str,
    waves: tuple[object, object],
    *,
    dimension: str = "wave",
    by: By = None,
    confidence: float = 0.95,
) -> Estimates:
    """Later wave minus earlier wave, in every domain.

    Waves drawn independently have PSUs of their own (strata too, usually); a PSU that both waves share
    contributes its covariance. The degrees of freedom are those of R's ``svyttest``: PSUs − strata − 1.

    Parameters
    ----------
    measure : Measure or str
        A name stands for the mean of that item.
    waves : (earlier, later)
        Labels in ``dimension``.
    """
    measure = as_measure(measure)
    named = _Named(measure.item, "change", measure.value)
    method = checked_method(cube, measure, confidence, None)
    seen = frame(cube, by)
    before, after = (measure.linear(seen.restricted(dimension, wave)) for wave in waves)
    ones = np.ones(seen.domains)
    moved = combination(seen, [after, before], [ones, -ones], after.value - before.value)
    return summarise(seen, replace(moved, n=before.n + after.n), named, confidence, method, lost_df=1)


@dataclass(frozen=True, slots=True)
class Contrast:
    """The difference between two domains, ``first − second``.

    Attributes
    ----------
    first, second : label, or None for the rest
    difference : Estimate
    p, p_holm, p_bh : float or None
        Two-sided, of the t test; then by Holm (1979), and by Benjamini and Hochberg (1995), over the
        family. None where the sample allows no test.
    """

    first: object
    second: object
    difference: Estimate
    p: float | None
    p_holm: float | None
    p_bh: float | None


def contrasts(
    cube: Cube,
    measure: Measure | str,
    dimension: str,
    *,
    against: object = None,
    confidence: float = 0.95,
) -> list[Contrast]:
    """Differences between the domains of one dimension, with p-values adjusted over all of them.

    Parameters
    ----------
    against : label, ``REST`` or None
        Every domain against this one, against all others together, or (None) every pair.
    """
    measure = as_measure(measure)
    checked_method(cube, measure, confidence, None)
    seen = frame(cube, dimension)
    whole = measure.linear(seen)
    names = [name[0] for name in seen.names]
    differences = []
    for first, second in _pairs(names, against):
        left = _Part(seen, whole, names.index(first), 1.0)
        if second is REST:
            others = _without(frame(cube), dimension, first)
            right = _Part(others, measure.linear(others), 0, -1.0)
        else:
            right = _Part(seen, whole, names.index(second), -1.0)
        label = None if second is REST else second
        differences.append((first, label, _difference(cube, (left, right), measure, confidence)))
    raw = [p_value(d) for _, _, d in differences]
    return [
        Contrast(first, second, d, *p)
        for (first, second, d), *p in zip(differences, raw, holm(raw), benjamini_hochberg(raw), strict=True)
    ]


@dataclass(frozen=True, eq=False)
class _Part:
    """One domain of a linearised measure, with its sign in a difference."""

    frame: Frame
    linear: Linear
    domain: int
    sign: float


def _pairs(names: list, against: object) -> list[tuple]:
    if against is None:
        return [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    if against is REST:
        return [(a, REST) for a in names]
    if against not in names:
        raise StatisticsError("no_such_label", f"Nobody has {against!r}.")
    return [(a, against) for a in names if a != against]


def _without(seen: Frame, dimension: str, label: object) -> Frame:
    labels = seen.cube.dimension(dimension)
    codes = labels.codes[seen.cells]
    return replace(seen, mask=(codes >= 0) & (codes != labels.names.index(label)))


def _difference(cube: Cube, parts: tuple[_Part, _Part], measure: Measure, confidence: float) -> Estimate:
    """Put the PSUs of two domains together (a shared one once, with its covariance)."""
    units, z, present = [], [], []
    for part in parts:
        mine = part.frame.group_domain == part.domain
        units.append(part.frame.group_unit[mine])
        z.append(part.sign * part.linear.z[mine])
        present.append(part.linear.present[mine])
    unit = np.concatenate(units)
    none = np.zeros(0, np.intp)
    first, second, strands = grouped(cube, unit, np.zeros(unit.size, np.intp))
    pooled = Frame(cube, (), [()], none, none, first, second, strands=strands)
    level = pooled.finest
    value = sum(part.sign * part.linear.value[part.domain] for part in parts)
    counts = [part.linear.n[part.domain] for part in parts]
    linear = Linear(
        np.array([value]),
        np.bincount(level.group, np.concatenate(z), level.groups),
        np.array([sum(counts) if min(counts) > 0 else 0.0]),
        np.bincount(level.group, np.concatenate(present), level.groups) > 0,
    )
    named = _Named(measure.item, "difference", measure.value)
    return summarise(pooled, linear, named, confidence, None, lost_df=1)[0]


def p_value(estimate: Estimate) -> float | None:
    """Two-sided p of "this figure is 0" by its t statistic; None when there is no standard error or df."""
    if not estimate.se or estimate.estimate is None or estimate.df is None or estimate.df <= 0:
        return None
    return float(two_sided_p(np.array(estimate.estimate / estimate.se), np.array(estimate.df)))
