"""Numbers, intervals and dates as people write them, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NO_BREAK = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"


def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """`1 234,5` in Polish, `1,234.5` in English; without `places` the number keeps the places that it has."""
    if value is None:
        return DASH
    # Django cuts places off; people round. The figures of the charts are rounded in the same way.
    rounded = abs(value) if places is None else Decimal(f"{abs(value):.{places}f}")
    text = formats.number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)
    zero = not any(sign in "123456789" for sign in text)
    return MINUS + text if value < 0 and not zero else text


def signed(value: int | float | Decimal, places: int | None = None) -> str:
    """The same with a plus before what is above zero: for changes."""
    text = number(value, places)
    zero = not any(sign in "123456789" for sign in text)
    return text if zero or text.startswith(MINUS) else "+" + text


def percent(share: float | Decimal | None, places: int = 0) -> str:
    """A share between 0 and 1 as `63%`."""
    return DASH if share is None else number(share * 100, places) + "%"


def interval(low: float, high: float, places: int = 2) -> str:
    """`4,03–4,21`; with a negative end in words, so that no minus meets the dash."""
    first, last = number(low, places), number(high, places)
    if low < 0 or high < 0:
        return _("from %(low)s to %(high)s") % {"low": first, "high": last}
    return first + DASH + last


def day(value: date | datetime | None, *, year: bool = True) -> str:
    """`22 listopada 2026`, or without the year."""
    if value is None:
        return DASH
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return formats.date_format(value, "j E Y" if year else "j E").replace(" ", NO_BREAK, 1)


def moment(value: datetime | None) -> str:
    """`22 listopada 2026, 14:05` in the installation's time zone."""
    if value is None:
        return DASH
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {formats.date_format(local, 'H:i')}"


def days(first: date, last: date) -> str:
    """`19 października – 13 listopada 2026`; what both ends share is said once."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{day(last)}"
    return f"{day(first, year=first.year != last.year)} {DASH} {day(last)}"


def out_of(total: int, done: int | None = None) -> str:
    """`z 655`, `ze 140` ("ze stu…"); `of 140` in English; `– więcej niż 655` when even more was done."""
    if done is not None and done > total:
        return f"{DASH}{NO_BREAK}" + _("more than %(total)s") % {"total": number(total)}
    if (get_language() or "pl").startswith("pl"):
        leading = total
        while leading >= 1000:
            leading //= 1000
        return f"{'ze' if 100 <= leading < 200 else 'z'}{NO_BREAK}{number(total)}"
    return _("of %(total)s") % {"total": number(total)}


_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def device(user_agent: str) -> str:
    """What a person recognises in a browser's own description: `Firefox, Windows`."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), _("another browser"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser}, {system}" if system else browser


def remaining(last: date, today: date) -> str:
    """How far off a day is: `dziś`, `jutro`, otherwise the day itself."""
    if last == today:
        return _("today")
    if last == today + timedelta(days=1):
        return _("tomorrow")
    return day(last)
