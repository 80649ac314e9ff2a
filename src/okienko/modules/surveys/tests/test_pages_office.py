"""An office's pages: who may come in, what they show, what they refuse."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.offices.scope import all_offices, open_scope
from okienko.foundation.registry import Role
from okienko.foundation.testing.cast import Person
from okienko.foundation.testing.factories import make_member, make_service_point, scope_of
from okienko.modules.surveys.models import OfficeWave, PointPlan, Shift, Survey, SurveyLink, Wave
from okienko.modules.surveys.tests import factories
from okienko.modules.surveys.tests.pages import WAVE_PAGES, XSS, url


@pytest.mark.parametrize("name", WAVE_PAGES)
@pytest.mark.parametrize("state", ["planned", "running"])
def test_every_page_of_a_wave_opens_for_the_coordinator(anna, office, request, name, state):
    part = request.getfixturevalue(state)
    answer = anna.get(url(name, office, part.pk))
    assert answer.status_code == 200
    assert 'lang="pl"' in answer.content.decode()


@pytest.mark.parametrize("name", WAVE_PAGES)
def test_every_page_of_an_empty_closed_wave_opens(anna, in_office, name):
    part = factories.make_office_wave(in_office, state="closed", sample_kind="")
    assert anna.get(url(name, in_office, part.pk)).status_code == 200


@pytest.mark.parametrize("name", ["survey", "change", "archive", "plan_wave"])
def test_every_page_of_a_survey_opens(anna, office, planned, name):
    assert anna.get(url(name, office, planned.wave.survey_id)).status_code == 200


def test_a_colleague_reads_but_is_not_offered_what_she_may_not_do(bartek, anna, office, planned, running):
    for page in (url("surveys", office), url("survey", office, planned.wave.survey_id)):
        assert bartek.get(page).status_code == 200
    mine, hers = (person.get(url("wave", office, planned.pk)).content.decode() for person in (anna, bartek))
    assert url("people", office, planned.pk) in mine
    assert url("people", office, planned.pk) not in hers
    assert url("open", office, planned.pk) in mine
    assert url("open", office, planned.pk) not in hers
    assert bartek.get(url("links", office, running.pk)).status_code == 200
    for name in ("people", "points", "open", "close", "add_link", "forms"):
        assert bartek.get(url(name, office, running.pk)).status_code == 403


def test_a_clerk_counts_forms_and_plans_nothing(office, running):
    clerk = Person().sign_in(make_member(office, Role.CLERK), office=office)
    assert clerk.get(url("forms", office, running.pk)).status_code == 200
    assert clerk.get(url("people", office, running.pk)).status_code == 403


def test_a_coordinator_elsewhere_finds_nothing_here(celina, office, other_office, running):
    for pk in (running.pk, running.pk + 1000):
        assert celina.get(url("wave", office, pk)).status_code == 404
        assert celina.get(url("wave", other_office, pk)).status_code == 404
        assert celina.post(url("close", other_office, pk)).status_code == 404
    assert celina.get(url("survey", other_office, running.wave.survey_id)).status_code == 404
    with open_scope(scope_of(office)):
        assert OfficeWave.objects.get().state == "open"


def test_an_empty_list_says_what_surveys_are_for_and_offers_the_first_step(anna, bartek, office):
    page = anna.get(url("surveys", office)).content.decode()
    assert url("create", office) in page
    assert "empty" in page
    assert url("create", office) not in bartek.get(url("surveys", office)).content.decode()


def test_the_list_is_narrowed_sorted_and_paged(anna, in_office):
    for name in ("Żółta ankieta", "Ankieta poranna", "Ankieta wieczorna"):
        factories.make_survey(in_office, name=name)
    found = anna.get(url("surveys", in_office), {"q": "ankieta w"}).content.decode()
    assert "Ankieta wieczorna" in found
    assert "Żółta" not in found
    ordered = anna.get(url("surveys", in_office), {"sort": "-name"}).content.decode()
    assert ordered.index("Żółta") < ordered.index("wieczorna") < ordered.index("poranna")
    for hostile in ({"stan": "'; DROP"}, {"page": "9999"}, {"sort": "__class__"}, {"q": "\x00"}):
        assert anna.get(url("surveys", in_office), hostile).status_code == 200


def test_a_survey_is_prepared_and_its_first_wave_planned(anna, in_office, today):
    questionnaire = factories.make_questionnaire(in_office)
    answer = anna.post(
        url("create", in_office),
        {"name": "Po wizycie", "questionnaire": questionnaire.pk, "purpose": "Krócej czekać."},
    )
    survey = Survey.objects.get()
    assert answer.url == url("plan_wave", in_office, survey.pk)
    dates = {"name": "Jesień", "opens_on": today, "closes_on": today + timedelta(13)}
    answer = anna.post(answer.url, {key: str(value) for key, value in dates.items()})
    assert answer.url == url("wave", in_office, OfficeWave.objects.get().pk)
    assert Wave.objects.get().entry_until == today + timedelta(20)


def test_a_foreign_questionnaire_is_refused_by_the_form(anna, in_office, other_office):
    with all_offices("test"):
        foreign = factories.make_questionnaire(other_office)
    answer = anna.post(url("create", in_office), {"name": "x", "questionnaire": foreign.pk})
    assert answer.status_code == 422
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"name": "", "opens_on": "2026-11-02", "closes_on": "2026-11-20"},
        {"name": "x", "opens_on": "2026-11-20", "closes_on": "2026-11-02"},
        {"name": "x", "opens_on": "jutro", "closes_on": "2026-11-02"},
        {"name": "x", "opens_on": "0001-01-01", "closes_on": "9999-12-31"},
        {"name": "x" * 81, "opens_on": "2026-11-02", "closes_on": "2026-11-20"},
        {"name": "x", "opens_on": "2026-11-02", "closes_on": "9999-12-31"},
        {"name": "x", "opens_on": "9999-12-31", "closes_on": "9999-12-31"},
        {
            "name": "x",
            "opens_on": "2026-11-02",
            "closes_on": "2026-11-20",
            "threshold": "99999999999999999999",
        },
        {"name": "x", "opens_on": "2026-11-02", "closes_on": "2026-11-20", "threshold": "2"},
    ],
)
def test_impossible_waves_are_refused_in_words(anna, survey, office, values):
    answer = anna.post(url("plan_wave", office, survey.pk), values)
    assert answer.status_code == 422
    assert "data-error-summary" in answer.content.decode()
    assert not Wave.objects.exists()


def test_the_plan_leads_through_every_section_to_an_open_wave(anna, in_office, today):
    point = make_service_point(in_office, name="Sala obsługi")
    wave = factories.make_wave(
        factories.make_survey(in_office), opens_on=today, closes_on=today + timedelta(27)
    )
    part = factories.make_office_wave(in_office, wave=wave, sample_kind="")

    def send(name, **values):
        answer = anna.post(url(name, in_office, part.pk), values)
        assert answer.status_code == 302, answer.content.decode()

    send("people", sample_kind="systematic", population="4000", population_source="system kolejkowy")
    send("size", target="300", expected_return="70")
    send("points", points=[point.pk])
    plan = PointPlan.objects.get()
    assert SurveyLink.objects.get().service_point == point
    send("point_sizes", **{f"days_open_{plan.pk}": 19, f"visits_{plan.pk}": 4000, f"interval_{plan.pk}": 3})
    send("draw", **{f"days_{plan.pk}": 6})
    assert Shift.objects.count() == 6
    assert "tag-need" not in anna.get(url("wave", in_office, part.pk)).content.decode()
    send("open")
    part.refresh_from_db()
    assert part.state == "open"
    send("forms", **{f"issued_{plan.pk}": 150, f"returned_{plan.pk}": 109, f"spoiled_{plan.pk}": 2})
    assert "72,7%" in anna.get(url("wave", in_office, part.pk)).content.decode()
    send("close")
    part.refresh_from_db()
    assert part.state == "closed"


def test_an_unfinished_plan_says_in_words_what_is_missing(anna, in_office):
    part = factories.make_office_wave(in_office, sample_kind="")
    page = anna.get(url("open", in_office, part.pk)).content.decode()
    assert "<li>" in page
    assert 'method="post" action' not in page.split("panel-red")[1]
    anna.post(url("open", in_office, part.pk))
    part.refresh_from_db()
    assert part.state == "planned"


def test_a_plan_leads_to_the_wave_that_must_close_first(anna, office, running):
    wave = factories.make_wave(running.wave.survey, name="Następna fala")
    following = factories.make_ready(office, wave=wave)
    page = anna.get(url("wave", office, following.pk)).content.decode()
    plan = page[page.index('class="tasks"') :]
    assert "nadal otwarta" in plan
    assert f'href="{url("wave", office, running.pk)}"' in plan


def test_the_seed_of_drawn_days_stands_as_it_is_typed(anna, office, running):
    running.sample_kind, running.shift_seed = "systematic", 1569311296
    running.save()
    plan = PointPlan.objects.get(office_wave=running)
    Shift.objects.create(office_id=office.pk, point_plan=plan, day=running.wave.opens_on)
    assert "1569311296" in anna.get(url("shifts", office, running.pk)).content.decode()


def test_the_list_counts_the_answers_of_the_wave_it_names(anna, office, running, slots):
    later = timezone.localdate() + timedelta(60)
    wave = factories.make_wave(running.wave.survey, name="Następna fala", opens_on=later)
    latest = factories.make_ready(office, wave=wave)
    slots["surveys.wave.counts"] = [lambda ids: {running.pk: 4000, latest.pk: 31}]
    page = anna.get(url("surveys", office)).content.decode()
    assert "Następna fala" in page and ">31</td>" in page


def test_opening_and_closing_twice_tells_the_second_person(anna, office, planned):
    for name, state in (("open", "open"), ("close", "closed")):
        anna.post(url(name, office, planned.pk))
        again = anna.post(url(name, office, planned.pk), follow=True)
        assert "msg" in again.content.decode() or "messages" in again.content.decode()
        planned.refresh_from_db()
        assert planned.state == state


@pytest.mark.parametrize(
    ("issued", "returned", "spoiled"),
    [
        ("5", "6", ""),
        ("", "6", ""),
        ("5", "4", "5"),
        ("-1", "", ""),
        ("9" * 30, "", ""),
        ("1e3", "", ""),
        ("<b>", "", ""),
    ],
)
def test_impossible_numbers_of_forms_are_refused_and_nothing_is_written(
    anna, office, running, issued, returned, spoiled
):
    plan = PointPlan.objects.get()
    values = {f"issued_{plan.pk}": issued, f"returned_{plan.pk}": returned, f"spoiled_{plan.pk}": spoiled}
    answer = anna.post(url("forms", office, running.pk), values)
    assert answer.status_code == 422
    plan.refresh_from_db()
    assert (plan.issued, plan.returned, plan.spoiled) == (None, None, None)


def test_another_offices_points_and_plans_are_not_touched(anna, office, other_office, running):
    with all_offices("test"):
        foreign_point = make_service_point(other_office)
        foreign = factories.make_point_plan(factories.make_office_wave(other_office, state="open"))
    assert anna.post(url("points", office, running.pk), {"points": [foreign_point.pk]}).status_code == 422
    anna.post(url("forms", office, running.pk), {f"issued_{foreign.pk}": 7})
    anna.post(url("point_sizes", office, running.pk), {f"days_open_{foreign.pk}": 7})
    with all_offices("test"):
        foreign.refresh_from_db()
        assert (foreign.issued, foreign.days_open) == (None, 16)


def test_a_point_of_another_wave_is_not_changed_through_this_one(anna, in_office, running):
    other = factories.make_point_plan(factories.make_office_wave(in_office))
    answer = anna.post(
        url("add_shift", in_office, running.pk), {"point": other.pk, "day": str(running.wave.opens_on)}
    )
    assert answer.status_code == 422
    assert not Shift.objects.exists()


def test_a_link_of_another_wave_or_office_is_not_found(anna, in_office, other_office, running):
    with all_offices("test"):
        foreign = factories.make_link(factories.make_office_wave(other_office))
        elsewhere = factories.make_link(factories.make_office_wave(in_office))
    for link in (foreign, elsewhere):
        for name in ("poster", "qr_code", "rename_link", "switch_link"):
            assert anna.get(url(name, in_office, running.pk, link.pk)).status_code == 404
        assert anna.post(url("switch_link", in_office, running.pk, link.pk)).status_code == 404
    with all_offices("test"):
        assert SurveyLink.objects.filter(is_active=False).count() == 0


def test_names_written_by_people_are_shown_as_text(anna, in_office, today):
    survey = factories.make_survey(in_office, name=XSS, purpose=XSS, team=XSS)
    wave = factories.make_wave(survey, name=XSS, opens_on=today, closes_on=today)
    part = factories.make_office_wave(in_office, wave=wave, note=XSS)
    plan = factories.make_point_plan(part, make_service_point(in_office, name=XSS))
    link = factories.make_link(part, plan.service_point, label=XSS)
    pages = [
        url("surveys", in_office),
        url("survey", in_office, survey.pk),
        reverse("web:office_home", args=[in_office.slug]),
    ]
    pages += [url(name, in_office, part.pk) for name in WAVE_PAGES]
    pages += [url(name, in_office, part.pk, link.pk) for name in ("rename_link", "switch_link")]
    for page in pages:
        assert XSS not in anna.get(page).content.decode(), page
    assert anna.get(url("poster", in_office, part.pk, link.pk)).content.startswith(b"%PDF")


def test_a_poster_is_a_tagged_pdf_and_the_code_holds_the_address(anna, office, running, settings):
    settings.SITE_URL = "https://okienko.example"
    link = SurveyLink.objects.get()
    for size in ("a4", "a5"):
        answer = anna.get(url("poster", office, running.pk, link.pk), {"format": size})
        assert answer["Content-Type"] == "application/pdf"
        assert b"/StructTreeRoot" in answer.content
    code = anna.get(url("qr_code", office, running.pk, link.pk))
    assert code["Content-Type"] == "image/svg+xml"
    assert b"<svg" in code.content
    page = anna.get(url("links", office, running.pk)).content.decode()
    assert f"https://okienko.example/a/{link.token}/" in page


def test_a_link_is_added_renamed_switched_off_and_on(anna, office, running):
    anna.post(url("add_link", office, running.pk), {"label": "Strona", "channel": "online"})
    link = SurveyLink.objects.get(label="Strona")
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", link.token)
    assert (
        anna.post(url("add_link", office, running.pk), {"label": "Strona", "channel": "online"}).status_code
        == 422
    )
    anna.post(url("rename_link", office, running.pk, link.pk), {"label": "Strona główna"})
    anna.post(url("switch_link", office, running.pk, link.pk))
    link.refresh_from_db()
    assert (link.label, link.is_active) == ("Strona główna", False)
    anna.post(url("switch_link", office, running.pk, link.pk))
    link.refresh_from_db()
    assert link.is_active


def test_the_answers_so_far_come_from_the_module_above(anna, office, running, slots):
    slots["surveys.wave.counts"] = [lambda ids: dict.fromkeys(ids, 206)]
    page = anna.get(url("wave", office, running.pk)).content.decode()
    assert "206" in page
    assert "z\xa0300" in page


def test_the_calendar_of_a_network_survey_is_only_read_in_an_office(anna, in_network, office, today):
    wave = factories.make_wave(
        factories.make_survey(office, shared=True),
        state="open",
        opens_on=today,
        closes_on=today + timedelta(9),
    )
    part = factories.make_office_wave(office, wave=wave, state="open")
    page = anna.get(url("dates", office, part.pk))
    assert "<form" not in page.content.decode().split("<main")[1]
    anna.post(url("dates", office, part.pk), {"closes_on": str(today + timedelta(99))})
    wave.refresh_from_db()
    assert wave.closes_on == today + timedelta(9)
    for name in ("change", "archive", "plan_wave"):
        assert anna.get(url(name, office, wave.survey_id)).status_code == 404
    assert anna.post(url("drop", office, part.pk)).status_code == 404


def test_the_home_page_says_what_waits_and_what_is_running(anna, bartek, office, running, slots):
    slots["surveys.wave.counts"] = [lambda ids: dict.fromkeys(ids, 7)]
    home = reverse("web:office_home", args=[office.slug])
    page = anna.get(home).content.decode()
    assert url("wave", office, running.pk) in page
    running.wave.closes_on = timezone.localdate()
    running.wave.save()
    assert url("wave", office, running.pk) in anna.get(home).content.decode()
    assert "todo" not in bartek.get(home).content.decode().split("<main")[1]
