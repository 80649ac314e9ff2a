"""The R-indicator: how evenly the people of a frame responded.

B. Schouten, F. Cobben, J. Bethlehem, *Survey Methodology* 35 (2009): R = 1 − 2·S(ρ), S(ρ) being the
standard deviation of the response propensities; 1 when everybody is equally likely to respond. Here the
propensities are the response rates of the cells of the frame (office × age …). Their own sampling error
makes the responses look less even than they are; the adjustment and the standard error are those of
N. Shlomo, C. Skinner, B. Schouten, *Journal of Statistical Planning and Inference* 142 (2012), which for
cells have closed forms.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from okienko.engines.statistics.errors import StatisticsError


@dataclass(frozen=True, slots=True)
class CellResponse:
    """One cell of the frame.

    Attributes
    ----------
    name : label
    invited, responded : int
    propensity : float
        Response rate.
    contribution : float
        Unconditional partial indicator √q·(ρ_cell − ρ̄), q being the share of the cell in the frame: below
        0 for a group that is underrepresented. Their squares add up to the (unadjusted) variance of ρ,
        but for the factor N/(N − 1).
    """

    name: object
    invited: int
    responded: int
    propensity: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Representativity:
    """The R-indicator of one survey.

    Attributes
    ----------
    r : float
        Adjusted for the sampling error of the propensities, 0…1.
    unadjusted : float
    se : float or None
        None when no two cells differ: the linearisation has no slope there.
    lower, upper : float or None
        Normal interval, cut at 0 and 1.
    response_rate : float
    variation : float or None
        Coefficient of variation S(ρ)/ρ̄ (adjusted): the bias of a respondents' mean is at most this many
        standard deviations of the question.
    cells : tuple of CellResponse
    """

    r: float
    unadjusted: float
    se: float | None
    lower: float | None
    upper: float | None
    response_rate: float
    variation: float | None
    cells: tuple[CellResponse, ...]


def representativity(
    invited: Sequence[int],
    responded: Sequence[int],
    *,
    names: Sequence[object] | None = None,
    population: Sequence[int] | None = None,
    confidence: float = 0.95,
) -> Representativity:
    """The R-indicator from counts by cell of the frame.

    Parameters
    ----------
    invited, responded : sequence of int, length (cells,)
        People drawn (or all, in a census) and those of them who responded.
    names : sequence, optional
    population : sequence of int, optional
        People in the frame by cell, when a simple random sample was drawn in each. Default: everybody
        was invited.

    Raises
    ------
    StatisticsError
        ``bad_shape``, ``empty_cell``, ``responses_exceed_invited``, ``fpc_below_sample``, ``one_cell``,
        ``no_responses``, ``bad_confidence``.
    """
    drawn, came = np.asarray(invited, np.float64), np.asarray(responded, np.float64)
    size = drawn if population is None else np.asarray(population, np.float64)
    labels = list(range(drawn.size)) if names is None else list(names)
    _check(drawn, came, size, labels)
    if not 0 < confidence < 1:
        raise StatisticsError("bad_confidence", "The confidence level must lie between 0 and 1.")
    everybody = size.sum()
    share, rate = size / everybody, came / drawn
    mean = float(share @ rate)
    apart = rate - mean
    square = float(share @ apart**2)
    variance = square * everybody / (everybody - 1)
    adjusted = max(0.0, variance - _bias(drawn, size, rate))
    r = 1 - 2 * math.sqrt(adjusted)
    se = math.sqrt(_variance_of_square(drawn, size, rate) / square) if square > 0 else None
    half = None if se is None else NormalDist().inv_cdf((1 + confidence) / 2) * se
    cells = zip(labels, drawn, came, rate, np.sqrt(share) * apart, strict=True)
    return Representativity(
        r,
        1 - 2 * math.sqrt(variance),
        se,
        None if half is None else max(0.0, r - half),
        None if half is None else min(1.0, r + half),
        mean,
        math.sqrt(adjusted) / mean,
        tuple(CellResponse(name, int(i), int(c), float(p), float(u)) for name, i, c, p, u in cells),
    )


def _check(drawn: np.ndarray, came: np.ndarray, size: np.ndarray, labels: list) -> None:
    if not drawn.shape == came.shape == size.shape == (len(labels),):
        raise StatisticsError("bad_shape", "There must be one count of each kind per cell.")
    faults = (
        ("empty_cell", ~(drawn > 0), "has nobody invited"),
        ("responses_exceed_invited", ~((came >= 0) & (came <= drawn)), "has more responses than invitations"),
        ("fpc_below_sample", ~(size >= drawn), "has more people invited than there are"),
    )
    for code, wrong, what in faults:
        if wrong.any():
            raise StatisticsError(
                code, f"Cell {labels[int(np.flatnonzero(wrong)[0])]!r} of the frame {what}."
            )
    if len(labels) < 2:
        raise StatisticsError("one_cell", "Representativity compares cells of the frame; there is only one.")
    if not came.sum() > 0:
        raise StatisticsError("no_responses", "Nobody responded.")


def _bias(drawn: np.ndarray, size: np.ndarray, rate: np.ndarray) -> float:
    """How much the errors of the propensities add to their variance (Shlomo et al. 2012, section 3)."""
    return float((size / drawn * rate * (1 - rate)).sum() / size.sum())


def _variance_of_square(drawn: np.ndarray, size: np.ndarray, rate: np.ndarray) -> float:
    """Variance of S²(ρ) (Shlomo et al. 2012, section 4).

    4·AᵀΣA + 2·tr(BΣBΣ), with A and B the covariances of the propensities and of their gradients over
    the frame, Σ the covariance of the coefficients of a logistic model with a coefficient for each cell.
    The sizes of the cells are known, so that they add no error.
    """
    share = size / size.sum()
    apart = rate - share @ rate
    noise = rate * (1 - rate) / drawn
    own = share * noise
    slope = 4 * float((share * apart) ** 2 @ noise)
    return slope + 2 * float((own**2).sum() - 2 * (share * own**2).sum() + (share @ own) ** 2)
