"""New parts, questions, scales and areas as changes: their codes come from their words and never repeat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from okienko.engines.questionnaire import (
    Area,
    Option,
    Point,
    Question,
    Row,
    Scale,
    Section,
    Texts,
    suggest_code,
)
from okienko.engines.questionnaire import Questionnaire as Definition
from okienko.engines.questionnaire.changes import (
    AddArea,
    AddOption,
    AddQuestion,
    AddRow,
    AddScale,
    AddSection,
)
from okienko.modules.questionnaires import selectors
from okienko.modules.questionnaires.models import Questionnaire


def new_section(content: Definition, earlier: Iterable[Definition], title: str) -> AddSection:
    taken = {section.code for known in (content, *earlier) for section in known.sections}
    code = suggest_code(title, taken, fallback="czesc")
    return AddSection(Section(code, {content.default_language: title}))


def new_question(
    content: Definition, earlier: Iterable[Definition], section: str, data: dict[str, Any], lines: list[str]
) -> AddQuestion:
    """A question from a cleaned form; `lines` are its answers or rows."""
    kind, main = data["kind"], content.default_language
    taken = {question.code for known in (content, *earlier) for question in known.questions()}
    parts: dict[str, Any] = {}
    if kind in ("single", "multiple", "ranking"):
        parts["options"] = tuple(Option(value, {main: line}) for value, line in enumerate(lines, start=1))
    if kind in ("grid", "pair"):
        parts["rows"] = tuple(Row(str(place), {main: line}) for place, line in enumerate(lines, start=1))
    if kind in ("scale", "recommendation", "grid", "pair"):
        parts["scale"] = data["scale"]
    if kind == "pair":
        parts["importance_scale"] = data["importance_scale"]
    code = suggest_code(data["text"], taken, fallback="pytanie")
    return AddQuestion(
        section, Question(code, kind, {main: data["text"]}, **parts), after=data["after"] or None
    )


def new_scale(
    content: Definition, earlier: Iterable[Definition], values: Iterable[int], words: Iterable[str]
) -> AddScale:
    main = content.default_language
    points = tuple(
        Point(value, {main: text} if text else {}) for value, text in zip(values, words, strict=True)
    )
    taken = {scale.code for known in (content, *earlier) for scale in known.scales}
    ends = f"{points[0].text[main]} {points[-1].text[main]}"
    return AddScale(Scale(suggest_code(ends, taken, fallback="skala"), points))


def new_area(content: Definition, earlier: Iterable[Definition], names: Texts) -> AddArea:
    taken = {area.code for known in (content, *earlier) for area in known.areas}
    return AddArea(Area(suggest_code(names[content.default_language], taken, fallback="obszar"), names))


def new_option(content: Definition, earlier: Iterable[Definition], question: str, words: str) -> AddOption:
    """An answer whose value no earlier version used."""
    taken = {option.value for found in _same(earlier, question) for option in found.options}
    return AddOption(question, {content.default_language: words}, tuple(sorted(taken)))


def new_row(content: Definition, earlier: Iterable[Definition], question: str, words: str) -> AddRow:
    found = [content.question(question), *_same(earlier, question)]
    taken = {row.code for known in found for row in known.rows}
    place = 1
    while str(place) in taken:
        place += 1
    return AddRow(question, Row(str(place), {content.default_language: words}))


def _same(earlier: Iterable[Definition], question: str) -> list[Question]:
    return [found for known in earlier for found in known.questions() if found.code == question]


def addition(
    row: Questionnaire, content: Definition, question: Question, data: dict[str, Any]
) -> AddOption | AddRow | None:
    """The answer or row that was written in the field for a new one, if any."""
    words = data.get("added", "")
    if not words:
        return None
    make = new_option if question.kind in ("single", "multiple", "ranking") else new_row
    return make(content, selectors.earlier_definitions(row), question.code, words)
