"""JSON in and out: nothing is lost, and what is wrong is refused with its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from okienko.engines.questionnaire import (
    DefinitionError,
    Questionnaire,
    check,
    from_builtins,
    from_json,
    to_builtins,
    to_json,
)

from .samples import SAMPLE, questionnaires


@given(questionnaires())
@settings(max_examples=80, deadline=None)
def test_any_questionnaire_survives_json_and_a_json_column(questionnaire: Questionnaire) -> None:
    assert from_json(to_json(questionnaire)) == questionnaire
    assert from_json(to_json(questionnaire, indent=2)) == questionnaire
    assert from_builtins(json.loads(json.dumps(to_builtins(questionnaire)))) == questionnaire


def test_the_order_in_which_languages_were_typed_does_not_change_the_bytes() -> None:
    one = from_json(to_json(SAMPLE).replace(b'{"pl":"Jak?"}', '{"pl":"Jak?","uk":"Як?"}'.encode()))
    other = from_json(to_json(SAMPLE).replace(b'{"pl":"Jak?"}', '{"uk":"Як?","pl":"Jak?"}'.encode()))
    assert to_json(one) == to_json(other) != to_json(SAMPLE)


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    assert from_json(b"\xef\xbb\xbf" + to_json(SAMPLE)) == SAMPLE


def test_the_format_is_written_and_a_newer_one_refused() -> None:
    assert to_json(SAMPLE).startswith(b'{"format":"okienko-questionnaire/1"')
    with pytest.raises(DefinitionError) as caught:
        from_json(to_json(SAMPLE).replace(b"questionnaire/1", b"questionnaire/2"))
    assert caught.value.place == "$.format"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b'"kind":"scale"', b'"kind":"slider"', "$.sections[1].questions[0].kind"),
        (b'"required":true', b'"required":"yes"', "$.sections[1].questions[1].required"),
        (b'"required":true', b'"mandatory":true', "$.sections[1].questions[1]"),
        (b'"code":"channel"', b'"code":"Channel"', "$.sections[0].questions[1].code"),
        (b'"code":"channel"', b'"code":"channel__m"', "$.sections[0].questions[1].code"),
        (b'"code":"channel"', b'"code":"channel\\n"', "$.sections[0].questions[1].code"),
        (b'"op":"in"', b'"op":"like"', "$.sections[1].condition.of[0].op"),
        (b'"type":"all"', b'"type":"none"', "$.sections[1].condition.of[1].type"),
        (b'"languages":["pl"]', b'"languages":["po polsku"]', "$.languages[0]"),
        (b'"value":9,', b'"value":9.5,', "$.sections[0].questions[1].options[2].value"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(old: bytes, new: bytes, place: str) -> None:
    data = to_json(SAMPLE)
    assert old in data
    with pytest.raises(DefinitionError) as caught:
        from_json(data.replace(old, new, 1))
    assert caught.value.place == place
    assert caught.value.reason


@pytest.mark.parametrize("data", [b"", b"[", b"\xff\xfe", b"null", b"[]", b'"x"', b"{}", b"\x00"])
def test_what_is_no_questionnaire_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(DefinitionError) as caught:
        from_json(data)
    assert caught.value.reason


@pytest.mark.parametrize("depth", [13, 200, 5000])
def test_conditions_nested_beyond_reason_are_refused_not_run_out_of_stack(depth: int) -> None:
    condition = b'{"type":"all","of":[' * depth + b"]}" * depth
    data = to_json(SAMPLE).replace(b'"code":"end",', b'"code":"end","condition":' + condition + b",", 1)
    with pytest.raises(DefinitionError, match="deep"):
        from_json(data)


def test_a_flood_is_refused_before_it_is_read() -> None:
    with pytest.raises(DefinitionError, match="longer"):
        from_json(b" " * 2_000_001)


def test_the_sample_of_all_kinds_has_nothing_to_repair() -> None:
    assert check(SAMPLE) == ()
