"""Places of offices as ranges: what the answers tell of the order, and not more."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.estimates import Estimate
from okienko.engines.statistics.ranking.alike import alike
from okienko.engines.statistics.ranking.pairs import DRAWS, PairMethod, Samples, told_apart


@dataclass(frozen=True, slots=True)
class Ranked:
    """One office.

    Attributes
    ----------
    own : Estimate
    place : int
        By the figures alone, 1 is the highest.
    best, worst : int
        With the given confidence the true places of all offices lie in their ranges at once.
    groups : tuple of int
        Numbers of the groups it belongs to, from 1.
    """

    own: Estimate
    place: int
    best: int
    worst: int
    groups: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Ranking:
    """Offices from the highest figure to the lowest.

    Attributes
    ----------
    offices : tuple of Ranked
    unranked : tuple of Estimate, in the order given
        Without an interval there is no telling where an office stands; ``note`` says why it has none.
    signs : ndarray of int, shape (offices, offices), as ``told_apart``
    groups : tuple of tuple of int
        Positions of the offices of each group: two are in a group together exactly when they cannot be
        told apart.
    """

    offices: tuple[Ranked, ...]
    unranked: tuple[Estimate, ...]
    signs: np.ndarray
    groups: tuple[tuple[int, ...], ...]


def rank(
    estimates: Sequence[Estimate],
    *,
    method: str | PairMethod = PairMethod.HOLM,
    confidence: float = 0.95,
    seed: int | None = None,
    draws: int = DRAWS,
) -> Ranking:
    """Rank independent offices.

    An office's best place is one more than the number of offices that are surely higher, its worst leaves
    room for those that are surely lower: the joint confidence set of Mogstad, Romano, Shaikh and Wilhelm
    (2024).

    Parameters
    ----------
    estimates : sequence of Estimate
        One per office, of the same measure. Sharing no PSUs.
    method, seed, draws : as ``told_apart``
    """
    fit = [e for e in estimates if _fit(e)]
    fit.sort(key=lambda e: -_value(e))
    signs = told_apart(Samples.of(fit), method, confidence=confidence, seed=seed, draws=draws)
    groups = alike(signs)
    higher, lower = (signs < 0).sum(axis=1), (signs > 0).sum(axis=1)
    offices = tuple(
        Ranked(
            e,
            1 + sum(_value(other) > _value(e) for other in fit),
            1 + int(higher[i]),
            len(fit) - int(lower[i]),
            tuple(number for number, members in enumerate(groups, 1) if i in members),
        )
        for i, e in enumerate(fit)
    )
    return Ranking(offices, tuple(e for e in estimates if not _fit(e)), signs, groups)


def _fit(estimate: Estimate) -> bool:
    return None not in (estimate.estimate, estimate.se, estimate.df, estimate.lower)


def _value(estimate: Estimate) -> float:
    assert estimate.estimate is not None
    return estimate.estimate
