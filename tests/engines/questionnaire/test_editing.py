"""The editor's operations: pure, and never a new meaning for an old code."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.questionnaire import (
    Area,
    Compare,
    EditError,
    Option,
    Point,
    Question,
    Questionnaire,
    Row,
    Scale,
    Section,
    add_area,
    add_language,
    add_option,
    add_question,
    add_row,
    add_scale,
    add_section,
    check,
    customise,
    delete_area,
    delete_option,
    delete_question,
    delete_row,
    delete_scale,
    delete_section,
    from_json,
    items,
    move_option,
    move_question,
    move_section,
    remove_language,
    set_option,
    set_properties,
    set_section_condition,
    set_text,
    suggest_code,
    switch_question,
    switch_section,
    texts,
    to_json,
    translations,
)
from okienko.engines.questionnaire.changes import AnyChange

from .samples import SAMPLE, questionnaires, words


def order(questionnaire: Questionnaire) -> list[list[str]]:
    return [[question.code for question in section.questions] for section in questionnaire.sections]


@given(questionnaires())
@settings(max_examples=30, deadline=None)
def test_every_text_can_be_set_by_its_address_and_nothing_else_changes(questionnaire: Questionnaire) -> None:
    questionnaire = add_language(questionnaire, "uk")
    for place in texts(questionnaire):
        changed = set_text(questionnaire, place.path, "uk", "слово")
        before = {p.path: p.texts for p in texts(questionnaire)}
        after = {p.path: p.texts for p in texts(changed)}
        assert after.pop(place.path) == {**before.pop(place.path), "uk": "слово"}
        assert after == before
        assert set_text(changed, place.path, "uk", "") == questionnaire


def test_an_edit_leaves_the_original_as_it_was() -> None:
    before = to_json(SAMPLE)
    set_text(SAMPLE, "question:speed/text", "pl", "inaczej")
    delete_section(add_option(SAMPLE, "channel", words("x")), "rating")
    assert to_json(SAMPLE) == before


def test_a_question_moves_within_its_section_and_past_its_edge() -> None:
    assert order(move_question(SAMPLE, "needs", -1))[0] == ["hello", "needs", "channel", "places"]
    down = move_question(SAMPLE, "places", 1)
    assert order(down)[0] == ["hello", "channel", "needs"] and order(down)[1][0] == "places"
    assert order(move_question(down, "places", -1)) == order(SAMPLE)
    assert order(move_question(SAMPLE, "hello", -3)) == order(SAMPLE)
    assert order(move_question(SAMPLE, "overall", 9)) == order(SAMPLE)


def test_sections_and_answers_move() -> None:
    assert [s.code for s in move_section(SAMPLE, "end", -1).sections] == ["visit", "end", "rating"]
    assert [s.code for s in move_section(SAMPLE, "visit", 99).sections] == ["rating", "end", "visit"]
    moved = move_option(SAMPLE, "channel", 9, -2).question("channel")
    assert [option.value for option in moved.options] == [9, 1, 2]


def test_a_move_before_what_a_condition_looks_at_is_reported() -> None:
    moved = move_section(SAMPLE, "rating", -1)
    assert {"condition_later"} == {p.code for p in check(moved) if p.severity == "error"}


def test_switching_off_what_the_report_needs_is_reported() -> None:
    off = switch_question(SAMPLE, "overall", False)
    assert [(p.code, p.params) for p in check(off)] == [("role_needed", {"role": "overall_satisfaction"})]
    assert check(switch_question(off, "overall", True)) == ()
    assert "role_needed" in {p.code for p in check(switch_section(SAMPLE, "end", False))}


def test_a_new_answer_never_takes_the_value_of_an_old_one() -> None:
    assert [o.value for o in add_option(SAMPLE, "channel", words("x")).question("channel").options] == [
        1,
        2,
        9,
        10,
    ]
    shorter = delete_option(SAMPLE, "channel", 9)
    again = add_option(shorter, "channel", words("x"), taken=(1, 2, 9)).question("channel")
    assert [option.value for option in again.options] == [1, 2, 10]


def test_an_answer_becomes_exclusive_or_conditional_and_keeps_its_value_and_text() -> None:
    old = SAMPLE.question("channel").options[0]
    new = set_option(SAMPLE, "channel", old.value, exclusive=True).question("channel").options[0]
    assert (new.value, new.text, new.exclusive) == (old.value, old.text, True)
    for wrong in ({"text": {}}, {"value": 7}, {"exclusive": "yes"}, {"condition": {"type": "is"}}):
        with pytest.raises(EditError):
            set_option(SAMPLE, "channel", old.value, **wrong)
    with pytest.raises(EditError):
        set_option(SAMPLE, "channel", 777, exclusive=True)


def test_parts_are_added_and_deleted() -> None:
    q = add_section(SAMPLE, Section("more", words("Więcej")))
    q = add_question(q, "more", Question("b", "text", words("b")))
    q = add_question(q, "more", Question("a", "text", words("a")))
    q = add_question(q, "more", Question("c", "text", words("c")), after="b")
    assert order(q)[-1] == ["b", "c", "a"]
    q = add_row(q, "weight", Row("x", words("x")))
    q = delete_row(delete_question(q, "b"), "weight", "02")
    assert [row.code for row in q.question("weight").rows] == ["time", "x"]
    q = add_area(
        add_scale(q, Scale("s", (Point(1, words("a")), Point(2, words("b"))))), Area("ar", words("Ar"))
    )
    assert q.scale("s") and q.areas[-1].code == "ar"
    assert [section.code for section in delete_section(q, "visit").sections] == ["rating", "end", "more"]


def test_a_scale_that_only_measures_importance_and_an_area_of_a_row_are_in_use() -> None:
    q = add_scale(SAMPLE, Scale("s", (Point(1, words("a")), Point(2, words("b")))))
    q = set_properties(q, "pair", importance_scale="s")
    q = add_row(add_area(q, Area("ar", words("Ar"))), "weight", Row("x", words("x"), area="ar"))
    for remove, code in ((delete_scale, "s"), (delete_area, "ar")):
        with pytest.raises(EditError, match="in_use"):
            remove(q, code)
    assert "s" not in [scale.code for scale in delete_scale(delete_question(q, "pair"), "s").scales]


def test_properties_change_but_codes_kinds_and_texts_do_not() -> None:
    changed = set_properties(SAMPLE, "speed", required=False, dont_know=True)
    assert (changed.question("speed").required, changed.question("speed").dont_know) == (False, True)
    condition = {"type": "is", "item": "channel", "op": "eq", "value": 2}
    assert set_properties(SAMPLE, "speed", condition=condition).question("speed").condition == Compare(
        "channel", "eq", 2
    )
    for name in ("code", "kind", "text", "options", "enabled", "colour"):
        with pytest.raises(EditError, match="unknown_property"):
            set_properties(SAMPLE, "speed", **{name: "x"})
    with pytest.raises(EditError, match="bad_value"):
        set_properties(SAMPLE, "speed", required="yes")


def test_a_section_takes_and_loses_a_condition() -> None:
    q = set_section_condition(SAMPLE, "end", Compare("channel", "eq", 1))
    assert q.sections[2].condition == Compare("channel", "eq", 1)
    assert set_section_condition(q, "end", None) == SAMPLE


NEW = Question("n", "text", words("x"))


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda q: set_text(q, "question:nobody/text", "pl", "x"), "unknown_place"),
        (lambda q: set_text(q, "title", "uk", "x"), "unknown_language"),
        (lambda q: add_language(q, "po polsku"), "bad_value"),
        (lambda q: add_language(q, "pl"), "duplicate_code"),
        (lambda q: remove_language(q, "pl"), "default_language"),
        (lambda q: remove_language(q, "uk"), "unknown_language"),
        (lambda q: move_question(q, "nobody", 0), "unknown_question"),
        (lambda q: switch_section(q, "nobody", False), "unknown_section"),
        (lambda q: delete_option(q, "channel", 7), "unknown_option"),
        (lambda q: delete_row(q, "weight", "x"), "unknown_row"),
        (lambda q: add_question(q, "end", Question("speed", "text", words("x"))), "duplicate_code"),
        (
            lambda q: add_question(q, "end", Question("n", "text", words("x")), after="speed"),
            "unknown_question",
        ),
        (lambda q: add_section(q, Section("end", words("x"))), "duplicate_code"),
        (
            lambda q: add_section(q, Section("n", words("x"), questions=(q.question("speed"),))),
            "duplicate_code",
        ),
        (lambda q: add_row(q, "weight", Row("02", words("x"))), "duplicate_code"),
        (lambda q: add_scale(q, q.scales[0]), "duplicate_code"),
        (lambda q: add_area(q, q.areas[0]), "duplicate_code"),
        (lambda q: delete_scale(q, "nobody"), "unknown_scale"),
        (lambda q: delete_scale(q, "five"), "in_use"),
        (lambda q: delete_area(q, "nobody"), "unknown_area"),
        (lambda q: delete_area(q, "time"), "in_use"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(
    edit: Callable[[Questionnaire], Questionnaire], code: str
) -> None:
    with pytest.raises(EditError) as caught:
        edit(SAMPLE)
    assert caught.value.code == code


CHANGES = [
    {"do": "add_language", "language": "uk"},
    {"do": "remove_language", "language": "uk"},
    {"do": "set_text", "path": "title", "language": "pl", "text": "Nowy"},
    {"do": "set_properties", "question": "speed", "properties": {"required": False}},
    {"do": "set_section_condition", "section": "end", "condition": None},
    {"do": "switch_question", "question": "pair", "on": False},
    {"do": "switch_section", "section": "end", "on": True},
    {"do": "move_question", "question": "needs", "by": -1},
    {"do": "move_section", "section": "end", "by": 1},
    {"do": "move_option", "question": "channel", "value": 2, "by": -1},
    {"do": "add_section", "section": {"code": "more", "title": {"pl": "W"}}},
    {"do": "add_question", "section": "more", "question": {"code": "b", "kind": "text", "text": {"pl": "b"}}},
    {"do": "add_option", "question": "channel", "text": {"pl": "e-mail"}},
    {"do": "add_row", "question": "weight", "row": {"code": "x", "text": {"pl": "x"}}},
    {"do": "delete_row", "question": "weight", "row": "02"},
    {"do": "delete_option", "question": "needs", "value": 2},
    {"do": "delete_question", "question": "name"},
    {"do": "delete_section", "section": "more"},
    {"do": "add_scale", "scale": {"code": "s", "points": [{"value": 1}, {"value": 2}]}},
    {"do": "add_area", "area": {"code": "ar", "name": {"pl": "Ar"}}},
    {"do": "delete_scale", "scale": "s"},
    {"do": "delete_area", "area": "ar"},
]


def test_edits_kept_as_json_replay_to_the_same_questionnaire() -> None:
    edits = msgspec.convert(CHANGES, list[AnyChange])
    assert msgspec.to_builtins(edits)[2] == CHANGES[2]
    result = customise(SAMPLE, edits)
    assert result.title == {"pl": "Nowy"} and not result.question("pair").enabled
    assert result.question("channel").options == (
        Option(2, words("telefon")), Option(1, words("osobiście")), Option(9, words("inaczej"), other=True),
        Option(10, words("e-mail")),
    )  # fmt: skip
    assert from_json(to_json(result)) == result
    assert {item.code for item in items(result)}.isdisjoint({"name", "needs_2", "pair", "weight_02"})
    assert (result.scales, result.areas) == (SAMPLE.scales, SAMPLE.areas)


def test_one_impossible_edit_among_many_changes_nothing() -> None:
    edits = msgspec.convert([*CHANGES, {"do": "delete_section", "section": "more"}], list[AnyChange])
    with pytest.raises(EditError):
        customise(SAMPLE, edits)


@given(st.text(), st.sets(st.text(alphabet="abc_", min_size=1), max_size=5))
@settings(max_examples=100, deadline=None)
def test_a_suggested_code_is_always_a_code_and_new(phrase: str, taken: set[str]) -> None:
    code = suggest_code(phrase, taken)
    assert code not in taken
    question = Question(code, "text", words("x"))
    assert not [
        p
        for p in check(add_question(delete_question(SAMPLE, "name"), "end", question))
        if p.code == "bad_code"
    ]


def test_codes_are_made_of_polish_words() -> None:
    assert suggest_code("Czas oczekiwania na łączność, źle?", ()) == "czas_oczekiwania_na_lacznosc_zle"
    assert suggest_code("Черга", {"question"}) == "question_2"
    assert suggest_code("2 okienka", ()) == "okienka"


def test_translations_are_counted_against_the_default_language() -> None:
    both = set_text(add_language(SAMPLE, "uk"), "title", "uk", "Спроба")
    done = translations(both)
    assert done["pl"][0] == done["pl"][1] == done["uk"][1]
    assert done["uk"][0] == 1
    assert remove_language(both, "uk") == SAMPLE


def test_a_text_from_a_form_is_cleaned() -> None:
    assert set_text(SAMPLE, "title", "pl", " A\r\nB\x00 ").title == {"pl": "A\nB"}
