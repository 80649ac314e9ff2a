"""Checks of what people type: codes of problems, worded in `texts`."""

from __future__ import annotations

from datetime import date, timedelta

LONGEST_WAVE = timedelta(days=366)
# Waves of the past may be imported; a year outside of these is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 1990, 2100


def wave_date_problems(opens_on: date, closes_on: date, entry_until: date | None) -> dict[str, str]:
    """Field → code of the problem; empty when the dates are in order."""
    problems = {
        field: "unlikely_year"
        for field, day in (("opens_on", opens_on), ("closes_on", closes_on), ("entry_until", entry_until))
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR
    }
    if problems:
        return problems
    if closes_on < opens_on:
        problems["closes_on"] = "closes_before_it_opens"
    elif closes_on - opens_on > LONGEST_WAVE:
        problems["closes_on"] = "longer_than_a_year"
    if entry_until is not None and entry_until < closes_on:
        problems["entry_until"] = "typed_before_it_closes"
    elif entry_until is not None and entry_until - closes_on > LONGEST_WAVE:
        problems["entry_until"] = "typed_a_year_later"
    return problems


def form_problems(issued: int | None, returned: int | None, spoiled: int | None) -> dict[str, str]:
    """Forms issued ≥ returned ≥ spoiled; what came back must have been handed out."""
    if returned is not None and issued is None:
        return {"issued": "issued_missing"}
    if spoiled is not None and returned is None:
        return {"returned": "returned_missing"}
    if returned is not None and returned > issued:
        return {"returned": "more_returned_than_issued"}
    if spoiled is not None and spoiled > returned:
        return {"spoiled": "more_spoiled_than_returned"}
    return {}
