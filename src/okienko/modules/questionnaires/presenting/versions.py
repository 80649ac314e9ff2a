"""What a version changed against the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okienko.engines.questionnaire import ItemChange, Questionnaire, compare, items
from okienko.modules.questionnaires import texts


@dataclass(frozen=True)
class ChangeLine:
    code: str
    number: str
    words: str
    status: str
    status_words: str
    reasons: str
    comparable: bool


@dataclass(frozen=True)
class Changes:
    """`same`: how many items did not change at all."""

    lines: tuple[ChangeLine, ...]
    same: int
    comparable: int
    total: int


def changes(old: Questionnaire | None, new: Questionnaire) -> Changes:
    """The difference in words; everything counts as new when there is nothing earlier."""
    found = compare(old, new) if old else ()
    shown = [change for change in found if change.status != "same"]
    return Changes(
        tuple(_line(change, old, new) for change in shown) if old else (),
        len(found) - len(shown),
        sum(1 for change in found if change.comparable),
        len(items(new)),
    )


def _line(change: ItemChange, old: Questionnaire, new: Questionnaire) -> ChangeLine:
    content = old if change.status == "removed" else new
    item = next(found for found in items(content) if found.code == change.code)
    return ChangeLine(
        change.code,
        item.number,
        texts.short(texts.said(item.label, content.default_language), 90),
        change.status,
        str(texts.STATUSES[change.status]),
        _joined(change.reasons),
        change.comparable,
    )


def _joined(reasons: Sequence[str]) -> str:
    return ", ".join(str(texts.REASONS[reason]) for reason in reasons)
