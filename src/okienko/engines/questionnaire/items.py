"""Items: the flat variables that answers are stored in and statistics are made of.

| question            | items                                                                     |
|---------------------|---------------------------------------------------------------------------|
| single, scale, …    | ``<question>``                                                            |
| multiple, ranking   | ``<question>_<option value>`` for every option: 0/1, or the place         |
| grid                | ``<question>_<row>``                                                      |
| pair                | ``<question>`` or ``<question>_<row>``, and the same with ``_imp``        |
| an option in words  | ``<question>_other``, a text                                              |
| information         | none                                                                      |

Codes depend on the codes of the question, row and option alone: not on order, language or version.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from .conditions import option_item
from .definition import Domain, Question, Questionnaire, Role, Row, Scale, Texts

ItemKind = Literal["categorical", "ordinal", "binary", "rank", "number", "date", "text"]

OTHER_LENGTH = 200
TEXT_LENGTH = 200
LONG_TEXT_LENGTH = 4000
IMPORTANCE_SUFFIX = "_imp"
OTHER_SUFFIX = "_other"


class Category(Struct, frozen=True):
    """A value that an item may take, with its label per language."""

    value: int
    label: Texts


class Item(Struct, frozen=True, kw_only=True):
    """One variable of the data.

    Attributes
    ----------
    code : str
        The key in an answer set, the name of the form field, the column of an export.
    question, section : str
        Where it comes from; ``row`` and ``option`` say which part of the question.
    number : str
        As printed: ``7``, in a grid ``25a``. For display only: it changes with the order.
    kind : str
        ``categorical`` (single choice), ``ordinal`` (scale, 0–10), ``binary`` (option of a multiple
        choice, 0/1), ``rank`` (place, 1 = first), ``number``, ``date`` (ISO text), ``text``.
    label : dict
        Question, and for a part of it also the row or option, per language.
    categories : tuple of Category
        For categorical, ordinal and binary items; special answers are not among them.
    low, high : int or None
        Ends of an ordinal item; for a rank 1 and the number of places.
    importance_of : str or None
        For the importance half of a pair, the item whose importance it is.
    dont_know, not_applicable : bool
        Whether −2 and −3 may be answered.
    """

    code: str
    question: str
    section: str
    number: str
    kind: ItemKind
    label: Texts
    row: str | None = None
    option: int | None = None
    categories: tuple[Category, ...] = ()
    low: int | None = None
    high: int | None = None
    role: Role | None = None
    domain: Domain | None = None
    area: str | None = None
    importance_of: str | None = None
    dont_know: bool = False
    not_applicable: bool = False
    minimum: int | float | None = None
    maximum: int | float | None = None
    decimals: int = 0
    earliest: str | None = None
    latest: str | None = None
    max_length: int | None = None

    def values(self) -> frozenset[int]:
        """Return the codes of the categories."""
        return frozenset(category.value for category in self.categories)


def items(questionnaire: Questionnaire, *, all_questions: bool = False) -> tuple[Item, ...]:
    """Return the items of a questionnaire in the order of its questions.

    Parameters
    ----------
    questionnaire : Questionnaire
    all_questions : bool
        Also of questions and sections that are switched off.
    """
    found: list[Item] = []
    numbered = numbers(questionnaire)
    for section in questionnaire.sections:
        for question in section.questions:
            if all_questions or (section.enabled and question.enabled):
                number = numbered.get(question.code, "")
                found += question_items(questionnaire, section.code, question, number)
    return tuple(found)


def numbers(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the printed number of every question that is asked: ``{"visit": "1", …}``."""
    asked = [
        question.code
        for _, questions in questionnaire.asked()
        for question in questions
        if question.kind != "information"
    ]
    return {code: str(place) for place, code in enumerate(asked, start=1)}


