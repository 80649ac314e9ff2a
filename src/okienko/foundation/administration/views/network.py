"""A network's own pages: its name, coordinators, offices, kinds of offices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.administration import selectors, services
from okienko.foundation.administration.forms.network import NetworkNameForm, OfficesFilter, OfficeTypeForm
from okienko.foundation.administration.forms.office import OfficeForm
from okienko.foundation.administration.views.common import carried_out, saved
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import found, page_of, show


@requires("administration.view_network")
def network(request: HttpRequest) -> HttpResponse:
    context = {
        "coordinators": selectors.network_coordinators(request.network),
        "invitations": selectors.pending_invitations(network=request.network, at=timezone.now()),
    }
    return render(request, "administration/network.html", context)


@requires("administration.edit_network")
def edit_network(request: HttpRequest) -> HttpResponse:
    form = NetworkNameForm(request.POST or None, initial={"name": request.network.name})

    def write():
        services.edit_network(name=form.cleaned_data["name"], by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The network's name is saved.")):
        return redirect("administration:network", request.network.slug)
    return show(request, "administration/edit_network.html", form)


@requires("administration.remove_network_coordinator")
def remove_network_coordinator(request: HttpRequest, pk: int) -> HttpResponse:
    member = found(selectors.network_coordinator(request.network, pk))

    def write():
        services.remove_network_coordinator(member=member, by=request.actor, at=timezone.now())

    if request.method != "POST":
        return render(request, "administration/remove_network_coordinator.html", {"member": member})
    done = carried_out(request, write, _("This person does not coordinate the network any more."))
    if done and member.user_id == request.user.pk:
        return redirect("web:start")
    return redirect("administration:network", request.network.slug)


@requires("administration.view_network")
def network_offices(request: HttpRequest) -> HttpResponse:
    types = [(kind.code, kind.local_name) for kind in selectors.office_types()]
    form = OfficesFilter(request.GET or None, types=types)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = selectors.network_offices(
        request.network,
        text=wanted.get("q", ""),
        kind=wanted.get("type", ""),
        sort=request.GET.get("sort", ""),
    )
    context = {"form": form, "page": page_of(request, rows), "narrowed": any(wanted.values())}
    return render(request, "administration/network_offices.html", context)


@requires("administration.view_network")
def network_office(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(selectors.network_office(request.network, pk))
    context = {
        "row": row,
        "people": selectors.people(row),
        "invitations": selectors.pending_invitations(office=row, at=timezone.now()),
    }
    return render(request, "administration/network_office.html", context)


@requires("administration.add_office")
def add_office(request: HttpRequest) -> HttpResponse:
    form = OfficeForm(request.POST or None)
    made: list = []

    def write():
        made.append(services.add_office(details=form.details(), by=request.actor, at=timezone.now()))

    if saved(request, form, write, _("The office is added. Now invite its coordinator.")):
        return redirect("administration:network_office", request.network.slug, made[0].pk)
    return show(request, "administration/network_edit_office.html", form, row=None)


@requires("administration.edit_office")
def network_edit_office(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(selectors.network_office(request.network, pk))
    form = OfficeForm(request.POST or None, initial=OfficeForm.initial_of(row))

    def write():
        services.edit_office(office=row, details=form.details(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The office's data are saved.")):
        return redirect("administration:network_office", request.network.slug, row.pk)
    return show(request, "administration/network_edit_office.html", form, row=row)


@requires("administration.switch_office")
def switch_office(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(selectors.network_office(request.network, pk))
    active = not row.is_active

    def write():
        services.switch_office(office=row, active=active, by=request.actor, at=timezone.now())

    if request.method != "POST":
        return render(request, "administration/switch_office.html", {"row": row})
    message = _("The office is open again.") if active else _("The office is closed.")
    carried_out(request, write, message)
    return redirect("administration:network_office", request.network.slug, row.pk)


@requires("administration.add_office_type")
def add_office_type(request: HttpRequest) -> HttpResponse:
    form = OfficeTypeForm(request.POST or None)

    def write():
        services.add_office_type(**form.cleaned_data, by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The type of office is added.")):
        return redirect("administration:network_offices", request.network.slug)
    return show(request, "administration/add_office_type.html", form, types=selectors.office_types())
