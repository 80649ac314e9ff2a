"""The first-run set-up: only with the code, only once, all or nothing."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from okienko.foundation.accounts.models import User
from okienko.foundation.administration import services, setup_code
from okienko.foundation.administration.models import Installation
from okienko.foundation.administration.services.set_up import AlreadySetUp
from okienko.foundation.administration.values import NewPerson, OfficeDetails, PointDetails, SetUpPlan
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.models import Membership, Network, NetworkMembership, Office, ServicePoint
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.testing import factories

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PASSWORD = "trzy krowy na dachu"
OFFICE = {
    "name": "Urząd Gminy Żółte Łąki",
    "region": "opolskie",
    "city": "Żółte Łąki",
    "street": "Rynek 1",
    "postcode": "45-001",
}
POINTS = {
    "p-TOTAL_FORMS": "2",
    "p-INITIAL_FORMS": "0",
    "p-0-name": "Biuro Obsługi Klienta",
    "p-0-channel": "in_person",
    "p-0-city": "Żółte Łąki",
    "p-1-name": "",
    "p-1-channel": "in_person",
    "p-1-city": "Żółte Łąki",
}
ACCOUNT = {
    "name": "Anna Przykładowa",
    "email": "Anna@Example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def step(name: str) -> str:
    return reverse("administration:set_up_step", args=[name])


@pytest.fixture
def visitor(db, data_dir, letters) -> Client:
    return Client()


def enter(visitor: Client) -> None:
    response = visitor.post(reverse("administration:set_up"), {"code": setup_code.current()})
    assert response.url == step("urzad")


def walk(visitor: Client, **network) -> None:
    """Everything but the last step."""
    enter(visitor)
    visitor.post(step("urzad"), OFFICE | {"type": factories.make_office_type().pk})
    visitor.post(step("punkty"), POINTS)
    response = visitor.post(step("siec"), network or {"serves": "alone"})
    assert response.url == step("konto")


def test_an_empty_installation_leads_its_first_visitor_to_the_set_up(visitor):
    assert visitor.get("/").url == reverse("administration:set_up")
    assert visitor.get(reverse("administration:set_up")).status_code == 200


def test_an_office_is_set_up_and_its_coordinator_is_signed_in(visitor):
    walk(visitor)
    response = visitor.post(step("konto"), ACCOUNT)
    assert response.url == "/u/urzad-gminy-zolte-laki/"
    assert visitor.get(response.url).status_code == 200
    office, user = Office.objects.get(), User.objects.get()
    assert (office.name, office.network.name, user.email) == (
        OFFICE["name"],
        OFFICE["name"],
        "anna@example.org",
    )
    assert Membership.objects.get().role == "coordinator"
    assert not NetworkMembership.objects.exists()
    with all_offices("test"):
        point = ServicePoint.objects.get()
        entry = AuditEntry.objects.get()
    assert (point.name, point.code, point.office) == (
        "Biuro Obsługi Klienta",
        "biuro-obslugi-klienta",
        office,
    )
    assert (entry.code, entry.office, entry.actor_name) == (
        "administration.set_up",
        office,
        "Anna Przykładowa",
    )
    assert PASSWORD not in str(entry.after)


def test_the_coordinator_of_a_network_is_its_coordinator_too(visitor):
    walk(visitor, serves="many", network_name="Sieć Opolska")
    visitor.post(step("konto"), ACCOUNT)
    assert NetworkMembership.objects.get().network.name == "Sieć Opolska"
    assert Network.objects.get().slug == "siec-opolska"


def test_the_coordinator_may_sign_in_later_with_what_she_chose(visitor):
    walk(visitor)
    visitor.post(step("konto"), ACCOUNT)
    later = Client()
    answer = later.post(reverse("account_login"), {"login": "anna@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert later.get("/u/urzad-gminy-zolte-laki/").status_code == 200


def test_once_set_up_the_pages_are_closed_for_good(visitor, data_dir):
    walk(visitor)
    visitor.post(step("konto"), ACCOUNT)
    assert not (data_dir / "setup-code").exists()
    assert setup_code.current() is None
    for name in ("urzad", "punkty", "siec", "konto"):
        assert Client().get(step(name)).status_code == 404
        assert Client().post(step(name), ACCOUNT).status_code == 404
    assert Client().get(reverse("administration:set_up")).status_code == 404
    assert User.objects.count() == 1


def test_the_code_is_kept_for_the_servers_user_only_and_stays_the_same(visitor, data_dir):
    code = setup_code.current()
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}", code)
    assert stat.S_IMODE((data_dir / "setup-code").stat().st_mode) == 0o600
    assert setup_code.current() == code
    assert setup_code.matches(code.lower().replace("-", " "))


@pytest.mark.parametrize("code", ["", " ", "AAAA-AAAA-AAAA", "x" * 41, "ąąąą", "\x00"])
def test_a_wrong_code_opens_nothing(visitor, code):
    assert visitor.post(reverse("administration:set_up"), {"code": code}).status_code == 422
    assert visitor.get(step("urzad")).url == reverse("administration:set_up")
    assert visitor.post(step("konto"), ACCOUNT).url == reverse("administration:set_up")
    assert not User.objects.exists()


def test_a_later_step_cannot_be_opened_before_the_earlier_ones(visitor):
    enter(visitor)
    assert visitor.get(step("konto")).url == step("urzad")
    assert visitor.post(step("konto"), ACCOUNT).url == step("urzad")
    assert not Network.objects.exists()


def test_going_back_shows_what_was_typed_and_the_password_is_never_kept(visitor):
    walk(visitor)
    assert OFFICE["name"] in visitor.get(step("urzad")).content.decode()
    assert "Biuro Obsługi Klienta" in visitor.get(step("punkty")).content.decode()
    visitor.post(step("konto"), ACCOUNT | {"password2": "inne"})
    assert PASSWORD not in str(dict(visitor.session))
    assert PASSWORD not in visitor.post(step("konto"), ACCOUNT | {"password2": "inne"}).content.decode()


def test_another_point_is_added_without_script_and_without_complaints(visitor):
    enter(visitor)
    visitor.post(step("urzad"), OFFICE | {"type": factories.make_office_type().pk})
    page = visitor.post(step("punkty"), POINTS | {"more": "1"})
    assert page.status_code == 200
    text = page.content.decode()
    assert 'name="p-2-name"' in text and "Biuro Obsługi Klienta" in text and "has-error" not in text


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"p-0-name": ""}, "p-0-name"),
        ({"p-1-name": "biuro obsługi KLIENTA"}, "tę samą nazwę"),
        ({"p-TOTAL_FORMS": "100000"}, ""),
        ({"p-TOTAL_FORMS": "x"}, ""),
        ({"p-0-channel": "telepathy"}, "p-0-channel"),
        ({"p-0-name": "x" * 201}, "p-0-name"),
    ],
)
def test_points_that_make_no_sense_are_refused(visitor, change, complaint):
    enter(visitor)
    visitor.post(step("urzad"), OFFICE | {"type": factories.make_office_type().pk})
    response = visitor.post(step("punkty"), POINTS | change)
    assert response.status_code == 422
    assert complaint in response.content.decode()
    assert visitor.get(step("siec")).url == step("punkty")


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "Urząd\u202egnąz"},
        {"postcode": "45001"},
        {"region": "atlantyda"},
        {"type": "999999"},
        {"city": "\x00"},
    ],
)
def test_an_office_that_makes_no_sense_is_refused(visitor, change):
    enter(visitor)
    values = OFFICE | {"type": factories.make_office_type().pk} | change
    assert visitor.post(step("urzad"), values).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"password1": "krotkie", "password2": "krotkie"},
        {"password2": "inne haslo bardzo"},
        {"password1": "123456789012", "password2": "123456789012"},
        {"password1": "anna@example.org", "password2": "anna@example.org"},
        {"email": "nie adres"},
        {"name": ""},
    ],
)
def test_an_account_that_makes_no_sense_leaves_the_installation_empty(visitor, change):
    walk(visitor)
    assert visitor.post(step("konto"), ACCOUNT | change).status_code == 422
    assert not Network.objects.exists() and not User.objects.exists() and not Installation.objects.exists()


def test_names_with_markup_are_shown_as_text(visitor):
    enter(visitor)
    evil = '<script>alert(1)</script>"onload='
    visitor.post(step("urzad"), OFFICE | {"name": evil, "type": factories.make_office_type().pk})
    visitor.post(step("punkty"), POINTS | {"p-0-name": evil})
    visitor.post(step("siec"), {"serves": "many", "network_name": evil})
    home = visitor.post(step("konto"), ACCOUNT | {"name": evil}).url
    for url in (
        home,
        f"{home}ustawienia/",
        f"{home}punkty/",
        f"{home}ludzie/",
        f"{home}historia/",
        "/profil/",
    ):
        text = visitor.get(url).content.decode()
        assert "<script>alert" not in text, url
        assert '"onload=' not in text, url


def plan(email: str = "b@example.org") -> SetUpPlan:
    kind = factories.make_office_type()
    office = OfficeDetails(name="Urząd B", type=kind, region="opolskie", city="B")
    person = NewPerson("Beata Przykładowa", email, PASSWORD)
    return SetUpPlan(person, office, [PointDetails("Sala", "in_person")], "Urząd B", False)


def test_of_two_people_who_both_came_to_the_last_step_one_sets_up(visitor):
    walk(visitor)
    other = Client()
    other.post(reverse("administration:set_up"), {"code": setup_code.current()})
    code = setup_code.current()
    visitor.post(step("konto"), ACCOUNT)
    with pytest.raises(AlreadySetUp):
        services.set_up(plan=plan(), code=code, by=system_actor("x"), at=NOW)
    assert Office.objects.count() == 1 and User.objects.count() == 1


@pytest.mark.parametrize("code", ["", "ABCD-EFGH-JKLM", "-", "x" * 10_000])
def test_without_the_code_nothing_is_set_up_whoever_asks_the_service(data_dir, db, code):
    assert setup_code.current()
    with pytest.raises(AlreadySetUp):
        services.set_up(plan=plan(), code=code, by=system_actor("x"), at=NOW)
    assert not Network.objects.exists() and not User.objects.exists() and not Installation.objects.exists()
