"""Reading one answer: from the words of a form field, and from a typed value.

Every function here returns the clean value or raises :class:`Refused` with a message code of ``messages``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from .items import Item

# Control characters (but not tab and newline), lone surrogates, and the marks that turn the direction of
# writing: none of them can be typed on purpose, and databases and readers choke on them.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAKS = re.compile("\r\n?|\u2028|\u2029")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.(\d{1,9}))?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_POLISH_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
# Nobody types more spaces than this inside a number; a longer field is not worth parsing.
_LONGEST_NUMBER = 40


class Refused(ValueError):
    """An answer that cannot be taken; ``code`` and ``params`` make the message."""

    def __init__(self, code: str, **params: float | str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def clean(text: str, *, multiline: bool = False) -> str:
    """Return a text without control characters, normalised (NFC) and trimmed."""
    text = _UNWANTED.sub("", _BREAKS.sub("\n", text))
    if not multiline:
        text = " ".join(text.split())
    return unicodedata.normalize("NFC", text).strip()


def only(raw: Iterable[str]) -> str:
    """Return the one thing a field says, or "" when it is blank. Raises ``Refused`` for several."""
    given = {text.strip() for text in raw}
    given.discard("")
    if len(given) > 1:
        raise Refused("several")
    return given.pop() if given else ""


def text_value(item: Item, text: object, *, multiline: bool) -> str:
    """Return the clean text of an item; "" means empty."""
    if not isinstance(text, str):
        raise Refused("wrong_type")
    limit = item.max_length or 0
    # Cleaning can only shorten, and NFC at most by a small factor: refuse a flood before working on it.
    if len(text) > 20 * limit + 1000:
        raise Refused("too_long", limit=limit)
    cleaned = clean(text, multiline=multiline)
    if len(cleaned) > limit:
        raise Refused("too_long", limit=limit)
    return cleaned


def number_from_text(item: Item, text: str) -> int | float:
    """Read a number as people write it: spaces, decimal comma or point."""
    if len(text) > _LONGEST_NUMBER:
        raise Refused("not_a_number")
    match = _NUMBER.fullmatch("".join(text.split()).replace(",", "."))
    if match is None:
        raise Refused("not_a_number")
    decimals = (match[1] or "").rstrip("0")
    if len(decimals) > item.decimals:
        raise _decimals(item)
    return _within(item, float(match[0]))


def number_value(item: Item, value: object) -> int | float:
    """Check a typed number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused("wrong_type")
    if round(value, item.decimals) != value:
        raise _decimals(item)
    return _within(item, value)


def date_from_text(item: Item, text: str) -> str:
    """Read a date, ISO or day.month.year, and return it as ISO text."""
    try:
        if _ISO.fullmatch(text):
            return _in_range(item, date.fromisoformat(text))
        if match := _POLISH_DATE.fullmatch(text):
            return _in_range(item, date(int(match[3]), int(match[2]), int(match[1])))
    except ValueError as error:
        if isinstance(error, Refused):
            raise
    raise Refused("not_a_date")


def date_value(item: Item, value: object) -> str:
    """Check a typed date: ISO text or a ``date``."""
    if isinstance(value, datetime):
        return _in_range(item, value.date())
    if isinstance(value, date):
        return _in_range(item, value)
    if not isinstance(value, str):
        raise Refused("wrong_type")
    return date_from_text(item, value.strip())


def code_value(value: object) -> int:
    """Return a typed code as int; 3.0 from a spreadsheet is 3, a bool or 2.5 is refused."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused("wrong_type")
    return value


def _decimals(item: Item) -> Refused:
    return Refused("decimals", limit=item.decimals) if item.decimals else Refused("whole_number")


def _within(item: Item, value: float) -> int | float:
    # Below zero live the special answers; ``checks`` refuses a negative minimum.
    minimum = item.minimum if item.minimum is not None else 0
    if value < minimum:
        raise Refused("too_small", limit=minimum)
    if item.maximum is not None and value > item.maximum:
        raise Refused("too_big", limit=item.maximum)
    return int(value) if item.decimals == 0 else float(value)


def _in_range(item: Item, day: date) -> str:
    text = day.isoformat()
    if item.earliest and text < item.earliest:
        raise Refused("too_early", limit=item.earliest)
    if item.latest and text > item.latest:
        raise Refused("too_late", limit=item.latest)
    return text
