"""The accessibility declaration: what the law asks, nothing that nobody declared, a reminder in time."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.declaration import rules, selectors
from okienko.foundation.declaration.models import Declaration
from okienko.foundation.offices.scope import ScopeMissing, all_offices, open_scope
from okienko.foundation.testing.factories import scope_of

IDS = (
    "a11y-wstep",
    "a11y-podmiot",
    "a11y-url",
    "a11y-data-publikacja",
    "a11y-data-aktualizacja",
    "a11y-status",
    "a11y-data-sporzadzenie",
    "a11y-kontakt",
    "a11y-osoba",
    "a11y-email",
    "a11y-telefon",
    "a11y-procedura",
    "a11y-architektura",
    "a11y-aplikacje",
)
FULL = {
    "published_on": "2026-01-02",
    "updated_on": "2026-02-03",
    "status": "partial",
    "gaps": "Mapa nie ma opisu.\n\nAdres podajemy słowami.",
    "method": "self",
    "prepared_on": "2026-03-01",
    "reviewed_on": "2026-03-02",
    "contact_name": "Anna Przykładowa",
    "contact_email": "dostepnosc@example.org",
    "contact_phone": "77 123 45 67",
    "architecture": "Wejście bez progu.",
    "apps": "none",
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The tests' day, after all that is declared here, whatever the clock of the machine says."""
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 22))


def edit_url(office) -> str:
    return reverse("declaration:edit", args=[office.slug])


def public_page(client, office, language: str = "pl") -> str:
    name = "declaration:show_office" if language == "pl" else "declaration:show_office_en"
    response = client.get(reverse(name, args=[office.slug]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def declared(anna):
    assert anna.post(edit_url(anna.office), FULL).status_code == 302
    return anna.office


def test_without_a_declaration_the_public_page_claims_nothing(ewa, office):
    text = public_page(ewa, office)
    assert "nie została jeszcze sporządzona" in text
    assert "a11y-status" not in text and "jest zgodna" not in text and "a11y-data-sporzadzenie" not in text


def test_a_half_written_declaration_is_saved_and_not_published(anna, ewa, office):
    anna.post(edit_url(office), {"status": "full", "contact_name": "Anna Przykładowa"})
    assert "jest zgodna z ustawą" not in public_page(ewa, office)
    text = anna.get(edit_url(office)).content.decode()
    lacking = text[text.index("nie jest jeszcze opublikowana") : text.index("<form class")]
    assert "data sporządzenia deklaracji" in lacking and "zgodność strony" not in lacking
    assert 'value="Anna Przykładowa"' in text


def test_a_complete_declaration_has_every_machine_id_once_and_in_order(ewa, declared):
    text = public_page(ewa, declared)
    places = []
    for name in IDS:
        assert text.count(f'id="{name}"') == 1, name
        places.append(text.index(f'id="{name}"'))
    assert places == sorted(places)


def test_a_declaration_says_what_was_declared(ewa, declared, settings):
    settings.SITE_URL = "https://okienko.example"
    text = public_page(ewa, declared)
    assert '<html lang="pl">' in text
    assert f'<strong id="a11y-podmiot">{declared.name}</strong>' in text
    assert re.search(r'id="a11y-url" href="https://okienko.example/"', text)
    assert re.search(r'<time id="a11y-data-publikacja" datetime="2026-01-02">2\s*stycznia 2026</time>', text)
    assert "jest częściowo zgodna z ustawą" in text and "<p>Adres podajemy słowami.</p>" in text
    assert 'href="mailto:dostepnosc@example.org"' in text
    assert "Rzecznika Praw Obywatelskich" in text and "7 dni" in text


def test_the_english_version_has_its_own_address_and_owns_up_to_polish_parts(ewa, declared, anna):
    text = public_page(ewa, declared, "en")
    assert '<html lang="en">' in text and "complies with the act only in part" in text
    assert "This part is in Polish only." in text and '<div lang="pl">' in text
    for name in IDS:
        assert f'id="{name}"' in text
    anna.post(edit_url(declared), FULL | {"gaps_en": "The map.", "architecture_en": "No steps."})
    text = public_page(ewa, declared, "en")
    assert "The map." in text and "in Polish only" not in text


def test_the_readers_language_does_not_change_a_language_version(ewa, declared):
    ewa.cookies["django_language"] = "en"
    assert '<html lang="pl">' in public_page(ewa, declared)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"status": "none", "gaps": ""}, "gaps"),
        ({"method": "audit"}, "auditor"),
        ({"apps": "some"}, "apps_list"),
        ({"contact_phone": ""}, "contact_phone"),
        ({"status": ""}, "status"),
    ],
)
def test_what_a_choice_calls_for_must_be_there(change, name):
    values = {key: value or None for key, value in (FULL | change).items()}
    assert rules.missing(values) == [name]
    assert rules.missing(FULL) == []
    assert rules.missing(FULL | {"status": "full", "gaps": ""}) == []


