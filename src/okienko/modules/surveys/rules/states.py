"""What a wave's state and dates permit."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

OPEN = "open"
PLANNED = "planned"


class AnsweringStatus(StrEnum):
    """What the answering page says."""

    OPEN = "open"
    NOT_STARTED = "not_started"
    ENDED = "ended"
    SWITCHED_OFF = "switched_off"


def answering_status(
    *, office_wave_state: str, link_active: bool, opens_on: date, closes_on: date, today: date
) -> AnsweringStatus:
    """May a client answer today? The office's part decides: the wave is never closed without it."""
    if not link_active:
        return AnsweringStatus.SWITCHED_OFF
    if office_wave_state == PLANNED:
        return AnsweringStatus.NOT_STARTED
    if office_wave_state != OPEN or today > closes_on:
        return AnsweringStatus.ENDED
    return AnsweringStatus.OPEN if today >= opens_on else AnsweringStatus.NOT_STARTED


def closes_by_itself(*, state: str, opened_on: date | None, entry_until: date, today: date) -> bool:
    """Is the wave past its last day? One opened after that day (to import old answers) is closed by hand."""
    return state == OPEN and today > entry_until and (opened_on is None or opened_on <= entry_until)
