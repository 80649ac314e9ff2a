"""Weights of a wave: what is known of the clients, what weighting does to the answers, the decision."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okienko.foundation.web.access import requires
from okienko.modules.results import services
from okienko.modules.results.views.common import blame
from okienko.modules.results.weighting import services as weights
from okienko.modules.results.weighting.forms import LimitForm, MarginForm, initial_of
from okienko.modules.results.weighting.page import division_of, standing, visits_of
from okienko.modules.surveys import selectors as surveys


def _part(request: HttpRequest, pk: int):
    """An open or closed wave of clients in the office."""
    part = surveys.get_office_wave(pk)
    if part is None or part.office_id != request.office.pk or part.state == "planned":
        raise Http404
    if part.wave.survey.audience != "clients" or part.wave.version is None:
        raise Http404
    return part


@requires("results.weight")
def page(request: HttpRequest, part: int) -> HttpResponse:
    found = standing(_part(request, part))
    form = LimitForm(request.POST or None, initial={"limit": found.limit})
    if request.method == "POST" and form.is_valid():
        try:
            weights.set_limit(
                office_wave=found.part, limit=form.cleaned_data["limit"], by=request.actor, at=timezone.now()
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            return _back(request, found.part)
    context = {"standing": found, "form": form}
    return render(request, "results/weights.html", context, status=422 if form.is_bound else 200)


@requires("results.weight")
def margin(request: HttpRequest, part: int, division: str) -> HttpResponse:
    row = _part(request, part)
    found, known, names = division_of(row, division)
    if found is None:
        raise Http404
    form = MarginForm(
        request.POST or None, division=found, names=names, initial=initial_of(found, known, visits_of(row))
    )
    if request.method == "POST" and form.is_valid():
        try:
            weights.save_margin(office_wave=row, margin=form.margin(), by=request.actor, at=timezone.now())
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The division is saved."))
            return _back(request, row)
    context = {"part": row, "form": form, "name": names.division(found.code)}
    return render(request, "results/weights_margin.html", context, status=422 if form.is_bound else 200)


@requires("results.weight")
@require_POST
def remove(request: HttpRequest, part: int, division: str) -> HttpResponse:
    row = _part(request, part)
    try:
        weights.remove_margin(office_wave=row, division=division, by=request.actor, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("The division is removed."))
    return _back(request, row)


@requires("results.weight")
def decide(request: HttpRequest, part: int, use: bool) -> HttpResponse:
    row = _part(request, part)
    if request.method == "POST":
        try:
            weights.decide_weights(office_wave=row, use=use, by=request.actor, at=timezone.now())
            made = services.release_results(office_wave=row, by=request.actor, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return _back(request, row)
        messages.success(request, _("The results are ready."))
        return redirect("results:result", request.office.slug, made.pk)
    return render(request, "results/weights_decide.html", {"part": row, "use": use})


def _back(request: HttpRequest, part) -> HttpResponse:
    return redirect("results:weights", request.office.slug, part.pk)
