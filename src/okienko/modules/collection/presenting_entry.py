"""Rows of the comparison of two typings, in words."""

from __future__ import annotations

from dataclasses import dataclass

from okienko.engines.questionnaire import Questionnaire, items
from okienko.modules.collection.entry_sheet import item_words, value_words
from okienko.modules.collection.models import EntryForm


@dataclass(frozen=True)
class Difference:
    """One item on which the typings differ; empty words: nothing was typed."""

    item: str
    number: str
    words: str
    first: str
    second: str


def differences_of(questionnaire: Questionnaire, form: EntryForm, language: str) -> list[Difference]:
    known = {item.code: item for item in items(questionnaire)}
    words = item_words(questionnaire, language)
    second = form.second_answers or {}

    def said(code: str, values: dict) -> str:
        return value_words(known[code], values.get(code), language, questionnaire)

    return [
        Difference(code, *words[code], said(code, form.answers), said(code, second))
        for code in form.differences
        if code in known
    ]
