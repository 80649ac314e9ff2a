"""People of an office: roles, the hand-over, invitations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.administration import selectors, services
from okienko.foundation.administration.forms.people import HandOverForm, InviteForm, RoleForm
from okienko.foundation.administration.views.common import (
    carried_out,
    found,
    rights,
    saved,
    show,
    tell_of_letter,
)
from okienko.foundation.offices.models import Invitation
from okienko.foundation.offices.rules import roles_to_give
from okienko.foundation.registry import Role
from okienko.foundation.web.access import requires


@requires("administration.view_people")
def people(request: HttpRequest) -> HttpResponse:
    context = {"people": selectors.people(request.office), "invitations": ()}
    context |= rights(request, "invite", "hand_over", "change_role")
    if context["may_invite"]:
        context["invitations"] = selectors.pending_invitations(office=request.office, at=timezone.now())
    return render(request, "administration/people.html", context)


@requires("administration.invite")
def invite(request: HttpRequest) -> HttpResponse:
    roles = roles_to_give(person.role for person in selectors.people(request.office))
    form = InviteForm(request.POST or None, roles=roles, initial={"role": Role.MEMBER})
    sent: list = []

    def write():
        values = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        sent.append(services.invite(office=request.office, **values, by=request.actor, at=timezone.now()))

    if saved(request, form, write):
        tell_of_letter(request, sent[0])
        return redirect("administration:people", request.office.slug)
    return show(request, "administration/invite.html", form)


@requires("administration.change_role")
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    member = found(selectors.member(request.office, pk))
    others = [person.role for person in selectors.people(request.office) if person.pk != member.pk]
    form = RoleForm(request.POST or None, roles=roles_to_give(others), initial={"role": member.role})

    def write():
        role = Role(form.cleaned_data["role"])
        services.change_role(member=member, role=role, by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The role is changed.")):
        return redirect("administration:people", request.office.slug)
    return show(request, "administration/change_role.html", form, member=member)


@requires("administration.hand_over")
def hand_over(request: HttpRequest) -> HttpResponse:
    everybody = selectors.people(request.office)
    coordinator = next((person for person in everybody if person.role == Role.COORDINATOR), None)
    others = [person for person in everybody if person.role != Role.COORDINATOR]
    form = HandOverForm(request.POST or None, people=others, initial={"becomes": Role.MEMBER})

    def write():
        successor, becomes = form.people[form.cleaned_data["successor"]], Role(form.cleaned_data["becomes"])
        services.hand_over(successor=successor, becomes=becomes, by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The office has a new coordinator.")):
        return redirect("administration:people", request.office.slug)
    return show(request, "administration/hand_over.html", form, coordinator=coordinator, others=others)


@requires("administration.remove_person")
def remove_person(request: HttpRequest, pk: int) -> HttpResponse:
    member = found(selectors.member(request.office, pk))

    def write():
        services.remove_person(member=member, by=request.actor, at=timezone.now())

    if request.method != "POST":
        return render(request, "administration/remove_person.html", {"member": member})
    done = carried_out(request, write, _("This person has no role in the office any more."))
    if done and member.user_id == request.user.pk:
        return redirect("web:start")
    return redirect("administration:people", request.office.slug)


@requires("administration.resend_invitation")
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation, back = _invitation_and_back(request, pk)
    sent: list = []

    def write():
        sent.append(services.resend_invitation(invitation=invitation, by=request.actor, at=timezone.now()))

    if request.method != "POST":
        context = {"invitation": invitation, "back": back.url}
        return render(request, "administration/resend_invitation.html", context)
    if carried_out(request, write):
        tell_of_letter(request, sent[0])
    return back


@requires("administration.withdraw_invitation")
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation, back = _invitation_and_back(request, pk)

    def write():
        services.withdraw_invitation(invitation=invitation, by=request.actor, at=timezone.now())

    if request.method != "POST":
        context = {"invitation": invitation, "back": back.url}
        return render(request, "administration/withdraw_invitation.html", context)
    carried_out(request, write, _("The invitation is withdrawn. Its link opens nothing."))
    return back


def _invitation_and_back(request: HttpRequest, pk: int) -> tuple[Invitation, HttpResponse]:
    """An invitation of the office, or of the network and all its offices, and where it is listed."""
    if request.office is not None:
        row = found(selectors.invitation(pk, office=request.office))
        return row, redirect("administration:people", request.office.slug)
    row = found(selectors.invitation(pk, network=request.network))
    if row.office_id:
        return row, redirect("administration:network_office", request.network.slug, row.office_id)
    return row, redirect("administration:network", request.network.slug)
