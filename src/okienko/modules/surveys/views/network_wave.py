"""A wave of the network: progress of every office, calendar, offices, weights, opening and closing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.offices.selectors import offices_of_network
from okienko.foundation.web.access import requires
from okienko.modules.surveys import selectors, services
from okienko.modules.surveys.forms import ExtensionForm, FieldFilter, OfficesForm, WaveForm, WeightsForm
from okienko.modules.surveys.models import Wave
from okienko.modules.surveys.presenting import network_sentence
from okienko.modules.surveys.views.common import (
    carried_out,
    may,
    network_wave_of,
    page_of,
    posted,
    saved,
    show,
)

RIGHTS = (
    "surveys.plan_network",
    "surveys.open_network",
    "surveys.extend_network",
    "surveys.close_network",
    "administration.network_history",
)


@requires("surveys.view_network")
def network_wave(request: HttpRequest, pk: int) -> HttpResponse:
    wave = network_wave_of(request, pk)
    rows = selectors.field_rows(wave, timezone.localdate())
    filters = FieldFilter(request.GET, types={row.office_type for row in rows})
    shown = selectors.narrowed_rows(rows, filters.wanted(), request.GET.get("sort", ""))
    totals = selectors.field_totals(rows)
    context = {
        "wave": wave,
        "sentence": network_sentence(wave, totals),
        "totals": totals,
        "page": page_of(request, shown, 50),
        "filters": filters,
        "actions": selectors.network_wave_actions(request, wave),
        "may": may(request, *RIGHTS),
    }
    return render(request, "surveys/network_wave.html", context)


@requires("surveys.view_network")
def network_dates(request: HttpRequest, pk: int) -> HttpResponse:
    wave = network_wave_of(request, pk)
    planned = wave.state == "planned"
    right = "surveys.plan_network" if planned else "surveys.extend_network"
    if wave.state == "closed" or not request.actor.can(right):
        return render(request, "surveys/network_dates.html", {"wave": wave})
    return _change_dates(request, wave) if planned else _extend(request, wave)


def _change_dates(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = WaveForm(posted(request), initial=WaveForm.initial_of(wave))

    def write():
        services.change_network_wave(wave=wave, dates=form.dates(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The calendar is saved.")):
        return redirect("surveys:network_wave", request.network.slug, wave.pk)
    return show(request, "surveys/wave_form.html", form, survey=wave.survey, wave=wave)


def _extend(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = ExtensionForm(
        posted(request), initial={"closes_on": wave.closes_on, "entry_until": wave.entry_until}
    )

    def write():
        services.extend_network_wave(wave=wave, **form.cleaned_data, by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The wave lasts longer now. Its links and posters stay the same.")):
        return redirect("surveys:network_wave", request.network.slug, wave.pk)
    return show(request, "surveys/extend.html", form, wave=wave)


@requires("surveys.plan_network")
def offices(request: HttpRequest, pk: int) -> HttpResponse:
    wave = network_wave_of(request, pk)
    present = selectors.participating(wave)
    listed = [row for row in offices_of_network(request.network) if row.is_active or row.pk in present]
    form = OfficesForm(
        posted(request), offices=listed, initial={"offices": [str(office) for office in present]}
    )

    def write():
        services.choose_offices(wave=wave, offices=form.chosen(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The offices are saved.")):
        return redirect("surveys:network_wave", request.network.slug, wave.pk)
    return show(request, "surveys/offices.html", form, wave=wave)


@requires("surveys.plan_network")
def weights(request: HttpRequest, pk: int) -> HttpResponse:
    wave = network_wave_of(request, pk)
    areas = selectors.areas_of(wave)
    form = WeightsForm(posted(request), areas=areas, weights=wave.area_weights)

    def write():
        services.weigh_areas(wave=wave, weights=form.weights(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The weights are saved.")):
        return redirect("surveys:network_wave", request.network.slug, wave.pk)
    return show(request, "surveys/weights.html", form, wave=wave, areas=areas)


@requires("surveys.open_network")
def network_open(request: HttpRequest, pk: int) -> HttpResponse:
    wave = network_wave_of(request, pk)
    if request.method == "POST":

        def write():
            services.open_network_wave(wave=wave, by=request.actor, at=timezone.now())

        carried_out(request, write, _("The wave is open: offices can begin."))
        return redirect("surveys:network_wave", request.network.slug, wave.pk)
    context = {"wave": wave, "offices": len(selectors.participating(wave))}
    return render(request, "surveys/network_open.html", context)


@requires("surveys.close_network")
def network_close(request: HttpRequest, pk: int) -> HttpResponse:
    wave = network_wave_of(request, pk)
    if request.method == "POST":

        def write():
            services.close_network_wave(wave=wave, by=request.actor, at=timezone.now())

        carried_out(request, write, _("The wave is closed. Its results are being worked out."))
        return redirect("surveys:network_wave", request.network.slug, wave.pk)
    rows = selectors.field_rows(wave, timezone.localdate())
    context = {
        "wave": wave,
        "totals": selectors.field_totals(rows),
        "warnings": selectors.closing_warnings([row.office_wave_id for row in rows if row.state == "open"]),
    }
    return render(request, "surveys/network_close.html", context)


@requires("surveys.plan_network")
def network_drop(request: HttpRequest, pk: int) -> HttpResponse:
    wave = network_wave_of(request, pk)
    survey = wave.survey
    if request.method == "POST":

        def write():
            services.drop_network_wave(wave=wave, by=request.actor, at=timezone.now())

        if carried_out(request, write, _("The planned wave is gone.")):
            return redirect("surveys:network_survey", request.network.slug, survey.pk)
        return redirect("surveys:network_wave", request.network.slug, pk)
    return render(request, "surveys/drop.html", {"wave": wave})
