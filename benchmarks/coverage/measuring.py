"""How often the intervals of a cell contain the true value, how wide they are, how often the page warns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.coverage.cells import Cell, Figure
from benchmarks.coverage.populations import SAMPLE, Drawn, draw
from okienko.engines.statistics import Csi, IsRating, Mean, Nps, Share, change, combine, estimate
from okienko.engines.statistics.choosing import Sampled, bounds
from okienko.engines.statistics.estimates import EDGE, TOO_FEW, Estimates
from okienko.engines.statistics.intervals import Method

CONFIDENCE = 0.95
SEED = 20111130
METHODS = (Method.T, Method.LOGIT, Method.ARCSINE, Method.WILSON, Method.BETA)
WARNED = (EDGE, TOO_FEW)
# Numbers drawn at once: more samples are drawn in several goes, so that a process keeps below 500 MB.
_AT_ONCE = 500_000


@dataclass(frozen=True)
class Outcome:
    """One method in one cell.

    Attributes
    ----------
    samples : int
    without : int
        Samples without an interval.
    covered : int
        Of the others, those whose interval contains the true value.
    width : float
        Mean width.
    warned : int
        Samples with a note that the coverage cannot be relied on (of the default method).
    covered_unwarned : int
        Of the samples without that note, those whose interval contains the true value.
    """

    samples: int
    without: int
    covered: int
    width: float
    warned: int = 0
    covered_unwarned: int = 0

    @property
    def coverage(self) -> float:
        """Share of the intervals that contain the true value."""
        return self.covered / max(self.samples - self.without, 1)

    @property
    def error(self) -> float:
        """Monte Carlo standard error of the coverage."""
        return float(np.sqrt(self.coverage * (1 - self.coverage) / max(self.samples - self.without, 1)))

    @property
    def recommended(self) -> bool:
        """Most samples of the cell carry no warning."""
        return 2 * self.warned < self.samples

    def plus(self, other: Outcome) -> Outcome:
        """The two sets of samples together."""
        mine, theirs = self.samples - self.without, other.samples - other.without
        return Outcome(
            self.samples + other.samples,
            self.without + other.without,
            self.covered + other.covered,
            float(np.nan_to_num(self.width) * mine + np.nan_to_num(other.width) * theirs)
            / max(mine + theirs, 1),
            self.warned + other.warned,
            self.covered_unwarned + other.covered_unwarned,
        )


def measure(cell: Cell, samples: int) -> dict[str, Outcome]:
    """Outcome by method; ``default`` is what the engine chooses by itself."""
    random = np.random.default_rng([SEED, cell.number])
    survey, profiles = cell.survey, len(cell.figure.answers.probability)
    size = survey.units * (profiles / (survey.fraction or 1.0) if survey.kind == "days" else 1.0)
    goes = math.ceil(samples * size / _AT_ONCE)
    found: dict[str, Outcome] = {}
    for part in np.array_split(np.arange(samples), goes):
        for name, outcome in _once(cell, part.size, random).items():
            found[name] = found[name].plus(outcome) if name in found else outcome
    return found


def _once(cell: Cell, samples: int, random: np.random.Generator) -> dict[str, Outcome]:
    drawn = [draw(cell.survey, cell.figure.answers, samples, random) for _ in range(1 + cell.figure.change)]
    true = truth(cell.figure, drawn)
    if cell.figure.change:
        both = combine([d.cube for d in drawn], dimension="wave", labels=(1, 2))
        figures = change(both, cell.figure.measure, (1, 2), by=SAMPLE)
        both.frames.clear()
        return {"default": _outcome(figures.lower, figures.upper, true, figures.note)}
    figures = estimate(drawn[0].cube, cell.figure.measure, by=SAMPLE)
    # A cube and its frames hold each other, and the collector of cycles does not see how large they are.
    drawn[0].cube.frames.clear()
    found = {"default": _outcome(figures.lower, figures.upper, true, figures.note)}
    for method in METHODS:
        found[str(method)] = _outcome(*_bounds(cell.figure, figures, method), true)
    return found


def _outcome(
    lower: np.ndarray, upper: np.ndarray, true: np.ndarray, note: Sequence[str | None] = ()
) -> Outcome:
    known = np.isfinite(lower)
    # A census in which everybody answered has bounds at the true value itself, but for rounding.
    covered = known & (lower <= true + 1e-12) & (true - 1e-12 <= upper)
    width = float((upper - lower)[known].mean()) if known.any() else float("nan")
    warned = np.array([each in WARNED for each in note], bool)
    unwarned = int((covered & ~warned).sum()) if warned.size else 0
    missing = int((~known).sum())
    return Outcome(known.size, missing, int(covered.sum()), width, int(warned.sum()), unwarned)


def _bounds(figure: Figure, figures: Estimates, method: Method) -> tuple[np.ndarray, np.ndarray]:
    """The interval of a method from the figures of another: all need the same four numbers."""
    value, share = figures.estimate, isinstance(figure.measure, Share)
    nothing = np.zeros(value.size, bool)
    alike = figures.se == 0
    seen = Sampled(value, figures.se, figures.df, figures.n, alike, nothing, nothing, share, scale_of(figure))
    return bounds(seen, np.full(value.size, method, dtype=object), CONFIDENCE)


def scale_of(figure: Figure) -> tuple[float, float]:
    """The ends of the scale of a simulated figure."""
    of = {Share: (0.0, 1.0), Mean: (1.0, 5.0), Nps: (-100.0, 100.0), Csi: (0.0, 100.0), IsRating: (0.0, 1.0)}
    return of[type(figure.measure)]


def truth(figure: Figure, drawn: Sequence[Drawn]) -> np.ndarray:
    """The true value of every sample's population."""
    if figure.change:
        return _true(figure, drawn[1]) - _true(figure, drawn[0])
    return _true(figure, drawn[0])


def _true(figure: Figure, drawn: Drawn) -> np.ndarray:
    of, answers = figure.measure, figure.answers

    def mean(item: str) -> np.ndarray:
        return answers.means(answers.codes[item], drawn.population)

    def share(item: str, codes: Sequence[float]) -> np.ndarray:
        return answers.means([code in codes for code in answers.codes[item]], drawn.population)

    if isinstance(of, Share):
        return share(of.item, of.codes)
    if isinstance(of, Nps):
        return 100 * (share(of.item, (9, 10)) - share(of.item, range(7)))
    if isinstance(of, IsRating):
        return share(of.emphasis, (1,)) * (1 - share(of.item, of.satisfied))
    if isinstance(of, Csi):
        weights = [mean(i) for i in of.importance] if of.importance else of.weights or [1.0] * len(of.items)
        parts = [w * (mean(i) - of.low) for w, i in zip(weights, of.items, strict=True)]
        return 100 * sum(parts) / (sum(weights) * (of.high - of.low))
    return mean(of.item)
