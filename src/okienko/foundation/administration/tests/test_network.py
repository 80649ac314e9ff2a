"""A network: its name, offices, kinds of offices and coordinators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.administration import services
from okienko.foundation.administration.values import OfficeDetails
from okienko.foundation.administration.writing import NotYours
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import Invitation, NetworkMembership, Office, OfficeType
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing import factories
from okienko.foundation.testing.factories import scope_of

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def url(name: str, network, *args) -> str:
    return reverse(f"administration:{name}", args=[network.slug, *args])


@pytest.fixture
def foreign(db):
    """An office of another network."""
    return factories.make_office(factories.make_network(slug="inna"), name="Urząd Obcy", slug="obcy")


def values(office) -> dict:
    return {"name": "Urząd Gminy Nowe", "type": office.type_id, "region": "slaskie", "city": "Nowe"}


def test_an_office_is_added_and_its_coordinator_invited(dorota, office, letters):
    response = dorota.post(url("add_office", dorota.network), values(office))
    added = Office.objects.get(slug="urzad-gminy-nowe")
    assert response.url == url("network_office", dorota.network, added.pk)
    assert added.network == dorota.network
    assert "Nikt tu jeszcze nie pracuje" in dorota.get(response.url).content.decode()
    colleague = {"name": "Ola", "email": "ola@example.org"}
    dorota.post(url("invite_coordinator", dorota.network, added.pk), colleague)
    assert "ola@example.org" in dorota.get(response.url).content.decode()


def test_two_offices_of_one_name_have_different_addresses(dorota, office):
    for _ in range(3):
        dorota.post(url("add_office", dorota.network), values(office))
    slugs = Office.objects.filter(name="Urząd Gminy Nowe").values_list("slug", flat=True)
    assert sorted(slugs) == ["urzad-gminy-nowe", "urzad-gminy-nowe-2", "urzad-gminy-nowe-3"]


def test_the_list_is_searched_narrowed_and_sorted_by_the_address(dorota, office, other_office):
    page = dorota.get(url("network_offices", dorota.network), {"q": "lipow"}).content.decode()
    assert "Starostwo Powiatowe" in page and "Urząd Miasta Brzozów" not in page
    other_office.type = OfficeType.objects.get_or_create(code="x", defaults={"name": "x", "name_en": "x"})[0]
    other_office.save()
    page = dorota.get(url("network_offices", dorota.network), {"type": "x"}).content.decode()
    assert "Starostwo Powiatowe" in page and "Urząd Miasta Brzozów" not in page
    down = dorota.get(url("network_offices", dorota.network), {"sort": "-name"}).content.decode()
    assert down.index("Urząd Miasta Brzozów") < down.index("Starostwo Powiatowe")
    nothing = dorota.get(url("network_offices", dorota.network), {"q": "zzz"}).content.decode()
    assert "Żaden urząd nie pasuje" in nothing


@pytest.mark.parametrize(
    "query", [{"sort": "password"}, {"page": "x"}, {"type": "zz"}, {"q": "%' --"}, {"page": "9"}]
)
def test_a_strange_address_of_the_list_still_answers(dorota, office, query):
    assert dorota.get(url("network_offices", dorota.network), query).status_code == 200


def test_a_closed_office_shuts_its_people_out_until_it_is_opened(dorota, anna, office):
    address = url("switch_office", dorota.network, office.pk)
    dorota.post(address)
    assert anna.get(f"/u/{office.slug}/").status_code == 404
    dorota.post(address)
    assert anna.get(f"/u/{office.slug}/").status_code == 200


def test_offices_of_another_network_are_not_found_and_not_changed(dorota, foreign):
    for name in ("network_office", "network_edit_office", "switch_office", "invite_coordinator"):
        address = url(name, dorota.network, foreign.pk)
        assert dorota.get(address).status_code == 404
        assert dorota.post(address, values(foreign)).status_code == 404
    details = OfficeDetails(name="x", type=foreign.type, region="slaskie", city="x")
    with pytest.raises(NotYours):
        services.edit_office(office=foreign, details=details, by=dorota.actor, at=NOW)
    with pytest.raises(NotYours):
        services.switch_office(office=foreign, active=False, by=dorota.actor, at=NOW)
    foreign.refresh_from_db()
    assert foreign.name == "Urząd Obcy" and foreign.is_active


def test_what_the_network_did_to_an_office_stands_in_that_offices_history_only(
    dorota, anna, celina, office, other_office
):
    dorota.post(url("network_edit_office", dorota.network, office.pk), values(office))
    for person, seen in ((anna, True), (celina, False)):
        with open_scope(scope_of(person.office)):
            page = person.get(reverse("administration:history", args=[person.office.slug])).content.decode()
            assert ("Dorota Przykładowa" in page) is seen
    with open_scope(scope_of(other_office)):
        assert not AuditEntry.objects.exists()


def test_a_type_of_office_is_added_once(dorota):
    names = {"name": "urząd morski", "name_en": "maritime office"}
    dorota.post(url("add_office_type", dorota.network), names)
    assert OfficeType.objects.get(name="urząd morski").code == "urzad-morski"
    again = dorota.post(url("add_office_type", dorota.network), names | {"name": "Urząd Morski"})
    assert again.status_code == 422


def test_the_last_network_coordinator_stays(dorota):
    own = NetworkMembership.objects.get(user=dorota.user)
    page = dorota.post(url("remove_network_coordinator", dorota.network, own.pk), follow=True)
    assert "Sieć potrzebuje koordynatora" in page.content.decode()
    assert NetworkMembership.objects.filter(pk=own.pk).exists()


def test_one_of_two_network_coordinators_may_leave(dorota):
    other = factories.make_network_coordinator(dorota.network, "Druga Osoba")
    row = NetworkMembership.objects.get(user=other)
    dorota.post(url("remove_network_coordinator", dorota.network, row.pk))
    assert not NetworkMembership.objects.filter(pk=row.pk).exists()


def test_coordinators_of_another_network_cannot_be_removed(dorota, foreign):
    other = factories.make_network_coordinator(foreign.network, "Obca Osoba")
    row = NetworkMembership.objects.get(user=other)
    assert dorota.post(url("remove_network_coordinator", dorota.network, row.pk)).status_code == 404
    with pytest.raises(NotYours):
        services.remove_network_coordinator(member=row, by=dorota.actor, at=NOW)


def test_the_name_of_the_network_changes_and_its_address_does_not(dorota):
    dorota.post(url("edit_network", dorota.network), {"name": "Sieć Nowa"})
    dorota.network.refresh_from_db()
    assert (dorota.network.name, dorota.network.slug) == ("Sieć Nowa", "siec-dobrych-urzedow")


def test_the_home_page_names_offices_without_a_coordinator_until_one_is_invited(
    dorota, anna, other_office, letters
):
    home = f"/siec/{dorota.network.slug}/"
    assert "1 urząd nie ma koordynatora" in dorota.get(home).content.decode()
    colleague = {"name": "Ola", "email": "ola@example.org"}
    dorota.post(url("invite_coordinator", dorota.network, other_office.pk), colleague)
    assert "nie ma koordynatora" not in dorota.get(home).content.decode()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "1 urząd nie ma koordynatora" in dorota.get(home).content.decode()
    other_office.is_active = False
    other_office.save()
    assert "nie ma koordynatora" not in dorota.get(home).content.decode()
