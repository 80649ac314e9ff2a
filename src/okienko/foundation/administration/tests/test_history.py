"""History: words for what was done, changes as changes, filters in the address, nothing of others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from okienko.foundation.administration import history
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import ServicePoint
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.registry import permissions
from okienko.foundation.testing import factories
from okienko.foundation.testing.factories import scope_of


def page(person, name: str = "history", *args, **query) -> str:
    return person.get(
        reverse(f"administration:{name}", args=[person.office.slug, *args]), query
    ).content.decode()


@pytest.fixture
def point(anna, in_office) -> ServicePoint:
    point = factories.make_service_point(in_office, name="Sala")
    values = {"name": "Sala główna", "channel": "phone", "hours_mon": "8–16", "offers_architecture": "lift"}
    anna.post(reverse("administration:edit_point", args=[in_office.slug, point.pk]), values)
    anna.post(
        reverse("administration:add_unit", args=[in_office.slug]), {"name": "Kancelaria", "is_active": "on"}
    )
    return point


def test_the_history_says_in_words_what_changed(anna, point):
    text = page(anna)
    for words in (
        "Zmiana punktu obsługi: Sala główna",
        "nazwa: z „Sala” na „Sala główna”",
        "kanał: z „osobiście” na „telefonicznie”",
        "godziny otwarcia: „Poniedziałek 8:00–16:00”",
        "dostępność: „winda na każde piętro, na którym obsługuje się klientów”",
        "Anna Przykładowa",
        "Zmiana jednostki: Kancelaria",
    ):
        assert words in text, words
    assert "administration.edit_point:" not in text


def test_the_history_is_narrowed_by_the_address(anna, point):
    text = page(anna, akcja="administration.edit_unit")
    assert "Zmiana jednostki: Kancelaria" in text and "Zmiana punktu obsługi: Sala" not in text
    assert "Żaden wpis nie pasuje" in page(anna, od="2099-01-01")
    assert "Kancelaria" in page(anna, od="2020-01-01", do="2099-01-01", osoba="Anna Przykładowa")


@pytest.mark.parametrize(
    "query",
    [{"akcja": "x"}, {"od": "wczoraj"}, {"page": "-4"}, {"osoba": "' OR 1=1 --"}, {"do": "9999-99-99"}],
)
def test_a_strange_address_narrows_nothing_and_breaks_nothing(anna, point, query):
    assert "Zmiana jednostki: Kancelaria" in page(anna, **query)


def test_long_histories_have_pages(anna, in_office):
    for number in range(60):
        url = reverse("administration:add_unit", args=[in_office.slug])
        anna.post(url, {"name": f"Jednostka {number:02}", "is_active": "on"})
    first, second = page(anna), page(anna, page=2)
    assert "Jednostka 59" in first and "Jednostka 05" not in first
    assert "Jednostka 05" in second


def test_an_objects_history_holds_its_own_entries_only(anna, point):
    text = page(anna, "object_history", "offices.servicepoint", point.pk)
    assert "Zmiana punktu obsługi" in text and "Kancelaria" not in text


@pytest.mark.parametrize("kind", ["offices.unit", "offices.nothing", "x", "auth.user", "<b>"])
def test_an_object_without_entries_is_not_found(anna, point, kind):
    url = reverse("administration:object_history", args=[anna.office.slug, kind, "987654"])
    assert anna.get(url).status_code == 404


def test_an_object_that_nobody_has_touched_has_an_empty_history(anna, dorota, in_office):
    point = factories.make_service_point(in_office, name="Nietknięty")
    text = page(anna, "object_history", "offices.servicepoint", point.pk)
    assert "Historia: Nietknięty" in text and "Jeszcze nic się nie wydarzyło" in text
    assert "Historia: Urząd Miasta" in page(anna, "object_history", "offices.office", in_office.pk)
    url = reverse(
        "administration:network_object_history", args=[dorota.network.slug, "offices.office", in_office.pk]
    )
    assert dorota.get(url).status_code == 200


def test_an_untouched_object_of_another_office_is_not_found(celina, in_office):
    point = factories.make_service_point(in_office, name="Nietknięty")
    for kind, pk in (
        ("offices.servicepoint", point.pk),
        ("offices.office", in_office.pk),
        ("accounts.user", 1),
    ):
        url = reverse("administration:object_history", args=[celina.office.slug, kind, pk])
        assert celina.get(url).status_code == 404


def test_another_office_reads_none_of_it(celina, point):
    text = page(celina)
    assert "Kancelaria" not in text and "Anna Przykładowa" not in text
    url = reverse(
        "administration:object_history", args=[celina.office.slug, "offices.servicepoint", point.pk]
    )
    assert celina.get(url).status_code == 404


def test_the_network_reads_the_history_of_all_its_offices(dorota, anna, point):
    url = reverse("administration:network_history", args=[dorota.network.slug])
    assert "Zmiana punktu obsługi: Sala główna" in dorota.get(url).content.decode()


def test_markup_in_an_entry_is_text(anna, in_office):
    AuditEntry.objects.create(
        code="<i>x</i>",
        actor_name="<b>A</b>",
        network_id=in_office.network_id,
        office=in_office,
        target_label="<script>1</script>",
        after={"<u>key</u>": "<img src=x>"},
    )
    text = page(anna)
    for markup in ("<i>x", "<b>A</b>", "<script>1", "<u>key", "<img src=x"):
        assert markup not in text


def test_every_permission_has_words(db):
    for code, permission in permissions().items():
        assert str(permission.label).strip() and history.deed(code) != code


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"x": True}, {"x": False}, "x: z „tak” na „nie”"),
        ({"x": [1, 2]}, {"x": None}, "x: usunięto „1, 2”"),
        ({}, {"x": {"a": "2026-11-22"}}, "x: „a: 22\u00a0listopada 2026”"),
        ({"x": ""}, {"x": ""}, ""),
        ({}, {"x": ""}, "x: –"),
        ({"x": 1200}, {"x": 2.5}, "x: z 1\u00a0200 na 2,5"),
        ({}, {"x": "9" * 300}, "x: „" + "9" * 199 + "…”"),
        ({}, {"x": "2026-99-99"}, "x: „2026-99-99”"),
    ],
)
def test_any_value_is_said_in_words(before, after, line):
    assert history.details(AuditEntry(target_type="nothing.here", before=before, after=after)) == line


def test_the_history_of_an_office_costs_a_fixed_number_of_queries(anna, point, django_assert_num_queries):
    with open_scope(scope_of(anna.office)):
        page(anna)
    url = reverse("administration:history", args=[anna.office.slug])
    with django_assert_num_queries(14):
        anna.get(url)
