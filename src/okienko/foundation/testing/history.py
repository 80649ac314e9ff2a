"""`codes_in(entry)`: what the history page would show of an audit entry as the programme's own code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise

from okienko.foundation.administration import history
from okienko.foundation.audit.models import AuditEntry

_CODE = re.compile(r"[a-z][a-z0-9]*([_.-][a-z0-9]+)*")


def codes_in(entry: AuditEntry) -> list[str]:
    """Names without words, and values that look like codes and are shown as they were kept."""
    found = []
    for name in {**entry.after, **entry.before}:
        field = history.field_of(entry.target_type, name)
        translated = field is not None and isinstance(field.verbose_name, Promise)
        if (
            not translated
            and history.label_of(entry, name) == name.replace("_", " ")
            and _CODE.fullmatch(name)
        ):
            found.append(f"{entry.code}: the name {name!r}")
        if (
            field is not None
            and field.get_internal_type() in ("CharField", "TextField")
            and not field.choices
        ):
            continue  # what people typed
        choices = dict(getattr(field, "flatchoices", ()))
        for values in (entry.before, entry.after):
            shown = history.value_of(entry, name, values.get(name))
            found += [
                f"{entry.code}: {name} shows {code!r}"
                for code in _texts(values.get(name))
                if code not in choices and _CODE.fullmatch(code) and code in re.split(r"[\s,;:]+", shown)
            ]
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
