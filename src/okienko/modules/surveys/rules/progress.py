"""How the fieldwork of a wave goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# An office is called late when it has less than this part of what the elapsed days would have brought.
LATE_BELOW = 0.7


class Pace(StrEnum):
    NOT_PLANNED = "not_planned"
    WAITING = "waiting"
    NOT_STARTED = "not_started"
    LATE = "late"
    ON_COURSE = "on_course"
    REACHED = "reached"
    CLOSED = "closed"
    NEVER_STARTED = "never_started"


@dataclass(frozen=True)
class FieldFigures:
    """The fieldwork of a wave in one office, as plain numbers."""

    state: str
    opened: bool
    opens_on: date
    closes_on: date
    answers: int = 0
    target: int | None = None


def return_rate(issued: int | None, returned: int | None) -> float | None:
    """Returned ÷ issued, between 0 and 1; None when nothing was issued or nobody has counted yet."""
    if not issued or returned is None:
        return None
    return returned / issued


def elapsed(opens_on: date, closes_on: date, today: date) -> float:
    """The part of the collecting days that is over, between 0 and 1."""
    whole = (closes_on - opens_on).days + 1
    return min(1.0, max(0.0, (today - opens_on).days / whole))


def pace(figures: FieldFigures, today: date) -> Pace:
    """Is the office on course to its target?"""
    if figures.state == "closed":
        return Pace.CLOSED if figures.opened else Pace.NEVER_STARTED
    if figures.state == "planned":
        return Pace.NOT_STARTED if today >= figures.opens_on else Pace.WAITING
    if not figures.target:
        return Pace.NOT_PLANNED
    if figures.answers >= figures.target:
        return Pace.REACHED
    due = figures.target * elapsed(figures.opens_on, figures.closes_on, today)
    return Pace.LATE if figures.answers < LATE_BELOW * due else Pace.ON_COURSE


def expected_at_end(figures: FieldFigures, today: date) -> int | None:
    """Answers at the end if clients go on answering as until now; None before the first full day."""
    part = elapsed(figures.opens_on, figures.closes_on, today)
    if figures.state != "open" or not part:
        return None
    return round(figures.answers / part)
