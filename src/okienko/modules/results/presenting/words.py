"""The words of a wave's questionnaire, and of what is hidden or missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import Item, Questionnaire, items
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.results.computing.wave import POINT
from okienko.modules.results.document import DomainCell, Figure, Hidden

_BRACKETS = re.compile(r"\s*\([^)]*\)")


class Words:
    """Labels of items, answers, areas and groups in one language."""

    def __init__(self, definition: Questionnaire, language: str) -> None:
        self.language = language
        self.items: dict[str, Item] = {item.code: item for item in items(definition)}
        self.areas = {area.code: said(area.name, language) for area in definition.areas}
        rated = [self.label(code) for code, item in self.items.items() if item.role == "driver"]
        self.stem = _stem(rated)

    def label(self, code: str) -> str:
        """The exact question."""
        return said(self.items[code].label, self.language) if code in self.items else code

    def short(self, code: str) -> str:
        """The question without the words that all rated questions begin with, and without brackets."""
        text = self.label(code)
        if self.stem and text.startswith(self.stem):
            text = text[len(self.stem) :].rstrip("?").strip()
        return _BRACKETS.sub("", text)

    def number(self, code: str) -> str:
        return self.items[code].number if code in self.items else ""

    def area(self, code: str) -> str:
        return self.areas.get(code, code)

    def answer(self, code: str, value: int) -> str:
        found = next((each for each in self.items[code].categories if each.value == value), None)
        return said(found.label, self.language) or str(value) if found else str(value)

    def scale(self, code: str) -> tuple[int, int]:
        item = self.items[code]
        return item.low or 0, item.high or 0

    def domain(self, code: str) -> str:
        return _("Service point") if code == POINT else self.label(code)

    def cell(self, domain: str, cell: DomainCell) -> str:
        return cell.label if domain == POINT else self.answer(domain, int(cell.value))


def words_of(results) -> Words:
    """The words of the wave's frozen questionnaire in the language of the page."""
    version = results.wave.version
    language = (get_language() or "pl")[:2]
    return _words(version.pk, version.sha256, language, questionnaires.definition(version))


def said(texts: Mapping[str, str], language: str) -> str:
    """The text in the language, else in Polish, else in any."""
    return texts.get(language) or texts.get("pl") or next(iter(texts.values()), "")


def _words(pk: int, sha256: str, language: str, definition: Questionnaire) -> Words:
    key = (pk, sha256, language)
    if key not in _made:
        if len(_made) > 128:
            _made.clear()
        _made[key] = Words(definition, language)
    return _made[key]


_made: dict[tuple, Words] = {}


@lru_cache(maxsize=128)
def _common(labels: tuple[str, ...]) -> str:
    first, last = min(labels), max(labels)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(letter for letter, _other in same)


def _stem(labels: list[str]) -> str:
    """The whole words that all labels begin with; nothing where it is less than two words."""
    if len(labels) < 3:
        return ""
    stem = _common(tuple(labels))
    stem = stem[: stem.rfind(" ") + 1]
    return stem if stem.count(" ") >= 2 else ""


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: “a”, “a and b”, “a, b and c”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def why_hidden(hidden: Hidden) -> str:
    """Why a cell is suppressed: one and the same for all, for the rule that struck would tell its size."""
    return _(
        "there are fewer than %(n)s answers, or they could be guessed or worked out from what is shown."
        " So we protect people who could be recognised."
    ) % {"n": hidden.threshold}


def why_no_interval(figure: Figure) -> str:
    """Why a figure has no interval; empty when it has."""
    if figure.lower is not None:
        return ""
    if figure.note == "no_variance":
        return _("All answers are alike, so there is no interval.")
    if figure.note in ("lonely_psu", "no_degrees_of_freedom"):
        return _(
            "At one point at least all answers come from one day, so the margin of error cannot be computed."
        )
    return _("The interval cannot be computed from these answers.")
