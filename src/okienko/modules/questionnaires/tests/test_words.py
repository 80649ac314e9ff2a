"""Words for the engine's codes are complete."""

from __future__ import annotations

from typing import get_args

from django.utils.translation import override

from okienko.engines.questionnaire import PROBLEM_TEXTS, AnyChange, from_json
from okienko.engines.questionnaire.definition import Domain, Kind, Role
from okienko.modules.questionnaires import deeds, library, texts
from okienko.modules.questionnaires.problem_texts import PROBLEMS

#: Changes of something that stays: the history says what it was before and what it is after.
ALTERATIONS = frozenset(
    {"set_text", "set_properties", "set_option", "set_section_condition", "switch_question", "switch_section"}
)


def test_every_problem_has_the_engines_own_words_as_its_message():
    with override(None):
        assert {code: str(text) for code, text in PROBLEMS.items()} == PROBLEM_TEXTS


def test_every_kind_role_and_domain_has_words():
    assert set(texts.KINDS) == set(get_args(Kind))
    assert set(texts.ROLES) == set(get_args(Role))
    assert set(texts.DOMAINS) == set(get_args(Domain))


def test_every_change_of_the_engine_has_words_for_the_history():
    tags = {kind.__struct_config__.tag for kind in get_args(AnyChange)}
    assert set(deeds.DEEDS) == tags - ALTERATIONS


def test_a_question_is_named_by_its_number_and_its_first_words():
    content = from_json(library.read("klienci"))
    assert texts.item_name("sposob", content).startswith("2. ")
    assert texts.item_name("nie_ma", content) == "nie_ma"


def test_long_words_are_cut_between_words():
    assert texts.short("jeden dwa trzy cztery", 12) == "jeden dwa…"
