"""An office's data, units and service points."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.administration import selectors, services
from okienko.foundation.administration.forms.network import NetworkNameForm
from okienko.foundation.administration.forms.office import OfficeForm, PointForm, UnitForm
from okienko.foundation.administration.views.common import carried_out, rights, saved
from okienko.foundation.offices.models import ServicePoint
from okienko.foundation.offices.rules import DAYS, features_by_barrier, format_day
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import found, show


@requires("administration.view_office")
def office(request: HttpRequest) -> HttpResponse:
    context = {"units": selectors.units(), "alone": selectors.stands_alone(request.office)}
    context |= rights(request, "edit_office", "edit_unit", "start_network", "history")
    return render(request, "administration/office.html", context)


@requires("administration.edit_office")
def edit_office(request: HttpRequest) -> HttpResponse:
    form = OfficeForm(request.POST or None, initial=OfficeForm.initial_of(request.office))

    def write():
        services.edit_office(
            office=request.office, details=form.details(), by=request.actor, at=timezone.now()
        )

    if saved(request, form, write, _("The office's data are saved.")):
        return redirect("administration:office", request.office.slug)
    return show(request, "administration/edit_office.html", form)


@requires("administration.edit_unit")
def edit_unit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    unit = None if pk is None else found(selectors.unit(pk))
    initial = UnitForm.initial_of(unit) if unit else {"is_active": True}
    form = UnitForm(request.POST or None, initial=initial)

    def write():
        services.save_unit(unit=unit, **form.cleaned_data, by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The unit is saved.")):
        return redirect("administration:office", request.office.slug)
    return show(request, "administration/edit_unit.html", form, unit=unit)


@requires("administration.view_office")
def points(request: HttpRequest) -> HttpResponse:
    rows = [(point, _hours(point)) for point in selectors.points()]
    context = {"rows": rows} | rights(request, "edit_point")
    return render(request, "administration/points.html", context)


@requires("administration.view_office")
def point(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(selectors.point(pk))
    context = {
        "point": row,
        "hours": _hours(row),
        "features": features_by_barrier(row.accessibility),
        "target": row._meta.label_lower,
        **rights(request, "edit_point", "history"),
    }
    return render(request, "administration/point.html", context)


def _hours(row: ServicePoint) -> list[tuple[str, str]]:
    """Days with their hours; empty when no hours are known at all."""
    return [(label, format_day(row.hours.get(code, []))) for code, label in DAYS] if row.hours else []


@requires("administration.edit_point")
def edit_point(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = None if pk is None else found(selectors.point(pk))
    initial = PointForm.initial_of(row) if row else {"channel": "in_person", "city": request.office.city}
    form = PointForm(request.POST or None, initial=initial)

    def write():
        services.save_point(point=row, details=form.details(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The service point is saved.")):
        return redirect("administration:points", request.office.slug)
    return show(request, "administration/edit_point.html", form, point=row)


@requires("administration.switch_point")
def switch_point(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(selectors.point(pk))
    active = not row.is_active

    def write():
        services.switch_point(point=row, active=active, by=request.actor, at=timezone.now())

    if request.method != "POST":
        return render(request, "administration/switch_point.html", {"point": row})
    message = _("The service point is open again.") if active else _("The service point is closed.")
    carried_out(request, write, message)
    return redirect("administration:point", request.office.slug, row.pk)


@requires("administration.start_network")
def start_network(request: HttpRequest) -> HttpResponse:
    """An office on its own becomes a network's first office."""
    form = NetworkNameForm(request.POST or None, initial={"name": request.office.network.name})

    def write():
        services.start_network(name=form.cleaned_data["name"], by=request.actor, at=timezone.now())

    if saved(request, form, write, _("You coordinate the network. Add its offices.")):
        return redirect("administration:network_offices", request.office.network.slug)
    return show(request, "administration/start_network.html", form)
