"""People of an office: roles, the hand-over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.administration import selectors, services
from okienko.foundation.administration.forms.people import HandOverForm, RoleForm
from okienko.foundation.administration.views.common import carried_out, rights, saved
from okienko.foundation.offices.rules import roles_to_give
from okienko.foundation.registry import Role
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import found, show


@requires("administration.view_people")
def people(request: HttpRequest) -> HttpResponse:
    context = {"people": selectors.people(request.office), "invitations": ()}
    context |= rights(request, "invite", "hand_over", "change_role")
    if context["may_invite"]:
        context["invitations"] = selectors.pending_invitations(office=request.office, at=timezone.now())
    return render(request, "administration/people.html", context)


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
