"""The screen of keyed entry: the questions in paper order, each with the keys printed on the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from okienko.engines.questionnaire import (
    EntryField,
    Item,
    Question,
    Questionnaire,
    entry_fields,
    items,
    message,
)
from okienko.engines.questionnaire.conditions import both, groups

SPECIAL_WORDS = {-2: "dont_know", -3: "not_applicable"}


@dataclass(frozen=True)
class Key:
    """One key: what it writes, in words. `name`: the box of a multiple choice, or a special box."""

    key: str
    value: int
    words: str
    name: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Row:
    """One stop of the typist. `keys` choose an answer; `specials` stand beside an input."""

    number: str
    item: str
    question: str
    kind: str
    words: str
    keys: tuple[Key, ...]
    specials: tuple[Key, ...] = ()
    value: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """`sections`: title and rows; `words`: what is written in words, typed at the end."""

    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    words: tuple[Row, ...]
    rules: dict[str, Any]

    @property
    def stops(self) -> int:
        return sum(len(rows) for _title, rows in self.sections) + len(self.words)


Fields = Mapping[str, Sequence[str]]


def sheet_of(
    questionnaire: Questionnaire, language: str, fields: Fields, problems: Mapping[str, str] | None = None
) -> Sheet:
    """Lay out every question with the answers typed so far; `problems`: form field → sentence."""
    maker = _Maker(questionnaire, language, fields, problems or {})
    sections: dict[str, list[Row]] = {}
    words = []
    for field in entry_fields(questionnaire):
        row = maker.row(field)
        if field.kind == "text":
            words.append(row)
        else:
            sections.setdefault(maker.section_of[field.question], []).append(row)
    titles = {section.code: maker.said(section.title) for section in questionnaire.sections}
    return Sheet(
        tuple((titles[code], tuple(rows)) for code, rows in sections.items()),
        tuple(words),
        _rules(questionnaire),
    )


def as_fields(questionnaire: Questionnaire, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Stored answers as the fields of the form that they came from."""
    fields: dict[str, list[str]] = {}
    special = {field.item: field.special_field for field in entry_fields(questionnaire)}
    boxes = {box: field for field in entry_fields(questionnaire) for box in field.boxes.values()}
    for code, value in values.items():
        if value == -4 or (code in boxes and value == 0):
            continue
        if value in SPECIAL_WORDS and code in boxes:
            fields[boxes[code].special_field] = [str(value)]
        elif value in SPECIAL_WORDS and special.get(code):
            fields[special[code]] = [str(value)]
        else:
            fields[code] = [str(value)]
    return fields


def item_words(questionnaire: Questionnaire, language: str) -> dict[str, tuple[str, str]]:
    """Item code → its printed number and its words."""
    return {
        item.code: (item.number, _said(item.label, language, questionnaire)) for item in items(questionnaire)
    }


def value_words(item: Item, value: float | None, language: str, questionnaire: Questionnaire) -> str:
    """What a code means, in words; nothing for an empty answer."""
    if value is None or value == -4:
        return ""
    if value in SPECIAL_WORDS:
        return message(SPECIAL_WORDS[int(value)], language)
    found = {category.value: category.label for category in item.categories}.get(value)
    words = _said(found, language, questionnaire) if found else ""
    return f"{value} – {words}" if words else str(value)


def _said(texts: Mapping[str, str], language: str, questionnaire: Questionnaire) -> str:
    return texts.get(language) or texts.get(questionnaire.default_language) or next(iter(texts.values()), "")


class _Maker:
    def __init__(
        self, questionnaire: Questionnaire, language: str, fields: Fields, problems: Mapping[str, str]
    ) -> None:
        self.questionnaire, self.language = questionnaire, language
        self.fields, self.problems = fields, problems
        self.items: dict[str, Item] = {item.code: item for item in items(questionnaire)}
        self.questions: dict[str, Question] = {q.code: q for q in questionnaire.questions()}
        self.section_of = {
            question.code: section.code
            for section, questions in questionnaire.asked()
            for question in questions
        }

    def said(self, texts: Mapping[str, str]) -> str:
        return _said(texts, self.language, self.questionnaire)

    def row(self, field: EntryField) -> Row:
        item = self.items.get(field.item)
        words = self.said(item.label if item else self.questions[field.question].text)
        keys, specials = self._keys(field, item)
        return Row(
            number=field.number,
            item=field.item,
            question=field.question,
            kind=field.kind,
            words=words,
            keys=keys,
            specials=specials,
            value=self._sent(field.item),
            problem=self.problems.get(field.item, "") or self.problems.get(field.question, ""),
        )

    def _keys(self, field: EntryField, item: Item | None) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
        specials = tuple(
            Key(key, value, message(SPECIAL_WORDS[value], self.language), field.special_field,
                self._sent(field.special_field) == str(value))
            for key, value in field.keys.items() if value in SPECIAL_WORDS
        )  # fmt: skip
        if field.kind == "several":
            boxes = tuple(
                Key(key, 1, self._option(code), code, self._sent(code) == "1")
                for key, code in field.boxes.items()
            )
            return boxes, specials
        if field.kind != "code" or item is None:
            return (), specials
        labels = {category.value: self.said(category.label) for category in item.categories}
        answers = tuple(
            Key(key, value, labels.get(value, ""), "", self._sent(field.item) == str(value))
            for key, value in field.keys.items() if value not in SPECIAL_WORDS
        )  # fmt: skip
        own = tuple(
            Key(s.key, s.value, s.words, "", self._sent(field.item) == str(s.value)) for s in specials
        )
        return answers + own, ()

    def _option(self, code: str) -> str:
        item = self.items[code]
        options = {option.value: option.text for option in self.questions[item.question].options}
        return self.said(options.get(item.option, {}))

    def _sent(self, name: str) -> str:
        values = self.fields.get(name) if name else None
        return values[0] if values else ""


def _rules(questionnaire: Questionnaire) -> dict[str, Any]:
    """Conditions for the browser, question by question in order; the server checks them again."""
    shown = {}
    for section, questions in questionnaire.asked():
        for question in questions:
            condition = both(section.condition, question.condition)
            if condition is not None:
                shown[question.code] = msgspec.to_builtins(condition)
    return {"shown": shown, "groups": groups(questionnaire)}
