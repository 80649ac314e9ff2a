"""The tables of a run, as text and as they stand in docs/methodology.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.coverage.cells import Cell
from benchmarks.coverage.measuring import METHODS, Outcome

LOW, HIGH = 0.93, 0.97
# A cell is outside when it is so beyond the error of the simulation.
ERRORS = 2.0
BEGIN, END = "<!-- pokrycie: początek -->", "<!-- pokrycie: koniec -->"


@dataclass(frozen=True)
class Result:
    """A cell with its outcomes by method."""

    cell: Cell
    outcomes: dict[str, Outcome]

    @property
    def default(self) -> Outcome:
        """What the engine chooses."""
        return self.outcomes["default"]

    @property
    def recommended(self) -> bool:
        """Most samples of the cell carry no warning."""
        return self.default.recommended


def inside(outcome: Outcome) -> bool:
    """Coverage from 93 to 97 per cent, but for the error of the simulation."""
    allowed = ERRORS * outcome.error
    return LOW - allowed <= outcome.coverage <= HIGH + allowed


def groups(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Results by the kind of figure, in order."""
    found: dict[str, list[Result]] = {}
    for each in results:
        found.setdefault(each.cell.figure.group, []).append(each)
    return found


def failures(results: Iterable[Result]) -> list[Result]:
    """Cells for which the default is recommended and its coverage is outside."""
    return [each for each in results if each.recommended and not inside(each.default)]


@dataclass(frozen=True)
class Line:
    """Some cells in one method: their number and coverage from the least to the greatest."""

    cells: int
    least: float
    middle: float
    greatest: float
    inside: int
    width: float
    without: float

    @classmethod
    def of(cls, results: Sequence[Result], method: str) -> Line:
        outcomes = [each.outcomes[method] for each in results if method in each.outcomes]
        rates = [o.coverage for o in outcomes if o.samples > o.without] or [float("nan")]
        ratios = [each.outcomes[method].width / each.default.width for each in results]
        without = float(np.mean([o.without / o.samples for o in outcomes]))
        between = sum(map(inside, outcomes))
        middle = float(np.median(rates))
        return cls(len(outcomes), min(rates), middle, max(rates), between, float(np.nanmean(ratios)), without)


def comparison(results: Sequence[Result], write: Callable[[float], str]) -> list[list[str]]:
    """By kind of figure and method, in the cells where the default is recommended."""
    rows = []
    for group, members in groups(results).items():
        kept = [each for each in members if each.recommended]
        for method in ("default", *map(str, METHODS)):
            if kept and method in kept[0].outcomes:
                line = Line.of(kept, method)
                rows.append([group, method, *_cells(line, write), write(line.width)])
    return rows


def warned(results: Sequence[Result], write: Callable[[float], str]) -> list[list[str]]:
    """The default method by kind of figure, where it is recommended and where the page warns."""
    rows = []
    for group, members in groups(results).items():
        for recommended in (True, False):
            kept = [each for each in members if each.recommended is recommended]
            if kept:
                line = Line.of(kept, "default")
                share = float(np.mean([e.default.warned / e.default.samples for e in kept]))
                rows.append([group, "+" if recommended else "–", *_cells(line, write), write(share)])
    return rows


def _cells(line: Line, write: Callable[[float], str]) -> list[str]:
    rates = [write(100 * rate) for rate in (line.least, line.middle, line.greatest)]
    return [str(line.cells), *rates, str(line.inside), write(100 * line.without)]
