"""Versions: what stays on one line of a trend, and what breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from okienko.engines.questionnaire import (
    Compare,
    Point,
    Question,
    Questionnaire,
    Scale,
    add_option,
    compare,
    delete_option,
    delete_question,
    move_question,
    set_properties,
    set_text,
    switch_question,
)

from .samples import SAMPLE, questionnaires, small, words


def changes(new: Questionnaire) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {c.code: (c.status, c.reasons) for c in compare(SAMPLE, new) if c.status != "same"}


@given(questionnaires())
@settings(max_examples=30, deadline=None)
def test_a_questionnaire_is_the_same_as_itself(questionnaire: Questionnaire) -> None:
    assert {change.status for change in compare(questionnaire, questionnaire)} <= {"same"}


def test_order_required_and_help_break_nothing() -> None:
    new = move_question(SAMPLE, "visits", 2)
    new = set_properties(new, "visits", required=True)
    assert changes(set_text(new, "question:visits/help", "pl", "Proszę policzyć")) == {}


def test_other_words_are_reworded_and_a_person_decides() -> None:
    new = set_text(SAMPLE, "question:speed/text", "pl", "Tempo obsługi")
    assert changes(new) == {"speed": ("reworded", ("text",))}
    assert all(change.comparable for change in compare(SAMPLE, new))
    new = set_text(SAMPLE, "scale:eleven/point:10", "pl", "na pewno")
    assert changes(new) == {"likely": ("reworded", ("labels",))}


def test_a_new_answer_changes_the_question() -> None:
    new = add_option(SAMPLE, "channel", words("e-mail"))
    assert changes(new) == {"channel": ("changed", ("categories",))}
    assert changes(add_option(SAMPLE, "needs", words("pętla"))) == {"needs_5": ("added", ())}
    assert changes(delete_option(SAMPLE, "needs", 2)) == {"needs_2": ("removed", ())}


def test_another_scale_breaks_the_trend() -> None:
    seven = Scale("five", tuple(Point(value, words(f"s{value}")) for value in range(1, 8)))
    q = small(Question("a", "scale", words("a"), scale="five"))
    longer = small(Question("a", "scale", words("a"), scale="five"), scales=(seven,))
    (change,) = compare(q, longer)
    assert change.status == "changed" and "scale" in change.reasons and not change.comparable


def test_who_is_asked_is_part_of_the_figure() -> None:
    assert changes(set_properties(SAMPLE, "speed", condition=Compare("channel", "eq", 2))) == {
        "speed": ("changed", ("condition",))
    }


@pytest.mark.parametrize("without", [delete_question, lambda q, code: switch_question(q, code, False)])
def test_a_question_that_is_not_asked_is_removed(without) -> None:
    assert changes(without(SAMPLE, "pair")) == {"pair": ("removed", ()), "pair_imp": ("removed", ())}


def test_dont_know_offered_anew_is_reported() -> None:
    new = set_properties(SAMPLE, "speed", dont_know=True)
    assert changes(new) == {"speed": ("reworded", ("missing_answers",))}


def test_a_language_that_only_one_version_has_is_not_a_change() -> None:
    english = small(Question("a", "text", {"pl": "a", "en": "b"}), languages=("pl", "en"))
    assert {c.status for c in compare(small(Question("a", "text", words("a"))), english)} == {"same"}
