"""Scales and areas of a draft, each with the number of questions that use it."""

from __future__ import annotations

from dataclasses import dataclass

from okienko.engines.questionnaire import Questionnaire
from okienko.modules.questionnaires import texts


@dataclass(frozen=True)
class Entry:
    """A scale or an area; `uses`: how many questions, so that only what nobody uses is deleted."""

    code: str
    name: str
    uses: int


def scales(content: Questionnaire) -> tuple[Entry, ...]:
    return tuple(
        Entry(scale.code, texts.scale_name(content, scale.code), texts.uses_of_scale(content, scale.code))
        for scale in content.scales
    )


def areas(content: Questionnaire) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            area.code,
            texts.area_name(content, area.code),
            sum(
                1
                for question in content.questions()
                if area.code in (question.area, *(row.area for row in question.rows))
            ),
        )
        for area in content.areas
    )
