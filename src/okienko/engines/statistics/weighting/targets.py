"""The margins as equations: a matrix of what every weighting cell counts in, and the totals to meet."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.labels import Labels, crossed
from okienko.engines.statistics.weighting.margins import CheckedMargin, MissingValue, population_of, said


@dataclass(frozen=True, eq=False)
class Placed:
    """A margin laid over weighting cells.

    Attributes
    ----------
    code : ndarray of intp, shape (cells,)
        The category of each cell, -1 for none.
    """

    margin: CheckedMargin
    code: np.ndarray


@dataclass(frozen=True, eq=False)
class Targets:
    """The equations ``Σ w x = total``.

    Attributes
    ----------
    matrix : ndarray of float, shape (cells, P)
    total : ndarray of float, shape (P,)
    scale : ndarray of float, shape (P,)
        What a miss is measured against: the population of the category.
    about : list of (margin name, category tuple), length P
    population : float
    """

    matrix: np.ndarray
    total: np.ndarray
    scale: np.ndarray
    about: list[tuple[str, tuple]]
    population: float


def place(margin: CheckedMargin, labels: Mapping[str, Labels], count: np.ndarray) -> Placed:
    """Find the category of every cell.

    Parameters
    ----------
    labels : mapping of dimension to Labels, shape (cells,)
    count : ndarray of float, shape (cells,)
        Respondents.

    Raises
    ------
    StatisticsError
        ``category_without_population``, ``category_without_respondents``, ``zero_population``,
        ``missing_margin_value``.
    """
    codes, combinations = crossed([labels[name] for name in margin.margin.names], count.size)
    position = {category: i for i, category in enumerate(margin.categories)}
    strange = [i for i, c in enumerate(combinations) if c not in position]
    if strange:
        # Labels that nobody left carries are no trouble.
        here = np.bincount(codes[codes >= 0], count[codes >= 0], len(combinations))[strange]
        if here.any():
            first = int(np.flatnonzero(here)[0])
            _refuse(margin, combinations[strange[first]], "category_without_population", int(here[first]))
    to_margin = np.array([position.get(c, -1) for c in combinations] + [-1], np.intp)
    code = to_margin[codes]
    _check_people(margin, code, count)
    return Placed(margin, code)


def _check_people(margin: CheckedMargin, code: np.ndarray, count: np.ndarray) -> None:
    known = code >= 0
    people = np.bincount(code[known], count[known], len(margin.categories))
    for category, n, share in zip(margin.categories, people.tolist(), margin.share.tolist(), strict=True):
        if share > 0 and n == 0:
            _refuse(margin, category, "category_without_respondents", 0)
        if share == 0 and n > 0:
            _refuse(margin, category, "zero_population", int(n))
    missing = int(count[~known].sum())
    if missing and margin.margin.missing is MissingValue.REFUSE:
        raise StatisticsError(
            "missing_margin_value",
            f"{missing} respondents have no value in margin {margin.name}: leave it out, or set them "
            "apart (missing = apart), so that only the others are fitted to it.",
            {"margin": margin.name, "count": missing},
        )


_TROUBLE = {
    "category_without_population": "{n} respondents are in {category}, which the margin does not list: "
    "give its population, or join it with another category.",
    "category_without_respondents": "nobody who answered is in {category}: join it with another category.",
    "zero_population": "the population of {category} is 0, but {n} respondents are in it.",
}


def _refuse(margin: CheckedMargin, category: tuple, code: str, n: int) -> None:
    sentence = _TROUBLE[code].format(category=said(category), n=n)
    about = {"margin": margin.name, "category": category, "count": n}
    raise StatisticsError(code, f"Margin {margin.name}: {sentence}", about)


def equations(placed: list[Placed], base: np.ndarray) -> Targets:
    """The equations of several margins.

    A margin that everybody has a value in gives an equation for each category. One with people set
    apart says only how the others divide: ``Σ w (x_c − s_c · known) = 0`` with s_c the category's
    share, and the whole population then has an equation of its own.
    """
    population = population_of([p.margin for p in placed], float(base.sum()))
    columns, totals, scales, about = [], [], [], []
    for part in placed:
        known = part.code >= 0
        apart = not known.all()
        for c, (category, share) in enumerate(zip(part.margin.categories, part.margin.share, strict=True)):
            if share == 0:
                continue
            inside = (part.code == c).astype(np.float64)
            columns.append(inside - share * known if apart else inside)
            totals.append(0.0 if apart else share * population)
            scales.append(share * population)
            about.append((part.margin.name, category))
        if apart:
            columns.append(np.ones(base.size))
            totals.append(population)
            scales.append(population)
            about.append((part.margin.name, ()))
    matrix = np.stack(columns, axis=1)
    return Targets(matrix, np.array(totals), np.array(scales), about, population)
