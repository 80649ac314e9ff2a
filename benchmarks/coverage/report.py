"""The tables of a run, as they stand in docs/methodology.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.coverage.cells import Cell
from benchmarks.coverage.measuring import METHODS, Outcome

LOW, HIGH = 0.93, 0.97
# A cell is outside when it is so beyond this many errors of the simulation.
ERRORS = 2.5
BEGIN, END = "<!-- pokrycie: początek -->", "<!-- pokrycie: koniec -->"
NAMES = {
    "share": "odsetek",
    "mean": "średnia",
    "NPS": "NPS",
    "CSI": "CSI",
    "IS rating": "IS",
    "change": "zmiana między falami",
}


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


def failures(results: Iterable[Result]) -> list[Result]:
    """Cells for which the default is recommended and its coverage is outside."""
    return [each for each in results if each.recommended and not inside(each.default)]


def groups(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Results by the kind of figure, in order."""
    found: dict[str, list[Result]] = {}
    for each in results:
        found.setdefault(each.cell.figure.group, []).append(each)
    return found


def methods(results: Sequence[Result]) -> list[list[str]]:
    """Every method in the cells where the default is recommended: what the choice rests on."""
    rows = []
    for group, members in groups(results).items():
        kept = [each for each in members if each.recommended]
        for method in ("default", *map(str, METHODS)):
            if kept and method in kept[0].outcomes:
                outcomes = [each.outcomes[method] for each in kept]
                wider = [o.width / each.default.width for o, each in zip(outcomes, kept, strict=True)]
                name = "**domyślna**" if method == "default" else f"`{method}`"
                rows.append([NAMES[group], name, *_coverage(outcomes), f"{np.nanmean(wider):.2f}"])
    return rows


def warnings(results: Sequence[Result]) -> list[list[str]]:
    """The default where it is recommended and where the page warns."""
    rows = []
    for group, members in groups(results).items():
        for recommended in (True, False):
            outcomes = [each.default for each in members if each.recommended is recommended]
            if outcomes:
                word = "nie" if recommended else "tak"
                without = np.mean([o.without / o.samples for o in outcomes])
                rows.append([NAMES[group], word, *_coverage(outcomes), f"{100 * without:.1f}"])
    return rows


def _coverage(outcomes: Sequence[Outcome]) -> list[str]:
    """Number of cells; the least, middle and greatest coverage; cells inside."""
    rates = [100 * o.coverage for o in outcomes if o.samples > o.without]
    few = [f"{value:.1f}" for value in (min(rates), float(np.median(rates)), max(rates))]
    return [str(len(outcomes)), *few, str(sum(map(inside, outcomes)))]


def markdown(results: Sequence[Result], command: str, seed: int) -> str:
    """The part of the methodology that this benchmark writes (decimal commas, as in Polish)."""
    error = f"{100 * max(each.default.error for each in results if each.recommended):.2f}".replace(".", ",")
    head = (
        f"Tabele z polecenia `{command}` (ziarno {seed}; {len(results)} komórek po "
        f"{results[0].default.samples} prób; błąd symulacji pokrycia najwyżej {error} punktu procentowego)."
    )
    first = _table(
        [
            "wynik",
            "metoda",
            "komórek",
            "pokrycie od",
            "mediana",
            "do",
            "w 93–97%",
            "szerokość względem domyślnej",
        ],
        methods(results),
    )
    second = _table(
        ["wynik", "ostrzeżenie", "komórek", "pokrycie od", "mediana", "do", "w 93–97%", "bez przedziału, %"],
        warnings(results),
    )
    parts = [
        head,
        "Pokrycie (%) przedziałów bez ostrzeżenia:",
        first,
        "Pokrycie (%) metody domyślnej bez ostrzeżenia i z ostrzeżeniem:",
        second,
    ]
    return "\n\n".join(map(_polish, parts))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _polish(text: str) -> str:
    """Decimal commas in tables."""
    if not text.startswith("|"):
        return text
    return "\n".join(line.replace(".", ",") for line in text.split("\n"))


def written(page: str, part: str) -> str:
    """The page with its part between the marks replaced."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{part}\n\n{END}{after}"
