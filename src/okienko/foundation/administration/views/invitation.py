"""The page that an invitation's link opens."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from okienko.foundation.administration import inviting, selectors, services
from okienko.foundation.administration.forms.people import RegisterForm
from okienko.foundation.administration.rules import InvitationState
from okienko.foundation.administration.views.common import carried_out, saved
from okienko.foundation.administration.views.set_up import BACKEND
from okienko.foundation.offices.actor import Actor, system_actor
from okienko.foundation.offices.models import Invitation
from okienko.foundation.registry import Role
from okienko.foundation.web.access import public
from okienko.foundation.web.pages import show


@public(reason="whoever holds the letter may have no account yet; the token in the address is the key")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = selectors.invitation_by_token(token)
    state = inviting.state_of(found, timezone.now()) if found else None
    if found is None or state is not InvitationState.OPEN:
        return render(
            request, "administration/invitation_closed.html", {"state": state}, status=410 if found else 404
        )
    if request.user.is_authenticated:
        return _accept(request, found, token)
    if selectors.has_account(found.email):
        url = f"{reverse('account_login')}?next={request.path}"
        return render(request, "administration/invitation_sign_in.html", {"invitation": found, "url": url})
    return _register(request, found, token)


def _accept(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """A signed-in person says yes; the letter must have gone to her address."""
    mine = found.email == request.user.email
    if request.method != "POST" or not mine:
        return render(request, "administration/invitation_accept.html", {"invitation": found, "mine": mine})
    user, place = request.user, _place(found)
    by = Actor(user.pk, user.name, frozenset({Role.PERSON}), **place)

    def write():
        services.accept_invitation(token=token, user=user, by=by, at=timezone.now())

    if not carried_out(request, write, _("Welcome. The role is yours.")):
        return redirect("web:start")
    return _home(found)


def _register(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """A person without an account makes one."""
    form = RegisterForm(request.POST or None, email=found.email, initial={"name": found.name})
    by = system_actor("Zaproszenie", **_place(found))
    made: list = []

    def write():
        person = form.new_person()
        made.append(services.register(token=token, person=person, by=by, at=timezone.now()))

    if saved(request, form, write, _("Welcome. Your account is ready.")):
        login(request, made[0], backend=BACKEND)
        return _home(found)
    return show(request, "administration/invitation_register.html", form, invitation=found)


def _place(found: Invitation) -> dict[str, int | None]:
    network = found.network or found.office.network
    return {"office_id": found.office_id, "network_id": network.pk}


def _home(found: Invitation) -> HttpResponse:
    if found.office_id:
        return redirect("web:office_home", found.office.slug)
    return redirect("web:network_home", found.network.slug)
