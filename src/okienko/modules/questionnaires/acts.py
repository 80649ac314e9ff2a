"""Buttons of the editor: what the value of a pressed button means as a change of the engine."""

from __future__ import annotations

from okienko.engines.questionnaire import Change, Question, Questionnaire
from okienko.engines.questionnaire.changes import (
    DeleteArea,
    DeleteOption,
    DeleteQuestion,
    DeleteRow,
    DeleteScale,
    DeleteSection,
    MoveOption,
    MoveQuestion,
    MoveSection,
    RemoveLanguage,
    SwitchQuestion,
    SwitchSection,
)

_STEPS = {"up": -1, "down": 1}
_SWITCH = {"on": True, "off": False}


def act(pressed: str) -> Change | None:
    """`question_up:CODE`, `section_off:CODE`, `option_down:CODE:VALUE`, `row_delete:CODE:ROW` or None."""
    name, _sep, rest = pressed.partition(":")
    what, _sep, how = name.partition("_")
    subject, _sep, part = rest.partition(":")
    if what == "question" and subject:
        return _moved_or_switched(how, subject, MoveQuestion, SwitchQuestion)
    if what == "section" and subject:
        return _moved_or_switched(how, subject, MoveSection, SwitchSection)
    if what == "option" and part.isascii() and part.isdecimal() and len(part) < 10:
        return DeleteOption(subject, int(part)) if how == "delete" else _moved(subject, int(part), how)
    if what == "row" and how == "delete" and part:
        return DeleteRow(subject, part)
    return None


def _moved_or_switched(how: str, code: str, move: type, switch: type) -> Change | None:
    if how in _STEPS:
        return move(code, _STEPS[how])
    return switch(code, _SWITCH[how]) if how in _SWITCH else None


def _moved(question: str, value: int, how: str) -> Change | None:
    return MoveOption(question, value, _STEPS[how]) if how in _STEPS else None


def deletion(what: str, content: Questionnaire) -> Change | None:
    """`question:CODE`, `section:`, `scale:`, `area:` or `language:` as a change; None for no such thing."""
    kind, _sep, code = what.partition(":")
    if kind == "question" and any(question.code == code for question in content.questions()):
        return DeleteQuestion(code)
    if kind == "section" and any(section.code == code for section in content.sections):
        return DeleteSection(code)
    if kind == "scale" and content.scale(code) is not None:
        return DeleteScale(code)
    if kind == "area" and any(area.code == code for area in content.areas):
        return DeleteArea(code)
    if kind == "language" and code in content.languages and code != content.default_language:
        return RemoveLanguage(code)
    return None


def essential(change: Change, content: Questionnaire) -> tuple[Question, ...]:
    """The questions without which the report cannot be made, among those that the change deletes."""
    if isinstance(change, DeleteQuestion):
        gone = [content.question(change.question)]
    elif isinstance(change, DeleteSection):
        gone = [
            q for section in content.sections if section.code == change.section for q in section.questions
        ]
    else:
        return ()
    codes = {question.code for question in gone}
    kept = {
        role for question in content.questions() if question.code not in codes for role in _roles(question)
    }
    return tuple(question for question in gone if (set(_roles(question)) & set(content.needs)) - kept)


def _roles(question: Question) -> list[str]:
    return [role for role in (question.role, *(row.role for row in question.rows)) if role]
