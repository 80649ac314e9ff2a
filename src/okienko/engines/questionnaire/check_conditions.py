"""Problems of conditions: what they look at, when it is asked, and whether the comparison makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from .conditions import as_sequence, comparisons
from .definition import DONT_KNOW, NOT_APPLICABLE, Compare, Condition, Questionnaire
from .items import Item, items
from .problems import Problem, Severity

#: Code, severity and parameters of a problem.
Finding: TypeAlias = tuple[str, Severity, dict[str, int | float | str]]

_PRESENCE = frozenset({"answered", "not_answered"})
_EQUALITY = frozenset({"eq", "ne", "in", "not_in"}) | _PRESENCE
_ORDER = frozenset({"lt", "le", "gt", "ge"})
_WORDS = frozenset({"contains", "not_contains"})

#: Kind of item → operators that make sense.
OPERATORS: dict[str, frozenset[str]] = {
    "categorical": _EQUALITY | _ORDER,
    "ordinal": _EQUALITY | _ORDER,
    "binary": _EQUALITY,
    "rank": _EQUALITY | _ORDER,
    "number": _EQUALITY | _ORDER,
    "date": _EQUALITY | _ORDER,
    "text": _EQUALITY | _WORDS,
}
#: For a multiple-choice or ranking question as a whole.
GROUP_OPERATORS = _WORDS | _PRESENCE


def check_conditions(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield the problems of all conditions, in reading order.

    A condition may look at questions that come before the question it stands at (before the section, for a
    section's; before the question itself, for an option's).
    """
    checker = _Checker(questionnaire)
    place = 0
    for section in questionnaire.sections:
        yield from checker.check(section.condition, place, section.code, "", "condition")
        for question in section.questions:
            yield from checker.check(question.condition, place, section.code, question.code, "condition")
            for option in question.options:
                path = f"option:{option.value}"
                yield from checker.check(option.condition, place, section.code, question.code, path)
            place += 1


class _Checker:
    def __init__(self, questionnaire: Questionnaire) -> None:
        questions = questionnaire.questions()
        self.place = {question.code: place for place, question in enumerate(questions)}
        self.items: dict[str, Item] = {item.code: item for item in items(questionnaire, all_questions=True)}
        self.asked = {question.code for _, found in questionnaire.asked() for question in found}
        self.options = {
            question.code: {option.value for option in question.options}
            for question in questions
            if question.kind in ("multiple", "ranking")
        }

    def check(
        self, condition: Condition | None, place: int, section: str, question: str, path: str
    ) -> Iterator[Problem]:
        """Check a condition that stands before question number ``place`` (counted from 0)."""
        if condition is None:
            return
        found: list[Finding] = [("condition_empty", "error", {})] if _has_empty_group(condition) else []
        for compare in comparisons(condition):
            found += self.comparison(compare, place)
        for code, severity, params in found:
            yield Problem(
                code=code, severity=severity, section=section, question=question, path=path, params=params
            )

    def comparison(self, compare: Compare, place: int) -> Iterator[Finding]:
        item = self.items.get(compare.item)
        if item is None and compare.item not in self.options:
            yield "condition_unknown", "error", {"item": compare.item}
            return
        home = item.question if item is not None else compare.item
        if self.place[home] >= place:
            yield "condition_later", "error", {"item": compare.item}
        elif home not in self.asked:
            # Switching a question off must not stop a coordinator, only tell her what follows from it.
            yield "condition_off", "warning", {"item": compare.item}
        allowed = OPERATORS[item.kind] if item is not None else GROUP_OPERATORS
        if compare.op not in allowed:
            yield "condition_operator", "error", {"item": compare.item, "op": compare.op}
            return
        yield from self.values(compare, item)

    def values(self, compare: Compare, item: Item | None) -> Iterator[Finding]:
        if compare.op in _PRESENCE:
            return
        values = as_sequence(compare.value)
        several = compare.op in ("in", "not_in")
        if not values or (isinstance(compare.value, tuple) and not several):
            yield "condition_no_value", "error", {"item": compare.item}
        for value in values:
            if not self.fits(value, compare, item):
                yield "condition_value", "error", {"item": compare.item, "value": value}

    def fits(self, value: int | float | str, compare: Compare, item: Item | None) -> bool:
        if item is None:
            return value in self.options[compare.item]
        if item.kind in ("text", "date"):
            return isinstance(value, str)
        if isinstance(value, str):
            return False
        if value in (DONT_KNOW, NOT_APPLICABLE):
            allowed = item.dont_know if value == DONT_KNOW else item.not_applicable
            return allowed and compare.op in ("eq", "in")
        return value in item.values() if item.categories else value >= 0


def _has_empty_group(condition: Condition) -> bool:
    if isinstance(condition, Compare):
        return False
    return not condition.of or any(_has_empty_group(part) for part in condition.of)
