"""How a figure is written: its interval, and a change beside the two values it lies between."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Change

CUT = "*"


class Spanned(Protocol):
    """Anything with an interval that may have been cut at the end of the scale."""

    @property
    def lower(self) -> float | None: ...
    @property
    def upper(self) -> float | None: ...
    @property
    def cut(self) -> bool: ...


def span(figure: Spanned, places: int = 2) -> str:
    """The interval, with an asterisk where it ends because the scale does; empty where there is none."""
    if figure.lower is None or figure.upper is None:
        return ""
    return ui.interval(figure.lower, figure.upper, places) + CUT * figure.cut


def percent_span(figure: Spanned) -> str:
    if figure.lower is None or figure.upper is None:
        return ""
    return f"{ui.interval(figure.lower * 100, figure.upper * 100, 0)}%" + CUT * figure.cut


def cut_note(intervals: Iterable[str]) -> str:
    """What the asterisk says; empty where nothing was cut."""
    if not any(text.endswith(CUT) for text in intervals):
        return ""
    return CUT + " " + cut_words()


def cut_words() -> str:
    return _("The computed interval reached beyond the end of the scale, so it ends there.")


def shift(difference: float, places: int = 2) -> Decimal:
    """The engine's difference rounded once, the same in every outlet and inside its own interval.

    It may be a unit of the last place off the difference of the rounded values beside it (`rounding_words`).
    """
    return Decimal(f"{difference:.{places}f}")


def rounding_words() -> str:
    return _("Changes are computed before rounding.")


def moved(change: Change | None) -> str:
    """A change with its sign; empty without one."""
    return ui.signed(shift(change.difference), 2) if change is not None else ""
