"""Numbers as people write them: `4,12`, `1 234,5`, `46%`, `−0,05`; also `4.12` for English."""

from collections.abc import Callable

Formatter = Callable[[float], str]

_MINUS = "\u2212"
_MARKS = {"pl": ("\u00a0", ","), "uk": ("\u00a0", ","), "en": (",", ".")}


def decimal(places: int = 2, language: str = "pl") -> Formatter:
    """Formatter of a plain number with a fixed count of decimal places."""
    thousands, point = _MARKS.get(language, _MARKS["pl"])

    def write(value: float) -> str:
        text = f"{abs(value):,.{places}f}"
        sign = _MINUS if value < 0 and text.strip("0.,") else ""
        # Polish leaves four digits together: 1234, but 12 345.
        if abs(value) < 10_000 and language != "en":
            text = text.replace(",", "")
        return sign + text.replace(",", "\0").replace(".", point).replace("\0", thousands)

    return write


def percent(places: int = 0, language: str = "pl") -> Formatter:
    """Formatter of a share between 0 and 1 as a percentage."""
    number = decimal(places, language)

    def write(value: float) -> str:
        return number(value * 100) + "%"

    return write


WHOLE = decimal(0)
WHOLE_PERCENT = percent(0)


def signed(number: Formatter) -> Formatter:
    """The same formatter with a plus sign before positive numbers: for changes."""

    def write(value: float) -> str:
        text = number(value)
        return text if text.startswith(_MINUS) or not any(c in "123456789" for c in text) else "+" + text

    return write


def interval(low: float, high: float, number: Formatter) -> str:
    """An interval in figures: `4,03–4,21`; with a negative end spaced, so that no minus meets the dash."""
    first, last = number(low), number(high)
    if low < 0 or high < 0:
        return f"{first} … {last}"
    # One sign is enough: 29–39%.
    return f"{first.removesuffix('%') if last.endswith('%') else first}–{last}"
