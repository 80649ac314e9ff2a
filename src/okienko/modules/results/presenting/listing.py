"""The list of an office's waves: those with results, those that wait for them, those still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okienko.foundation.ui import words as ui
from okienko.modules.results.models import ResultSet
from okienko.modules.results.presenting.figures import span
from okienko.modules.surveys import selectors as surveys


@dataclass(frozen=True)
class WaveLine:
    """A wave in the list. `results` is None while it is open or not computed yet."""

    survey: str
    wave: str
    closes_on: date
    part: int
    is_open: bool
    results: int | None = None
    value: str = ""
    interval: str = ""
    answers: int = 0
    hidden: bool = False


def waves_of(found: Sequence[ResultSet], parts: Sequence) -> list[WaveLine]:
    """Newest first. Of an open wave only the number of answers is told."""
    made = {row.office_wave_id: row for row in found}
    counted = surveys.answers_of([part.pk for part in parts if part.pk not in made])
    lines = [_line(part, made.get(part.pk), counted) for part in parts]
    return sorted(lines, key=lambda line: (line.closes_on, line.part), reverse=True)


def _line(part, row: ResultSet | None, counted) -> WaveLine:
    last = surveys.last_day_of(part)
    frame = (part.wave.survey.name, part.wave.name, last, part.pk, part.state == "open")
    if row is None:
        return WaveLine(*frame, answers=counted.get(part.pk, 0))
    if row.estimate is None:
        return WaveLine(*frame, results=row.pk, answers=row.answers, hidden=True)
    return WaveLine(*frame, row.pk, ui.number(row.estimate, 2), span(row), row.answers)
