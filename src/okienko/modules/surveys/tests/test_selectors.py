"""What the module tells those above it: links, designs, response figures, advice; and the closing job."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from okienko.foundation.jobs.orders import enqueue
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import ScopeMissing, all_offices, open_scope
from okienko.foundation.testing.factories import make_service_point, scope_of
from okienko.modules.surveys import selectors
from okienko.modules.surveys.jobs import close_waves
from okienko.modules.surveys.models import OfficeWave, Shift, SurveyLink, Wave
from okienko.modules.surveys.selectors import AnsweringStatus
from okienko.modules.surveys.tests import factories
from okienko.modules.surveys.tests.factories import TODAY


def test_a_token_is_looked_up_in_one_query_without_any_scope(office, django_assert_num_queries, caplog):
    with open_scope(scope_of(office)):
        part = factories.make_office_wave(office, state="open")
        plan = factories.make_point_plan(part)
        link = factories.make_link(part, plan.service_point, channel="in_person")
    with django_assert_num_queries(1):
        found = selectors.link_for_answering(link.token)
    assert (found.office_id, found.network_id, found.office_wave_id) == (
        office.pk,
        office.network_id,
        part.pk,
    )
    assert (found.version_id, found.service_point_name) == (part.wave.version_id, plan.service_point.name)
    assert found.audience == "clients"
    assert found.status(TODAY) is AnsweringStatus.OPEN
    assert link.token not in caplog.text
    assert "all_offices" not in caplog.text
    with pytest.raises(ScopeMissing):
        SurveyLink.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token", ["", "x", "A" * 22, "../../etc", "A" * 41, "ż" * 22, "' OR 1=1 --", "A" * 21 + "\n"]
)
def test_an_unknown_or_ill_formed_token_is_nothing(token):
    assert selectors.link_for_answering(token) is None


def test_a_link_without_a_point_of_a_planned_wave_says_not_started(office):
    with open_scope(scope_of(office)):
        link = factories.make_link(factories.make_office_wave(office))
    found = selectors.link_for_answering(link.token)
    assert (found.service_point_id, found.version_id) == (None, None)
    assert found.status(TODAY) is AnsweringStatus.NOT_STARTED


def test_the_address_is_made_in_one_place(settings):
    settings.SITE_URL = "https://okienko.example"
    assert selectors.answer_url("abc") == "https://okienko.example/a/abc/"


def test_the_design_names_strata_with_their_days_and_the_wave_before(in_office):
    before = factories.make_office_wave(in_office, state="closed")
    skipped = factories.make_office_wave(
        in_office,
        state="closed",
        wave=factories.make_wave(before.wave.survey, state="closed"),
        opened_at=None,
    )
    part = factories.make_office_wave(
        in_office, wave=factories.make_wave(before.wave.survey), sample_kind="systematic", population=4000
    )
    point = make_service_point(in_office, code="bok")
    plan = factories.make_point_plan(part, point, interval=4, visits=900, days_open=20)
    for day, hour in ((3, 8), (3, 12), (5, None)):
        Shift.objects.create(
            office=in_office, point_plan=plan, day=date(2026, 11, day), starts_at=hour and f"{hour}:00"
        )
    design = selectors.design_of(part)
    assert skipped.never_begun
    assert (design.previous_id, design.is_probability, design.population) == (before.pk, True, 4000)
    (stratum,) = design.strata
    assert (stratum.code, stratum.psus, stratum.interval, stratum.visits) == ("bok", 20, 4, 900)
    # two shifts on one day are one primary unit
    assert stratum.drawn_days == (date(2026, 11, 3), date(2026, 11, 5))
    assert selectors.psu_code("bok", date(2026, 11, 3)) == "bok/2026-11-03"


@pytest.mark.parametrize(
    ("kind", "probability"), [("open", False), ("census", True), ("random_list", True), ("", False)]
)
def test_only_chance_makes_a_probability_sample(in_office, kind, probability):
    part = factories.make_office_wave(in_office, sample_kind=kind)
    assert selectors.design_of(part).is_probability is probability


def test_response_figures_add_up_what_is_counted_and_leave_the_rest_unknown(in_office, slots):
    part = factories.make_office_wave(in_office, state="open", target=300)
    slots["surveys.wave.counts"] = [lambda ids: dict.fromkeys(ids, 206)]
    assert selectors.response_figures(part).issued is None
    factories.make_point_plan(part, issued=150, returned=109, spoiled=2)
    factories.make_point_plan(part, issued=120)
    figures = selectors.response_figures(part)
    assert (figures.issued, figures.returned, figures.spoiled, figures.usable) == (270, 109, 2, 107)
    # the box that nobody has opened yet does not lower the rate
    assert round(figures.return_rate, 4) == 0.7267
    assert (figures.answers, figures.target) == (206, 300)


def test_counts_of_several_modules_add_up_and_missing_ones_are_zero(in_office, slots):
    slots["surveys.wave.counts"] = [lambda ids: {1: 3}, lambda ids: {1: 4, 2: 1}]
    assert selectors.answers_of([1, 2, 9]) == {1: 7, 2: 1, 9: 0}
    assert selectors.answers_of([]) == {}


def test_the_advice_follows_population_return_and_the_likeness_of_days(in_office):
    part = factories.make_office_wave(in_office, sample_kind="census", population=1000, expected_return=50)
    by_margin = {row.margin: row for row in selectors.size_advice(part)}
    assert (by_margin[0.05].answers, by_margin[0.05].forms) == (278, 556)
    part.sample_kind = "systematic"
    assert {row.margin: row for row in selectors.size_advice(part)}[0.05].answers > 278
    part.sample_kind, part.target = "census", 278
    own = selectors.size_advice(part)[0]
    assert own.chosen and (own.answers, own.forms) == (278, 556) and round(own.margin, 3) == 0.05
    part.sample_kind = "open"
    assert selectors.size_advice(part) == []
    assert selectors.margin_of(part, 500) is None


def test_forms_are_shared_among_points_by_their_clients(in_office):
    part = factories.make_office_wave(in_office, target=100, expected_return=50)
    factories.make_point_plan(part, make_service_point(in_office, name="A"), visits=3000, days_open=20)
    factories.make_point_plan(part, make_service_point(in_office, name="B"), visits=1000, days_open=20)
    advice = [item for _plan, item in selectors.interval_advice(part)]
    assert [(item.answers, item.forms, item.interval) for item in advice] == [(75, 150, 6), (25, 50, 6)]


def test_plan_facts_of_many_waves_take_a_fixed_number_of_queries(in_office, django_assert_num_queries):
    for _ in range(2):
        for _ in range(4):
            factories.make_ready(in_office)
        parts = list(selectors.office_waves())
        with django_assert_num_queries(4):
            facts = selectors.plan_facts_of(parts, TODAY)
        assert all(item.links == 1 and len(item.points) == 1 for item in facts.values())


def test_counted_links_are_the_links_that_are_listed(in_office):
    old = factories.make_office_wave(in_office, state="closed")
    stays, leaves = make_service_point(in_office), make_service_point(in_office)
    for point in (stays, leaves, None):
        factories.make_link(old, point)
    new = factories.make_office_wave(in_office, wave=factories.make_wave(old.wave.survey))
    factories.make_point_plan(new, stays)
    factories.make_link(new, stays, is_active=False)
    listed = [link for link in selectors.links_of(new) if link.is_active]
    assert selectors.plan_facts(new, TODAY).links == len(listed) == 2


def test_an_office_lists_its_own_surveys_and_those_of_the_network_it_takes_part_in(
    in_network, office, other_office
):
    own = factories.make_survey(office)
    shared = factories.make_survey(office, shared=True)
    factories.make_office_wave(office, wave=factories.make_wave(shared))
    elsewhere = factories.make_survey(office, shared=True)
    factories.make_office_wave(other_office, wave=factories.make_wave(elsewhere))
    with open_scope(scope_of(office)):
        assert set(selectors.office_surveys(office)) == {own, shared}


def test_the_schedule_closes_what_is_past_and_leaves_the_rest(office, run_jobs, slots):
    now = timezone.now()
    today = timezone.localdate()

    def wave(days_ago, opened_days_ago):
        closes = today - timedelta(days_ago + 7)
        row = factories.make_wave(
            factories.make_survey(office), state="open", opens_on=closes - timedelta(9), closes_on=closes,
            opened_at=now - timedelta(opened_days_ago),
        )  # fmt: skip
        factories.make_office_wave(office, wave=row, state="open")
        return row.pk

    with all_offices("test"):
        past, last_day, retrospective = wave(1, 20), wave(0, 20), wave(300, 1)
        enqueue(close_waves, by=system_actor("schedule"), title="zamykanie")
    run_jobs()
    with all_offices("test"):
        states = dict(Wave.objects.values_list("pk", "state"))
        assert states == {past: "closed", last_day: "open", retrospective: "open"}
        assert OfficeWave.objects.get(wave=past).state == "closed"


def test_a_wave_closed_early_ended_when_it_was_closed(office):
    with open_scope(scope_of(office)):
        part = factories.make_office_wave(office, state="closed")
        assert part.wave.closes_on > TODAY
        assert selectors.design_of(part).closes_on == timezone.localdate(part.closed_at) == TODAY
        part.closed_at += timedelta(days=60)
        assert selectors.design_of(part).closes_on == part.wave.closes_on
