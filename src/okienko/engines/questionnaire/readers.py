"""Readers: what one question takes from a form, and from typed values.

A reader is a pair of functions ``(source, values, problems) → None``. It writes the accepted answers into
``values``; what it refuses goes to ``problems`` and is left out. It may look at ``values`` for the answers
given so far, because options can have conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct

from .conditions import Test, Value
from .definition import DONT_KNOW, NOT_APPLICABLE, NOT_SHOWN
from .items import Item
from .parsing import (
    Refused,
    code_value,
    date_from_text,
    date_value,
    number_from_text,
    number_value,
    only,
    text_value,
)

#: Added to the item (or to a question with an item per option) for "don't know" and "not applicable"
#: beside an input that has no radio buttons of its own. No code contains two underscores.
SPECIAL_SUFFIX = "__m"

Form: TypeAlias = Mapping[str, Sequence[str]]
Typed: TypeAlias = Mapping[str, object]
Values: TypeAlias = dict[str, Value]


class FieldProblem(Struct, frozen=True):
    """Why an answer was not taken. ``messages.problem_text`` says it to the respondent.

    Attributes
    ----------
    code : str
        Key of the message.
    question, item : str
        Where; for a problem of a whole multiple choice or ranking, ``item`` is the question's code.
    params : dict
        What the message needs (``limit``, ``label`` …).
    """

    code: str
    question: str
    item: str
    params: dict[str, int | float | str] = {}


Problems: TypeAlias = list[FieldProblem]


class Reader(NamedTuple):
    """How a question is read from a form and from typed values."""

    form: Callable[[Form, Values, Problems], None]
    typed: Callable[[Typed, Values, Problems], None]


def specials(item: Item) -> tuple[int, ...]:
    """Return the special answers that an item takes."""
    return (DONT_KNOW,) * item.dont_know + (NOT_APPLICABLE,) * item.not_applicable


def code_map(item: Item) -> dict[str, int]:
    """Return what a form field may say → the code it means."""
    return {str(value): value for value in (*sorted(item.values()), *specials(item))}


def nothing(source: Any, values: Values, problems: Problems) -> None:
    """Read nothing: information asks nothing."""


def codes_reader(items: Sequence[Item], hidden: Mapping[int, Test]) -> Reader:
    """Read items that are answered with one code each: single choices, scales, grids, pairs."""
    cells = tuple((item.code, code_map(item), item) for item in items)

    def accept(item: Item, value: int | None, values: Values) -> None:
        if value is None:
            raise Refused("unknown_code")
        if value in hidden and not hidden[value](values):
            raise Refused("option_hidden")
        values[item.code] = value

    def form(data: Form, values: Values, problems: Problems) -> None:
        for code, mapping, item in cells:
            raw = data.get(code)
            if not raw:
                continue
            try:
                if text := only(raw):
                    accept(item, mapping.get(text), values)
            except Refused as refused:
                problems.append(problem_of(refused, item))

    def typed(given: Typed, values: Values, problems: Problems) -> None:
        for code, mapping, item in cells:
            value = given.get(code)
            if value is None:
                continue
            try:
                if (number := code_value(value)) == NOT_SHOWN:
                    raise Refused("not_shown")
                accept(item, mapping.get(str(number)), values)
            except Refused as refused:
                problems.append(problem_of(refused, item))

    return Reader(form, typed)


def with_other(reader: Reader, item: Item, other_item: Item, option: int, offered: Test | None) -> Reader:
    """Add the words of "other" to a single choice.

    Words without a choice choose the option, where it is offered: without JavaScript people write and forget
    to mark. Words beside another choice are not an answer and are left out.
    """

    def finish(words: str, values: Values, failed: bool) -> None:
        if not words or failed:
            return
        if item.code not in values and (offered is None or offered(values)):
            values[item.code] = option
        if values.get(item.code) == option:
            values[other_item.code] = words

    def form(data: Form, values: Values, problems: Problems) -> None:
        before = len(problems)
        reader.form(data, values, problems)
        words = form_words(data, other_item, problems)
        finish(words, values, len(problems) > before)

    def typed(given: Typed, values: Values, problems: Problems) -> None:
        before = len(problems)
        reader.typed(given, values, problems)
        words = typed_words(given, other_item, problems)
        finish(words, values, len(problems) > before)

    return Reader(form, typed)


def form_words(data: Form, item: Item | None, problems: Problems) -> str:
    """Return the words written beside "other" in a form; without such an option, none."""
    if item is None:
        return ""
    try:
        return text_value(item, only(data.get(item.code) or ()), multiline=False)
    except Refused as refused:
        problems.append(problem_of(refused, item))
        return ""


def typed_words(given: Typed, item: Item | None, problems: Problems) -> str:
    """Return the words beside "other" among typed values."""
    value = given.get(item.code) if item is not None else None
    if item is None or value is None or value == NOT_SHOWN:
        return ""
    try:
        return text_value(item, value, multiline=False)
    except Refused as refused:
        problems.append(problem_of(refused, item))
        return ""


def free_reader(item: Item) -> Reader:
    """Read a number, a date or a text, with a separate field for the special answers."""
    multiline = item.kind == "text" and (item.max_length or 0) > 200
    allowed = {str(value): value for value in specials(item)}
    special_field = item.code + SPECIAL_SUFFIX
    parsers: dict[str, tuple[Callable[[str], Value], Callable[[object], Value]]] = {
        "number": (lambda text: number_from_text(item, text), lambda value: number_value(item, value)),
        "date": (lambda text: date_from_text(item, text), lambda value: date_value(item, value)),
        "text": (
            lambda text: text_value(item, text, multiline=multiline),
            lambda value: text_value(item, value, multiline=multiline),
        ),
    }
    from_text, from_value = parsers[item.kind]

    def form(data: Form, values: Values, problems: Problems) -> None:
        try:
            text = only(data.get(item.code) or ())
            value: Value = from_text(text) if text else ""
            special = read_special(data, special_field, allowed)
            if special is not None and value != "":
                raise Refused("exclusive")
            if special is not None:
                values[item.code] = special
            elif value != "":
                values[item.code] = value
        except Refused as refused:
            problems.append(problem_of(refused, item))

    def typed(given: Typed, values: Values, problems: Problems) -> None:
        value = given.get(item.code)
        if value is None or value == "":
            return
        try:
            if isinstance(value, int) and value == NOT_SHOWN:
                raise Refused("not_shown")
            if isinstance(value, int) and value in allowed.values():
                values[item.code] = value
            elif (accepted := from_value(value)) != "":
                values[item.code] = accepted
        except Refused as refused:
            problems.append(problem_of(refused, item))

    return Reader(form, typed)


def read_special(data: Form, field: str, allowed: Mapping[str, int]) -> int | None:
    """Return the special answer that a form gives in a separate field."""
    text = only(data.get(field) or ())
    if not text:
        return None
    if text not in allowed:
        raise Refused("unknown_code")
    return allowed[text]


def problem_of(refused: Refused, item: Item) -> FieldProblem:
    return FieldProblem(refused.code, item.question, item.code, refused.params)
