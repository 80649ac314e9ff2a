"""Items: the flat variables, their codes, roles and what survives from version to version."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.questionnaire import (
    Question,
    Questionnaire,
    Row,
    items,
    move_question,
    numbers,
    question_items,
    set_text,
    switch_question,
)
from okienko.engines.questionnaire.items import row_number

from .samples import SAMPLE, questionnaires, small, words

BY_CODE = {item.code: item for item in items(SAMPLE)}


def test_every_question_gives_its_items_in_order() -> None:
    assert [item.code for item in items(SAMPLE)] == [
        *("channel", "channel_other", "needs_1", "needs_2", "needs_3", "needs_4", "needs_other"),
        *("places_1", "places_2", "places_3", "waiting", "speed", "weight_time", "weight_02"),
        *("pair", "pair_imp", "likely", "why", "visits", "hours", "day", "name", "overall"),
    ]


def test_kinds_and_ends_say_how_an_item_is_analysed() -> None:
    kinds = {code: item.kind for code, item in BY_CODE.items()}
    assert kinds["channel"] == "categorical"
    assert kinds["needs_1"] == "binary"
    assert kinds["places_1"] == "rank"
    assert kinds["waiting"] == kinds["weight_02"] == kinds["likely"] == "ordinal"
    assert (kinds["hours"], kinds["day"], kinds["channel_other"]) == ("number", "date", "text")
    assert (BY_CODE["waiting"].low, BY_CODE["waiting"].high) == (1, 5)
    assert (BY_CODE["likely"].low, BY_CODE["likely"].high) == (0, 10)
    assert (BY_CODE["places_1"].low, BY_CODE["places_1"].high) == (1, 2)
    assert BY_CODE["channel"].values() == {1, 2, 9}


def test_roles_and_areas_reach_the_items() -> None:
    assert (BY_CODE["waiting"].role, BY_CODE["waiting"].area) == ("driver", "time")
    assert (BY_CODE["weight_time"].role, BY_CODE["weight_time"].area) == ("importance", "time")
    assert (BY_CODE["channel"].role, BY_CODE["channel"].domain) == ("domain", "channel")
    assert BY_CODE["channel_other"].role is None


def test_a_row_may_have_a_role_and_an_area_of_its_own() -> None:
    rows = (Row("a", words("a"), role="importance"), Row("b", words("b"), area="time"))
    first, second = items(small(Question("g", "grid", words("g"), scale="five", role="driver", rows=rows)))
    assert (first.role, first.area) == ("importance", None)
    assert (second.role, second.area) == ("driver", "time")


def test_a_pair_says_which_item_is_the_importance_of_which() -> None:
    assert BY_CODE["pair_imp"].importance_of == "pair"
    assert BY_CODE["pair_imp"].role == "importance"
    assert BY_CODE["pair"].importance_of is None


def test_labels_join_question_and_row_in_every_language() -> None:
    assert BY_CODE["weight_time"].label == {"pl": "Jak ważne? – terminowość"}
    assert BY_CODE["needs_2"].label == {"pl": "Co? – duży druk"}


def test_numbers_skip_information_and_what_is_switched_off() -> None:
    assert numbers(SAMPLE)["channel"] == "1" and "hello" not in numbers(SAMPLE)
    without = switch_question(SAMPLE, "needs", False)
    assert numbers(without)["places"] == "2" and "needs" not in numbers(without)
    assert "needs_1" not in {item.code for item in items(without)}
    assert "needs_1" in {item.code for item in items(without, all_questions=True)}


def test_rows_are_lettered_beyond_z() -> None:
    assert [row_number("3", place) for place in (0, 1, 25, 26, 27)] == ["3a", "3b", "3z", "3aa", "3ab"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_moving_and_rewording_keep_every_code(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    before = {item.code for item in items(questionnaire)}
    question = data.draw(st.sampled_from([q.code for q in questionnaire.questions()]))
    moved = move_question(questionnaire, question, data.draw(st.integers(-4, 4)))
    reworded = set_text(moved, f"question:{question}/text", "pl", data.draw(st.text(min_size=1)))
    assert {item.code for item in items(reworded)} == before
    assert sorted(q.code for q in reworded.questions()) == sorted(q.code for q in questionnaire.questions())


@given(questionnaires())
@settings(max_examples=40, deadline=None)
def test_items_of_one_question_are_those_of_the_whole(questionnaire: Questionnaire) -> None:
    numbered = numbers(questionnaire)
    found = [
        item
        for section, questions in questionnaire.asked()
        for question in questions
        for item in question_items(questionnaire, section.code, question, numbered.get(question.code, ""))
    ]
    assert tuple(found) == items(questionnaire)
