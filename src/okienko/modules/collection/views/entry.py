"""Batches of paper forms: the list, a batch, its description, its end."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.web.access import requires
from okienko.modules.collection import selectors_entry as selectors
from okienko.modules.collection.forms.entry import BatchForm
from okienko.modules.collection.models import EntryBatch
from okienko.modules.collection.point_figures import plan_of
from okienko.modules.collection.services import entry as services
from okienko.modules.collection.views.common import blame, found, page_of
from okienko.modules.surveys import selectors as surveys

RIGHTS = ("prepare_batch", "type_form", "settle_form", "close_batch")


def rights(request: HttpRequest) -> dict[str, bool]:
    return {name: request.actor.can(f"collection.{name}") for name in RIGHTS}


def batch_of(pk: int) -> EntryBatch:
    return found(selectors.get_batch(pk))


@requires("collection.view_batches")
def batches(request: HttpRequest) -> HttpResponse:
    context = {"page": page_of(request, selectors.batches()), "waves": selectors.open_waves()}
    return render(request, "collection/entry/batches.html", context | {"may": rights(request)})


@requires("collection.view_batches")
def wave_batches(request: HttpRequest, pk: int) -> HttpResponse:
    part = found(surveys.get_office_wave(pk))
    waves = [part] if surveys.may_type(part) else []
    context = {"page": page_of(request, selectors.batches(part)), "waves": waves, "part": part}
    return render(request, "collection/entry/batches.html", context | {"may": rights(request)})


@requires("collection.view_batches")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    row = batch_of(pk)
    state = selectors.batch_state(row)
    context = {
        "batch": row,
        "state": state,
        "nothing_left": state.left <= 0,
        "doubled": [row.double_every * step for step in (1, 2, 3)],
        "page": page_of(request, selectors.forms_of(row), 50),
        "may": rights(request),
        "open": row.closed_at is None and surveys.may_type(row.office_wave),
    }
    if row.closed_at is not None:
        context |= {
            "plan": plan_of(row),
            "counted": selectors.closed_at_point(row.office_wave_id, row.service_point_id),
        }
    return render(request, "collection/entry/batch.html", context)


@requires("collection.prepare_batch")
def create_batch(request: HttpRequest, pk: int) -> HttpResponse:
    part = found(surveys.get_office_wave(pk))
    if not surveys.may_type(part):
        raise Http404
    form = BatchForm(request.POST if request.method == "POST" else None, office_wave=part)
    if form.is_bound and form.is_valid():
        try:
            row = services.create_batch(
                office_wave=part, pile=form.pile(), by=request.actor, at=timezone.now()
            )
            return redirect("collection:type_form", request.office.slug, row.pk)
        except ValidationError as refusal:
            blame(form, refusal)
    return _form_page(request, form, part)


@requires("collection.prepare_batch")
def change_batch(request: HttpRequest, pk: int) -> HttpResponse:
    row = batch_of(pk)
    form = BatchForm(
        request.POST if request.method == "POST" else None, office_wave=row.office_wave, batch=row
    )
    if form.is_bound and form.is_valid():
        try:
            services.change_batch(batch=row, pile=form.pile(), by=request.actor, at=timezone.now())
            return redirect("collection:batch", request.office.slug, row.pk)
        except ValidationError as refusal:
            blame(form, refusal)
    return _form_page(request, form, row.office_wave, row)


@requires("collection.prepare_batch")
def delete_batch(request: HttpRequest, pk: int) -> HttpResponse:
    row = batch_of(pk)
    if request.method == "POST":
        wave = row.office_wave_id
        try:
            services.delete_batch(batch=row, by=request.actor, at=timezone.now())
            return redirect("collection:wave_batches", request.office.slug, wave)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("collection:batch", request.office.slug, row.pk)
    return render(request, "collection/entry/delete_batch.html", {"batch": row})


@requires("collection.close_batch")
def close_batch(request: HttpRequest, pk: int) -> HttpResponse:
    row = batch_of(pk)
    if request.method == "POST":
        try:
            services.close_batch(batch=row, by=request.actor, at=timezone.now())
            messages.success(request, _("The batch is closed. Its forms are among the answers of the wave."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("collection:batch", request.office.slug, row.pk)
    context = {"batch": row, "state": selectors.batch_state(row)}
    return render(request, "collection/entry/close_batch.html", context)


def _form_page(request: HttpRequest, form: BatchForm, part, row: EntryBatch | None = None) -> HttpResponse:
    context = {"form": form, "part": part, "batch": row}
    return render(request, "collection/entry/batch_form.html", context, status=422 if form.is_bound else 200)
