"""What the back-office views of this module share."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest

Row = TypeVar("Row")


def found(row: Row | None) -> Row:
    """The row, or "not found": a stranger's row and no row look the same."""
    if row is None:
        raise Http404
    return row


def page_of(request: HttpRequest, rows: Any, size: int = 25) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def blame(form: forms.Form, refusal: ValidationError) -> None:
    """Errors of a service as errors of the form, by field where it has one."""
    groups = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
    for field, errors in groups.items():
        form.add_error(field if field in form.fields else None, errors)
