"""Every route of administration × every person: who gets in, who learns that it exists, what is written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.administration.urls import urlpatterns
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import Invitation, Membership, NetworkMembership
from okienko.foundation.offices.scope import all_offices, open_scope
from okienko.foundation.registry import Role, roles_with
from okienko.foundation.testing import factories
from okienko.foundation.testing.factories import scope_of

PUBLIC = {"set_up", "set_up_step", "invitation"}
ROUTES = [route for route in urlpatterns if route.name not in PUBLIC]
OFFICE_ROUTES = [route for route in ROUTES if "<slug:office>" in str(route.pattern)]
NETWORK_ROUTES = [route for route in ROUTES if "<slug:network>" in str(route.pattern)]


@pytest.fixture
def rows(office, network, anna, bartek, dorota) -> dict:
    """A row for each route with a number in its address."""
    now = timezone.now()
    days = {"created_at": now, "expires_at": now + timedelta(days=7)}
    with open_scope(scope_of(office)):
        point, unit = factories.make_service_point(office), factories.make_unit(office)
    own = Invitation.objects.create(
        office=office, email="a@example.org", name="A", role="member", token_hash="1", **days
    )
    shared = Invitation.objects.create(
        network=network, email="b@example.org", name="B", role="network_coordinator", token_hash="2", **days
    )
    member = Membership.objects.get(user=bartek.user)
    of_point = dict.fromkeys(("point", "edit_point", "switch_point"), point)
    of_office = dict.fromkeys(
        ("network_office", "network_edit_office", "switch_office", "invite_coordinator"), office
    )
    return {
        **of_point,
        **of_office,
        "edit_unit": unit,
        "change_role": member,
        "remove_person": member,
        "resend_invitation": own,
        "withdraw_invitation": own,
        "network_resend_invitation": shared,
        "network_withdraw_invitation": shared,
        "remove_network_coordinator": NetworkMembership.objects.get(user=dorota.user),
        "object_history": point,
        "network_object_history": office,
    }


def address(route, place, rows: dict) -> str:
    args = [place.slug] if place else []
    if "<str:kind>" in str(route.pattern):
        args.append(rows[route.name]._meta.label_lower)
    if ":pk>" in str(route.pattern):
        args.append(rows[route.name].pk)
    return reverse(f"administration:{route.name}", args=args)


def count() -> tuple[int, int, int]:
    with all_offices("test"):
        return AuditEntry.objects.count(), Membership.objects.count(), Invitation.objects.count()


def test_every_route_is_of_an_office_a_network_or_a_person():
    others = {route.name for route in ROUTES} - {route.name for route in OFFICE_ROUTES + NETWORK_ROUTES}
    assert others == {"profile"}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nobody_gets_in_without_signing_in(route, rows, office, network):
    place = office if route in OFFICE_ROUTES else network if route in NETWORK_ROUTES else None
    url, before = address(route, place, rows), count()
    for answer in (Client().get(url), Client().post(url)):
        assert answer.status_code == 302 and answer.url.startswith("/konto/login/")
    assert count() == before


@pytest.mark.parametrize("route", OFFICE_ROUTES, ids=lambda route: route.name)
def test_for_strangers_the_pages_of_an_office_do_not_exist(route, rows, office, celina, dorota):
    url, before = address(route, office, rows), count()
    for stranger in (celina, dorota):
        assert stranger.get(url).status_code == 404
        assert stranger.post(url).status_code == 404
    assert count() == before


@pytest.mark.parametrize("route", NETWORK_ROUTES, ids=lambda route: route.name)
def test_for_people_of_offices_the_pages_of_the_network_do_not_exist(
    route, rows, network, anna, bartek, celina
):
    url, before = address(route, network, rows), count()
    for stranger in (anna, bartek, celina):
        assert stranger.get(url).status_code == 404
        assert stranger.post(url).status_code == 404
    assert count() == before


@pytest.mark.parametrize(
    "role", [Role.COORDINATOR, Role.DEPUTY, Role.HEAD, Role.ANALYST, Role.CLERK, Role.MEMBER]
)
@pytest.mark.parametrize("route", OFFICE_ROUTES, ids=lambda route: route.name)
def test_in_an_office_the_role_decides(route, role, rows, office, anna):
    if role is Role.COORDINATOR:
        person = anna
    else:
        person = Client()
        user = factories.make_member(office, role, "Ktoś")
        person.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    allowed = role in roles_with(route.callback.permission)
    url, before = address(route, office, rows), count()
    answer = person.get(url)
    assert answer.status_code == (200 if allowed else 403)
    if not allowed:
        assert person.post(url).status_code == 403
        assert count() == before


def test_an_employee_reads_three_pages_and_no_more(rows, office, bartek):
    readable = {
        route.name for route in OFFICE_ROUTES if bartek.get(address(route, office, rows)).status_code == 200
    }
    assert readable == {"office", "points", "point", "people"}
