"""What is about to be deleted, in words."""

from __future__ import annotations

from dataclasses import dataclass

from okienko.engines.questionnaire import Change, Questionnaire
from okienko.engines.questionnaire.changes import DeleteArea, DeleteQuestion, DeleteScale, DeleteSection
from okienko.modules.questionnaires import texts


@dataclass(frozen=True)
class Deleting:
    """`kind`: question, section, scale, area or language; `questions`: how many go with it."""

    kind: str
    code: str
    name: str
    questions: int = 0


def deleting(change: Change, content: Questionnaire) -> Deleting:
    if isinstance(change, DeleteQuestion):
        return Deleting("question", change.question, texts.item_name(change.question, content), 1)
    if isinstance(change, DeleteSection):
        section = next(found for found in content.sections if found.code == change.section)
        name = texts.part_name(content, section.code)
        return Deleting("section", section.code, name, len(section.questions))
    if isinstance(change, DeleteScale):
        return Deleting("scale", change.scale, texts.scale_name(content, change.scale))
    if isinstance(change, DeleteArea):
        return Deleting("area", change.area, texts.area_name(content, change.area))
    return Deleting("language", change.language, texts.language_name(change.language))