@pytest.mark.parametrize(
    "change",
    [
        {"published_on": "2999-01-01"},
        {"reviewed_on": "2026-02-28"},
        {"prepared_on": "wczoraj"},
        {"status": "perfect"},
        {"contact_email": "nie adres"},
        {"gaps": "x" * 5001},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_changes(anna, declared, change):
    assert anna.post(edit_url(declared), FULL | change).status_code == 422
    with open_scope(scope_of(declared)):
        row = Declaration.objects.get()
    assert (row.status, row.reviewed_on) == ("partial", date(2026, 3, 2))


def test_markup_is_text(anna, ewa, declared):
    evil = "<script>alert(1)</script>"
    anna.post(edit_url(declared), FULL | {"gaps": evil, "contact_name": evil, "architecture": evil})
    text = public_page(ewa, declared)
    assert evil not in text and text.count("&lt;script&gt;alert(1)") == 3


def test_changes_are_in_the_history(anna, declared):
    anna.post(edit_url(declared), FULL | {"status": "full"})
    with all_offices("test"):
        entry = AuditEntry.objects.filter(code="declaration.edit").first()
    assert (entry.before, entry.after) == ({"status": "partial"}, {"status": "full"})


def test_who_may_change_it(anna, bartek, celina, dorota, ewa, office):
    url = edit_url(office)
    assert bartek.get(url).status_code == bartek.post(url, FULL).status_code == 403
    assert celina.post(url, FULL).status_code == dorota.post(url, FULL).status_code == 404
    assert ewa.post(url, FULL).status_code == 302
    with open_scope(scope_of(office)):
        assert not Declaration.objects.exists()
    with pytest.raises(ScopeMissing):
        Declaration.objects.exists()


def test_an_office_does_not_write_the_networks_declaration(anna, network):
    assert anna.post(reverse("declaration:network_edit", args=[network.slug]), FULL).status_code == 404


def test_the_installations_page_speaks_for_the_network_and_links_to_its_offices(
    dorota, ewa, declared, other_office
):
    url = reverse("declaration:show")
    assert "nie została jeszcze sporządzona" in ewa.get(url).content.decode()
    dorota.post(
        reverse("declaration:network_edit", args=[dorota.network.slug]), FULL | {"contact_name": "Dorota"}
    )
    text = ewa.get(url).content.decode()
    assert "Dorota" in text and dorota.network.name in text
    for office in (declared, other_office):
        assert reverse("declaration:show_office", args=[office.slug]) in text
    assert "Dorota" not in public_page(ewa, declared)


def test_an_office_on_its_own_speaks_for_the_installation(ewa, declared):
    text = ewa.get(reverse("declaration:show")).content.decode()
    assert f'<strong id="a11y-podmiot">{declared.name}</strong>' in text and "Deklaracje urzędów" not in text
    assert ewa.get(reverse("declaration:show_en")).status_code == 200


def test_an_empty_installation_has_a_truthful_page(ewa):
    text = ewa.get(reverse("declaration:show")).content.decode()
    assert "nie została jeszcze sporządzona" in text


@pytest.mark.parametrize("slug", ["nie-ma", "0"])
def test_an_unknown_or_closed_office_has_no_page(ewa, office, slug):
    assert ewa.get(reverse("declaration:show_office", args=[slug])).status_code == 404
    office.is_active = False
    office.save()
    assert ewa.get(reverse("declaration:show_office", args=[office.slug])).status_code == 404


def test_without_a_declaration_the_page_gives_the_offices_contact(ewa, office):
    office.email, office.phone = "urzad@example.org", "77 000 00 00"
    office.save()
    text = public_page(ewa, office)
    assert "mailto:urzad@example.org" in text and "77 000 00 00" in text


@pytest.mark.parametrize(
    ("day", "due", "overdue"),
    [
        (date(2026, 12, 1), None, False),
        (date(2027, 1, 29), None, False),
        (date(2027, 1, 30), date(2027, 3, 31), False),
        (date(2027, 3, 31), date(2027, 3, 31), False),
        (date(2027, 4, 1), date(2027, 3, 31), True),
        (date(2028, 6, 1), date(2027, 3, 31), True),
    ],
)
def test_the_review_is_due_by_the_31st_of_march(declared, day, due, overdue):
    with open_scope(scope_of(declared)):
        found = selectors.reminder(selectors.Subject(declared.network, declared), day)
    assert found == (selectors.Reminder(due, overdue) if due else None)


def test_the_home_page_asks_for_a_declaration_and_for_its_review(anna, bartek, office, monkeypatch):
    home = f"/u/{office.slug}/"
    assert "Deklaracja dostępności nie jest wypełniona" in anna.get(home).content.decode()
    assert "nie jest wypełniona" not in bartek.get(home).content.decode()
    anna.post(edit_url(office), FULL)
    assert "Deklaracja dostępności nie" not in anna.get(home).content.decode()
    monkeypatch.setattr(timezone, "localdate", lambda: date(2027, 3, 30))
    assert "coroczny przegląd" in anna.get(home).content.decode()


def test_the_networks_home_page_asks_too(dorota):
    assert "nie jest wypełniona" in dorota.get(f"/siec/{dorota.network.slug}/").content.decode()


def test_two_declarations_of_one_place_cannot_be(office):
    from django.db import IntegrityError, transaction

    for values in ({"office": office}, {"office": None}):
        with all_offices("test"):
            Declaration.objects.create(network=office.network, **values)
            with pytest.raises(IntegrityError), transaction.atomic():
                Declaration.objects.create(network=office.network, **values)
