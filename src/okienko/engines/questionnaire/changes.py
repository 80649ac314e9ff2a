"""Edits as values: what an editor sends, a history keeps, and :func:`customise` replays.

Every struct names the operation of ``editing`` that it stands for (``{"do": "set_text", …}`` in JSON).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from . import editing
from .definition import Area, Condition, Question, Questionnaire, Row, Scale, Section, Texts


class Change(Struct, frozen=True, forbid_unknown_fields=True, tag_field="do"):
    """One edit; :meth:`apply` does it."""

    def apply(self, questionnaire: Questionnaire) -> Questionnaire:
        """Return the edited questionnaire. Raises ``EditError``."""
        operation = getattr(editing, str(self.__struct_config__.tag))
        arguments = {name: getattr(self, name) for name in self.__struct_fields__}
        return operation(questionnaire, **arguments)


class SetText(Change, frozen=True, tag="set_text"):
    path: str
    language: str
    text: str


class AddLanguage(Change, frozen=True, tag="add_language"):
    language: str


class RemoveLanguage(Change, frozen=True, tag="remove_language"):
    language: str


class SetProperties(Change, frozen=True, tag="set_properties"):
    """``properties`` as in JSON, a condition too."""

    question: str
    properties: dict[str, Any]

    def apply(self, questionnaire: Questionnaire) -> Questionnaire:
        return editing.set_properties(questionnaire, self.question, **self.properties)


class SetSectionCondition(Change, frozen=True, tag="set_section_condition"):
    section: str
    condition: Condition | None


class SwitchQuestion(Change, frozen=True, tag="switch_question"):
    question: str
    on: bool


class SwitchSection(Change, frozen=True, tag="switch_section"):
    section: str
    on: bool


class MoveQuestion(Change, frozen=True, tag="move_question"):
    question: str
    by: int


class MoveSection(Change, frozen=True, tag="move_section"):
    section: str
    by: int


class MoveOption(Change, frozen=True, tag="move_option"):
    question: str
    value: int
    by: int


class AddSection(Change, frozen=True, tag="add_section"):
    section: Section


class AddQuestion(Change, frozen=True, tag="add_question"):
    section: str
    question: Question
    after: str | None = None


class AddOption(Change, frozen=True, tag="add_option"):
    """``taken``: values that earlier versions gave to answers."""

    question: str
    text: Texts
    taken: tuple[int, ...] = ()


class SetOption(Change, frozen=True, tag="set_option"):
    """``properties`` as in JSON: ``exclusive``, ``other``, ``condition``."""

    question: str
    value: int
    properties: dict[str, Any]

    def apply(self, questionnaire: Questionnaire) -> Questionnaire:
        return editing.set_option(questionnaire, self.question, self.value, **self.properties)


class AddRow(Change, frozen=True, tag="add_row"):
    question: str
    row: Row


class AddScale(Change, frozen=True, tag="add_scale"):
    scale: Scale


class AddArea(Change, frozen=True, tag="add_area"):
    area: Area


class DeleteSection(Change, frozen=True, tag="delete_section"):
    section: str


class DeleteQuestion(Change, frozen=True, tag="delete_question"):
    question: str


class DeleteOption(Change, frozen=True, tag="delete_option"):
    question: str
    value: int


class DeleteRow(Change, frozen=True, tag="delete_row"):
    question: str
    row: str


class DeleteScale(Change, frozen=True, tag="delete_scale"):
    scale: str


class DeleteArea(Change, frozen=True, tag="delete_area"):
    area: str


AnyChange = (
    SetText
    | AddLanguage
    | RemoveLanguage
    | SetProperties
    | SetSectionCondition
    | SwitchQuestion
    | SwitchSection
    | MoveQuestion
    | MoveSection
    | MoveOption
    | AddSection
    | AddQuestion
    | AddOption
    | SetOption
    | AddRow
    | AddScale
    | AddArea
    | DeleteSection
    | DeleteQuestion
    | DeleteOption
    | DeleteRow
    | DeleteScale
    | DeleteArea
)


def customise(questionnaire: Questionnaire, changes: Iterable[Change]) -> Questionnaire:
    """Apply edits one after another; nothing is changed when one cannot be done (``EditError``)."""
    for change in changes:
        questionnaire = change.apply(questionnaire)
    return questionnaire
