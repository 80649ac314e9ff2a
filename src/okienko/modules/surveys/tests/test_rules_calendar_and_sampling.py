"""Open days, sample sizes, margins, shares among points, drawn shifts: without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okienko.modules.surveys.rules import (
    PointDays,
    allocate,
    answers_needed,
    draw_shifts,
    expected_margin,
    forms_needed,
    open_days,
    public_holidays,
    suggested_interval,
)
from okienko.modules.surveys.rules.calendar import easter


@pytest.mark.parametrize(
    ("year", "day"), [(2000, (4, 23)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter_falls_where_the_church_calendar_says(year, day):
    assert easter(year) == date(year, *day)


def test_corpus_christi_and_christmas_eve_are_holidays():
    assert date(2026, 6, 4) in public_holidays(2026)
    assert date(2026, 12, 24) in public_holidays(2026)
    assert date(2024, 12, 24) not in public_holidays(2024)


def test_a_point_without_hours_works_from_monday_to_friday_but_not_on_holidays():
    days = open_days({}, date(2026, 11, 9), date(2026, 11, 15))
    assert [day.day for day in days] == [9, 10, 12, 13]


def test_a_point_is_open_on_the_days_of_its_hours():
    hours = {"mon": [["08:00", "18:00"]], "sat": [["09:00", "12:00"]], "tue": []}
    assert [day.day for day in open_days(hours, date(2026, 11, 2), date(2026, 11, 15))] == [2, 7, 9, 14]


def test_one_day_waves_and_waves_over_new_year_work():
    assert open_days({}, date(2026, 11, 10), date(2026, 11, 10)) == (date(2026, 11, 10),)
    assert [d.day for d in open_days({}, date(2026, 12, 31), date(2027, 1, 4))] == [31, 4]


# Cochran (1977), ch. 4.4: n0 = z^2 p q / e^2; the classic table of 385, 278 (N = 1000), 1068
@pytest.mark.parametrize(
    ("margin", "population", "answers"),
    [
        (0.05, None, 385),
        (0.05, 1000, 278),
        (0.03, None, 1068),
        (0.05, 100, 80),
        (0.1, None, 97),
        (0.05, 1, 1),
    ],
)
def test_the_number_of_answers_follows_the_formula_with_finite_correction(margin, population, answers):
    assert answers_needed(margin, population) == answers


def test_a_design_effect_asks_for_more_answers():
    assert answers_needed(0.05, design_effect=2) == 769


@pytest.mark.parametrize("margin", [0, 1, -0.1, 5])
def test_an_impossible_margin_is_refused(margin):
    with pytest.raises(ValueError, match="margin"):
        answers_needed(margin)


@given(st.floats(0.005, 0.5), st.integers(2, 10_000_000))
def test_the_margin_of_the_answers_needed_is_no_wider_than_asked_for(margin, population):
    answers = answers_needed(margin, population)
    assert 1 <= answers <= population
    found = expected_margin(answers, population)
    assert found is None or found <= margin + 1e-9


def test_a_margin_needs_two_answers_and_is_zero_when_everybody_answered():
    assert expected_margin(0) is None
    assert expected_margin(1, 10) is None
    assert expected_margin(50, 50) == 0
    assert expected_margin(60, 50) == 0


def test_forms_are_counted_for_the_expected_return():
    assert forms_needed(278, 73) == 381
    assert forms_needed(10, 100) == 10
    with pytest.raises(ValueError, match="return"):
        forms_needed(10, 0)


@given(st.integers(0, 10_000), st.lists(st.none() | st.integers(0, 100_000), max_size=30))
def test_shares_of_points_add_up_and_no_empty_point_gets_more_than_a_full_one(total, sizes):
    shares = allocate(total, sizes)
    assert sum(shares) == (total if sizes else 0)
    if any(sizes):
        assert all(not share or size for share, size in zip(shares, sizes, strict=True))


def test_the_interval_lets_as_many_forms_go_out_as_wanted():
    assert suggested_interval(visits=1000, days_open=20, shift_days=4, forms=40) == 5
    assert suggested_interval(visits=10, days_open=20, shift_days=4, forms=40) == 1
    assert suggested_interval(visits=0, days_open=0, shift_days=0, forms=0) == 1


def _days(number):
    return [date(2026, 11, 2) + timedelta(step) for step in range(number)]


def test_the_same_seed_draws_the_same_days_and_another_seed_others():
    points = [PointDays(1, "kasa", _days(20), 5, 7), PointDays(2, "bok", _days(20), 5)]
    assert draw_shifts(points, 11) == draw_shifts(points, 11)
    assert draw_shifts(points, 11) != draw_shifts(points, 12)


def test_adding_a_point_leaves_the_days_of_the_others():
    kasa, bok = PointDays(1, "kasa", _days(20), 5, 7), PointDays(2, "bok", _days(20), 5)
    assert draw_shifts([kasa], 3) == tuple(s for s in draw_shifts([bok, kasa], 3) if s.point == 1)


@given(st.integers(0, 2**31), st.integers(0, 40), st.integers(1, 9))
def test_drawn_days_are_different_open_days_with_a_start_within_the_interval(seed, wanted, interval):
    drawn = draw_shifts([PointDays(1, "bok", _days(20), wanted, interval)], seed)
    assert len({shift.day for shift in drawn}) == len(drawn) == min(wanted, 20)
    assert {shift.day for shift in drawn} <= set(_days(20))
    assert all(1 <= shift.first_client <= interval for shift in drawn)


def test_every_day_is_drawn_about_equally_often():
    times = dict.fromkeys(_days(10), 0)
    for seed in range(2000):
        for shift in draw_shifts([PointDays(1, "bok", _days(10), 3)], seed):
            times[shift.day] += 1
    assert all(500 < count < 700 for count in times.values())
