"""Base weights: how many people of the population a respondent stands for, before any fitting.

The inverse of the probability of inclusion (Horvitz and Thompson 1952; Särndal, Swensson and Wretman
1992, ch. 2): the product of N/n over the stages of drawing, times the interval of a systematic choice.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from okienko.engines.statistics.design import Design, Layout, SampleKind, Stage, lay_out
from okienko.engines.statistics.errors import StatisticsError


class WeightSource(StrEnum):
    """What a base weight is, since a correction for silence must not pass for a sampling weight."""

    GIVEN = "given"
    INCLUSION = "inclusion"
    CENSUS = "census"
    RESPONSE_CORRECTION = "response_correction"


@dataclass(frozen=True, eq=False)
class BaseWeights:
    """Weights of respondents, ndarray of float, shape (rows,), and what they are."""

    weight: np.ndarray
    source: WeightSource


def base_weights(
    design: Design, rows: int, *, interval: np.ndarray | None = None, correct_response: bool = False
) -> BaseWeights:
    """Base weights of a design.

    Parameters
    ----------
    design : Design
        ``weight``, where given, is what it is; otherwise ``fpc`` and ``fpc2`` give N/n of each stage.
    rows : int
    interval : ndarray of float, shape (rows,), optional
        Every k-th client was asked: k, from 1 up.
    correct_response : bool
        Of a census: N/n of the stratum in place of 1, as if silence were chance. Named
        ``response_correction``, since nothing was drawn.

    Raises
    ------
    StatisticsError
        ``no_inclusion_probability``, ``bad_interval``, ``not_a_probability_sample``, ``not_a_census``
        and those of ``lay_out``.
    """
    layout = lay_out(design, rows)
    census = design.kind is SampleKind.CENSUS
    if correct_response and not census:
        raise StatisticsError("not_a_census", "Only a census has a response correction in its base weights.")
    if design.weight is not None:
        return BaseWeights(np.asarray(layout.weight, np.float64), WeightSource.GIVEN)
    if design.kind is SampleKind.NON_PROBABILITY:
        raise StatisticsError(
            "not_a_probability_sample", "Nobody was drawn, so there is no probability of inclusion."
        )
    if census:
        corrected = _expansion(layout.units.first)[layout.unit]
        if correct_response:
            return BaseWeights(corrected, WeightSource.RESPONSE_CORRECTION)
        return BaseWeights(np.ones(rows), WeightSource.CENSUS)
    return BaseWeights(_inverse_inclusion(design, layout, interval), WeightSource.INCLUSION)


def _inverse_inclusion(design: Design, layout: Layout, interval: np.ndarray | None) -> np.ndarray:
    if design.fpc is None and interval is None:
        raise StatisticsError(
            "no_inclusion_probability",
            "A base weight needs the numbers of units in the population (fpc) or the interval of choice.",
        )
    weight = np.ones(layout.unit.size)
    if design.fpc is not None:
        first, second = layout.units.first, layout.units.second
        psu = layout.unit if second is None else second.parent[layout.unit]
        weight = weight * _expansion(first)[psu]
        if second is not None:
            weight = weight * _known(_expansion(second))[layout.unit]
    return weight if interval is None else weight * _interval(interval, weight.size)


def _expansion(stage: Stage) -> np.ndarray:
    """N/n of the parent of every unit."""
    return (stage.population / stage.sampled)[stage.parent]


def _known(expansion: np.ndarray) -> np.ndarray:
    """A second stage without a population was not drawn from: everybody there was asked."""
    return np.where(np.isfinite(expansion), expansion, 1.0)


def _interval(interval: np.ndarray, rows: int) -> np.ndarray:
    steps = np.asarray(interval, np.float64)
    if steps.shape != (rows,):
        raise StatisticsError("bad_shape", f"Column interval has {steps.shape} values for {rows} rows.")
    bad = ~(steps >= 1) | ~np.isfinite(steps)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise StatisticsError(
            "bad_interval",
            f"An interval of choice is a number from 1 up; row {row + 1} has {steps[row]:g}.",
            {"row": row + 1},
        )
    return steps
