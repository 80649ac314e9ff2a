"""Fitting the weights of a cube, or of rows, to margins of the population.

One margin is post-stratification; several are raking (Deming and Stephan 1940), found by Newton's
method in place of sweeping the margins in turn; both are calibration (Deville and Särndal 1992).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from okienko.engines.statistics.cube import EVERYONE, Cube
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.labels import Column, Labels, as_labels
from okienko.engines.statistics.weighting.calibration import Block, strands, unweighted
from okienko.engines.statistics.weighting.diagnosis import Diagnostics, People, diagnose
from okienko.engines.statistics.weighting.distances import Bounds, Distance
from okienko.engines.statistics.weighting.margins import CheckedMargin, Margin
from okienko.engines.statistics.weighting.reach import refuse
from okienko.engines.statistics.weighting.solving import solve
from okienko.engines.statistics.weighting.targets import equations, place

Margins = Sequence[Margin] | Mapping[object, Sequence[Margin]]


@dataclass(frozen=True)
class Fitting:
    """How to fit: the distance and its bounds."""

    distance: Distance = Distance.RAKING
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A cube with fitted weights, and what the fit did in each group that was fitted on its own."""

    cube: Cube
    diagnostics: tuple[Diagnostics, ...]


@dataclass(frozen=True, eq=False)
class FittedWeights:
    """Fitted weights of rows, ndarray of float, shape (rows,), and what the fit did."""

    weight: np.ndarray
    diagnostics: tuple[Diagnostics, ...]


def calibrate(
    cube: Cube, margins: Margins, fitting: Fitting | None = None, *, within: str | None = None
) -> Calibrated:
    """Give a cube weights that meet margins; its own earlier fit, if any, is undone first.

    Parameters
    ----------
    cube : Cube
        Built with ``weighting=…`` (the dimensions of the margins), also joined of such cubes.
    margins : sequence of Margin, or mapping of label to such sequences
        A mapping gives each label of ``within`` its own; a label it leaves out keeps base weights.
    fitting : Fitting
        Default: raking without bounds.
    within : str, optional
        Dimension whose labels are fitted on their own (offices, waves).

    Returns
    -------
    Calibrated
        Every estimate of its cube uses the new weights, and the standard errors know of the fit.

    Raises
    ------
    StatisticsError
        ``not_weightable``, ``no_such_dimension``, ``no_margins``, ``missing_margin_value``,
        ``weights_vary_in_cell``, ``negative_weights``, and those of ``Margin.checked``,
        ``targets.place``, ``margins.population_of``, ``Bounds.checked`` and ``reach.refuse``.
    """
    table = cube.tables.get(EVERYONE)
    if table is None:
        raise StatisticsError(
            "not_weightable", "The cube does not count everybody: build it with weighting=…."
        )
    base = cube if cube.calibration is None else scaled(cube, 1 / cube.calibration.ratio)
    everyone = base.tables[EVERYONE]
    all_of = np.ones(1, bool)
    squares = everyone.squared(all_of)
    if squares is None:
        raise StatisticsError("not_weightable", "The cube does not sum the squares of everybody's weights.")
    people = People(everyone.counted(all_of), everyone.weighted(np.ones(1)), squares)
    fit = _fit(people, cube.dims, (margins, within), fitting or Fitting())
    weighted = scaled(base, fit.factor[fit.cell])
    calibration = strands(
        cube.unit, fit.cell, people.base * fit.factor[fit.cell], fit.factor, tuple(fit.blocks)
    )
    return Calibrated(replace(weighted, calibration=calibration), tuple(fit.diagnostics))


def calibrated_weights(
    columns: Mapping[str, Column],
    base: np.ndarray,
    margins: Margins,
    fitting: Fitting | None = None,
    *,
    within: str | None = None,
) -> FittedWeights:
    """Weights of rows that meet margins, for use outside of a cube; arguments as ``calibrate``.

    Parameters
    ----------
    columns : mapping of dimension to column, shape (rows,)
    base : ndarray of float, shape (rows,)
        Base weights.
    """
    base = np.asarray(base, np.float64)
    people = People(np.ones(base.size), base, base**2)
    wanted = {name for margin in _every(margins) for name in margin.names} | ({within} if within else set())
    labels = {name: as_labels(columns[name]) for name in wanted if name in columns}
    fit = _fit(people, labels, (margins, within), fitting or Fitting())
    return FittedWeights(base * fit.factor[fit.cell], tuple(fit.diagnostics))


def _every(margins: Margins) -> list[Margin]:
    groups = margins.values() if isinstance(margins, Mapping) else [margins]
    return [margin for group in groups for margin in group]


def scaled(cube: Cube, ratio: np.ndarray) -> Cube:
    """The cube with the weights of each cell times a number, shape (cells,)."""
    tables = {name: table.scaled(ratio) for name, table in cube.tables.items()}
    return replace(cube, tables=tables, calibration=None, frames={})


@dataclass(eq=False)
class _Fit:
    """Grows group by group: the weighting cell of every element, and what is known of the cells."""

    cell: np.ndarray
    factor: np.ndarray
    blocks: list[Block]
    diagnostics: list[Diagnostics]


