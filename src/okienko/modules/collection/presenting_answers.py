"""Answers and remarks as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import Item
from okienko.foundation.ui import words
from okienko.modules.collection.answering.form import language_name
from okienko.modules.collection.models import Mode, Remark
from okienko.modules.collection.remark_words import worded
from okienko.modules.collection.selectors_quality import Standing

MOST_UNANSWERED = 10
MOST_LETTERS = 100


@dataclass(frozen=True)
class RemarkCard:
    """A remark for its coordinator: what others would read, and what was written."""

    row: Remark
    question: str
    shown: str
    original: str

    @property
    def differs(self) -> bool:
        return bool(self.original) and self.original != self.row.masked


def remark_cards(rows: Iterable[Remark], of_items: Mapping[str, Item]) -> list[RemarkCard]:
    return [
        RemarkCard(
            row, _label(of_items[row.item]) if row.item in of_items else "", worded(row.masked), row.text
        )
        for row in rows
    ]


def standing_page(part, standing: Standing) -> dict:
    """What the template needs: tables of names and counts, and the sentence above them."""
    modes = dict(Mode.choices)
    tables = [
        (_("By service point"), [(name or _("without a point"), count) for name, count in standing.points]),
        (_("By day"), [(words.day(date.fromisoformat(day)), count) for day, count in standing.days]),
        (_("How they came"), [(modes.get(mode, mode), count) for mode, count in standing.modes]),
        (_("By language"), [(language_name(code), count) for code, count in standing.languages]),
    ]
    return {
        "standing": standing,
        "sentence": ngettext("%(count)s answer has come", "%(count)s answers have come", standing.total)
        % {"count": words.number(standing.total)},
        "tables": [(heading, rows) for heading, rows in tables if rows],
        "unanswered": [
            (row.item.number, _label(row.item), row.count, row.of, row.count / row.of)
            for row in (standing.unanswered or ())[:MOST_UNANSWERED]
        ],
    }


def numbered_label(item: Item) -> str:
    """As in a list to choose from: the number on the sheet, then the question's words."""
    return f"{item.number}. {_label(item)}"[:MOST_LETTERS]


def _label(item: Item) -> str:
    language = (get_language() or "pl").split("-")[0]
    return item.label.get(language) or item.label.get("pl") or next(iter(item.label.values()), item.code)
