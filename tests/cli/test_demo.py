"""The demo: invented, the same from the same seed, and as whole as a real installation."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from okienko.foundation.accounts.models import User
from okienko.foundation.offices import demo as offices
from okienko.foundation.offices.models import Network, ServicePoint
from okienko.foundation.offices.scope import all_offices
from okienko.modules.collection import demo as collection
from okienko.modules.collection import selectors_quality
from okienko.modules.collection.models import Response
from okienko.modules.questionnaires import demo as questionnaires
from okienko.modules.surveys import demo as surveys
from okienko.modules.surveys.models import OfficeWave

pytestmark = pytest.mark.django_db
# what only somebody who came to the building can rate
OF_THE_BUILDING = {"dotarcie", "oznakowanie", "miejsce_obslugi"}


@pytest.fixture
def network(monkeypatch):
    """One office, the one that the manual shows."""
    monkeypatch.setitem(offices.SIZES, "small", 1)
    with all_offices("test"):
        offices.load(size="small")
        yield Network.objects.get(is_demo=True)


@pytest.fixture
def answered(network):
    for part in (questionnaires, surveys, collection):
        part.load(size="small")


def test_everybody_can_have_a_new_password_sent(network):
    for user in User.objects.all():
        address = user.emailaddress_set.get()
        assert (address.email, address.verified, address.primary) == (user.email, True, True)
    page = Client()
    page.post(reverse("account_reset_password"), {"email": "koordynator@example.org"})
    assert [message.to for message in mail.outbox] == [["koordynator@example.org"]]


def test_it_says_that_it_is_invented(network):
    assert "dane wymyślone" in network.name
    assert all(user.is_demo and user.email.endswith("@example.org") for user in User.objects.all())


def test_who_telephoned_rates_no_building(answered):
    phone = ServicePoint.objects.get(channel="phone")
    rows = list(Response.objects.filter(service_point=phone, office_wave__wave__state="closed"))
    assert len(rows) > 50
    for row in rows:
        assert row.answers["sposob"] == 2
        assert row.mode == "web", "nobody hands a paper form over the telephone"
        assert all(row.answers.get(code, -4) == -4 for code in OF_THE_BUILDING)
    came = Response.objects.exclude(service_point=phone).filter(answers__sposob=1)
    assert any(row.answers.get("dotarcie", -4) > 0 for row in came)


def test_the_page_of_answers_has_something_to_show(answered):
    marks: dict[str, dict] = {}
    for part in OfficeWave.objects.select_related("wave__survey__questionnaire", "wave__version"):
        found = selectors_quality.standing(part)
        marks.setdefault(part.state, {}).update({row.flag.value: row.count for row in found.flags})
    assert (marks["open"]["burst"], marks["open"]["honeypot"]) == (4, 1)
    assert marks["closed"]["duplicate"] == 2


def test_the_same_seed_gives_the_same_answers(answered):
    def told() -> list:
        rows = Response.objects.order_by("pk").values_list("pk", "day", "mode", "answers", "flags")
        return list(rows)

    first = told()
    Response.objects.all().delete()
    collection.load(size="small")
    assert [row[0] for row in told()] == [row[0] for row in first]
    assert told() == first


def test_no_name_of_the_demo_is_a_real_one(network):
    names = {user.name for user in User.objects.all()}
    assert all(re.search(r"(Przykładowsk|Wymyśln|Próbn|Zmyślon)[aiy]$", name) for name in names), names
