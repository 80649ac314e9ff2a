"""Days on which a service point serves clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy; Christmas Eve since 2025 (Dz.U. 2024 poz. 1965).
FIXED_HOLIDAYS = ((1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26))
CHRISTMAS_EVE_SINCE = 2025


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Polish public holidays: offices are closed."""
    sunday = easter(year)
    days = {date(year, month, day) for month, day in FIXED_HOLIDAYS}
    days |= {sunday, sunday + timedelta(1), sunday + timedelta(49), sunday + timedelta(60)}
    if year >= CHRISTMAS_EVE_SINCE:
        days.add(date(year, 12, 24))
    return frozenset(days)


def open_days(hours: Mapping[str, Sequence], first: date, last: date) -> tuple[date, ...]:
    """Days from `first` to `last` on which the point is open.

    `hours` has an entry per weekday ("mon" … "sun"); without any the point works from Monday to Friday.
    """
    working = {WEEKDAYS.index(day) for day, spans in hours.items() if spans and day in WEEKDAYS}
    working = working or set(range(5))
    days = (first + timedelta(step) for step in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() in working and day not in public_holidays(day.year))
