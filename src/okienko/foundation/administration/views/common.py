"""What the views of administration share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from okienko.foundation.offices.models import Invitation
from okienko.foundation.offices.rules import Refused

Row = TypeVar("Row")


def found(row: Row | None) -> Row:
    """The row, or "not found": a stranger's row and no row look the same."""
    if row is None:
        raise Http404
    return row


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
    try:
        write()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    if message:
        messages.success(request, message)
    return True


def tell_of_letter(request: HttpRequest, invitation: Invitation) -> None:
    """Whether the letter has left; an invitation whose letter did not can be sent again."""
    if invitation.mailed_at:
        text = _("The letter to %(address)s has left. The link in it works for seven days.")
        messages.success(request, text % {"address": invitation.email})
    else:
        text = _(
            "The invitation is saved, but the letter to %(address)s did not leave: the mail server refused "
            "it or did not answer. Tell the administrator, then send it again."
        )
        messages.warning(request, text % {"address": invitation.email})


def page_of(request: HttpRequest, rows: Any, size: int = 50) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def show(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """The page of a form; 422 when it comes back refused, so that scripts and tests can tell."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **context}, status=status)


def rights(request: HttpRequest, *codes: str) -> dict[str, bool]:
    """For a template: `rights(request, "edit_unit")` → {"may_edit_unit": True}."""
    return {f"may_{code}": request.actor.can(f"administration.{code}") for code in codes}
