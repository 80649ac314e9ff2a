"""Questions stacked in one cube, so that one pass of the closed forms gives the figures of all of them.

The cells of each question follow those of the one before, over the same units of the design, and the question
becomes a dimension. A (question, group) is a domain like any other: its figures are those of its own table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.questionnaire import Item
from okienko.engines.statistics import Cube, Labels, Mean, Measure
from okienko.engines.statistics.frame import Frame, frame
from okienko.engines.statistics.items import Categories
from okienko.engines.statistics.linear import Linear, combination
from okienko.engines.statistics.tables import DenseTable, RowTable, Table

QUESTION, ANSWER = "question", "answer"


def by_scale(of_items: Sequence[Item]) -> Iterable[list[Item]]:
    """The questions in groups that have the same answers."""
    found: dict[tuple[int, ...], list[Item]] = {}
    for item in of_items:
        found.setdefault(tuple(sorted(item.values())), []).append(item)
    return found.values()


def stacked(cube: Cube, of_items: Sequence[Item]) -> Cube:
    """The tables of some questions as one table `ANSWER`, with the dimension `QUESTION`.

    Its codes are those that any of the questions has; the score of each is the code itself. For means the
    questions must have one scale (`by_scale`): the interval of a mean depends on it.
    """
    cells, count = cube.unit.size, len(of_items)
    question = Labels(np.repeat(np.arange(count), cells), tuple(item.code for item in of_items))
    dims = {name: Labels(np.tile(labels.codes, count), labels.names) for name, labels in cube.dims.items()}
    values = sorted({value for item in of_items for value in item.values()})
    table = _joined([cube.table(item.code) for item in of_items], np.array(values, dtype=float))
    unit, every = np.tile(cube.unit, count), np.tile(np.arange(cells), count)
    weighting = None if cube.calibration is None else cube.calibration.take(every)
    dims[QUESTION] = question
    return Cube(cube.units, unit, dims, {ANSWER: table}, {}, cube.rows, calibration=weighting)


def _joined(tables: Sequence[Table], values: np.ndarray) -> Table:
    """The tables one after another; the last category gathers what is no answer."""
    answer = np.append(np.ones(values.size, bool), False)
    scale = (float(values[0]), float(values[-1])) if values.size > 1 else None
    categories = Categories(np.append(values, np.nan), answer, np.append(values, 0.0), answer, scale)
    if all(isinstance(table, RowTable) for table in tables):
        rows = [(_places(table, values)[table.code], table.weight) for table in tables]
        weight = None if rows[0][1] is None else np.concatenate([own for _code, own in rows])
        return RowTable(categories, np.concatenate([code for code, _own in rows]), weight)
    weight, counts = (
        np.concatenate([_columns(table, name, values) for table in tables]) for name in ("weight", "count")
    )
    return DenseTable(categories, weight, counts)


def _places(table: Table, values: np.ndarray) -> np.ndarray:
    """Where each category of a table stands in the joint one."""
    own, valid = table.categories.values.astype(float), table.categories.valid
    return np.where(valid, np.searchsorted(values, np.where(valid, own, values[0])), values.size)


def _columns(table: DenseTable, name: str, values: np.ndarray) -> np.ndarray:
    sums = getattr(table, name)
    found = np.zeros((len(sums), values.size + 1))
    valid = table.categories.valid
    found[:, _places(table, values)[valid]] = sums[:, valid]
    return found


@dataclass(frozen=True, eq=False)
class FromWhole:
    """Each question's mean minus one measure of the whole cube, with their covariance."""

    cube: Cube
    whole: Measure
    item: str = ANSWER
    statistic: str = "difference"
    value: None = None
    proportion: bool = False

    def linear(self, stack: Frame) -> Linear:
        """The measure's linearised values stand beside those of every question: both go by units."""
        own, one = Mean(ANSWER).linear(stack), self.whole.linear(frame(self.cube))
        count, ones = stack.domains, np.ones(stack.domains)
        beside = Linear(
            one.value.repeat(count), np.tile(one.z, count), one.n.repeat(count), np.tile(one.present, count)
        )
        return combination(stack, [own, beside], [ones, -ones], own.value - beside.value)
