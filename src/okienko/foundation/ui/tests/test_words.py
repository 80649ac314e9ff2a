from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from okienko.foundation.ui import words

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


@pytest.fixture(autouse=True)
def in_polish():
    with translation.override("pl"):
        yield


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1234.5, 1, "1\u00a0234,5"),
        (5842, None, "5\u00a0842"),
        (4.1, 2, "4,10"),
        (4.118, 2, "4,12"),
        (0.999, 1, "1,0"),
        (0, 2, "0,00"),
        (-0.05, 2, "\u22120,05"),
        (-0.001, 2, "0,00"),
        (None, 2, "–"),
    ],
)
def test_numbers_have_a_comma_and_a_space_that_does_not_break(value, places, text):
    assert words.number(value, places) == text


def test_numbers_follow_the_language_of_the_page():
    with translation.override("en"):
        assert words.number(1234.5, 1) == "1,234.5"
        assert words.out_of(140) == "of 140"
        assert words.day(date(2026, 11, 22)) == "22\u00a0November 2026"


def test_a_change_shows_its_sign_and_nothing_shows_none():
    assert words.signed(0.21, 2) == "+0,21"
    assert words.signed(-0.21, 2) == "\u22120,21"
    assert words.signed(0.001, 2) == "0,00"


def test_a_share_is_a_percentage():
    assert words.percent(0.634) == "63%"
    assert words.percent(0.634, 1) == "63,4%"


def test_an_interval_with_a_negative_end_is_said_in_words():
    assert words.interval(4.03, 4.21) == "4,03–4,21"
    assert words.interval(-0.05, 0.34) == "od \u22120,05 do 0,34"


def test_days_say_once_what_both_ends_share():
    assert (
        words.days(date(2026, 10, 19), date(2026, 11, 13)) == "19\u00a0października – 13\u00a0listopada 2026"
    )
    assert words.days(date(2026, 11, 2), date(2026, 11, 13)) == "2–13\u00a0listopada 2026"
    assert words.days(date(2026, 12, 30), date(2027, 1, 2)) == "30\u00a0grudnia 2026 – 2\u00a0stycznia 2027"
    assert words.days(date(2026, 12, 30), date(2026, 12, 30)) == "30\u00a0grudnia 2026"


def test_a_moment_is_told_in_the_installations_time_zone():
    assert words.moment(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == "23\u00a0listopada 2026, 00:30"


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (6, "z"),
        (99, "z"),
        (100, "ze"),
        (140, "ze"),
        (199, "ze"),
        (200, "z"),
        (655, "z"),
        (1000, "z"),
        (120_000, "ze"),
    ],
)
def test_before_a_hundred_polish_says_ze(total, text):
    assert words.out_of(total).split("\u00a0")[0] == text


def test_more_than_all_is_not_called_a_part_of_it():
    assert words.out_of(2400, 2400) == "z\u00a02\u00a0400"
    assert words.out_of(2400, 2727) == "–\u00a0więcej niż 2\u00a0400"
    with translation.override("en"):
        assert words.out_of(2400, 2727) == "–\u00a0more than 2,400"


@pytest.mark.parametrize(
    ("agent", "text"),
    [
        (FIREFOX, "Firefox, Windows"),
        (EDGE, "Edge, Windows"),
        (IPHONE, "Safari, iPhone"),
        ("", "inna przeglądarka"),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent, text):
    assert words.device(agent) == text


def test_a_near_day_is_said_in_words():
    today = date(2026, 11, 22)
    assert words.remaining(today, today) == "dziś"
    assert words.remaining(date(2026, 11, 23), today) == "jutro"
    assert words.remaining(date(2026, 11, 27), today) == "27\u00a0listopada 2026"
