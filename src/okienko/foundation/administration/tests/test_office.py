"""An office's data, units and service points."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from okienko.foundation.administration import services
from okienko.foundation.administration.values import PointDetails
from okienko.foundation.administration.writing import NotYours
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import Office, ServicePoint, Unit
from okienko.foundation.offices.scope import all_offices, open_scope
from okienko.foundation.testing import factories
from okienko.foundation.testing.factories import scope_of

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def url(name: str, office: Office, *args) -> str:
    return reverse(f"administration:{name}", args=[office.slug, *args])


@pytest.fixture
def details(office):
    return {
        "name": "Urząd Miejski w Brzozowie",
        "type": office.type_id,
        "region": "opolskie",
        "city": "Brzozów Dolny",
        "street": "Rynek 2",
        "postcode": "45-002",
        "email": "urzad@example.org",
        "phone": "77 123 45 67 wew. 12",
        "website": "brzozow.example",
    }


@pytest.fixture
def point(office):
    with open_scope(scope_of(office)):
        return factories.make_service_point(office, name="Sala obsługi", code="sala")


def test_a_coordinator_changes_the_data_and_the_address_word_stays(anna, details):
    assert anna.post(url("edit_office", anna.office), details).url == url("office", anna.office)
    office = Office.objects.get(pk=anna.office.pk)
    assert (office.name, office.slug, office.website) == (
        details["name"],
        "brzozow-dolny",
        "https://brzozow.example",
    )
    with all_offices("test"):
        entry = AuditEntry.objects.get(code="administration.edit_office")
    assert entry.before["name"] == "Urząd Miasta Brzozów Dolny"
    assert entry.after["name"] == details["name"]
    assert "city" not in entry.after


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"postcode": "4-5"},
        {"phone": "zadzwoń"},
        {"website": "javascript:alert(1)"},
        {"email": "a b"},
        {"region": ""},
        {"name": "a\u200bb"},
        {"street": "x" * 151},
    ],
)
def test_data_that_make_no_sense_change_nothing(anna, details, change):
    response = anna.post(url("edit_office", anna.office), details | change)
    assert response.status_code == 422
    assert Office.objects.get(pk=anna.office.pk).name == "Urząd Miasta Brzozów Dolny"


def test_a_unit_is_added_renamed_and_closed_and_names_do_not_repeat(anna, in_office):
    anna.post(url("add_unit", anna.office), {"name": "Kancelaria", "symbol": "K", "is_active": "on"})
    unit = Unit.objects.get()
    assert (unit.name, unit.symbol, unit.is_active) == ("Kancelaria", "K", True)
    again = anna.post(url("add_unit", anna.office), {"name": "Kancelaria", "is_active": "on"})
    assert again.status_code == 422 and "już istnieje" in again.content.decode()
    anna.post(url("edit_unit", anna.office, unit.pk), {"name": "Biuro"})
    unit.refresh_from_db()
    assert (unit.name, unit.is_active) == ("Biuro", False)
    assert Unit.objects.count() == 1


def test_a_point_keeps_hours_and_features_and_its_code(anna, in_office, point):
    unit = factories.make_unit(in_office)
    values = {
        "name": "Sala główna",
        "channel": "in_person",
        "unit": unit.pk,
        "city": "Brzozów",
        "room": "12",
        "hours_mon": "8–12, 13.00–17.30",
        "hours_fri": "7:30-15:30",
        "offers_architecture": ["lift", "step-free"],
        "offers_language": "ukrainian",
    }
    assert anna.post(url("edit_point", anna.office, point.pk), values).status_code == 302
    point.refresh_from_db()
    assert point.hours == {"mon": [["08:00", "12:00"], ["13:00", "17:30"]], "fri": [["07:30", "15:30"]]}
    assert point.accessibility == ["step-free", "lift", "ukrainian"]
    assert (point.code, point.unit) == ("sala", unit)
    text = anna.get(url("point", anna.office, point.pk)).content.decode()
    assert "8:00–12:00, 13:00–17:30" in text and "obsługa po ukraińsku" in text
    form = anna.get(url("edit_point", anna.office, point.pk)).content.decode()
    assert 'value="8:00–12:00, 13:00–17:30"' in form
    assert form.count("checked") == 3


def test_two_points_of_one_name_get_different_codes(anna, in_office):
    for _ in range(2):
        anna.post(url("add_point", anna.office), {"name": "Okienko 1", "channel": "in_person"})
    assert sorted(ServicePoint.objects.values_list("code", flat=True)) == ["okienko-1", "okienko-1-2"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hours_tue": "16–8"}, "Wtorek"),
        ({"hours_sun": "od rana do wieczora" * 9}, "Niedziela"),
        ({"offers_architecture": "catapult"}, "Bariery"),
        ({"channel": "drums"}, "Jak przychodzą klienci"),
        ({"name": ""}, "Nazwa punktu"),
    ],
)
def test_a_point_that_makes_no_sense_says_where_and_changes_nothing(anna, in_office, point, change, words):
    response = anna.post(
        url("edit_point", anna.office, point.pk), {"name": "Inna", "channel": "in_person"} | change
    )
    assert response.status_code == 422
    assert words in response.content.decode()
    point.refresh_from_db()
    assert point.name == "Sala obsługi"


def test_another_offices_unit_cannot_be_chosen_for_a_point(anna, other_office, in_office, point):
    with open_scope(scope_of(other_office)):
        foreign = factories.make_unit(other_office)
    values = {"name": "Sala", "channel": "in_person", "unit": foreign.pk}
    assert anna.post(url("edit_point", anna.office, point.pk), values).status_code == 422
    point.refresh_from_db()
    assert point.unit_id is None


def test_a_point_is_closed_after_a_question_and_opened_again(anna, in_office, point):
    address = url("switch_point", anna.office, point.pk)
    assert "Zamknąć" in anna.get(address).content.decode()
    point.refresh_from_db()
    assert point.is_active
    for state in (False, True):
        anna.post(address)
        point.refresh_from_db()
        assert point.is_active is state
    words = [entry.after for entry in AuditEntry.objects.filter(code="administration.switch_point")]
    assert words == [{"is_active": True}, {"is_active": False}]


def test_points_and_units_of_another_office_are_not_found_and_not_changed(celina, in_office, point):
    unit = factories.make_unit(in_office)
    for name, row in (("point", point), ("edit_point", point), ("switch_point", point), ("edit_unit", unit)):
        address = url(name, celina.office, row.pk)
        assert celina.get(address).status_code == 404
        assert celina.post(address, {"name": "Przejęty", "channel": "in_person"}).status_code == 404
    point.refresh_from_db()
    assert point.is_active and point.name == "Sala obsługi"


def test_services_refuse_rows_of_another_office_even_in_a_wide_scope(celina, anna, point):
    details = PointDetails("Przejęty", "in_person")
    with all_offices("test"):
        for write in (
            lambda: services.save_point(point=point, details=details, by=celina.actor, at=NOW),
            lambda: services.switch_point(point=point, active=False, by=celina.actor, at=NOW),
            lambda: services.save_unit(
                unit=factories.make_unit(anna.office),
                name="x",
                symbol="",
                is_active=True,
                by=celina.actor,
                at=NOW,
            ),
        ):
            with pytest.raises(NotYours):
                write()
    with pytest.raises(NotYours):
        services.edit_office(office=anna.office, details=PointDetails("x", "y"), by=celina.actor, at=NOW)


def test_an_employee_reads_and_finds_no_buttons(bartek, anna, point):
    for name in ("office", "points", "people"):
        text = bartek.get(url(name, bartek.office)).content.decode()
        for forbidden in ("zmien/", "nowy/", "nowa/", "zapros/", "rola/", "usun/"):
            assert f"{forbidden}" not in text, (name, forbidden)


def test_a_service_checks_the_role_by_itself(bartek, point, in_office):
    with pytest.raises(PermissionDenied):
        services.switch_point(point=point, active=False, by=bartek.actor, at=NOW)
    point.refresh_from_db()
    assert point.is_active


def test_an_office_on_its_own_begins_a_network_once(db, letters):
    from okienko.foundation.registry import Role
    from okienko.foundation.testing.cast import Person

    office = factories.make_office(name="Urząd Samotny", slug="samotny")
    user = factories.make_member(office, Role.COORDINATOR)
    person = Person().sign_in(user, office=office)
    assert "Załóż sieć" in person.get(url("office", office)).content.decode()
    response = person.post(url("start_network", office), {"name": "Sieć Nowa"})
    assert response.url == reverse("administration:network_offices", args=[office.network.slug])
    assert person.get(response.url).status_code == 200
    assert office.network.memberships.get().user == user
    assert person.post(url("start_network", office), {"name": "Jeszcze raz"}).status_code == 422


def test_an_office_of_a_network_cannot_take_the_network_over(anna, dorota):
    assert anna.post(url("start_network", anna.office), {"name": "Moja"}).status_code == 422
    anna.office.network.refresh_from_db()
    assert anna.office.network.name == "Sieć Dobrych Urzędów"
    assert list(anna.office.network.memberships.values_list("user", flat=True)) == [dorota.user.pk]
