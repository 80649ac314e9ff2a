"""The audit trail in words: what was done, and what it was before and is after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.rules import ACCESSIBILITY_FEATURES, DAYS, format_day
from okienko.foundation.registry import noted, permissions
from okienko.foundation.ui.words import DASH, day, moment, number

_LONGEST = 200
# Words of notes that several modules use and that are not fields of the object itself.
_WORDS = {
    "answers": gettext_lazy("answers"),
    "deleted": gettext_lazy("deleted rows"),
    "file": gettext_lazy("file"),
    "inference": gettext_lazy("kind of inference"),
    "remarks": gettext_lazy("remarks"),
    "revision": gettext_lazy("saved for the time"),
    "state": gettext_lazy("state"),
}


@dataclass(frozen=True)
class HistoryRow:
    """One line of a history; the shape that the `history` component draws."""

    at: datetime
    who: str
    what: str
    details: str


def deed(code: str) -> str:
    """The permission's own words; a code of a module that is gone stays as it is."""
    known = permissions().get(code)
    return str(known.label) if known else code


def rows(entries: Iterable[AuditEntry], *, with_target: bool = True) -> list[HistoryRow]:
    return [
        HistoryRow(entry.at, who(entry.actor_name), _what(entry, with_target), details(entry))
        for entry in entries
    ]


def who(name: str) -> str:
    """A person by her name; the programme, which signs with a word of its own, as Okienko."""
    return "Okienko" if name.isascii() and name.islower() else name


def _what(entry: AuditEntry, with_target: bool) -> str:
    return (
        f"{deed(entry.code)}: {entry.target_label}"
        if with_target and entry.target_label
        else deed(entry.code)
    )


def details(entry: AuditEntry) -> str:
    """A line for each thing that changed."""
    keys = [*entry.after, *(key for key in entry.before if key not in entry.after)]
    same = {key for key in entry.after if key in entry.before and entry.before[key] == entry.after[key]}
    return "\n".join(_line(entry, key) for key in keys if key not in same)


def _line(entry: AuditEntry, key: str) -> str:
    label = label_of(entry, key)
    old, new = (_quoted(entry, key, values.get(key)) for values in (entry.before, entry.after))
    if old and new:
        return _("%(label)s: from %(old)s to %(new)s") % {"label": label, "old": old, "new": new}
    if old:
        return _("%(label)s: %(old)s removed") % {"label": label, "old": old}
    return f"{label}: {new or DASH}"


def _quoted(entry: AuditEntry, key: str, value: Any) -> str:
    """Words between quotation marks, a figure without."""
    said = value_of(entry, key, value)
    if not said or (isinstance(value, int | float) and said == number(value)):
        return said
    return _("“%(words)s”") % {"words": said}


def label_of(entry: AuditEntry, key: str) -> str:
    """The module's own words, else those of the field, else the name, which may be words already."""
    said = noted(entry.code, key)
    if said is not None:
        return str(said.label)
    field = field_of(entry.target_type, key)
    return str(_WORDS.get(key) or (field.verbose_name if field else key.replace("_", " ")))


def field_of(target_type: str, key: str) -> Field | None:
    try:
        return apps.get_model(target_type)._meta.get_field(key)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def value_of(entry: AuditEntry, key: str, value: Any) -> str:
    """A noted value as people say it."""
    field, said = field_of(entry.target_type, key), noted(entry.code, key)
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if key == "hours" and isinstance(value, dict):
        return "; ".join(f"{label} {format_day(value[code])}" for code, label in DAYS if value.get(code))
    if key == "accessibility" and isinstance(value, list):
        return ", ".join(str(_feature(code)) for code in value)
    words = said.values if said else {}
    choices = dict(getattr(field, "flatchoices", ()))
    # The module's own words come first: a field of the same name may mean something else.
    if isinstance(value, str | int) and value in choices and value not in words:
        return str(choices[value])
    return _plain(value, lambda inner: _called(entry.code, inner, words), words)


def _called(code: str, name: str, words: Mapping[Any, Any]) -> Any:
    """A name inside a noted value: a code with a word, or a name that the module notes elsewhere too."""
    said = noted(code, name)
    return words.get(name) or (said.label if said else name)


def _feature(code: Any) -> Any:
    known = ACCESSIBILITY_FEATURES.get(code)
    return known.label if known else code


def _plain(value: Any, called: Callable[[str], Any], words: Mapping[Any, Any]) -> str:
    """Lists and nested values in one line, codes by their words, dates as people write them; cut if long."""
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(_plain(item, called, words) for item in value)[:_LONGEST]
    if isinstance(value, dict):
        return ", ".join(f"{called(key)}: {_plain(item, called, words)}" for key, item in value.items())[
            :_LONGEST
        ]
    if isinstance(value, int | float) and value not in words:
        return number(value)
    text = str(words.get(value, value))
    if isinstance(value, str) and len(text) >= 10 and text[4:5] == "-":
        try:
            found = parse_date(text) or parse_datetime(text)
        except ValueError:
            found = None
        if found is not None:
            return moment(found) if isinstance(found, datetime) else day(found)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
