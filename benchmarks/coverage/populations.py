"""Populations like those of an office, and thousands of samples drawn from each at once.

A person's answers are one of a few *profiles*, so that questions hang together. In a day at a service
point the profiles have their own probabilities, drawn from a Dirichlet distribution around the
population's: then every score has the same intra-class correlation. Weights follow a gamma distribution
and do not depend on the answers, so their sums can be drawn day by day.

Every sample becomes a domain of one cube, and the engine's own functions estimate them all in one call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics import Cube, Labels, SampleKind
from okienko.engines.statistics.design import Stage, Units
from okienko.engines.statistics.items import Categories
from okienko.engines.statistics.tables import DenseTable, RowTable

SAMPLE = "sample"


@dataclass(frozen=True)
class Answers:
    """Profiles of answers: their probabilities, and for each item the code of every profile."""

    probability: tuple[float, ...]
    codes: Mapping[str, tuple[int, ...]]

    def means(self, values: Sequence[float], population: np.ndarray | None) -> np.ndarray:
        """The true mean of a value per profile: of one endless population, or of each finite one."""
        if population is None:
            return np.array([np.dot(self.probability, values)])
        return population @ np.array(values, float) / population.sum(axis=1)


@dataclass(frozen=True)
class Survey:
    """How people are drawn.

    Attributes
    ----------
    kind : "days", "simple" or "census"
    units : int
        Days in all strata together, or people.
    strata : int
    people : (least, most) answers of a day, every number in between as likely as any other
    icc : float
        Intra-class correlation within a day.
    weight_cv : float
        Standard deviation of the weights over their mean.
    fraction : float
        Days (in a census: people) drawn of those in the population; 0: the population has no end.
    every : int
        Of the clients of a drawn day, every which one was asked. The finite population correction is then
        for the clients drawn of all clients, as in the results of a wave.
    """

    kind: str
    units: int
    strata: int = 1
    people: tuple[int, int] = (1, 1)
    icc: float = 0.0
    weight_cv: float = 0.0
    fraction: float = 0.0
    every: int = 1


@dataclass(frozen=True, eq=False)
class Drawn:
    """Samples as the domains of a cube, each from a population of its own.

    ``population`` counts the profiles in each, shape (samples, profiles); None: it has no end.
    """

    cube: Cube
    population: np.ndarray | None


def draw(survey: Survey, answers: Answers, samples: int, random: np.random.Generator) -> Drawn:
    """Draw so many samples."""
    if survey.kind == "days":
        return _days(survey, answers, samples, random)
    return _people(survey, answers, samples, random)


def _days(survey: Survey, answers: Answers, samples: int, random: np.random.Generator) -> Drawn:
    strata, drawn = samples * survey.strata, survey.units // survey.strata
    total = round(drawn / survey.fraction) if survey.fraction else drawn
    asked, others = _answered(survey, answers, strata * total, random)
    # Days come in any order, so the first ones are a simple random sample of them.
    counts = asked.reshape(strata, total, -1)[:, :drawn].reshape(strata * drawn, -1)
    population = None
    if survey.fraction:
        population = (asked + others).reshape(samples, -1, asked.shape[1]).sum(axis=1)
    weights = _weights(counts, survey.weight_cv, random)
    size = float(total * survey.every) if survey.fraction else np.inf
    stage = Stage(
        np.repeat(np.arange(strata), drawn),
        np.full(strata, float(drawn)),
        np.full(strata, size),
        None,
        range(strata),
    )
    tables = {
        item: DenseTable(_categories(codes), weights @ _places(codes), counts @ _places(codes))
        for item, codes in answers.codes.items()
    }
    return Drawn(_cube(stage, samples, tables, SampleKind.PROBABILITY), population)


def _answered(
    survey: Survey, answers: Answers, days: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Counts by day and profile of the people who are asked, should the day be drawn, and of the others."""
    sizes = random.integers(survey.people[0], survey.people[1] + 1, days)
    probability = np.array(answers.probability)
    if survey.icc:
        drawn = random.standard_gamma(probability * (1 / survey.icc - 1), (days, probability.size))
        probability = drawn / drawn.sum(axis=1, keepdims=True)
    asked = random.multinomial(sizes, probability).astype(np.float64)
    if survey.every == 1:
        return asked, np.zeros_like(asked)
    return asked, random.multinomial((survey.every - 1) * sizes, probability).astype(np.float64)


def _weights(counts: np.ndarray, cv: float, random: np.random.Generator) -> np.ndarray:
    """Sums of weights of so many people; independent gamma weights add up to a gamma sum."""
    return random.standard_gamma(counts / cv**2) * cv**2 if cv else counts


def _people(survey: Survey, answers: Answers, samples: int, random: np.random.Generator) -> Drawn:
    n, probability = survey.units, np.array(answers.probability)
    kind, population, total = SampleKind.PROBABILITY, None, np.inf
    counts = random.multinomial(n, probability, samples)
    if survey.kind == "census":
        kind, total = SampleKind.CENSUS, round(n / survey.fraction)
        population = counts + random.multinomial(total - n, probability, samples)
    profile = np.repeat(np.tile(np.arange(probability.size), samples), counts.ravel())
    cv = survey.weight_cv
    weights = random.standard_gamma(1 / cv**2, profile.size) * cv**2 if cv else None
    stage = Stage(
        np.repeat(np.arange(samples), n), np.full(samples, float(n)), np.full(samples, float(total)), None,
        range(samples),
    )  # fmt: skip
    tables = {
        item: RowTable(_categories(codes), _places(codes).argmax(axis=1)[profile].astype(np.uint8), weights)
        for item, codes in answers.codes.items()
    }
    return Drawn(_cube(stage, samples, tables, kind), population)


def _categories(codes: tuple[int, ...]) -> Categories:
    values = np.array(sorted(set(codes)))
    every = np.ones(values.size, bool)
    return Categories(values, every, values.astype(float), every, (float(values[0]), float(values[-1])))


def _places(codes: tuple[int, ...]) -> np.ndarray:
    """1 where the profile (row) gives the category (column)."""
    return (np.array(codes)[:, None] == np.array(sorted(set(codes)))).astype(np.float64)


def _cube(stage: Stage, samples: int, tables: Mapping, kind: SampleKind) -> Cube:
    units = stage.parent.size
    sample = np.repeat(np.arange(samples), units // samples)
    dims = {SAMPLE: Labels.of(sample, range(samples))}
    rows = int(sum(t.count.sum() if isinstance(t, DenseTable) else t.code.size for t in tables.values()))
    return Cube(Units(stage, None, kind), np.arange(units), dims, tables, {}, rows // len(tables))
