"""Two versions of a questionnaire: which items may be compared over time.

``same``      nothing that a respondent sees or a figure depends on has changed.
``reworded``  words changed: a person must say whether the meaning did; the codes still fit.
``changed``   kind, answers, scale or who is asked changed: the trend breaks here.
``added`` and ``removed`` speak for themselves; a question switched off is removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from .definition import Condition, Questionnaire
from .items import Category, Item, items

Status = Literal["same", "reworded", "changed", "added", "removed"]

#: Reasons that leave the figures comparable when a person agrees.
WORDING = frozenset({"text", "labels", "missing_answers"})


class ItemChange(Struct, frozen=True):
    """What happened to one item.

    ``reasons`` are any of ``text``, ``labels``, ``missing_answers`` (don't know or not applicable offered
    now or no longer), ``kind``, ``categories``, ``scale``, ``condition``, ``limits``.
    """

    code: str
    status: Status
    reasons: tuple[str, ...] = ()

    @property
    def comparable(self) -> bool:
        """Tell whether figures of the two versions may stand on one line."""
        return self.status in ("same", "reworded")


def compare(old: Questionnaire, new: Questionnaire) -> tuple[ItemChange, ...]:
    """Compare two versions item by item.

    Parameters
    ----------
    old, new : Questionnaire
        Words are compared in the languages that both versions have.

    Returns
    -------
    tuple of ItemChange
        In the order of ``new``, then what is removed in the order of ``old``.
    """
    before = {item.code: item for item in items(old)}
    after = {item.code: item for item in items(new)}
    languages = [language for language in new.languages if language in old.languages]
    asked_before, asked_after = _conditions(old), _conditions(new)
    found = []
    for code, item in after.items():
        earlier = before.get(code)
        if earlier is None:
            found.append(ItemChange(code, "added"))
            continue
        reasons = tuple(_reasons(earlier, item, languages))
        if asked_before[earlier.question] != asked_after[item.question]:
            reasons += ("condition",)
        found.append(ItemChange(code, _status(reasons), reasons))
    found += [ItemChange(code, "removed") for code in before if code not in after]
    return tuple(found)


def _status(reasons: tuple[str, ...]) -> Status:
    if not reasons:
        return "same"
    return "reworded" if WORDING.issuperset(reasons) else "changed"


def _reasons(old: Item, new: Item, languages: list[str]) -> Iterator[str]:
    if old.kind != new.kind:
        yield "kind"
    elif old.kind == "ordinal" or old.kind == "rank":
        if (old.low, old.high) != (new.low, new.high):
            yield "scale"
    elif old.values() != new.values():
        yield "categories"
    if _words(old.label, languages) != _words(new.label, languages):
        yield "text"
    if old.kind == new.kind and _labels(old, new, languages) != _labels(new, old, languages):
        yield "labels"
    if (old.dont_know, old.not_applicable) != (new.dont_know, new.not_applicable):
        yield "missing_answers"
    if (old.minimum, old.maximum, old.decimals) != (new.minimum, new.maximum, new.decimals):
        yield "limits"


def _words(texts: dict[str, str], languages: list[str]) -> list[str]:
    return [texts.get(language, "") for language in languages]


def _labels(item: Item, other: Item, languages: list[str]) -> list[tuple[int, list[str]]]:
    """Labels of the categories that both have; the others are another reason."""
    common = item.values() & other.values()
    return [
        (x.value, _words(x.label, languages))
        for x in sorted(item.categories, key=_value)
        if x.value in common
    ]


def _conditions(questionnaire: Questionnaire) -> dict[str, tuple[Condition | None, ...]]:
    return {
        question.code: (section.condition, question.condition)
        for section, questions in questionnaire.asked()
        for question in questions
    }


def _value(category: Category) -> int:
    return category.value
