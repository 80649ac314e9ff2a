"""What the views of surveys share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from okienko.modules.surveys import selectors
from okienko.modules.surveys.models import OfficeWave, Survey, Wave

Row = TypeVar("Row")
PAGE = 25


def found(row: Row | None) -> Row:
    """The row, or "not found": a stranger's row and no row look the same."""
    if row is None:
        raise Http404
    return row


def office_wave_of(request: HttpRequest, pk: int) -> OfficeWave:
    return found(selectors.get_office_wave(pk))


def own_wave_of(request: HttpRequest, pk: int) -> OfficeWave:
    """A part of a wave whose calendar the office itself keeps."""
    office_wave = office_wave_of(request, pk)
    return found(office_wave if office_wave.wave.office_id else None)


def own_survey_of(request: HttpRequest, pk: int) -> Survey:
    return found(selectors.get_own_survey(pk, office=request.office, network=request.network))


def network_wave_of(request: HttpRequest, pk: int) -> Wave:
    return found(selectors.get_network_wave(pk, request.network))


def posted(request: HttpRequest) -> Any:
    """The fields sent; an empty form that was sent is still sent."""
    return request.POST if request.method == "POST" else None


def saved(request: HttpRequest, form: forms.Form, write: Callable[[], Any], message: str = "") -> bool:
    """Whether a posted, valid form was written; a refusal becomes errors of the form's fields."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        write()
    except ValidationError as refusal:
        _blame(form, refusal)
        return False
    if message:
        messages.success(request, message)
    return True


def _blame(form: forms.Form, refusal: ValidationError) -> None:
    groups = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
    for field, errors in groups.items():
        form.add_error(field if field in form.fields else None, errors)


def carried_out(request: HttpRequest, write: Callable[[], Any], message: str = "") -> bool:
    """The same for a question without fields: a refusal is told on the next page."""
    try:
        write()
    except ValidationError as refusal:
        for text in refusal.messages:
            messages.error(request, text)
        return False
    if message:
        messages.success(request, message)
    return True


def page_of(request: HttpRequest, rows: Any, size: int = PAGE) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def show(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """The page of a form; 422 when it comes back refused, so that scripts and tests can tell."""
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)


def may(request: HttpRequest, *codes: str) -> dict[str, bool]:
    """What the person may do here: `surveys.plan` → `may.plan` in the template."""
    return {code.split(".")[1]: request.actor.can(code) for code in codes}
