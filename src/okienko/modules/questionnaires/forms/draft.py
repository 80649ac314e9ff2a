"""What every form of the editor carries: the draft it was opened on, and how its fields stood then.

A help text is drawn as it is given, so words of people are escaped before they become one.

`was` lets a form that comes too late be shown again without losing anything: what its reader did not touch
is taken from the present draft, what she wrote stays, and the present text is shown beside it.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _

WAS_LIMIT = 400_000


class DraftForm(forms.Form):
    """`revision` of the draft, and `was`: the values of the fields when the form was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=WAS_LIMIT)

    def fill(self, revision: int, values: dict[str, Any]) -> None:
        """Set the values of the present draft; call it at the end of `__init__`."""
        self.now = {name: _plain(value) for name, value in values.items()}
        self.initial = {**values, "revision": revision, "was": json.dumps(self.now, ensure_ascii=False)}
        self.fields["was"].strip = False

    def seen(self) -> dict[str, Any]:
        """The values that the reader saw; the present ones where she does not say."""
        try:
            told = json.loads(self.data.get("was", "") or "{}")
        except (ValueError, RecursionError):
            told = {}
        told = told if isinstance(told, dict) else {}
        return {name: told.get(name, value) for name, value in self.now.items()}

    def touched(self) -> dict[str, Any]:
        """Fields that the reader changed against what she saw, with their new values."""
        seen = self.seen()
        return {
            name: self.cleaned_data[name]
            for name in self.now
            if name in self.cleaned_data and _plain(self.cleaned_data[name]) != seen[name]
        }

    def renewed(self, revision: int) -> None:
        """Show the form again over a newer draft: her words stay, the others' words stand beside."""
        seen, data = self.seen(), self.data.copy()
        for name, present in self.now.items():
            entered = _plain(self.cleaned_data.get(name)) if name in self.cleaned_data else seen[name]
            if entered == seen[name]:
                _put(data, name, present)
            elif entered != present:
                text = _in_words(present)
                self.fields[name].help_text = _("Now it says: %(text)s") % {"text": escape(text)}
        data["revision"] = str(revision)
        data["was"] = json.dumps(self.now, ensure_ascii=False)
        self.data = data


def _plain(value: Any) -> Any:
    """A value as JSON keeps it, so that what was seen and what was entered can be compared."""
    if value is None:
        return ""
    if isinstance(value, bool | int | str):
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
    return str(value)


def _put(data, name: str, value: Any) -> None:
    if value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else str(value)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"„{value}”" if value != "" else _("(empty)")


class RevisionForm(DraftForm):
    """A question about the draft that was looked at, without fields of its own."""

    def __init__(self, *args: Any, revision: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(revision, {})
