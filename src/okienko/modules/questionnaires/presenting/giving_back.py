"""What was typed into a form whose question, part or scale a colleague has deleted meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "text": _("Question"),
    "help": _("Help below the question"),
    "unit": _("Unit, e.g. minutes"),
    "answers": _("Answers or rows, one a line"),
    "added": _("New answer"),
    "title": _("Title of the part"),
    "intro": _("Words at the beginning of the part"),
}
_NUMBERED = {"option": _("Answer %(code)s"), "row": _("Row %(code)s"), "point": _("Point %(code)s")}
_PART = re.compile(r"(option|row|point)(?:_[a-z0-9_]+)?_([a-z0-9]+)")


@dataclass(frozen=True)
class Typed:
    """One field of words, to be read and copied."""

    label: str
    text: str


def typed(data: QueryDict) -> tuple[Typed, ...]:
    """The words of a form in its own order; boxes and choices meant something only where they stood."""
    return tuple(Typed(label, text) for name, text in data.items() if text.strip() for label in _label(name))


def _label(name: str) -> Iterator[str]:
    if name in _LABELS:
        yield str(_LABELS[name])
    elif found := _PART.fullmatch(name):
        yield gettext(_NUMBERED[found[1]]) % {"code": found[2]}
