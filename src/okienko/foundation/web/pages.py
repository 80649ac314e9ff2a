"""What the views of all modules share: rows that are there, forms that come back, pages of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

Row = TypeVar("Row")


def found(row: Row | None) -> Row:
    """The row, or "not found": a stranger's row and no row look the same."""
    if row is None:
        raise Http404
    return row


def page_of(request: HttpRequest, rows: Any, size: int = 50) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def show(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """The page of a form; 422 when it comes back refused, so that scripts and tests can tell."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **context}, status=status)


def carried_out(
    request: HttpRequest,
    write: Callable[[], Any],
    message: str = "",
    refusals: tuple[type[Exception], ...] = (ValidationError,),
) -> bool:
    """Whether a question without fields was written; a refusal is told on the next page."""
    try:
        write()
    except refusals as refusal:
        for text in getattr(refusal, "messages", [str(refusal)]):
            messages.error(request, text)
        return False
    if message:
        messages.success(request, message)
    return True
