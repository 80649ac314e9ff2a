"""The plan's task list, states, checks, pace and tasks of the home page: without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from okienko.modules.surveys.rules import (
    AnsweringStatus,
    FieldFigures,
    Pace,
    PlanFacts,
    PointFacts,
    StepState,
    WaveFacts,
    answering_status,
    blocking,
    closes_by_itself,
    expected_at_end,
    form_problems,
    pace,
    plan_steps,
    return_rate,
    tasks_of,
    wave_date_problems,
)

TODAY = date(2026, 11, 10)
POINT = PointFacts("BOK", days_open=20, interval=5, shift_days=4)
READY = PlanFacts(
    today=TODAY,
    opens_on=TODAY,
    closes_on=TODAY + timedelta(14),
    published=True,
    sample_kind="systematic",
    population=4000,
    target=300,
    points=(POINT,),
    links=1,
)


def codes(facts):
    return [problem.code for problem in blocking(plan_steps(facts))]


def test_a_complete_plan_may_be_opened_and_every_step_is_done():
    assert codes(READY) == []
    assert {step.state for step in plan_steps(READY)} == {StepState.DONE}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"published": False}, "not_published"),
        ({"sample_kind": ""}, "kind_missing"),
        ({"points": ()}, "points_missing"),
        ({"links": 0}, "links_missing"),
        ({"earlier_wave_open": True}, "earlier_wave_open"),
        ({"network_opened": False}, "network_not_open"),
        ({"sample_kind": "census", "population": None}, "population_needed"),
        ({"sample_kind": "random_list", "population": None}, "population_needed"),
        ({"points": (replace(POINT, days_open=None),)}, "days_open_missing"),
        ({"points": (replace(POINT, interval=None),)}, "interval_missing"),
        ({"points": (replace(POINT, shift_days=0),)}, "shifts_missing"),
        ({"points": (replace(POINT, shift_days=21),)}, "more_shifts_than_days"),
    ],
)
def test_what_is_missing_forbids_opening(change, code):
    assert codes(replace(READY, **change)) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"purpose": False}, "purpose_missing"),
        ({"target": None}, "target_missing"),
        ({"population": None}, "population_useful"),
        ({"points": (replace(POINT, shift_days=1),)}, "one_shift_only"),
        ({"audience": "staff"}, "staff_answers_may_repeat"),
        ({"opens_on": TODAY - timedelta(30), "closes_on": TODAY - timedelta(9)}, "dates_are_past"),
    ],
)
def test_advice_is_given_but_does_not_forbid_opening(change, code):
    facts = replace(READY, **change)
    assert codes(facts) == []
    advice = [step for step in plan_steps(facts) if step.state is StepState.ADVICE]
    assert [problem.code for step in advice for problem in step.problems] == [code]


def test_a_problem_names_the_points_that_it_concerns():
    facts = replace(READY, points=(POINT, PointFacts("Kasa", 20, 5, 0), PointFacts("Punkt", 20, 5, 0)))
    assert blocking(plan_steps(facts))[0].points == ("Kasa", "Punkt")


def test_only_a_systematic_sample_asks_for_shifts():
    assert "shifts" in [step.code for step in plan_steps(READY)]
    assert "shifts" not in [step.code for step in plan_steps(replace(READY, sample_kind="open"))]


def test_a_census_by_post_and_a_staff_survey_need_no_point():
    assert codes(replace(READY, sample_kind="census", points=())) == []
    assert codes(replace(READY, sample_kind="open", audience="staff", points=())) == []
    assert codes(replace(READY, sample_kind="open", points=())) == ["points_missing"]


def test_a_wave_whose_dates_are_past_needs_no_link():
    past = replace(READY, opens_on=TODAY - timedelta(30), closes_on=TODAY - timedelta(9), links=0)
    assert codes(past) == []


def test_in_a_survey_of_the_network_the_office_settles_only_its_own_part():
    facts = replace(READY, shared=True, purpose=False)
    states = {step.code: step.state for step in plan_steps(facts)}
    assert states["goal"] == states["questionnaire"] == states["when"] == StepState.NETWORK
    assert states["where"] == StepState.DONE


STATES = [
    ("planned", True, 0, AnsweringStatus.NOT_STARTED),
    ("open", True, 0, AnsweringStatus.OPEN),
    ("open", True, -8, AnsweringStatus.NOT_STARTED),
    ("open", True, -7, AnsweringStatus.OPEN),
    ("open", True, 7, AnsweringStatus.OPEN),
    ("open", True, 8, AnsweringStatus.ENDED),
    ("closed", True, 0, AnsweringStatus.ENDED),
    ("open", False, 0, AnsweringStatus.SWITCHED_OFF),
]


@pytest.mark.parametrize(("state", "active", "step", "status"), STATES)
def test_clients_answer_only_in_an_open_wave_within_its_dates(state, active, step, status):
    week = timedelta(7)
    found = answering_status(
        office_wave_state=state,
        link_active=active,
        opens_on=TODAY - week,
        closes_on=TODAY + week,
        today=TODAY + timedelta(step),
    )
    assert found is status


def test_a_wave_closes_by_itself_the_day_after_the_last_day_for_typing():
    given = {"state": "open", "opened_on": TODAY - timedelta(9), "entry_until": TODAY}
    assert not closes_by_itself(**given, today=TODAY)
    assert closes_by_itself(**given, today=TODAY + timedelta(1))
    assert not closes_by_itself(**given | {"state": "closed"}, today=TODAY + timedelta(1))


def test_a_wave_opened_after_its_end_to_import_old_answers_is_closed_by_hand():
    assert not closes_by_itself(
        state="open", opened_on=TODAY, entry_until=TODAY - timedelta(300), today=TODAY + timedelta(5)
    )


@pytest.mark.parametrize(
    ("opens", "closes", "until", "problems"),
    [
        (0, 0, None, {}),
        (0, 14, 20, {}),
        (0, -1, None, {"closes_on": "closes_before_it_opens"}),
        (0, 400, None, {"closes_on": "longer_than_a_year"}),
        (0, 14, 13, {"entry_until": "typed_before_it_closes"}),
        (0, 14, 400, {"entry_until": "typed_a_year_later"}),
    ],
)
def test_dates_of_a_wave_are_checked(opens, closes, until, problems):
    until = None if until is None else TODAY + timedelta(until)
    assert wave_date_problems(TODAY + timedelta(opens), TODAY + timedelta(closes), until) == problems


@pytest.mark.parametrize(
    ("issued", "returned", "spoiled", "problems"),
    [
        (None, None, None, {}),
        (150, None, None, {}),
        (150, 109, None, {}),
        (150, 150, 150, {}),
        (0, 0, 0, {}),
        (None, 5, None, {"issued": "issued_missing"}),
        (5, None, 1, {"returned": "returned_missing"}),
        (5, 6, None, {"returned": "more_returned_than_issued"}),
        (5, 4, 5, {"spoiled": "more_spoiled_than_returned"}),
    ],
)
def test_forms_cannot_come_back_in_greater_number_than_they_went_out(issued, returned, spoiled, problems):
    assert form_problems(issued, returned, spoiled) == problems


def test_the_return_rate_of_150_issued_and_109_returned_is_72_66_per_cent():
    assert round(return_rate(150, 109) * 100, 2) == 72.67  # the town's own report rounds it down to 72.66
    assert return_rate(0, 0) is None
    assert return_rate(10, None) is None
    assert return_rate(None, None) is None


def figures(**change):
    week = timedelta(10)
    return FieldFigures(
        **{"state": "open", "opened": True, "opens_on": TODAY - week, "closes_on": TODAY + week} | change
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"answers": 100, "target": 200}, Pace.ON_COURSE),
        ({"answers": 60, "target": 200}, Pace.LATE),
        ({"answers": 200, "target": 200}, Pace.REACHED),
        ({"answers": 5}, Pace.NOT_PLANNED),
        ({"state": "planned", "opened": False}, Pace.NOT_STARTED),
        ({"state": "planned", "opened": False, "opens_on": TODAY + timedelta(1)}, Pace.WAITING),
        ({"state": "closed"}, Pace.CLOSED),
        ({"state": "closed", "opened": False}, Pace.NEVER_STARTED),
    ],
)
def test_the_pace_of_collecting_is_named(change, expected):
    assert pace(figures(**change), TODAY) is expected


def test_what_is_expected_at_the_end_follows_the_days_that_are_over():
    assert expected_at_end(figures(answers=50), TODAY) == 105
    assert expected_at_end(figures(answers=50, opens_on=TODAY), TODAY) is None
    assert expected_at_end(figures(answers=50, state="closed"), TODAY) is None


def wave(**change):
    given = {
        "state": "open",
        "opens_on": TODAY - timedelta(9),
        "closes_on": TODAY + timedelta(9),
        "entry_until": TODAY + timedelta(16),
    }
    return WaveFacts(**given | change)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"closes_on": TODAY + timedelta(1)}, ["ends_soon"]),
        ({"closes_on": TODAY}, ["ends_soon"]),
        ({"closes_on": TODAY - timedelta(1)}, ["close"]),
        ({"closes_on": TODAY - timedelta(1), "returned_missing": 2}, ["count_forms", "close"]),
        ({"state": "planned", "missing": 3, "opens_on": TODAY + timedelta(5)}, ["plan"]),
        ({"state": "planned", "missing": 3, "opens_on": TODAY + timedelta(200)}, []),
        ({"state": "planned", "opens_on": TODAY + timedelta(5)}, []),
        ({"state": "planned", "opens_on": TODAY}, ["open"]),
        ({"state": "closed"}, []),
    ],
)
def test_the_home_page_names_what_a_wave_needs_today(change, expected):
    assert [task.code for task in tasks_of(wave(**change), TODAY)] == expected


def test_a_task_past_its_day_is_overdue():
    late = wave(state="planned", missing=1, opens_on=TODAY - timedelta(1))
    assert tasks_of(late, TODAY)[0].overdue
    assert not tasks_of(replace(late, opens_on=TODAY), TODAY)[0].overdue
