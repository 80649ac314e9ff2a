"""Conditions mean what their tree says: evaluated against a naive evaluator, and said in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.questionnaire import (
    All,
    AnyOf,
    Compare,
    Condition,
    Option,
    Question,
    condition_in_words,
    evaluate,
    references,
)

from .samples import SAMPLE, small, words

GROUPS = {"many": {1: "many_1", 2: "many_2"}}
CODES = ["a", "b", "many_1", "many_2", "many"]
OPS = [
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "in",
    "not_in",
    "answered",
    "not_answered",
    "contains",
    "not_contains",
]

compares = st.builds(
    Compare,
    st.sampled_from(CODES),
    st.sampled_from(OPS),
    st.one_of(
        st.integers(-4, 4), st.sampled_from(["x", "Xy"]), st.tuples(st.integers(-3, 3), st.integers(0, 4))
    ),
)
trees = st.recursive(
    compares,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
answers = st.dictionaries(
    st.sampled_from(["a", "b", "many_1", "many_2"]),
    st.one_of(st.integers(-4, 4), st.sampled_from(["x", "axy", "2026-01-01"])),
)


def naive(condition: Condition, given: dict) -> bool:
    """Say the same by the letter of the documentation, without cleverness."""
    if isinstance(condition, All):
        return not [part for part in condition.of if not naive(part, given)]
    if isinstance(condition, AnyOf):
        return bool([part for part in condition.of if naive(part, given)])
    op, wanted = condition.op, condition.value
    many = wanted if isinstance(wanted, tuple) else (wanted,)
    if condition.item == "many":
        real = [code for code in ("many_1", "many_2") if given.get(code) not in (None, -2, -3, -4)]
        ticked = wanted in (1, 2) and given.get(f"many_{wanted}") not in (None, 0, -2, -3, -4)
        table = {
            "answered": bool(real),
            "not_answered": not real,
            "contains": ticked,
            "not_contains": bool(real) and not ticked,
        }
        return table.get(op, False)
    value = given.get(condition.item)
    real_value = value is not None and value not in (-2, -3, -4)
    said = isinstance(value, str) and isinstance(wanted, str) and wanted.casefold() in value.casefold()
    if op in ("eq", "in"):
        return value is not None and value in (many if op == "in" else (wanted,))
    if op in ("answered", "not_answered"):
        return real_value == (op == "answered")
    if not real_value:
        return False
    if op in ("ne", "not_in"):
        return value not in (many if op == "not_in" else (wanted,))
    if op in ("contains", "not_contains"):
        return said == (op == "contains")
    if isinstance(wanted, tuple) or isinstance(value, str) != isinstance(wanted, str):
        return False
    return {"lt": value < wanted, "le": value <= wanted, "gt": value > wanted, "ge": value >= wanted}[op]


@given(trees, answers)
@settings(max_examples=600, deadline=None)
def test_a_compiled_condition_equals_a_naive_evaluator(condition: Condition, given: dict) -> None:
    assert evaluate(condition, given, GROUPS) == naive(condition, given)


def test_a_and_b_or_c_keeps_its_brackets() -> None:
    condition = All((Compare("a", "eq", 1), AnyOf((Compare("b", "eq", 1), Compare("c", "eq", 1)))))
    # Without brackets "a and b or c" would hold here.
    assert not evaluate(condition, {"c": 1}, {})
    assert evaluate(condition, {"a": 1, "c": 1}, {})


def test_brackets_are_said_in_every_language() -> None:
    q = small(
        *(
            Question(code, "single", words(code), options=(Option(1, words("tak")), Option(2, words("nie"))))
            for code in "abc"
        )
    )
    condition = All((Compare("a", "eq", 1), AnyOf((Compare("b", "eq", 1), Compare("c", "eq", 1)))))
    assert condition_in_words(q, condition, "pl") == (
        "w pytaniu 1 zaznaczono „tak” i (w pytaniu 2 zaznaczono „tak” lub w pytaniu 3 zaznaczono „tak”)"
    )
    assert condition_in_words(q, condition, "en").endswith(
        "and (“tak” is marked in question 2 or “tak” is marked in question 3)"
    )
    assert "і (у запитанні 2 позначено «tak» або" in condition_in_words(q, condition, "uk")


@pytest.mark.parametrize("special", [None, -2, -3, -4])
def test_who_gave_no_real_answer_is_not_asked_why_it_differs(special: int | None) -> None:
    given = {} if special is None else {"a": special}
    for op in ("ne", "lt", "le", "gt", "ge"):
        assert not evaluate(Compare("a", op, 5), given, {})
    assert not evaluate(Compare("a", "not_in", (5,)), given, {})
    assert evaluate(Compare("a", "not_answered"), given, {})


def test_dont_know_can_be_asked_for() -> None:
    assert evaluate(Compare("a", "eq", -2), {"a": -2}, {})
    assert not evaluate(Compare("a", "eq", -2), {}, {})


@pytest.mark.parametrize(
    ("compare", "expected"),
    [
        (Compare("channel", "in", (1, 9)), "w pytaniu 1 zaznaczono „osobiście” lub „inaczej”"),
        (Compare("channel", "ne", 1), "w pytaniu 1 zaznaczono inną odpowiedź niż „osobiście”"),
        (Compare("needs", "contains", 2), "w pytaniu 2 zaznaczono „duży druk”"),
        (Compare("needs_2", "eq", 0), "w pytaniu 2 nie zaznaczono „duży druk”"),
        (Compare("speed", "ge", 3), "w pytaniu 5 zaznaczono od „stopień 3” do „stopień 5”"),
        (Compare("likely", "le", 6), "w pytaniu 8 zaznaczono od 0 do 6"),
        (Compare("weight_02", "eq", 5), "w pytaniu 6b zaznaczono „stopień 5”"),
        (Compare("waiting", "eq", -2), "w pytaniu 4 zaznaczono „Nie wiem”"),
        (Compare("hours", "gt", 2.5), "w pytaniu 11 wpisano więcej niż 2,5"),
        (Compare("day", "lt", "2026-01-01"), "w pytaniu 12 wpisano datę przed 1.01.2026"),
        (Compare("why", "answered"), "na pytanie 9 udzielono odpowiedzi"),
    ],
)
def test_comparisons_are_said_with_numbers_and_words_of_the_sheet(compare: Compare, expected: str) -> None:
    assert condition_in_words(SAMPLE, compare, "pl") == expected


def test_references_are_found_in_the_depths() -> None:
    assert references(SAMPLE.sections[1].condition) == {"channel", "needs"}
    assert references(None) == frozenset()
