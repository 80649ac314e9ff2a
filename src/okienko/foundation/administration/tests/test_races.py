"""Two people at the same moment. Threads with connections of their own, so on PostgreSQL only: on SQLite
every writing transaction begins by taking the one lock, and the second waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection, connections

from okienko.foundation.accounts.models import User
from okienko.foundation.administration import services, setup_code
from okienko.foundation.administration.values import NewPerson, OfficeDetails, PointDetails, SetUpPlan
from okienko.foundation.offices import selectors
from okienko.foundation.offices.actor import Actor, system_actor
from okienko.foundation.offices.models import Membership, NetworkMembership, Office
from okienko.foundation.offices.rules import Refused
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time on SQLite")


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Run the deeds side by side; what became of each: "done" or the name of the refusal."""
    barrier, fates = threading.Barrier(len(deeds)), [""] * len(deeds)

    def run(number: int, deed: Callable[[], object]) -> None:
        barrier.wait(timeout=20)
        try:
            deed()
            fates[number] = "done"
        except Refused as refusal:
            fates[number] = type(refusal).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(fates)


def actor_of(user: User, office: Office) -> Actor:
    return selectors.office_access(user, office.slug).actor


def test_of_two_first_runs_one_sets_up(data_dir):
    code, kind = setup_code.current(), factories.make_office_type()

    def run(name: str):
        office = OfficeDetails(name=f"Urząd {name}", type=kind, region="opolskie", city="X")
        person = NewPerson(name, f"{name}@example.org", "trzy krowy na dachu")
        plan = SetUpPlan(person, office, [PointDetails("Sala", "in_person")], f"Sieć {name}", False)
        services.set_up(plan=plan, code=code, by=system_actor(name), at=NOW)

    assert at_once(lambda: run("anna"), lambda: run("beata")) == ["AlreadySetUp", "done"]
    assert Office.objects.count() == 1 and User.objects.count() == 1 and Membership.objects.count() == 1


def test_two_hand_overs_leave_one_coordinator():
    office = factories.make_office()
    anna = factories.make_member(office, Role.COORDINATOR)
    by = actor_of(anna, office)
    others = [Membership.objects.get(user=factories.make_member(office, Role.MEMBER)) for _ in range(2)]

    def hand_over(successor: Membership):
        services.hand_over(successor=successor, becomes=Role.MEMBER, by=by, at=NOW)

    fates = at_once(lambda: hand_over(others[0]), lambda: hand_over(others[1]))
    assert fates == ["done", "done"]
    assert Membership.objects.filter(office=office, role=Role.COORDINATOR).count() == 1


def test_of_two_new_deputies_one_is_refused():
    office = factories.make_office()
    by = actor_of(factories.make_member(office, Role.COORDINATOR), office)
    people = [Membership.objects.get(user=factories.make_member(office, Role.MEMBER)) for _ in range(2)]

    def promote(member: Membership):
        services.change_role(member=member, role=Role.DEPUTY, by=by, at=NOW)

    assert at_once(lambda: promote(people[0]), lambda: promote(people[1])) == ["RoleRefused", "done"]


def test_an_invitation_opened_twice_makes_one_account():
    office = factories.make_office()
    by = actor_of(factories.make_member(office, Role.COORDINATOR), office)
    services.invite(office=office, name="B", email="b@example.org", role=Role.MEMBER, by=by, at=NOW)
    token = mail.outbox[0].body.split("/zaproszenie/")[1].split("/")[0]

    def register():
        person = NewPerson("B", "b@example.org", "trzy krowy na dachu")
        services.register(token=token, person=person, by=system_actor("x"), at=NOW)

    assert at_once(register, register) == ["Refused", "done"]
    assert User.objects.filter(email="b@example.org").count() == 1


def test_two_network_coordinators_cannot_remove_each_other():
    network = factories.make_network()
    users = [factories.make_network_coordinator(network) for _ in range(2)]
    rows = [NetworkMembership.objects.get(user=user) for user in users]
    actors = [selectors.network_access(user, network.slug).actor for user in users]

    def remove(row: NetworkMembership, by: Actor):
        services.remove_network_coordinator(member=row, by=by, at=NOW)

    fates = at_once(lambda: remove(rows[1], actors[0]), lambda: remove(rows[0], actors[1]))
    assert fates == ["Refused", "done"]
    assert NetworkMembership.objects.count() == 1
