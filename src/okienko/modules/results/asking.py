"""Questions that tell, by having been asked at all, what somebody answered before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from okienko.engines.questionnaire import Questionnaire, items
from okienko.engines.questionnaire.conditions import references
from okienko.engines.questionnaire.definition import NOT_SHOWN


@dataclass(frozen=True)
class Asked:
    """Items that the same respondents were asked. `column`: (rows,) 1 where they were, else 0."""

    items: tuple[str, ...]
    column: np.ndarray


def telling(questionnaire: Questionnaire, background: Collection[str]) -> frozenset[str]:
    """Items that are shown by conditions on `background`, directly or through other questions."""
    of_question = {item.code: item.question for item in items(questionnaire)}
    looks_at = {
        question.code: {
            of_question.get(code, code)
            for condition in (section.condition, question.condition, *(o.condition for o in question.options))
            for code in references(condition)
        }
        for section, questions in questionnaire.asked()
        for question in questions
    }
    known = {of_question[code] for code in background}
    found: set[str] = set()
    while more := {code for code, seen in looks_at.items() if seen & (known | found)} - found:
        found |= more
    return frozenset(code for code, question in of_question.items() if question in found)


def patterns(values: Mapping[str, np.ndarray], codes: Collection[str]) -> dict[str, Asked]:
    """Who was asked the items of `codes`, one entry for all that went to the same people."""
    groups: dict[bytes, list[str]] = {}
    for code in sorted(codes):
        if code in values and (values[code] == NOT_SHOWN).any():
            groups.setdefault((values[code] == NOT_SHOWN).tobytes(), []).append(code)
    return {
        f"asked {number}": Asked(tuple(same), np.where(values[same[0]] == NOT_SHOWN, 0, 1).astype(np.int64))
        for number, same in enumerate(groups.values(), start=1)
    }
