"""A person's own page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

URL = "/profil/"
OWN = {"name": "Anna Nowa", "job_title": "sekretarz", "language": "pl"}


def test_a_person_changes_her_name_position_and_language(anna):
    assert anna.post(URL, OWN).url == URL
    anna.user.refresh_from_db()
    assert (anna.user.name, anna.user.job_title) == ("Anna Nowa", "sekretarz")
    anna.post(URL, OWN | {"language": "en"})
    page = anna.get(URL).content.decode()
    assert '<html lang="en">' in page and "My data" in page and "Your data are saved." in page


def test_the_page_leads_to_security_and_names_the_roles(dorota, anna):
    page = anna.get(URL).content.decode()
    for name in ("account_change_password", "account_email", "mfa_index", "usersessions_list"):
        assert reverse(name) in page
        assert anna.get(reverse(name)).status_code in (200, 302)
    assert "Urząd Miasta Brzozów Dolny" in page and "koordynator" in page
    assert "koordynator sieci" in dorota.get(URL).content.decode()


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"name": "x" * 121}, {"language": "xx"}, {"name": "a\u2066b"}]
)
def test_what_makes_no_sense_is_refused(anna, change):
    assert anna.post(URL, OWN | change).status_code == 422
    anna.user.refresh_from_db()
    assert anna.user.name == "Anna Przykładowa"


def test_nobody_changes_another_persons_data(anna, bartek):
    bartek.post(
        URL, OWN | {"user": anna.user.pk, "pk": anna.user.pk, "email": "x@example.org", "is_active": ""}
    )
    anna.user.refresh_from_db()
    bartek.user.refresh_from_db()
    assert anna.user.name == "Anna Przykładowa"
    assert bartek.user.name == "Anna Nowa" and bartek.user.is_active and bartek.user.email != "x@example.org"


def test_a_visitor_signs_in_first(db):
    assert Client().get(URL).url.startswith("/konto/login/")
