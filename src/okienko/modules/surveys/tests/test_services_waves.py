"""Surveys and waves: planning, copying the last wave, changing dates, choosing offices."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.scope import ScopeViolation, all_offices, open_scope
from okienko.foundation.testing.factories import make_network, make_office, make_service_point, scope_of
from okienko.modules.questionnaires import library
from okienko.modules.surveys import services
from okienko.modules.surveys.models import OfficeWave, PointPlan, Shift, Survey, SurveyLink, Wave
from okienko.modules.surveys.tests import factories
from okienko.modules.surveys.tests.factories import AT, TODAY

AUTUMN = services.WaveDates("Jesień 2026", date(2026, 11, 2), date(2026, 11, 27))
SPRING = services.WaveDates("Wiosna 2027", date(2027, 4, 5), date(2027, 4, 30))


def refused(code):
    return pytest.raises(ValidationError, check=lambda error: code in codes(error))


def codes(error):
    groups = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return [item.code for group in groups for item in group]


def describe(name="Ankieta po wizycie"):
    return services.SurveyDescription(name, "Skrócić kolejki.", "Biuro Obsługi", True)


def test_a_coordinator_prepares_a_survey_and_the_history_says_so(anna, in_office):
    questionnaire = factories.make_questionnaire(in_office)
    survey = services.create_survey(
        office=in_office, questionnaire=questionnaire, description=describe(), by=anna.actor, at=AT
    )
    assert (survey.office, survey.network, survey.purpose) == (
        in_office,
        in_office.network,
        "Skrócić kolejki.",
    )
    entry = AuditEntry.objects.get(code="surveys.plan")
    assert entry.after["name"] == "Ankieta po wizycie"


def test_a_colleague_without_the_right_prepares_nothing(bartek, in_office):
    questionnaire = factories.make_questionnaire(in_office)
    with pytest.raises(PermissionDenied):
        services.create_survey(
            office=in_office, questionnaire=questionnaire, description=describe(), by=bartek.actor, at=AT
        )
    assert not Survey.objects.exists()


def test_another_offices_questionnaire_is_refused(anna, in_office, other_office):
    with all_offices("test"):
        foreign = factories.make_questionnaire(other_office)
    with refused("foreign_questionnaire"):
        services.create_survey(
            office=in_office, questionnaire=foreign, description=describe(), by=anna.actor, at=AT
        )


def test_a_network_survey_needs_the_networks_questionnaire(dorota, in_network, office):
    own = factories.make_questionnaire(office)
    with refused("foreign_questionnaire"):
        services.create_network_survey(
            network=in_network, questionnaire=own, description=describe(), by=dorota.actor, at=AT
        )


def test_an_office_does_not_write_the_networks_survey(dorota, anna, in_network, office):
    survey = factories.make_survey(office, shared=True)
    with open_scope(scope_of(office)), pytest.raises(ScopeViolation):
        services.change_survey(
            survey=survey, questionnaire=survey.questionnaire, description=describe(), by=anna.actor, at=AT
        )
    with open_scope(scope_of(office)), pytest.raises(ScopeViolation):
        services.plan_wave(survey=survey, dates=AUTUMN, by=anna.actor, at=AT)
    assert not Wave.objects.exists()


def test_the_first_wave_has_a_week_for_typing_and_shows_groups_from_five(anna, survey):
    wave = services.plan_wave(survey=survey, dates=AUTUMN, by=anna.actor, at=AT)
    assert (wave.number, wave.threshold, wave.entry_until) == (1, 5, date(2026, 12, 4))
    assert OfficeWave.objects.get(wave=wave).office == survey.office


def test_a_staff_survey_shows_groups_from_ten_and_never_fewer(anna, in_office):
    survey = factories.make_survey(
        in_office, questionnaire=factories.make_questionnaire(in_office, audience="staff")
    )
    assert services.plan_wave(survey=survey, dates=AUTUMN, by=anna.actor, at=AT).threshold == 10
    low = services.WaveDates("x", TODAY, TODAY, threshold=9)
    with refused("threshold_too_low"):
        services.plan_wave(survey=survey, dates=low, by=anna.actor, at=AT)


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        (services.WaveDates("x", TODAY, TODAY - timedelta(1)), "closes_before_it_opens"),
        (services.WaveDates("x", TODAY, TODAY + timedelta(999)), "longer_than_a_year"),
        (services.WaveDates("x", TODAY, TODAY, TODAY - timedelta(1)), "typed_before_it_closes"),
        (services.WaveDates("x", TODAY, TODAY, threshold=1), "threshold_too_low"),
    ],
)
def test_impossible_dates_are_refused_and_nothing_is_planned(anna, survey, dates, code):
    with refused(code):
        services.plan_wave(survey=survey, dates=dates, by=anna.actor, at=AT)
    assert not Wave.objects.exists()


def test_an_archived_survey_gets_no_wave_until_it_is_restored(anna, survey):
    services.archive_survey(survey=survey, by=anna.actor, at=AT)
    with refused("archived"):
        services.plan_wave(survey=survey, dates=AUTUMN, by=anna.actor, at=AT)
    services.restore_survey(survey=survey, by=anna.actor, at=AT)
    assert services.plan_wave(survey=survey, dates=AUTUMN, by=anna.actor, at=AT).number == 1


def test_a_survey_with_an_open_wave_is_not_archived(anna, open_wave):
    with refused("has_open_wave"):
        services.archive_survey(survey=open_wave.wave.survey, by=anna.actor, at=AT)


def test_the_next_wave_takes_over_the_plan_of_the_last_one_and_draws_new_days(anna, in_office):
    hours = {"mon": [["08:00", "16:00"]], "wed": [["08:00", "16:00"]]}
    point, gone = make_service_point(in_office, hours=hours), make_service_point(in_office)
    last = factories.make_office_wave(
        in_office, state="closed", sample_kind="systematic", target=300, expected_return=70, population=900
    )
    plan = factories.make_point_plan(last, point, interval=4, visits=800, issued=50, returned=40)
    factories.make_point_plan(last, gone)
    for day in (3, 5, 9):
        Shift.objects.create(office=in_office, point_plan=plan, day=date(2026, 11, day))
    gone.is_active = False
    gone.save()

    wave = services.plan_wave(survey=last.wave.survey, dates=SPRING, seed=7, by=anna.actor, at=AT)
    part = OfficeWave.objects.get(wave=wave)
    assert (part.sample_kind, part.target, part.expected_return) == ("systematic", 300, 70)
    assert part.population is None  # last autumn's number of clients says nothing about the spring
    new = PointPlan.objects.get(office_wave=part)
    assert (new.service_point, new.interval, new.visits, new.issued, new.returned) == (
        point,
        4,
        800,
        None,
        None,
    )
    # Mondays and Wednesdays of April 2027, Easter Monday is 29 March: 5, 7, 12, 14, 19, 21, 26, 28
    assert new.days_open == 8
    days = list(Shift.objects.filter(point_plan=new).values_list("day", flat=True))
    assert len(days) == 3
    assert {day.weekday() for day in days} <= {0, 2}
    assert part.shift_seed == 7
    assert Shift.objects.filter(point_plan=plan).count() == 3


def test_two_waves_planned_at_the_same_moment_do_not_share_a_number(anna, survey, monkeypatch):
    services.plan_wave(survey=survey, dates=AUTUMN, by=anna.actor, at=AT)
    # the second planner read the last number before the first one wrote
    monkeypatch.setattr("django.db.models.QuerySet.aggregate", lambda *_args, **_kwargs: {"last": 0})
    with refused("number_taken"):
        services.plan_wave(survey=survey, dates=SPRING, by=anna.actor, at=AT)
    monkeypatch.undo()
    assert Wave.objects.count() == 1


def test_changing_the_dates_follows_the_calendar_except_where_somebody_corrected_it(anna, in_office, survey):
    wave = services.plan_wave(survey=survey, dates=AUTUMN, by=anna.actor, at=AT)
    part = OfficeWave.objects.get(wave=wave)
    points = [make_service_point(in_office), make_service_point(in_office)]
    services.set_points(office_wave=part, points=points, by=anna.actor, at=AT)
    first, second = PointPlan.objects.order_by("pk")
    assert first.days_open == 19  # 20 weekdays without 11 November
    services.plan_points(
        office_wave=part, sizes={second.pk: services.PointSize(3, None, None)}, by=anna.actor, at=AT
    )
    for day in (date(2026, 11, 3), date(2026, 11, 20)):
        when = services.ShiftTime(day)
        services.add_shift(plan=first, when=when, by=anna.actor, at=AT)
    shorter = services.WaveDates("Jesień 2026", date(2026, 11, 2), date(2026, 11, 13))
    services.change_wave(wave=wave, dates=shorter, by=anna.actor, at=AT)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.days_open, second.days_open) == (9, 3)
    assert [shift.day.day for shift in Shift.objects.all()] == [3]


def test_the_dates_of_an_open_wave_are_extended_never_rewritten(anna, open_wave):
    wave = open_wave.wave
    with refused("opened"):
        services.change_wave(wave=wave, dates=AUTUMN, by=anna.actor, at=AT)
    gap = wave.entry_until - wave.closes_on
    later = wave.closes_on + timedelta(5)
    wave = services.extend_wave(wave=wave, closes_on=later, by=anna.actor, at=AT)
    assert (wave.closes_on, wave.entry_until) == (later, later + gap)
    with refused("not_extended"):
        services.extend_wave(wave=wave, closes_on=later - timedelta(1), by=anna.actor, at=AT)


def test_a_wave_past_its_end_is_extended_from_today_on(anna, in_office):
    survey = factories.make_survey(in_office)
    wave = factories.make_wave(
        survey, state="open", opens_on=TODAY - timedelta(20), closes_on=TODAY - timedelta(5)
    )
    with refused("extended_to_the_past"):
        services.extend_wave(wave=wave, closes_on=TODAY - timedelta(1), by=anna.actor, at=AT)
    assert services.extend_wave(wave=wave, closes_on=TODAY, by=anna.actor, at=AT).closes_on == TODAY
    with refused("longer_than_a_year"):
        services.extend_wave(wave=wave, closes_on=TODAY + timedelta(800), by=anna.actor, at=AT)


def test_a_closed_wave_is_not_extended(anna, in_office):
    wave = factories.make_office_wave(in_office, state="closed").wave
    with refused("closed"):
        services.extend_wave(wave=wave, closes_on=TODAY + timedelta(99), by=anna.actor, at=AT)


def test_a_planned_wave_is_given_up_with_all_that_was_planned(anna, ready):
    survey = ready.wave.survey
    services.drop_wave(wave=ready.wave, by=anna.actor, at=AT)
    assert not (Wave.objects.exists() or OfficeWave.objects.exists() or PointPlan.objects.exists())
    assert not SurveyLink.objects.exists()
    entry = AuditEntry.objects.filter(target_type="surveys.survey", target_id=str(survey.pk)).get()
    assert entry.before["wave"] == "Fala 1"


def test_an_open_wave_is_not_given_up(anna, open_wave):
    with refused("opened"):
        services.drop_wave(wave=open_wave.wave, by=anna.actor, at=AT)


def test_a_network_plans_a_wave_in_the_chosen_offices(dorota, in_network, office, other_office):
    survey = factories.make_survey(office, shared=True)
    wave = services.plan_network_wave(survey=survey, dates=AUTUMN, offices=[office], by=dorota.actor, at=AT)
    assert [row.office for row in OfficeWave.objects.filter(wave=wave)] == [office]
    services.choose_offices(wave=wave, offices=[other_office], by=dorota.actor, at=AT)
    assert [row.office for row in OfficeWave.objects.filter(wave=wave)] == [other_office]


def test_an_office_of_another_network_never_takes_part(dorota, in_network, office):
    survey = factories.make_survey(office, shared=True)
    stranger = make_office(make_network("Inna sieć"))
    with refused("foreign_offices"):
        services.plan_network_wave(
            survey=survey, dates=AUTUMN, offices=[office, stranger], by=dorota.actor, at=AT
        )
    with refused("no_offices"):
        services.plan_network_wave(survey=survey, dates=AUTUMN, offices=[], by=dorota.actor, at=AT)
    assert not Wave.objects.exists()


def test_an_office_that_has_opened_the_wave_stays_in_it(dorota, in_network, office, other_office):
    wave = factories.make_wave(factories.make_survey(office, shared=True), state="open")
    factories.make_office_wave(office, wave=wave, state="open")
    with refused("opened_offices") as caught:
        services.choose_offices(wave=wave, offices=[other_office], by=dorota.actor, at=AT)
    assert office.name in str(caught.value)
    services.choose_offices(wave=wave, offices=[office, other_office], by=dorota.actor, at=AT)
    assert OfficeWave.objects.filter(wave=wave).count() == 2


def test_planning_a_network_wave_asks_no_more_of_the_database_for_more_offices(
    dorota, in_network, office, other_office, django_assert_max_num_queries
):
    survey = factories.make_survey(office, shared=True)
    offices = [office, other_office, *(make_office(in_network) for _ in range(20))]
    with all_offices("test"):
        services.plan_network_wave(survey=survey, dates=AUTUMN, offices=offices, by=dorota.actor, at=AT)
        for part in OfficeWave.objects.all():
            factories.make_point_plan(part)
        with django_assert_max_num_queries(25):
            services.plan_network_wave(survey=survey, dates=SPRING, offices=offices, by=dorota.actor, at=AT)
    with all_offices("test"):
        assert PointPlan.objects.count() == 44


def test_weights_of_areas_are_fixed_until_the_wave_closes(dorota, in_network, office):
    clients = json.loads(library.read("klienci"))
    questionnaire = factories.make_questionnaire(office, shared=True, definition=clients)
    wave = factories.make_wave(factories.make_survey(office, shared=True, questionnaire=questionnaire))
    area = clients["areas"][0]["code"]
    for weights, code in (({"nie_ma": 1.0}, "weights_unknown"), ({area: 0.0}, "weights_zero")):
        with refused(code):
            services.weigh_areas(wave=wave, weights=weights, by=dorota.actor, at=AT)
    services.weigh_areas(wave=wave, weights={area: 2.0}, by=dorota.actor, at=AT)
    wave.refresh_from_db()
    assert wave.area_weights == {area: 2.0}
    Wave.objects.filter(pk=wave.pk).update(state="closed")
    with refused("closed"):
        services.weigh_areas(wave=wave, weights={}, by=dorota.actor, at=AT)
