"""The home page of an office on its way to the first wave, between waves, and after an early close."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.registry import Role
from okienko.foundation.testing.cast import Person
from okienko.foundation.testing.factories import make_member
from okienko.foundation.ui import words
from okienko.modules.surveys import services
from okienko.modules.surveys.rules import StartFacts, first_step, tasks_of
from okienko.modules.surveys.tests import factories
from okienko.modules.surveys.tests.pages import url
from okienko.modules.surveys.tests.test_rules_plan import TODAY, wave


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (StartFacts(0, 0, 0), "questionnaire"),
        (StartFacts(0, 2, 0), "publish"),
        (StartFacts(0, 2, 1), "survey"),
        (StartFacts(1, 2, 0), "first_wave"),
    ],
)
def test_each_step_comes_when_the_one_before_is_done(facts, step):
    assert first_step(facts) == step


def test_who_handed_out_no_paper_is_not_told_to_finish_typing():
    over = wave(closes_on=TODAY.replace(day=1), entry_until=TODAY)
    assert [task.code for task in tasks_of(over, TODAY)] == ["close"]
    assert [task.code for task in tasks_of(replace(over, paper=True), TODAY)] == ["finish"]


@pytest.fixture
def home(in_office):
    return reverse("web:office_home", args=[in_office.slug])


def tasks(person, home) -> str:
    """What the page says waits today; nothing where there is no such panel."""
    page = person.get(home).content.decode()
    return page.split('id="tasks"')[1].split("</section>")[0] if 'id="tasks"' in page else ""


def test_an_office_without_a_questionnaire_begins_in_the_library(anna, bartek, in_office, home):
    assert reverse("questionnaires:library", args=[in_office.slug]) in tasks(anna, home)
    assert "Weź gotowy kwestionariusz" in tasks(anna, home)
    assert tasks(bartek, home) == ""


def test_an_office_with_a_questionnaire_is_not_sent_for_another(anna, in_office, home):
    draft = factories.make_questionnaire(in_office, published=False, name="Nasza ankieta")
    found = tasks(anna, home)
    assert reverse("questionnaires:questionnaire", args=[in_office.slug, draft.pk]) in found
    assert "Weź gotowy" not in found + anna.get(url("surveys", in_office)).content.decode()
    factories.make_version(draft)
    found = tasks(anna, home)
    assert url("create", in_office) in found
    assert "Nasza ankieta" in found


def test_the_networks_questionnaire_will_do_as_well(anna, in_network, office):
    factories.make_questionnaire(office, shared=True, name="Ankieta sieci")
    assert "Ankieta sieci" in tasks(anna, reverse("web:office_home", args=[office.slug]))


def test_a_survey_without_a_wave_is_led_to_its_first_one(anna, in_office, home):
    survey = factories.make_survey(in_office)
    assert url("plan_wave", in_office, survey.pk) in tasks(anna, home)


def test_with_a_wave_running_no_first_step_is_offered(anna, running, home):
    assert "Weź gotowy" not in tasks(anna, home)
    assert "pierwsz" not in tasks(anna, home)


def test_after_the_last_wave_the_next_one_is_proposed_to_who_may_plan_it(anna, bartek, in_office, home):
    part = factories.make_office_wave(in_office, state="closed")
    page = anna.get(home).content.decode()
    assert "pierwsz" not in tasks(anna, home)
    assert "Zaplanuj następną falę" in page
    assert url("survey", in_office, part.wave.survey_id) in page
    assert "Zaplanuj" not in bartek.get(home).content.decode()


def test_who_may_not_prepare_a_survey_is_not_invited_to(in_office, home):
    clerk = Person().sign_in(make_member(in_office, Role.CLERK), office=in_office)
    assert "Przygotuj badanie" not in clerk.get(home).content.decode()


def test_an_early_close_is_told_with_its_day_and_shut_links(anna, in_office, running):
    planned = words.day(running.wave.closes_on)
    assert "Działa jeden link" in anna.get(url("wave", in_office, running.pk)).content.decode()
    services.close_office_wave(office_wave=running, by=anna.actor, at=timezone.now())
    today = words.day(timezone.localdate())
    page = anna.get(url("wave", in_office, running.pk)).content.decode()
    assert f"Fala została zamknięta {today}" in page
    assert f"plan: {planned}" in page
    assert page.count(planned) == 1, "nowhere else as if it still held"
    assert "Działa" not in page
    assert "Linki są zamknięte" in page
    assert "zamknięty" in anna.get(url("links", in_office, running.pk)).content.decode()
    for listing in (url("survey", in_office, running.wave.survey_id), url("surveys", in_office)):
        assert words.days(running.wave.opens_on, timezone.localdate()) in anna.get(listing).content.decode()
