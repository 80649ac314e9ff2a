"""What is simulated: figures × ways of drawing. A cell is one of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.coverage.populations import Answers, Survey
from okienko.engines.statistics import Csi, IsRating, Mean, Measure, Nps, Share

# Weights and the population: without an end, three tenths of the days, and every third client of those.
_WAYS = ((0.0, 0.0, 1), (0.0, 0.3, 1), (0.0, 0.3, 3), (0.5, 0.0, 1), (1.0, 0.0, 1))
SHARES = (0.01, 0.05, 0.1, 0.3, 0.5, 0.9, 0.95, 0.99)
Q = "q"


@dataclass(frozen=True)
class Figure:
    """What is estimated: a measure of the answers of a population. ``change``: between two waves of it."""

    name: str
    group: str
    measure: Measure
    answers: Answers
    change: bool = False


@dataclass(frozen=True)
class Cell:
    """One figure in one kind of survey; its number gives it a stream of random numbers of its own."""

    number: int
    figure: Figure
    survey: Survey


def _share(p: float) -> Figure:
    return Figure(f"share {p:g}", "share", Share(Q, (1,)), Answers((1 - p, p), {Q: (0, 1)}))


def _mean(name: str, probability: tuple[float, ...]) -> Figure:
    return Figure(f"mean {name}", "mean", Mean(Q), Answers(probability, {Q: (1, 2, 3, 4, 5)}))


def _nps(name: str, probability: tuple[float, ...]) -> Figure:
    return Figure(f"NPS {name}", "NPS", Nps(Q), Answers(probability, {Q: (3, 6, 7, 8, 9, 10)}))


@cache
def _several() -> Answers:
    """Sixteen kinds of clients: how they rate three things, how important these are, and what they name."""
    random = np.random.default_rng(7)
    kinds = 16
    mood = random.normal(0, 0.8, kinds)
    rated = [np.clip(np.round(4.4 + mood + random.normal(0, 0.6, kinds)), 1, 5) for _ in range(3)]
    weighed = [np.clip(np.round(4.0 + random.normal(0, 0.8, kinds)), 1, 5) for _ in range(3)]
    columns = dict(zip(("a", "b", "c", "x", "y", "z"), [*rated, *weighed], strict=True))
    columns["named"] = random.random(kinds) < 0.3
    codes = {name: tuple(int(v) for v in column) for name, column in columns.items()}
    return Answers(tuple(float(p) for p in random.dirichlet(np.full(kinds, 2.0))), codes)


@cache
def figures() -> tuple[Figure, ...]:
    """Shares first."""
    high, low = (0.01, 0.02, 0.05, 0.20, 0.72), (0.05, 0.10, 0.20, 0.35, 0.30)
    items, importance = ("a", "b", "c"), ("x", "y", "z")
    several = _several()
    return (
        *(_share(p) for p in SHARES),
        _mean("4.6", high),
        _mean("4.85", (0.005, 0.005, 0.01, 0.095, 0.885)),
        _mean("3.75", low),
        _nps("48", (0.05, 0.07, 0.10, 0.18, 0.20, 0.40)),
        _nps("82", (0.01, 0.02, 0.05, 0.07, 0.20, 0.65)),
        Figure("CSI, fixed weights", "CSI", Csi(items, 1, 5, weights=(3, 2, 1)), several),
        Figure("CSI, stated importance", "CSI", Csi(items, 1, 5, importance=importance), several),
        Figure("IS rating", "IS rating", IsRating("a", "named"), several),
        Figure("change of a mean", "change", Mean(Q), Answers(high, {Q: (1, 2, 3, 4, 5)}), True),
        Figure("change of a share", "change", Share(Q, (1,)), Answers((0.7, 0.3), {Q: (0, 1)}), True),
    )


def surveys(*, quick: bool) -> Iterator[Survey]:
    """Every way of drawing."""
    strata = 0
    for units in (4, 10, 20) if quick else (4, 6, 10, 20, 60):
        for people in ((5, 40),) if quick else ((5, 40), (5, 10), (20, 40)):
            for icc in (0.0, 0.1) if quick else (0.0, 0.02, 0.05, 0.1, 0.2):
                for cv, fraction, every in _WAYS:
                    strata += 1
                    yield Survey("days", units, _strata(units, strata), people, icc, cv, fraction, every)
    for n in (20, 100) if quick else (20, 30, 50, 100, 200, 400, 1000):
        for cv in (0.0, 1.0) if quick else (0.0, 0.5, 1.0):
            yield Survey("simple", n, weight_cv=cv)
        for fraction in (0.5,) if quick else (0.3, 0.6, 0.9):
            yield Survey("census", n, fraction=fraction)


def _strata(units: int, turn: int) -> int:
    """One, two and four strata in turn, with at least two days each."""
    possible = [h for h in (1, 2, 4) if units % h == 0 and units // h >= 2]
    return possible[turn % len(possible)]


def cells(*, quick: bool) -> list[Cell]:
    """All cells; figures other than shares go with days of 5 to 40 answers."""
    found: list[tuple[Figure, Survey]] = []
    for figure in figures():
        for survey in surveys(quick=quick):
            usual = survey.people in ((5, 40), (1, 1))
            if (figure.group == "share" or usual) and not (figure.change and survey.fraction):
                found.append((figure, survey))
    return [Cell(number, figure, survey) for number, (figure, survey) in enumerate(found)]
