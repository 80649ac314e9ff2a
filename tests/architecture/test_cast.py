"""Every person of the cast at every route: who may not come in does not, and nothing is written.

Anonymous: 302 to sign in; of another office: 404; without the right: 403.

A module whose addresses name its rows says in `tests/addresses.py` which rows to try: `rows(office)` gives,
by route name, the parameters of rows of that office (or of its network, for the network's pages).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from okienko.config import urls
from okienko.foundation.offices import selectors
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.registry import Role, roles_with
from okienko.foundation.registry.manifest import OFFICE_ROLES
from okienko.foundation.testing import factories
from okienko.foundation.testing.cast import Person
from okienko.foundation.web.access import requires
from tests.architecture.routes import Route, own_routes, walk

pytestmark = pytest.mark.django_db
BOOKKEEPING = ("django_session", "usersessions_usersession", "django_cache")
METHODS = ("get", "post")


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that change a table, sessions aside."""
    seen: list[str] = []

    def watch(execute, sql, params, many, context):
        word = sql.lstrip("( \n").split(" ", 1)[0].upper()
        if word in {"INSERT", "UPDATE", "DELETE", "REPLACE"} and not any(name in sql for name in BOOKKEEPING):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def visit(person: Client, method: str, address: str) -> tuple[int, list[str]]:
    """The answer's status and what was written on the way; an exception is a 500."""
    person.raise_request_exception = False
    with writes() as seen:
        answer = getattr(person, method)(address)
    if answer.status_code >= 500:
        print(f"{method} {address}: {answer.exc_info and answer.exc_info[1]!r}")  # shown when the test fails
    return answer.status_code, seen


def expected(route: Route, person: str) -> int | None:
    """What a refused person gets, or nothing when the person may come in."""
    if route.public_reason:
        return None
    if person == "ewa":
        return 302
    here = {"office": ("anna", "bartek"), "network": ("dorota",)}
    level = "office" if "office" in route.names else "network" if "network" in route.names else ""
    if level and person not in here[level]:
        return 404
    role = {"anna": Role.COORDINATOR, "bartek": Role.MEMBER, "dorota": Role.NETWORK_COORDINATOR}.get(person)
    roles = roles_with(route.permission)
    own = {Role.PERSON, role} if level else {Role.PERSON}
    return None if roles & own else 403


def intrusions(routes: list[Route], people: dict[str, Client], office, network) -> list[str]:
    """Where somebody comes in, or writes something, who should not."""
    found = []
    for route in routes:
        address = route.address(office=office.slug, network=network.slug)
        for name, person in people.items():
            wanted = expected(route, name)
            for method in METHODS if wanted else ():
                status, written = visit(person, method, address)
                if status != wanted:
                    found.append(f"{name} {method} {address}: {status}, not {wanted}")
                if written:
                    found.append(f"{name} {method} {address} wrote {written[0]}")
    return found


@pytest.fixture
def people(anna, bartek, celina, dorota, ewa) -> dict[str, Client]:
    return {"anna": anna, "bartek": bartek, "celina": celina, "dorota": dorota, "ewa": ewa}


def test_nobody_comes_in_who_should_not(people, office, network):
    routes = own_routes()
    assert len(routes) > 5
    assert intrusions(routes, people, office, network) == []


def test_whoever_may_come_in_gets_an_answer_and_reading_writes_nothing(people, office, network):
    faults = []
    for route in own_routes():
        for name, person in people.items():
            if expected(route, name):
                continue
            address = route.address(office=office.slug, network=network.slug)
            status, written = visit(person, "get", address)
            if status >= 500:
                faults.append(f"{name} get {address}: {status}")
            if written:
                faults.append(f"{name} get {address} wrote {written[0]}")
            whole = route.permission and not route.names - {"office", "network"}
            if whole and status in {403, 404}:
                faults.append(f"{name} get {address}: {status}, though nothing forbids it")
    assert faults == []


def samples(office) -> dict[str, dict]:
    """The rows that addresses name, as each module's `tests/addresses.py` makes them for the office."""
    found: dict[str, dict] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.tests.addresses"
        if config.name.startswith("okienko.") and find_spec(f"{config.name}.tests") and find_spec(name):
            with open_scope(factories.scope_of_network(office.network)):
                found.update(import_module(name).rows(office))
    return found


def rows_named() -> list[Route]:
    """Guarded routes that name a row."""
    return [route for route in own_routes() if route.permission and route.names - {"office", "network"}]


def insider(route: Route, office) -> Person:
    """Somebody of the office or of its network who may enter the route."""
    if "network" in route.names:
        return Person().sign_in(factories.make_network_coordinator(office.network), network=office.network)
    allowed = roles_with(route.permission)
    role = next((role for role in OFFICE_ROLES if role in allowed), Role.MEMBER)
    return Person().sign_in(member_as(office, role), office=office)


def member_as(office, role: Role):
    """The office's person in a role; some roles are held by one person at a time."""
    with open_scope(factories.scope_of(office)):
        member = next((item for item in selectors.people_of(office) if item.role == role), None)
    return member.user if member else factories.make_member(office, role)


def test_every_route_that_names_a_row_has_a_sample(office):
    assert sorted({route.name for route in rows_named()} - set(samples(office))) == []


def thefts(routes: list[Route], found: dict[str, dict], office) -> list[str]:
    """Rows of the office that a stranger finds under her own address, or that nobody finds."""
    faults = []
    elsewhere = factories.make_office(factories.make_network(), name="Urząd Obcy")
    for route in routes:
        values = found.get(route.name, {})
        stranger = insider(route, elsewhere)
        for method in METHODS:
            address = route.address(office=elsewhere.slug, network=elsewhere.network.slug, **values)
            status, written = visit(stranger, method, address)
            refused = status == 404 or (status == 405 and method == "get")
            if written or not refused:
                faults.append(f"{method} {address}: {status} {written[:1]}")
        own = route.address(office=office.slug, network=office.network.slug, **values)
        status, _ = visit(insider(route, office), "get", own)
        if status == 404 or status >= 500:
            faults.append(f"{own}: {status}, though the row is the office's own")
    return faults


def test_rows_of_another_owner_are_not_found_under_ones_own(office):
    assert thefts(rows_named(), samples(office), office) == []


def test_a_planted_theft_is_seen(office, settings):
    @requires("web.office_home")
    def view(request, pk):
        return HttpResponse(f"row {pk} of whomever")

    planted = (path("u/<slug:office>/wiersz/<int:pk>/", view, name="row"),)
    settings.ROOT_URLCONF = (*urls.urlpatterns, *planted)
    found = thefts(list(walk(planted)), {"row": {"pk": 7}}, office)
    assert [line.split(" ")[0] for line in found] == ["get", "post"]
    assert all("/wiersz/7/: 200" in line for line in found)


def test_a_planted_open_door_is_seen(people, office, network, settings):
    def view(request):
        return HttpResponse("come in")

    guarded = requires("web.office_home")(view)

    planted = (
        path("u/<slug:office>/otwarte/", lambda request, office: HttpResponse(office), name="open"),
        path("u/<slug:office>/strzezone/", guarded, name="guarded"),
    )
    settings.ROOT_URLCONF = (*urls.urlpatterns, *planted)
    door, guard = walk(planted)
    door.view.permission = "web.office_home"
    found = intrusions([door, guard], people, office, network)
    assert {line.split(" ")[0] for line in found} == {"celina", "dorota", "ewa"}
    assert all("/otwarte/" in line and "200" in line for line in found)
