"""Answers: what is taken, what is refused and why, and what never gets through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.questionnaire import (
    Compare,
    Option,
    Question,
    Section,
    compile_validator,
    evaluate,
    groups,
    items,
    read_form,
    validate,
)

from .samples import OPTIONS, SAMPLE, TICKS, field_names, forms, questionnaires, small, words

SPECIAL = {-2, -3, -4}
GOOD = {"channel": ["1"], "speed": ["4"], "overall": ["5"]}


def form(**fields: str) -> dict[str, list[str]]:
    return {**GOOD, **{name: [value] for name, value in fields.items()}}


def problems(data: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(problem.item, problem.code) for problem in read_form(SAMPLE, data).problems]


# ---- properties


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_no_form_gets_a_value_outside_its_categories_in(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    submission = read_form(questionnaire, data.draw(forms(questionnaire)))
    known = {item.code: item for item in items(questionnaire)}
    for code, value in submission.values.items():
        item = known[code]
        if value in SPECIAL:
            allowed = {-2: item.dont_know, -3: item.not_applicable, -4: True}
            assert allowed[value]
        elif item.categories:
            assert type(value) is int and value in item.values()
        elif item.kind == "rank":
            assert type(value) is int and 1 <= value <= item.high
        elif item.kind == "number":
            assert 0 <= value <= item.maximum and round(value, item.decimals) == value
        else:
            assert isinstance(value, str) and value == value.strip() != ""


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_hidden_answers_never_survive_and_shown_ones_are_never_marked_hidden(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    values = read_form(questionnaire, data.draw(forms(questionnaire))).values
    of_groups = groups(questionnaire)
    for section, questions in questionnaire.asked():
        for question in questions:
            shown = all(evaluate(c, values, of_groups) for c in (section.condition, question.condition))
            conditional = {option.value for option in question.options if option.condition}
            for item in items(questionnaire):
                if item.question == question.code and not shown:
                    assert values[item.code] == -4
                elif item.question == question.code and item.option not in conditional:
                    assert values.get(item.code) != -4


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_accepted_answers_are_accepted_again_unchanged(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    first = read_form(questionnaire, data.draw(forms(questionnaire)))
    again = validate(questionnaire, first.values)
    assert again.values == first.values
    assert again.problems == again.dropped == ()


@given(
    st.dictionaries(
        st.sampled_from(field_names(SAMPLE)),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.text(max_size=5),
            st.lists(st.integers(), max_size=2),
        ),
        max_size=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_typed_values_of_any_sort_are_judged_not_crashed_on(values: dict[str, object]) -> None:
    submission = validate(SAMPLE, values)
    again = validate(SAMPLE, submission.values)
    assert again.values == submission.values and again.ok


@given(st.dictionaries(st.text(max_size=12), st.lists(st.text(max_size=30), max_size=4)))
@settings(max_examples=80, deadline=None)
def test_foreign_fields_change_nothing(noise: dict[str, list[str]]) -> None:
    known = set(field_names(SAMPLE))
    foreign = {name: value for name, value in noise.items() if name not in known}
    assert read_form(SAMPLE, {**GOOD, **foreign}) == read_form(SAMPLE, GOOD)


# ---- empty, don't know, not applicable, not shown


def test_the_four_ways_of_having_no_answer_stay_apart() -> None:
    values = read_form(SAMPLE, form(waiting="-2", likely="10")).values
    assert values["waiting"] == -2
    assert values["why"] == -4
    assert "weight_time" not in values
    assert read_form(SAMPLE, form(waiting="-3")).values["waiting"] == -3


def test_a_nine_is_an_answer_like_any_other() -> None:
    assert read_form(SAMPLE, {**GOOD, "channel": ["9"]}).values["channel"] == 9


def test_the_first_of_january_1980_is_a_date_not_a_gap() -> None:
    assert read_form(SAMPLE, form(day="1980-01-01")).values["day"] == "1980-01-01"
    assert "day" not in read_form(SAMPLE, form(day="")).values


def test_a_special_answer_that_is_not_offered_is_refused() -> None:
    assert problems(form(speed="-2")) == [("speed", "unknown_code")]
    assert problems(form(speed="-4")) == [("speed", "unknown_code")]
    assert [p.code for p in validate(SAMPLE, {"channel": 1, "speed": -4}).problems] == ["not_shown"]


def test_answers_to_a_question_that_was_taken_away_are_dropped_and_reported() -> None:
    submission = read_form(SAMPLE, {"channel": ["9"], "waiting": ["1"], "speed": ["2"], "overall": ["3"]})
    assert submission.ok
    assert submission.values == {"channel": 9, "overall": 3} | dict.fromkeys(
        ("waiting", "speed", "weight_time", "weight_02", "pair", "pair_imp", "likely", "why"), -4
    )
    assert submission.dropped == ("waiting", "speed")


def test_a_chain_of_conditions_falls_with_its_first_link() -> None:
    yes_no = (Option(1, words("tak")), Option(2, words("nie")))
    q = small(
        Question("a", "single", words("a"), options=yes_no),
        Question("b", "single", words("b"), options=yes_no, condition=Compare("a", "eq", 1)),
        Question("c", "single", words("c"), options=yes_no, condition=Compare("b", "eq", 1)),
    )
    everything = {"a": ["2"], "b": ["1"], "c": ["1"]}
    assert read_form(q, everything).values == {"a": 2, "b": -4, "c": -4}
    assert read_form(q, {**everything, "a": ["1"]}).values == {"a": 1, "b": 1, "c": 1}


def test_a_required_question_is_asked_for_only_where_it_is_shown() -> None:
    assert problems({"channel": ["1"]}) == [("speed", "required"), ("overall", "required")]
    assert problems({"channel": ["9"]}) == [("overall", "required")]
    assert validate(SAMPLE, {"channel": 1}).ok
    assert compile_validator(SAMPLE).read_form({"channel": ["1"]}, required=False).ok


def test_a_required_grid_names_the_rows_without_an_answer() -> None:
    question = SAMPLE.question("weight")
    q = small(Question(**{f: getattr(question, f) for f in question.__struct_fields__} | {"required": True}))
    found = read_form(q, {"weight_time": ["3"]}).problems
    assert [(p.item, p.code) for p in found] == [("weight_02", "required")]
    found = read_form(q, {"weight_time": ["77"]}).problems
    assert [(p.item, p.code) for p in found] == [("weight_time", "unknown_code"), ("weight_02", "required")]


# ---- choices


def test_two_different_marks_are_two_answers_and_the_same_twice_is_one() -> None:
    assert problems({**GOOD, "speed": ["3", "4"]}) == [("speed", "several")]
    assert read_form(SAMPLE, {**GOOD, "speed": ["4", "4", ""]}).values["speed"] == 4


@pytest.mark.parametrize("value", ["6", "0", "4.0", "٤", "４", "x", "1e0", "+4", "4;", "None", "true"])
def test_what_is_no_code_of_the_scale_is_refused(value: str) -> None:
    assert problems(form(speed=value)) == [("speed", "unknown_code")]


def test_a_multiple_choice_without_a_tick_is_empty_and_with_one_the_rest_are_zero() -> None:
    assert not [code for code in read_form(SAMPLE, GOOD).values if code.startswith("needs")]
    values = read_form(SAMPLE, form(needs_2="1")).values
    assert {code: values[code] for code in values if code.startswith("needs")} == {
        "needs_1": 0, "needs_2": 1, "needs_3": 0, "needs_4": 0
    }  # fmt: skip
    assert not [code for code in validate(SAMPLE, {"needs_1": 0, "needs_2": 0}).values if "needs" in code]


def test_ticks_never_count_more_people_than_answered_the_question() -> None:
    sent = [{"needs_1": ["1"], "needs_2": ["1"]}, {"needs_1": ["1"]}, {}, {"needs__m": ["-2"]}]
    read = [read_form(SAMPLE, {**GOOD, **data}).values for data in sent]
    answered = [values for values in read if values.get("needs_1", -1) >= 0]
    for item in ("needs_1", "needs_2", "needs_3", "needs_4"):
        assert all(item in values for values in answered)
        assert sum(values.get(item) == 1 for values in read) <= len(answered) == 2


def test_an_option_that_excludes_the_others_does() -> None:
    assert problems(form(needs_4="1", needs_1="1")) == [("needs", "exclusive")]
    assert read_form(SAMPLE, form(needs_4="1")).ok
    assert problems(form(needs_1="1", needs__m="-2")) == [("needs", "exclusive")]
    assert read_form(SAMPLE, form(needs__m="-2")).values["needs_3"] == -2
    assert problems(form(needs__m="-3")) == [("needs", "unknown_code")]


def test_too_many_and_too_few_marks_are_told_with_the_limit() -> None:
    found = read_form(SAMPLE, form(needs_1="1", needs_2="1", needs_3="1")).problems
    assert [(p.code, p.params) for p in found] == [("too_many", {"limit": 2})]
    q = small(Question("m", "multiple", words("m"), options=TICKS, min_choices=2))
    assert [p.code for p in read_form(q, {"m_1": ["1"]}).problems] == ["too_few"]
    assert read_form(q, {"m_4": ["1"]}).ok, "nothing of the kind is an answer of its own"
    assert read_form(q, {}).ok


def test_a_tick_has_one_spelling() -> None:
    assert problems(form(needs_1="on")) == [("needs_1", "unknown_code")]
    assert "needs_1" not in read_form(SAMPLE, form(needs_1="0")).values


def test_words_of_other_go_with_their_option_only() -> None:
    assert (
        read_form(SAMPLE, {**GOOD, "channel": ["9"], "channel_other": ["pocztą"]}).values["channel_other"]
        == "pocztą"
    )
    assert "channel_other" not in read_form(SAMPLE, form(channel_other="pocztą")).values
    written_only = read_form(SAMPLE, {"overall": ["5"], "channel_other": [" pocztą "]}).values
    assert (written_only["channel"], written_only["channel_other"]) == (9, "pocztą")
    assert read_form(SAMPLE, form(needs_other="rampa")).values["needs_3"] == 1
    assert "needs_other" not in read_form(SAMPLE, form(needs_1="1", needs__m="", needs_other="")).values


def test_an_option_with_a_condition_cannot_be_chosen_against_it() -> None:
    options = (Option(1, words("a")), Option(2, words("b"), condition=Compare("channel", "eq", 1)))
    q = small(
        Question("channel", "single", words("k"), options=OPTIONS),
        Question("one", "single", words("1"), options=options),
        Question("any", "multiple", words("2"), options=options),
    )
    refused = read_form(q, {"channel": ["2"], "one": ["2"], "any_2": ["1"]})
    assert [(p.item, p.code) for p in refused.problems] == [
        ("one", "option_hidden"),
        ("any", "option_hidden"),
    ]
    assert read_form(q, {"channel": ["2"], "one": ["1"], "any_1": ["1"]}).values["any_2"] == -4
    assert read_form(q, {"channel": ["1"], "one": ["2"], "any_2": ["1"]}).values["any_1"] == 0


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ({"1": "1", "2": "1"}, "place_twice"),
        ({"1": "2"}, "place_gap"),
        ({"1": "3"}, "place_range"),
        ({"1": "x"}, "place_range"),
    ],
)
def test_places_are_consecutive_different_and_within_the_limit(places: dict[str, str], code: str) -> None:
    assert [c for _, c in problems(form(**{f"places_{k}": v for k, v in places.items()}))] == [code]


def test_a_ranking_keeps_the_places_given_and_nothing_else() -> None:
    values = read_form(SAMPLE, form(places_1="2", places_3="1")).values
    assert (values["places_1"], values["places_3"], "places_2" in values) == (2, 1, False)
    assert read_form(SAMPLE, form(places__m="-3")).values["places_2"] == -3


def test_both_halves_of_a_pair_are_answers_of_their_own() -> None:
    values = read_form(SAMPLE, form(pair="2", pair_imp="-2")).values
    assert (values["pair"], values["pair_imp"]) == (2, -2)


def test_a_switched_off_question_has_no_item() -> None:
    off = small(Question("a", "text", words("a"), enabled=False), Question("b", "text", words("b")))
    assert read_form(off, {"a": ["x"], "b": ["y"]}).values == {"b": "y"}
    assert [p.code for p in validate(off, {"a": "x"}).problems] == ["unknown_item"]


def test_page_by_page_reads_the_pages_so_far() -> None:
    validator = compile_validator(SAMPLE)
    first = validator.read_form({"channel": ["1"]}, pages=1)
    assert first.values == {"channel": 1} and first.ok
    second = validator.read_form({"channel": ["1"]}, pages=2)
    assert [p.item for p in second.problems] == ["speed"]
    assert "overall" not in validator.read_form(GOOD, pages=2).values


def test_one_validator_serves_many_submissions_without_memory() -> None:
    validator = compile_validator(SAMPLE)
    assert validator.read_form(form(needs_1="1")).values["needs_1"] == 1
    assert "needs_1" not in validator.read_form(GOOD).values


def test_sections_without_questions_are_no_pages() -> None:
    q = small(
        sections=(
            Section("empty", words("Pusta")),
            Section("off", words("Wyłączona"), enabled=False, questions=(Question("x", "text", words("x")),)),
            Section("one", words("Jedna"), questions=(Question("a", "text", words("a"), required=True),)),
        )
    )
    assert [p.item for p in compile_validator(q).read_form({}, pages=1).problems] == ["a"]
