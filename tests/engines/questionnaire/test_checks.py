"""Definition problems: every code can occur, at its place, and a sound definition has none."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from okienko.engines.questionnaire import (
    PROBLEM_TEXTS,
    All,
    AnyOf,
    Area,
    Compare,
    Option,
    Point,
    Question,
    Questionnaire,
    Row,
    Scale,
    Section,
    check,
    set_properties,
    switch_question,
)
from okienko.engines.questionnaire.checks import errors

from .samples import ELEVEN, FIVE, OPTIONS, SAMPLE, TICKS, questionnaires, small, words


def scale(*points: Point) -> Questionnaire:
    return small(Question("a", "scale", words("a"), scale="s"), scales=(Scale("s", points),))


def choice(kind: str = "single", options: tuple[Option, ...] = OPTIONS, **fields: object) -> Questionnaire:
    return small(Question("a", kind, words("a"), options=options, **fields))


def rated(**fields: object) -> Question:
    return Question(**{"code": "a", "kind": "scale", "text": words("a"), "scale": "five", **fields})


def when(condition: object, **fields: object) -> Questionnaire:
    return small(
        Question("k", "single", words("k"), options=OPTIONS, **fields),
        Question("m", "multiple", words("m"), options=TICKS),
        rated(condition=condition),
        Question("later", "text", words("l")),
    )


def grid(*rows: Row) -> Questionnaire:
    return small(Question("a", "grid", words("a"), scale="five", rows=rows))


ONE = Question("a", "text", words("a"))
POINTS = FIVE.points

CASES: list[tuple[str, Questionnaire]] = [
    ("no_languages", small(ONE, languages=())),
    ("default_language", small(ONE, default_language="en")),
    ("duplicate_language", small(ONE, languages=("pl", "pl"))),
    ("no_questions", small()),
    ("no_questions", small(replace(ONE, enabled=False))),
    ("too_much", small(*(replace(ONE, code=f"a{n}") for n in range(201)))),
    ("too_much", choice(options=tuple(Option(n, words("x")) for n in range(101)))),
    ("bad_code", small(replace(ONE, code="Ą b"))),
    ("bad_code", small(replace(ONE, code="a__m"))),
    ("bad_code", grid(Row("x y", words("x")))),
    ("duplicate_code", small(ONE, ONE)),
    ("duplicate_code", grid(Row("x", words("x")), Row("x", words("y")))),
    ("duplicate_item", small(*choice().questions(), replace(ONE, code="a_other"))),
    ("duplicate_item", small(*choice("multiple", TICKS).questions(), replace(ONE, code="a_1"))),
    ("empty_section", small(sections=(Section("a", words("a")), Section("b", words("b"), questions=(ONE,))))),
    ("role_needed", small(ONE, needs=("driver",))),
    ("role_repeated", small(*(rated(code=c, role="overall_satisfaction") for c in "ab"))),
    ("missing_text", small(replace(ONE, text={"pl": " "}))),
    ("missing_text", choice(options=(Option(1, {}), Option(2, words("b"))))),
    ("missing_translation", small(ONE, languages=("pl", "en"))),
    ("stray_language", small(replace(ONE, text={"pl": "a", "en": "b"}))),
    ("text_too_long", small(replace(ONE, text=words("x" * 5001)))),
    ("control_characters", small(replace(ONE, text=words("a\x00b")))),
    ("scale_size", scale(*POINTS[:1])),
    ("scale_size", scale(*(Point(n, words("x")) for n in range(12)))),
    ("scale_steps", scale(POINTS[0], POINTS[2])),
    ("scale_steps", scale(POINTS[1], POINTS[0])),
    ("scale_ends", scale(POINTS[0], Point(2))),
    ("negative_code", scale(Point(-1, words("x")), Point(0, words("y")))),
    ("unused_part", small(replace(ONE, scale="five"))),
    ("unused_part", choice(options=TICKS)),
    ("unused_part", small(Question("a", "information", words("a"), required=True), replace(ONE, code="b"))),
    ("unknown_scale", small(rated(scale="nobody"))),
    ("no_scale", small(rated(scale=None))),
    ("no_scale", small(Question("a", "pair", words("a"), scale="five"))),
    ("recommendation_scale", small(Question("a", "recommendation", words("a"), scale="five"))),
    ("no_rows", small(Question("a", "grid", words("a"), scale="five"))),
    ("few_options", choice(options=OPTIONS[:1])),
    ("duplicate_option", choice(options=(OPTIONS[0], OPTIONS[0]))),
    ("negative_code", choice(options=(OPTIONS[0], Option(-2, words("x"))))),
    ("other_twice", choice(options=(OPTIONS[2], replace(OPTIONS[2], value=3)))),
    ("options_conditional", small(
        Question("k", "single", words("k"), options=OPTIONS),
        rated(kind="single", scale=None, options=tuple(
            replace(option, condition=Compare("k", "eq", 1)) for option in OPTIONS
        )),
    )),
    ("choice_limits", choice("multiple", TICKS, min_choices=4)),
    ("choice_limits", choice("multiple", TICKS, min_choices=3, max_choices=2)),
    ("choice_limits", choice("multiple", TICKS, max_choices=9)),
    ("choice_limits", choice("multiple", TICKS, max_choices=0)),
    ("exclusive_all", choice("multiple", tuple(replace(o, exclusive=True) for o in TICKS))),
    ("number_limits", small(Question("a", "number", words("a"), minimum=5, maximum=4))),
    ("number_negative", small(Question("a", "number", words("a"), minimum=-5))),
    ("decimals", small(Question("a", "number", words("a"), decimals=7))),
    ("date_limits", small(Question("a", "date", words("a"), earliest="1.1.2026"))),
    ("date_limits", small(Question("a", "date", words("a"), earliest="2026-01-02", latest="2026-01-01"))),
    ("date_limits", small(Question("a", "date", words("a"), earliest="2026-02-30"))),
    ("text_limit", small(replace(ONE, max_length=0))),
    ("unknown_area", small(rated(role="driver", area="nowhere"))),
    ("driver_without_area", small(rated(role="driver"))),
    ("area_without_importance", small(
        rated(role="driver", area="time"), rated(code="b", role="driver", area="b"),
        rated(code="c", role="importance", area="b"),
        areas=(Area("time", words("a")), Area("b", words("b"))),
    )),
    ("importance_without_drivers", small(rated(role="importance", area="time"))),
    ("role_kind", small(replace(ONE, role="overall_satisfaction"))),
    ("role_kind", choice("multiple", TICKS, role="outcome")),
    ("domain_missing", choice(role="domain")),
    ("domain_missing", choice(domain="matter")),
    ("condition_unknown", when(Compare("nobody", "eq", 1))),
    ("condition_later", when(Compare("later", "answered"))),
    ("condition_later", when(Compare("a", "eq", 1))),
    ("condition_off", switch_question(when(Compare("k", "eq", 1)), "k", False)),
    ("condition_operator", when(Compare("k", "contains", 1))),
    ("condition_operator", when(Compare("m", "eq", 1))),
    ("condition_value", when(Compare("k", "eq", 3))),
    ("condition_value", when(Compare("k", "eq", -2))),
    ("condition_value", when(Compare("k", "lt", "x"))),
    ("condition_value", when(Compare("m", "contains", 9))),
    ("condition_no_value", when(Compare("k", "eq"))),
    ("condition_no_value", when(Compare("k", "eq", (1, 2)))),
    ("condition_no_value", when(Compare("k", "in", ()))),
    ("condition_empty", when(All((Compare("k", "eq", 1), AnyOf(()))))),
    ("never_shown", when(All((Compare("k", "eq", 1), Compare("k", "eq", 2))))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "questionnaire"), CASES, ids=[f"{n}-{c}" for n, (c, _) in enumerate(CASES)])
def test_a_planted_problem_is_found_and_can_be_said(code: str, questionnaire: Questionnaire) -> None:
    found = [problem for problem in check(questionnaire) if problem.code == code]
    assert found
    assert "{" not in found[0].text()


def test_every_problem_has_a_case_and_every_text_its_parameters() -> None:
    assert {code for code, _ in CASES} == set(PROBLEM_TEXTS)
    for code, questionnaire in CASES:
        for problem in check(questionnaire):
            named = {name for _, name, _, _ in string.Formatter().parse(PROBLEM_TEXTS[problem.code]) if name}
            assert named <= set(problem.params), (code, problem)


@given(questionnaires())
@settings(max_examples=60, deadline=None)
def test_sound_random_questionnaires_have_no_errors_but_impossible_conditions(q: Questionnaire) -> None:
    assert {problem.code for problem in errors(q)} <= {"never_shown"}


def test_warnings_do_not_stop_publication() -> None:
    assert check(small(rated(role="driver"))) and not errors(small(rated(role="driver")))


def test_problems_name_section_question_and_part() -> None:
    broken = set_properties(SAMPLE, "waiting", condition=Compare("channel", "eq", 7))
    (problem,) = check(broken)
    assert (problem.section, problem.question, problem.path) == ("rating", "waiting", "condition")
    assert problem.params == {"item": "channel", "value": 7}


def test_problems_come_in_reading_order() -> None:
    broken = small(*(rated(code=code, scale=None) for code in "cab"))
    assert [problem.question for problem in check(broken)] == ["c", "a", "b"]


def test_a_condition_of_a_section_may_not_look_into_the_section() -> None:
    q = small(sections=(Section("s", words("s"), condition=Compare("a", "answered"), questions=(ONE,)),))
    assert [problem.code for problem in check(q)] == ["condition_later"]


def test_a_question_that_contradicts_its_section_can_never_appear() -> None:
    inside = set_properties(SAMPLE, "waiting", condition=Compare("channel", "eq", 9))
    # "needs" can still bring the section up, so this one is possible.
    assert check(inside) == ()
    first, rating, end = SAMPLE.sections
    only_here = replace(rating, condition=Compare("channel", "in", (1, 2)))
    q = set_properties(
        replace(SAMPLE, sections=(first, only_here, end)), "waiting", condition=Compare("channel", "eq", 9)
    )
    assert [(p.code, p.question) for p in check(q)] == [("never_shown", "waiting")]


def test_a_question_behind_one_that_never_appears_never_appears_either() -> None:
    q = small(
        Question("k", "single", words("k"), options=OPTIONS),
        rated(code="x", condition=All((Compare("k", "eq", 1), Compare("k", "ne", 1)))),
        rated(code="y", condition=Compare("x", "ge", 2)),
        rated(code="z", condition=Compare("x", "not_answered")),
    )
    assert [problem.question for problem in check(q)] == ["x", "y"]


def test_many_alternatives_are_not_counted_to_the_end() -> None:
    ticks = [Question(f"k{n}", "single", words("k"), options=OPTIONS) for n in range(16)]
    either = All(tuple(AnyOf((Compare(f"k{n}", "eq", 1), Compare(f"k{n}", "eq", 2))) for n in range(16)))
    assert check(small(*ticks, rated(condition=either))) == ()


def test_long_chains_of_conditions_are_judged_quickly() -> None:
    chain = [
        Question("q0", "single", words("q"), options=OPTIONS),
        Question("q1", "single", words("q"), options=OPTIONS),
    ]
    for n in range(2, 120):
        both = All((Compare(f"q{n - 1}", "answered"), Compare(f"q{n - 2}", "answered")))
        chain.append(Question(f"q{n}", "single", words("q"), options=OPTIONS, condition=both))
    assert check(small(*chain)) == ()


def test_scales_of_two_to_eleven_points_are_sound() -> None:
    for size in range(2, 12):
        points = tuple(Point(value, words("x")) for value in range(1, size + 1))
        assert check(scale(*points)) == ()
    assert check(small(Question("a", "recommendation", words("a"), scale="eleven"), scales=(ELEVEN,))) == ()
