"""Opening hours, written as people write them: „7:30–15:30” or „8–12, 13–17”; an empty day is closed."""

from __future__ import annotations

import itertools
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAYS = (
    ("mon", gettext_lazy("Monday")),
    ("tue", gettext_lazy("Tuesday")),
    ("wed", gettext_lazy("Wednesday")),
    ("thu", gettext_lazy("Thursday")),
    ("fri", gettext_lazy("Friday")),
    ("sat", gettext_lazy("Saturday")),
    ("sun", gettext_lazy("Sunday")),
)
MOST_SPANS = 4
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"^\s*{_TIME}\s*(?:-|–|—|do)\s*{_TIME}\s*$", re.ASCII)


class HoursFault(ValueError):
    """The text is not a list of spans of time; the message tells the person what to write."""


def parse_day(text: str) -> list[list[str]]:
    """„8–12, 13.00–17.30” → [["08:00", "12:00"], ["13:00", "17:30"]]; spans in order, none overlapping."""
    parts = [part for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) > MOST_SPANS:
        raise HoursFault(_("Write at most %(count)d spans of time.") % {"count": MOST_SPANS})
    spans = [_span(part) for part in parts]
    for earlier, later in itertools.pairwise(spans):
        if later[0] < earlier[1]:
            raise HoursFault(_("Each span must begin after the one before it has ended."))
    return spans


def _span(text: str) -> list[str]:
    found = _SPAN.match(text)
    if found is None:
        raise HoursFault(_("Write the hours like this: 7:30–15:30, or leave the day empty."))
    start, end = _clock(found[1], found[2]), _clock(found[3], found[4])
    if end <= start:
        raise HoursFault(
            _("%(end)s is not later than %(start)s.") % {"start": _short(start), "end": _short(end)}
        )
    return [start, end]


def _clock(hour: str, minute: str | None) -> str:
    hours, minutes = int(hour), int(minute or 0)
    if minutes > 59 or hours * 60 + minutes > 24 * 60:
        raise HoursFault(_("There is no such time as %(time)s.") % {"time": f"{hour}:{minutes:02}"})
    return f"{hours:02}:{minutes:02}"


def _short(clock: str) -> str:
    return clock.removeprefix("0")


def format_day(spans: list[list[str]]) -> str:
    """The spans as people write them: „7:30–15:30”."""
    return ", ".join(f"{_short(start)}–{_short(end)}" for start, end in spans)
