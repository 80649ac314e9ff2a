"""Keyed entry: what a typist fills, field by field, with the keys printed on the sheet."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from .definition import DONT_KNOW, NOT_APPLICABLE, Question, Questionnaire
from .items import Item, numbers, question_items
from .paper import KEY_DONT_KNOW, KEY_NOT_APPLICABLE, answer_keys

EntryKind = Literal["code", "several", "place", "number", "date", "text"]

#: How an item without codes is typed.
_TYPED: dict[str, EntryKind] = {"rank": "place", "number": "number", "date": "date", "text": "text"}


class EntryField(Struct, frozen=True, kw_only=True):
    """One stop of the typist.

    Attributes
    ----------
    number : str
        As printed on the sheet (``25a``).
    item : str
        Item code, and the name of the form field; for ``several`` the question's code.
    kind : str
        ``code``: one key, then on to the next field. ``several``: a key per marked box, then Enter.
        ``place``, ``number``, ``date``, ``text``: typed, then Enter.
    keys : dict of str → int
        Key → code for ``code``; key → −2 or −3 for every kind.
    boxes : dict of str → str
        For ``several``: key → item code of the box.
    special_field : str
        Form field of −2 and −3 where it is not the item's own.
    """

    number: str
    question: str
    item: str
    kind: EntryKind
    keys: dict[str, int] = {}
    boxes: dict[str, str] = {}
    special_field: str = ""


def entry_fields(questionnaire: Questionnaire) -> tuple[EntryField, ...]:
    """Return the fields in the order of the sheet; words beside "other" follow their question."""
    numbered = numbers(questionnaire)
    found: list[EntryField] = []
    for section, questions in questionnaire.asked():
        for question in questions:
            items = question_items(questionnaire, section.code, question, numbered.get(question.code, ""))
            found += _fields(question, items)
    return tuple(found)


def _fields(question: Question, items: tuple[Item, ...]) -> list[EntryField]:
    if not items:
        return []
    special = _special_keys(question)
    if question.kind == "multiple":
        keys = answer_keys([item.option or 0 for item in items if item.kind == "binary"])
        boxes = {keys[item.option or 0]: item.code for item in items if item.kind == "binary"}
        first = EntryField(
            number=_number(items[0], question),
            question=question.code,
            item=question.code,
            kind="several",
            keys=special,
            boxes=boxes,
            special_field=f"{question.code}__m" if special else "",
        )
        return [first, *(_field(item, question, {}) for item in items if item.kind == "text")]
    return [_field(item, question, special) for item in items]


def _field(item: Item, question: Question, special: dict[str, int]) -> EntryField:
    if item.categories:
        codes = answer_keys([category.value for category in item.categories])
        keys = {key: value for value, key in codes.items()}
        return EntryField(
            number=item.number, question=question.code, item=item.code, kind="code", keys={**keys, **special}
        )
    of_question = question.kind == "ranking"
    return EntryField(
        number=item.number,
        question=question.code,
        item=item.code,
        kind=_TYPED[item.kind],
        keys=special,
        special_field=f"{question.code if of_question else item.code}__m" if special else "",
    )


def _number(item: Item, question: Question) -> str:
    return item.number.rstrip("abcdefghijklmnopqrstuvwxyz") if question.kind == "multiple" else item.number


def _special_keys(question: Question) -> dict[str, int]:
    keys = {}
    if question.dont_know:
        keys[KEY_DONT_KNOW] = DONT_KNOW
    if question.not_applicable:
        keys[KEY_NOT_APPLICABLE] = NOT_APPLICABLE
    return keys
