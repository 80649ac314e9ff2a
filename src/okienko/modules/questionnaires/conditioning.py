"""Conditions taken apart and put together: where one stands, what it may look at, how it changes."""

from __future__ import annotations

from dataclasses import dataclass

from okienko.engines.questionnaire import (
    All,
    AnyOf,
    Change,
    Compare,
    Condition,
    Item,
    Question,
    Questionnaire,
    numbers,
    question_items,
)
from okienko.engines.questionnaire.changes import SetOption, SetProperties, SetSectionCondition
from okienko.modules.questionnaires import texts


@dataclass(frozen=True)
class Place:
    """Where a condition stands: at a question, a part, or an answer (`value`)."""

    kind: str
    code: str
    value: int | None
    name: str
    condition: Condition | None

    def change(self, condition: Condition | None) -> Change:
        if self.kind == "section":
            return SetSectionCondition(self.code, condition)
        if self.value is not None:
            return SetOption(self.code, self.value, {"condition": condition})
        return SetProperties(self.code, {"condition": condition})

    @property
    def address(self) -> str:
        return f"{self.kind}:{self.code}" + (f":{self.value}" if self.value is not None else "")


@dataclass(frozen=True)
class Subject:
    """Something earlier that a condition may look at; `item` is None for a whole multiple choice."""

    code: str
    name: str
    question: Question
    item: Item | None

    @property
    def sort(self) -> str:
        if self.item is None:
            return "choices"
        return "coded" if self.item.categories else self.item.kind


def place_of(content: Questionnaire, address: str) -> Place | None:
    """`question:CODE`, `section:CODE` or `option:CODE:VALUE`; None when there is no such place."""
    kind, _sep, rest = address.partition(":")
    code, _sep, value = rest.partition(":")
    if kind == "section":
        section = next((found for found in content.sections if found.code == code), None)
        if section is None:
            return None
        return Place(kind, code, None, texts.part_name(content, code), section.condition)
    question = next((found for found in content.questions() if found.code == code), None)
    if question is None or kind not in ("question", "option"):
        return None
    if kind == "question":
        return Place(kind, code, None, texts.item_name(code, content), question.condition)
    option = next((found for found in question.options if str(found.value) == value), None)
    if option is None:
        return None
    name = texts.short(texts.said(option.text, content.default_language)) or value
    return Place(kind, code, option.value, name, option.condition)


def subjects(content: Questionnaire, place: Place) -> list[Subject]:
    """What is asked before the place, in order."""
    found: list[Subject] = []
    numbered = numbers(content)
    for section in content.sections:
        if place.kind == "section" and section.code == place.code:
            break
        for question in section.questions:
            if place.kind != "section" and question.code == place.code:
                return found
            if section.enabled and question.enabled:
                found += _of_question(content, section.code, question, numbered.get(question.code, ""))
    return found


def _of_question(content: Questionnaire, section: str, question: Question, number: str) -> list[Subject]:
    if question.kind in ("multiple", "ranking"):
        words = texts.short(texts.said(question.text, content.default_language), 80)
        return [Subject(question.code, f"{number}. {words}", question, None)]
    return [
        Subject(item.code, _name(item, content), question, item)
        for item in question_items(content, section, question, number)
        if item.option is None
    ]


def _name(item: Item, content: Questionnaire) -> str:
    return f"{item.number}. {texts.short(texts.said(item.label, content.default_language), 80)}"


def parts_of(condition: Condition | None) -> tuple[str, tuple[Condition, ...]]:
    """How a condition is joined ("all" or "any") and of what."""
    if condition is None:
        return "all", ()
    if isinstance(condition, Compare):
        return "all", (condition,)
    return ("all" if isinstance(condition, All) else "any"), condition.of


def joined(mode: str, parts: tuple[Condition, ...]) -> Condition | None:
    """The parts as one condition; None when nothing is left."""
    if not parts:
        return None
    return AnyOf(parts) if mode == "any" else All(parts)