def row_number(number: str, index: int) -> str:
    """Return the number of a row: ``25`` and 1 give ``25b``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return f"{number}{letters}" if number else ""


def question_items(
    questionnaire: Questionnaire, section: str, question: Question, number: str = ""
) -> tuple[Item, ...]:
    """Return the items of one question; ``number`` is its printed number."""
    base = _Base(questionnaire, section, question, number)
    match question.kind:
        case "information":
            return ()
        case "multiple" | "ranking":
            return (*base.per_option(), *base.other())
        case "grid":
            return tuple(base.rated(row, index) for index, row in enumerate(question.rows))
        case "pair":
            rows: tuple[Row | None, ...] = question.rows or (None,)
            return tuple(item for index, row in enumerate(rows) for item in base.pair(row, index))
        case "scale" | "recommendation":
            return (base.rated(None, 0),)
        case "single":
            return (base.single(), *base.other())
        case _:
            return (base.free(),)


class _Base:
    """What all items of one question share."""

    def __init__(self, questionnaire: Questionnaire, section: str, question: Question, number: str) -> None:
        self.questionnaire = questionnaire
        self.question = question
        self.item = Item(
            code=question.code,
            question=question.code,
            section=section,
            number=number,
            kind="text",
            label=question.text,
            role=question.role,
            domain=question.domain,
            area=question.area,
            dont_know=question.dont_know,
            not_applicable=question.not_applicable,
        )

    def label(self, part: Texts) -> Texts:
        text = self.question.text
        return {
            language: " – ".join(filter(None, (text.get(language, ""), part.get(language, ""))))
            for language in {**text, **part}
        }

    def single(self) -> Item:
        categories = tuple(Category(option.value, option.text) for option in self.question.options)
        return replace(self.item, kind="categorical", categories=categories)

    def per_option(self) -> tuple[Item, ...]:
        question = self.question
        ranking = question.kind == "ranking"
        return tuple(
            replace(
                self.item,
                code=option_item(question.code, option),
                number=row_number(self.item.number, index),
                kind="rank" if ranking else "binary",
                label=self.label(option.text),
                option=option.value,
                categories=() if ranking else (Category(0, {}), Category(1, option.text)),
                low=1 if ranking else None,
                high=(question.max_choices or len(question.options)) if ranking else None,
            )
            for index, option in enumerate(question.options)
        )

    def other(self) -> tuple[Item, ...]:
        option = next((option for option in self.question.options if option.other), None)
        if option is None:
            return ()
        words = Item(
            code=self.question.code + OTHER_SUFFIX,
            question=self.question.code,
            section=self.item.section,
            number=self.item.number,
            kind="text",
            label=self.label(option.text),
            option=option.value,
            max_length=OTHER_LENGTH,
        )
        return (words,)

    def rated(self, row: Row | None, index: int) -> Item:
        """Make the item of a scale, or of one row."""
        item = replace(
            self.item,
            code=rated_code(self.question, row),
            kind="ordinal",
            **_ends(self.questionnaire.scale(self.question.scale)),
        )
        if row is None:
            return item
        return replace(
            item,
            number=row_number(self.item.number, index),
            label=self.label(row.text),
            row=row.code,
            role=row.role or item.role,
            area=row.area or item.area,
        )

    def pair(self, row: Row | None, index: int) -> tuple[Item, Item]:
        satisfaction = self.rated(row, index)
        importance = replace(
            satisfaction,
            code=satisfaction.code + IMPORTANCE_SUFFIX,
            role="importance",
            importance_of=satisfaction.code,
            **_ends(self.questionnaire.scale(self.question.importance_scale)),
        )
        return satisfaction, importance

    def free(self) -> Item:
        question = self.question
        kinds: dict[str, ItemKind] = {"number": "number", "date": "date"}
        limit = None
        if question.kind in ("text", "long_text"):
            limit = question.max_length or (TEXT_LENGTH if question.kind == "text" else LONG_TEXT_LENGTH)
        return replace(
            self.item,
            kind=kinds.get(question.kind, "text"),
            minimum=question.minimum,
            maximum=question.maximum,
            decimals=question.decimals,
            earliest=question.earliest,
            latest=question.latest,
            max_length=limit,
        )


def rated_code(question: Question, row: Row | None) -> str:
    """Return the item code of a rated question or of one of its rows."""
    return f"{question.code}_{row.code}" if row else question.code


def _ends(scale: Scale | None) -> dict[str, Any]:
    points = scale.points if scale else ()
    values = [point.value for point in points]
    return {
        "categories": tuple(Category(point.value, point.text) for point in points),
        "low": min(values, default=None),
        "high": max(values, default=None),
    }
