"""What the views of administration share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from okienko.foundation.offices.rules import Refused
from okienko.foundation.web import pages


def saved(request: HttpRequest, form: forms.Form, write: Callable[[], Any], message: str = "") -> bool:
    """Whether a posted, valid form was written; a refusal becomes an error of the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        write()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    if message:
        # Put into words now: the form may just have changed the language of the person.
        messages.success(request, str(message))
    return True


def carried_out(request: HttpRequest, write: Callable[[], Any], message: str = "") -> bool:
    """The same for a question without fields: a refusal is told on the next page."""
    return pages.carried_out(request, write, message, refusals=(Refused,))


def rights(request: HttpRequest, *codes: str) -> dict[str, bool]:
    """For a template: `rights(request, "edit_unit")` → {"may_edit_unit": True}."""
    return {f"may_{code}": request.actor.can(f"administration.{code}") for code in codes}
