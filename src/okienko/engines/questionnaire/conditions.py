"""Conditions on earlier answers: what a comparison means, and how it is compiled.

Meaning, for an answer set ``dict[item code → int | float | str]``:

* A *real* answer is a text, a date, or a number that is not one of the special answers −2, −3, −4.
* ``answered``: there is a real answer. ``not_answered`` is its opposite: empty, don't know, not
  applicable or not shown.
* ``eq`` and ``in`` compare with what is stored, so ``eq −2`` asks for "don't know".
* ``ne``, ``not_in``, ``lt``, ``le``, ``gt``, ``ge`` hold only for real answers: somebody who did not answer
  is not asked why the answer differs.
* ``contains``: of a multiple choice, the option with this value is ticked (of a ranking, has a place);
  of a text, the words occur in it, letter case apart. ``not_contains`` holds when the question has a real
  answer and ``contains`` does not hold.

Groups nest to any depth; they are trees, so no brackets can be lost in translation.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from .definition import SPECIAL, All, Compare, Condition, Option, Questionnaire

Value: TypeAlias = int | float | str
Answers: TypeAlias = Mapping[str, Value]
Test: TypeAlias = Callable[[Answers], bool]
#: Question code → option value → item code, for questions that have an item per option.
Groups: TypeAlias = Mapping[str, Mapping[int, str]]


def option_item(question: str, option: Option | int) -> str:
    """Return the item code of one option of a multiple-choice or ranking question."""
    return f"{question}_{option if isinstance(option, int) else option.value}"


def groups(questionnaire: Questionnaire) -> dict[str, dict[int, str]]:
    """Return the questions with an item per option, for :func:`compile_condition`."""
    return {
        question.code: {option.value: option_item(question.code, option) for option in question.options}
        for question in questionnaire.questions()
        if question.kind in ("multiple", "ranking")
    }


def is_real(value: Value | None) -> bool:
    """Tell whether a stored value is a real answer, not empty and not special."""
    return value is not None and value not in SPECIAL


def compile_condition(condition: Condition | None, of_groups: Groups) -> Test | None:
    """Turn a condition into a function of the answers; None stays None (always holds).

    An empty ``all`` holds, an empty ``any`` does not (``checks`` reports both).
    """
    if condition is None:
        return None
    if isinstance(condition, Compare):
        return _comparison(condition, of_groups)
    parts = tuple(_compiled(part, of_groups) for part in condition.of)
    if len(parts) == 1:
        return parts[0]
    if isinstance(condition, All):
        return lambda answers: all(part(answers) for part in parts)
    return lambda answers: any(part(answers) for part in parts)


def evaluate(condition: Condition | None, answers: Answers, of_groups: Groups) -> bool:
    """Tell whether a condition holds for these answers."""
    test = compile_condition(condition, of_groups)
    return test is None or test(answers)


def comparisons(condition: Condition | None) -> Iterator[Compare]:
    """Yield every comparison of a condition, left to right."""
    if isinstance(condition, Compare):
        yield condition
    elif condition is not None:
        for part in condition.of:
            yield from comparisons(part)


def references(condition: Condition | None) -> frozenset[str]:
    """Return the item and question codes that a condition looks at."""
    return frozenset(comparison.item for comparison in comparisons(condition))


def both(*conditions: Condition | None) -> Condition | None:
    """Join conditions so that all must hold; None counts as always."""
    given = tuple(condition for condition in conditions if condition is not None)
    if len(given) < 2:
        return given[0] if given else None
    return All(given)


def as_sequence(value: object) -> Sequence[Value]:
    """Return the values a comparison names: none, one, or several."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def option_of(items: Mapping[int, str], compare: Compare) -> str | None:
    """Return the item of the option that a comparison with a whole question names."""
    return items.get(compare.value) if isinstance(compare.value, int) else None


def _compiled(condition: Condition, of_groups: Groups) -> Test:
    test = compile_condition(condition, of_groups)
    assert test is not None
    return test


def _comparison(compare: Compare, of_groups: Groups) -> Test:
    if compare.item in of_groups:
        return _group_comparison(compare, of_groups[compare.item])
    item, wanted = compare.item, compare.value
    match compare.op:
        case "answered":
            return lambda answers: is_real(answers.get(item))
        case "not_answered":
            return lambda answers: not is_real(answers.get(item))
        case "eq":
            return lambda answers: wanted is not None and answers.get(item) == wanted
        case "in":
            allowed = frozenset(as_sequence(wanted))
            return lambda answers: answers.get(item) in allowed
        case "ne":
            return lambda answers: is_real(value := answers.get(item)) and value != wanted
        case "not_in":
            refused = frozenset(as_sequence(wanted))
            return lambda answers: is_real(value := answers.get(item)) and value not in refused
        case "contains":
            return lambda answers: _has_words(answers.get(item), wanted)
        case "not_contains":
            return lambda answers: is_real(answers.get(item)) and not _has_words(answers.get(item), wanted)
        case _:
            return _ordering(compare)


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def _ordering(compare: Compare) -> Test:
    item, op, limit = compare.item, compare.op, compare.value
    # What cannot be ordered never holds: an unchecked condition must not fail in front of a client.
    if limit is None or isinstance(limit, tuple):
        return lambda answers: False

    order = _ORDER[op]

    def holds(answers: Answers) -> bool:
        value = answers.get(item)
        return is_real(value) and isinstance(value, str) == isinstance(limit, str) and order(value, limit)

    return holds


def _group_comparison(compare: Compare, items: Mapping[int, str]) -> Test:
    codes = tuple(items.values())

    def answered(answers: Answers) -> bool:
        return any(is_real(answers.get(code)) for code in codes)

    wanted = option_of(items, compare)

    def contains(answers: Answers) -> bool:
        # 1 = ticked, or a place in a ranking; 0 = not ticked.
        return wanted is not None and is_real(value := answers.get(wanted)) and value != 0

    match compare.op:
        case "answered":
            return answered
        case "not_answered":
            return lambda answers: not answered(answers)
        case "contains":
            return contains
        case "not_contains":
            return lambda answers: answered(answers) and not contains(answers)
        case _:
            return lambda answers: False


def _has_words(value: Value | None, words: object) -> bool:
    return isinstance(value, str) and isinstance(words, str) and words.casefold() in value.casefold()