def _fit(
    people: People,
    labels: Mapping[str, Labels],
    asked: tuple[Margins, str | None],
    fitting: Fitting,
) -> _Fit:
    """Fit every group; an element is a cell of a cube or a row."""
    fitting.bounds.checked()
    fit = _Fit(np.zeros(people.count.size, np.intp), np.zeros(0), [], [])
    for within, margins, elements in _groups(labels, asked, people.count.size):
        checked = [margin.checked() for margin in margins]
        if not checked:
            _keep(fit, elements)
            continue
        _fit_group(fit, _Group(within, checked, elements), people, labels, fitting)
    return fit


def _groups(
    labels: Mapping[str, Labels], asked: tuple[Margins, str | None], size: int
) -> list[tuple[object, Sequence[Margin], np.ndarray]]:
    """Label, margins and elements of each group that is fitted on its own."""
    margins, within = asked
    if not margins:
        raise StatisticsError("no_margins", "Weights need at least one margin of the population.")
    if within is None:
        if isinstance(margins, Mapping):
            raise StatisticsError("no_such_dimension", "Margins by label need the dimension they are within.")
        return [(None, margins, np.arange(size))]
    split = _dimension(labels, within)
    if not isinstance(margins, Mapping):
        if (split.codes < 0).any():
            raise StatisticsError(
                "missing_margin_value",
                f"Some respondents have no value in {within}, within which the weights are fitted.",
                {"margin": within},
            )
        margins = dict.fromkeys(split.names, margins)
    groups = []
    for code, label in enumerate(split.names):
        elements = np.flatnonzero(split.codes == code)
        if elements.size:
            groups.append((label, margins.get(label, ()), elements))
    rest = np.flatnonzero(split.codes < 0)
    return [*groups, (None, (), rest)] if rest.size else groups


def _dimension(labels: Mapping[str, Labels], name: str) -> Labels:
    if name not in labels:
        raise StatisticsError("no_such_dimension", f"There is no dimension {name!r} to weight by.")
    return labels[name]


@dataclass(frozen=True, eq=False)
class _Group:
    within: object
    margins: list[CheckedMargin]
    elements: np.ndarray


def _keep(fit: _Fit, elements: np.ndarray) -> None:
    """One weighting cell with the base weights as they are."""
    fit.cell[elements] = fit.factor.size
    fit.factor = np.append(fit.factor, 1.0)
    fit.blocks.append(unweighted())


def _fit_group(
    fit: _Fit, group: _Group, people: People, labels: Mapping[str, Labels], fitting: Fitting
) -> None:
    elements = people.take(group.elements)
    cell, here, own = _weighting_cells(group, elements, labels, fitting.bounds)
    placed = [place(margin, own, here.count) for margin in group.margins]
    targets = equations(placed, here.base)
    # On the scale of the population, so that neither result nor bounds depend on the unit of the weights.
    scale = targets.population / here.base.sum()
    base = here.base * scale
    relative = here.base / here.count / (here.base.sum() / here.count.sum())
    distances = fitting.bounds.of_cells(fitting.distance, relative)
    solution = solve(targets, base, distances)
    if not solution.met:
        raise refuse(targets, base, distances, solution)
    if (solution.ratio <= 0).any():
        raise StatisticsError(
            "negative_weights",
            f"{int(here.count[solution.ratio <= 0].sum())} respondents would get weights of zero or "
            "below: take raking in place of the linear function, or give a lower bound.",
            {"count": int(here.count[solution.ratio <= 0].sum())},
        )
    fit.cell[group.elements] = cell + fit.factor.size
    fit.factor = np.concatenate([fit.factor, solution.ratio * scale])
    fit.blocks.append(Block.of(targets.matrix, here.base))
    ends = elements.ends(solution.ratio[cell])
    fit.diagnostics.append(diagnose(group.within, here, placed, (targets, solution, distances), ends))


def _weighting_cells(
    group: _Group, elements: People, labels: Mapping[str, Labels], bounds: Bounds
) -> tuple[np.ndarray, People, dict[str, Labels]]:
    """Cross the dimensions of the margins: cell of every element, its people, its labels."""
    names = dict.fromkeys(name for margin in group.margins for name in margin.margin.names)
    own = {name: _dimension(labels, name) for name in names}
    keys = [own[name].codes[group.elements] for name in names]
    if bounds.weight is not None:
        if not elements.even.all():
            raise StatisticsError(
                "weights_vary_in_cell",
                "Bounds of weights need cells of equal base weights: make the base weight a dimension "
                "of the cube, or bound the ratio of weights.",
            )
        # Equal weights that differ by rounding share a cell.
        keys.append(np.unique(np.round(np.log(elements.base / elements.count), 9), return_inverse=True)[1])
    _, first, cell = np.unique(np.stack(keys), axis=1, return_index=True, return_inverse=True)
    cell = cell.reshape(-1)
    sums = People(
        *(np.bincount(cell, v, first.size) for v in (elements.count, elements.base, elements.square))
    )
    return cell, sums, {n: Labels(d.codes[group.elements][first], d.names) for n, d in own.items()}
