"""Single values: numbers, dates and texts as people write them, and typed values as programs give them."""

from __future__ import annotations

from datetime import date

import pytest

from okienko.engines.questionnaire import read_form, validate

from .samples import SAMPLE
from .test_validation import form, problems

# ---- numbers, dates, texts


@pytest.mark.parametrize(
    ("text", "value"),
    [("2,5", 2.5), ("2.50", 2.5), (" 1 2 ", 12.0), ("7", 7.0), ("+3", 3.0), ("0", 0.0), ("3,10", 3.1)],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert read_form(SAMPLE, form(hours=text)).values["hours"] == value


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("hours", "2,555", "decimals"),
        ("hours", "25", "too_big"),
        ("hours", "-1", "too_small"),
        ("hours", "1e3", "not_a_number"),
        ("hours", "inf", "not_a_number"),
        ("hours", "nan", "not_a_number"),
        ("hours", "٣", "not_a_number"),
        ("hours", "1,2,3", "not_a_number"),
        ("hours", "9" * 5000, "not_a_number"),
        ("visits", "2,5", "whole_number"),
        ("visits", "51", "too_big"),
        ("day", "31.02.2026", "not_a_date"),
        ("day", "20261122", "not_a_date"),
        ("day", "2026-W47-7", "not_a_date"),
        ("day", "jutro", "not_a_date"),
        ("day", "31.12.1979", "too_early"),
        ("day", "2031-01-01", "too_late"),
        ("name", "x" * 21, "too_long"),
        ("name", "x" * 1_000_000, "too_long"),
    ],
)  # fmt: skip
def test_what_is_no_number_date_or_fitting_text_is_refused(field: str, text: str, code: str) -> None:
    assert problems(form(**{field: text})) == [(field, code)]


def test_numbers_keep_their_type() -> None:
    values = read_form(SAMPLE, form(visits="3,0", hours="3")).values
    assert type(values["visits"]) is int and type(values["hours"]) is float


def test_a_number_and_dont_know_at_once_contradict_each_other() -> None:
    assert problems(form(visits="3", visits__m="-2")) == [("visits", "exclusive")]
    assert read_form(SAMPLE, form(visits="", visits__m="-2")).values["visits"] == -2


def test_a_date_is_read_in_the_polish_order_too() -> None:
    assert read_form(SAMPLE, form(day="3.9.2026")).values["day"] == "2026-09-03"
    assert validate(SAMPLE, {"day": date(2026, 9, 3)}).values["day"] == "2026-09-03"


def test_texts_lose_control_characters_and_keep_their_lines() -> None:
    data = form(likely="3", why="Pierwsza\r\nDruga\x00\u202e\ud800 \x07koniec ", name=" Jan\tNowak\n ")
    values = read_form(SAMPLE, data).values
    assert values["why"] == "Pierwsza\nDruga koniec"
    assert values["name"] == "Jan Nowak"
    assert values["why"].encode()


def test_a_text_is_measured_as_it_is_kept() -> None:
    assert read_form(SAMPLE, form(name="x" * 20 + "\x00 ")).ok
    decomposed = "z\u0307" * 20
    assert read_form(SAMPLE, form(name=decomposed)).values["name"] == "ż" * 20


def test_a_text_of_nothing_but_blanks_is_empty() -> None:
    assert "name" not in read_form(SAMPLE, form(name=" \x00\u202e ")).values


# ---- typed values


@pytest.mark.parametrize(
    ("item", "value", "code"),
    [
        ("speed", True, "wrong_type"),
        ("speed", "4", "wrong_type"),
        ("speed", 4.5, "wrong_type"),
        ("speed", 6, "unknown_code"),
        ("needs_1", 2, "unknown_code"),
        ("hours", float("nan"), "wrong_type"),
        ("hours", "2", "wrong_type"),
        ("name", 5, "wrong_type"),
        ("day", 20260101, "wrong_type"),
        ("nobody", 1, "unknown_item"),
        ("speed__m", -2, "unknown_item"),
    ],
)
def test_a_typed_value_of_a_wrong_sort_is_refused(item: str, value: object, code: str) -> None:
    found = validate(SAMPLE, {"channel": 1, item: value}).problems
    assert [(p.item, p.code) for p in found] == [(item, code)]


def test_a_whole_float_from_a_spreadsheet_is_a_code() -> None:
    values = validate(SAMPLE, {"channel": 1.0, "speed": 4.0, "visits": 3.0}).values
    assert (values["channel"], values["speed"], values["visits"]) == (1, 4, 3)
    assert all(type(values[code]) is int for code in ("channel", "speed", "visits"))
