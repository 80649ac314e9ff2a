"""Roles in an office: one coordinator, who hands over; at most one deputy; people come and go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from okienko.foundation.administration import services
from okienko.foundation.administration.writing import NotYours
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import Membership
from okienko.foundation.offices.rules import RoleRefused
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def url(name: str, office, *args) -> str:
    return reverse(f"administration:{name}", args=[office.slug, *args])


def roles(office) -> dict[str, str]:
    return {
        row.user.name: row.role for row in Membership.objects.select_related("user").filter(office=office)
    }


def test_the_list_begins_with_the_coordinator_and_the_deputy(bartek, deputy, anna):
    text = bartek.get(url("people", anna.office)).content.decode()
    text = text[text.index("<tbody") : text.index("</tbody")]
    assert text.index("Anna Przykładowa") < text.index("Zofia Zastępcza") < text.index(bartek.user.email)


def test_a_coordinator_names_a_deputy_but_not_a_second_one(anna, bartek, deputy, member_of):
    row = member_of(bartek.user, anna.office)
    page = anna.get(url("change_role", anna.office, row.pk)).content.decode()
    assert 'value="deputy"' not in page and 'value="coordinator"' not in page
    assert anna.post(url("change_role", anna.office, row.pk), {"role": "deputy"}).status_code == 422
    with pytest.raises(RoleRefused):
        services.change_role(member=row, role=Role.DEPUTY, by=anna.actor, at=NOW)
    anna.post(url("change_role", anna.office, deputy.pk), {"role": "member"})
    anna.post(url("change_role", anna.office, row.pk), {"role": "deputy"})
    assert roles(anna.office)["Bartek Przykładowy"] == "deputy"


@pytest.mark.parametrize("role", ["coordinator", "network_coordinator", "person", "", "king"])
def test_a_role_that_is_not_given_cannot_be_smuggled_in(anna, bartek, member_of, role):
    row = member_of(bartek.user, anna.office)
    assert anna.post(url("change_role", anna.office, row.pk), {"role": role}).status_code == 422
    assert roles(anna.office)["Bartek Przykładowy"] == "member"


def test_nobody_makes_herself_the_coordinator_through_a_change_of_role(anna, bartek, member_of):
    own = member_of(anna.user, anna.office)
    with pytest.raises(RoleRefused):
        services.change_role(member=own, role=Role.MEMBER, by=anna.actor, at=NOW)
    with pytest.raises(RoleRefused):
        row = member_of(bartek.user, anna.office)
        services.change_role(member=row, role=Role.COORDINATOR, by=anna.actor, at=NOW)


def test_the_role_is_handed_over_in_one_step_and_both_are_told(anna, bartek, member_of, letters):
    row = member_of(bartek.user, anna.office)
    response = anna.post(url("hand_over", anna.office), {"successor": row.pk, "becomes": "deputy"})
    assert response.status_code == 302
    assert roles(anna.office) == {"Anna Przykładowa": "deputy", "Bartek Przykładowy": "coordinator"}
    assert [letter.to for letter in letters] == [[bartek.user.email], [anna.user.email]]
    assert "odtąd koordynujesz" in letters[0].body and "\n" not in letters[0].subject
    with all_offices("test"):
        entry = AuditEntry.objects.get(code="administration.hand_over")
    assert (
        entry.before["coordinator"] == "Anna Przykładowa"
        and entry.after["coordinator"] == "Bartek Przykładowy"
    )


def test_coordinator_and_deputy_change_places(anna, deputy, letters):
    with pytest.raises(RoleRefused):  # there would be two deputies: a third person is one
        other = factories.make_member(anna.office, Role.MEMBER, "Trzecia Osoba")
        successor = Membership.objects.get(user=other)
        services.hand_over(successor=successor, becomes=Role.DEPUTY, by=anna.actor, at=NOW)
    services.hand_over(successor=deputy, becomes=Role.DEPUTY, by=anna.actor, at=NOW)
    assert roles(anna.office) | {"Trzecia Osoba": ""} == {
        "Anna Przykładowa": "deputy",
        "Zofia Zastępcza": "coordinator",
        "Trzecia Osoba": "",
    }


@pytest.mark.parametrize("becomes", [Role.COORDINATOR, Role.NETWORK_COORDINATOR, Role.PERSON])
def test_the_former_coordinator_takes_a_role_of_the_office(anna, deputy, becomes):
    with pytest.raises(RoleRefused):
        services.hand_over(successor=deputy, becomes=becomes, by=anna.actor, at=NOW)
    assert roles(anna.office)["Anna Przykładowa"] == "coordinator"


def test_the_coordinator_cannot_be_removed_by_anybody(anna, deputy, member_of):
    own = member_of(anna.user, anna.office)
    anna.post(url("remove_person", anna.office, own.pk))
    assert "Anna Przykładowa" in roles(anna.office)


def test_a_removed_person_loses_access_at_once_and_keeps_the_account(anna, bartek, member_of):
    row = member_of(bartek.user, anna.office)
    assert "Usunąć" in anna.get(url("remove_person", anna.office, row.pk)).content.decode()
    assert bartek.get(url("office", anna.office)).status_code == 200
    anna.post(url("remove_person", anna.office, row.pk))
    assert bartek.get(url("office", anna.office)).status_code == 404
    bartek.user.refresh_from_db()
    assert bartek.user.is_active
    with all_offices("test"):
        entry = AuditEntry.objects.get(code="administration.remove_person")
    assert entry.before == {"person": "Bartek Przykładowy", "role": "member"}


def test_people_of_another_office_cannot_be_touched(celina, anna, bartek, member_of):
    row = member_of(bartek.user, anna.office)
    for name, values in (("change_role", {"role": "head"}), ("remove_person", {})):
        assert celina.post(url(name, celina.office, row.pk), values).status_code == 404
        assert celina.post(url(name, anna.office, row.pk), values).status_code == 404
    page = celina.post(url("hand_over", celina.office), {"successor": row.pk, "becomes": "member"})
    assert page.status_code == 422
    for write in (
        lambda: services.change_role(member=row, role=Role.HEAD, by=celina.actor, at=NOW),
        lambda: services.hand_over(successor=row, becomes=Role.MEMBER, by=celina.actor, at=NOW),
        lambda: services.remove_person(member=row, by=celina.actor, at=NOW),
    ):
        with pytest.raises(NotYours):
            write()
    assert roles(anna.office)["Bartek Przykładowy"] == "member"


def test_a_person_removed_meanwhile_is_not_brought_back(anna, bartek, member_of):
    stale = member_of(bartek.user, anna.office)
    services.remove_person(member=member_of(bartek.user, anna.office), by=anna.actor, at=NOW)
    for write in (
        lambda: services.change_role(member=stale, role=Role.HEAD, by=anna.actor, at=NOW),
        lambda: services.remove_person(member=stale, by=anna.actor, at=NOW),
    ):
        with pytest.raises(RoleRefused):
            write()
    assert "Bartek Przykładowy" not in roles(anna.office)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.HEAD, Role.CLERK, Role.ANALYST])
def test_only_those_who_lead_change_roles(office, anna, role):
    user = factories.make_member(office, role, "Ktoś Inny")
    actor = factories_actor(user, office)
    row = Membership.objects.get(user=user)
    for write in (
        lambda: services.change_role(member=row, role=Role.HEAD, by=actor, at=NOW),
        lambda: services.hand_over(successor=row, becomes=Role.MEMBER, by=actor, at=NOW),
        lambda: services.remove_person(member=row, by=actor, at=NOW),
        lambda: services.invite(office=office, name="x", email="x@example.org", role=role, by=actor, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            write()


def factories_actor(user, office):
    from okienko.foundation.offices.selectors import office_access

    return office_access(user, office.slug).actor
