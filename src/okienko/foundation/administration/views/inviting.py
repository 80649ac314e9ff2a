"""Invitations as those who send them see them: new ones, sent again, withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.administration import selectors, services
from okienko.foundation.administration.forms.people import ColleagueForm, InviteForm
from okienko.foundation.administration.views.common import carried_out, saved
from okienko.foundation.offices.models import Invitation
from okienko.foundation.offices.rules import roles_to_give
from okienko.foundation.registry import Role
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import found, show


@requires("administration.invite")
def invite(request: HttpRequest) -> HttpResponse:
    roles = roles_to_give(person.role for person in selectors.people(request.office))
    form = InviteForm(request.POST or None, roles=roles, initial={"role": Role.MEMBER})

    def send() -> Invitation:
        values = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        return services.invite(office=request.office, **values, by=request.actor, at=timezone.now())

    if _sent(request, form, send):
        return redirect("administration:people", request.office.slug)
    return show(request, "administration/invite.html", form)


@requires("administration.invite_coordinator")
def invite_coordinator(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(selectors.network_office(request.network, pk))
    form = ColleagueForm(request.POST or None)

    def send() -> Invitation:
        return services.invite_coordinator(
            office=row, **form.cleaned_data, by=request.actor, at=timezone.now()
        )

    if _sent(request, form, send):
        return redirect("administration:network_office", request.network.slug, row.pk)
    present = selectors.coordinator_of(row)
    return show(request, "administration/invite_coordinator.html", form, row=row, present=present)


@requires("administration.invite_network_coordinator")
def invite_network_coordinator(request: HttpRequest) -> HttpResponse:
    form = ColleagueForm(request.POST or None)

    def send() -> Invitation:
        return services.invite_network_coordinator(**form.cleaned_data, by=request.actor, at=timezone.now())

    if _sent(request, form, send):
        return redirect("administration:network", request.network.slug)
    return show(request, "administration/invite_network_coordinator.html", form)


@requires("administration.resend_invitation")
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    row = _invitation(request, pk)
    sent: list[Invitation] = []

    def write() -> None:
        sent.append(services.resend_invitation(invitation=row, by=request.actor, at=timezone.now()))

    if request.method != "POST":
        return _question(request, "administration/resend_invitation.html", row)
    if carried_out(request, write):
        _tell_of_letter(request, sent[0])
    return _back(request, row)


@requires("administration.withdraw_invitation")
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    row = _invitation(request, pk)

    def write() -> None:
        services.withdraw_invitation(invitation=row, by=request.actor, at=timezone.now())

    if request.method != "POST":
        return _question(request, "administration/withdraw_invitation.html", row)
    carried_out(request, write, _("The invitation is withdrawn. Its link opens nothing."))
    return _back(request, row)


def _sent(request: HttpRequest, form: Form, send: Callable[[], Invitation]) -> bool:
    """Whether a posted, valid form became an invitation; the next page tells of its letter."""
    sent: list[Invitation] = []
    if not saved(request, form, lambda: sent.append(send())):
        return False
    _tell_of_letter(request, sent[0])
    return True


def _tell_of_letter(request: HttpRequest, invitation: Invitation) -> None:
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


def _question(request: HttpRequest, template: str, row: Invitation) -> HttpResponse:
    return render(request, template, {"invitation": row, "back": _back(request, row).url})


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    """An invitation of the office, or of the network and all its offices."""
    if request.office is not None:
        return found(selectors.invitation(pk, office=request.office))
    return found(selectors.invitation(pk, network=request.network))


def _back(request: HttpRequest, row: Invitation) -> HttpResponse:
    """To the page that lists the invitation."""
    if request.office is not None:
        return redirect("administration:people", request.office.slug)
    if row.office_id:
        return redirect("administration:network_office", request.network.slug, row.office_id)
    return redirect("administration:network", request.network.slug)
