"""The editor's operations: each takes a questionnaire and returns a new one.

Codes and kinds of existing questions never change, and values of existing options neither: answers of
earlier waves are stored under them. Whether the result makes sense is told by ``checks.check``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

import msgspec

from .definition import LANGUAGE_PATTERN, Area, Option, Question, Questionnaire, Row, Scale, Section, Texts
from .parsing import clean
from .texts import map_texts, with_text

_replace = msgspec.structs.replace

#: What :func:`set_properties` may change.
PROPERTIES = frozenset(Question.__struct_fields__) - {
    *("code", "kind", "text", "help", "unit", "options", "rows", "enabled")
}
#: What :func:`set_option` may change.
OPTION_PROPERTIES = frozenset({"exclusive", "other", "condition"})


class EditError(ValueError):
    """An operation that cannot be done.

    ``code`` is one of ``unknown_section``, ``unknown_question``, ``unknown_option``, ``unknown_row``,
    ``unknown_place``, ``unknown_language``, ``unknown_property``, ``bad_value``, ``default_language``,
    ``duplicate_code``, ``unknown_scale``, ``unknown_area``, ``in_use``; ``subject`` says which.
    """

    def __init__(self, code: str, subject: str) -> None:
        super().__init__(f"{code}: {subject}")
        self.code = code
        self.subject = subject


def set_text(questionnaire: Questionnaire, path: str, language: str, text: str) -> Questionnaire:
    """Set a text (a path of ``texts``) in one of the languages; "" removes it.

    Control characters are left out and ends of lines made alike: the text comes from a form.
    """
    if language not in questionnaire.languages:
        raise EditError("unknown_language", language)
    try:
        return with_text(questionnaire, path, language, clean(text, multiline=True))
    except KeyError:
        raise EditError("unknown_place", path) from None


def add_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Add a language; ``checks.check`` then lists what is to be translated."""
    if not re.match(LANGUAGE_PATTERN, language):
        raise EditError("bad_value", language)
    if language in questionnaire.languages:
        raise EditError("duplicate_code", language)
    return _replace(questionnaire, languages=(*questionnaire.languages, language))


def remove_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Remove a language with its texts; the default language cannot go."""
    if language not in questionnaire.languages:
        raise EditError("unknown_language", language)
    if language == questionnaire.default_language:
        raise EditError("default_language", language)
    kept = tuple(known for known in questionnaire.languages if known != language)

    def without(path: str, old: Texts) -> Texts:
        return {known: text for known, text in old.items() if known != language}

    return _replace(map_texts(questionnaire, without), languages=kept)


def set_properties(questionnaire: Questionnaire, question: str, **properties: Any) -> Questionnaire:
    """Change properties of a question: ``required``, ``condition``, limits, ``role`` …, not its code or kind.

    Values as in Python or as in JSON (a condition as a dict); a value of a wrong type is an ``EditError``.
    """
    for name in properties:
        if name not in PROPERTIES:
            raise EditError("unknown_property", name)

    def change(found: Question) -> Question:
        try:
            return msgspec.convert(msgspec.to_builtins(_replace(found, **properties)), Question)
        except (msgspec.ValidationError, TypeError, RecursionError) as error:
            raise EditError("bad_value", str(error)) from None

    return _on_question(questionnaire, question, change)


def set_section_condition(questionnaire: Questionnaire, section: str, condition: Any) -> Questionnaire:
    """Set or (None) remove the condition of a section."""
    return _on_section(questionnaire, section, lambda found: _replace(found, condition=condition))


def switch_question(questionnaire: Questionnaire, question: str, on: bool) -> Questionnaire:
    """Ask a question or not; it keeps its place and its texts."""
    return _on_question(questionnaire, question, lambda found: _replace(found, enabled=on))


def switch_section(questionnaire: Questionnaire, section: str, on: bool) -> Questionnaire:
    """Ask a whole section or not."""
    return _on_section(questionnaire, section, lambda found: _replace(found, enabled=on))


def move_section(questionnaire: Questionnaire, section: str, by: int) -> Questionnaire:
    """Move a section up (−1) or down (1); at the end it stays."""
    sections = _moved(questionnaire.sections, _index(questionnaire.sections, section, "unknown_section"), by)
    return _replace(questionnaire, sections=sections)


def move_question(questionnaire: Questionnaire, question: str, by: int) -> Questionnaire:
    """Move a question up (−1) or down (1); past the edge of its section it goes into the next one."""
    _section_of(questionnaire, question)
    step = 1 if by > 0 else -1
    for _ in range(abs(by)):
        questionnaire = _step(questionnaire, question, step)
    return questionnaire


def add_section(questionnaire: Questionnaire, section: Section) -> Questionnaire:
    """Add a section at the end."""
    _free(section.code, (known.code for known in questionnaire.sections))
    for question in section.questions:
        _free(question.code, (known.code for known in questionnaire.questions()))
    return _replace(questionnaire, sections=(*questionnaire.sections, section))


def add_question(
    questionnaire: Questionnaire, section: str, question: Question, *, after: str | None = None
) -> Questionnaire:
    """Add a question at the end of a section, or after another question of it."""
    _free(question.code, (known.code for known in questionnaire.questions()))

    def insert(found: Section) -> Section:
        place = len(found.questions)
        if after is not None:
            place = _index(found.questions, after, "unknown_question") + 1
        questions = (*found.questions[:place], question, *found.questions[place:])
        return _replace(found, questions=questions)

    return _on_section(questionnaire, section, insert)


def add_option(
    questionnaire: Questionnaire, question: str, text: Texts, *, taken: Collection[int] = ()
) -> Questionnaire:
    """Add an answer with the next free value; ``taken`` are values that earlier versions used."""

    def append(found: Question) -> Question:
        value = max([*(option.value for option in found.options), *taken], default=0) + 1
        return _replace(found, options=(*found.options, Option(value, text)))

    return _on_question(questionnaire, question, append)


def set_option(
    questionnaire: Questionnaire, question: str, value: int, /, **properties: Any
) -> Questionnaire:
    """Change whether an answer excludes the others, opens a field for words, or depends on a condition."""
    for name in properties:
        if name not in OPTION_PROPERTIES:
            raise EditError("unknown_property", name)

    def change(found: Question) -> Question:
        place = _option(found, value)
        options = list(found.options)
        options[place] = _replace(options[place], **properties)
        try:
            return msgspec.convert(msgspec.to_builtins(_replace(found, options=tuple(options))), Question)
        except (msgspec.ValidationError, TypeError, RecursionError) as error:
            raise EditError("bad_value", str(error)) from None

    return _on_question(questionnaire, question, change)


def add_row(questionnaire: Questionnaire, question: str, row: Row) -> Questionnaire:
    """Add a row to a grid or pair."""

    def append(found: Question) -> Question:
        _free(row.code, (known.code for known in found.rows))
        return _replace(found, rows=(*found.rows, row))

    return _on_question(questionnaire, question, append)


def add_scale(questionnaire: Questionnaire, scale: Scale) -> Questionnaire:
    """Add a scale that questions can share."""
    _free(scale.code, (known.code for known in questionnaire.scales))
    return _replace(questionnaire, scales=(*questionnaire.scales, scale))


def add_area(questionnaire: Questionnaire, area: Area) -> Questionnaire:
    """Add an area."""
    _free(area.code, (known.code for known in questionnaire.areas))
    return _replace(questionnaire, areas=(*questionnaire.areas, area))


def delete_scale(questionnaire: Questionnaire, scale: str) -> Questionnaire:
    """Remove a scale that no question uses."""
    place = _index(questionnaire.scales, scale, "unknown_scale")
    if any(scale in (found.scale, found.importance_scale) for found in questionnaire.questions()):
        raise EditError("in_use", scale)
    return _replace(questionnaire, scales=_without(questionnaire.scales, place))


def delete_area(questionnaire: Questionnaire, area: str) -> Questionnaire:
    """Remove an area to which nothing belongs."""
    place = _index(questionnaire.areas, area, "unknown_area")
    if any(area in (found.area, *(row.area for row in found.rows)) for found in questionnaire.questions()):
        raise EditError("in_use", area)
    return _replace(questionnaire, areas=_without(questionnaire.areas, place))


def delete_section(questionnaire: Questionnaire, section: str) -> Questionnaire:
    """Remove a section with its questions."""
    place = _index(questionnaire.sections, section, "unknown_section")
    return _replace(questionnaire, sections=_without(questionnaire.sections, place))


def delete_question(questionnaire: Questionnaire, question: str) -> Questionnaire:
    """Remove a question."""
    section = _section_of(questionnaire, question)
    place = _index(section.questions, question, "unknown_question")
    questions = _without(section.questions, place)
    return _on_section(questionnaire, section.code, lambda found: _replace(found, questions=questions))


def delete_option(questionnaire: Questionnaire, question: str, value: int) -> Questionnaire:
    """Remove an answer."""

    def remove(found: Question) -> Question:
        return _replace(found, options=_without(found.options, _option(found, value)))

    return _on_question(questionnaire, question, remove)


def move_option(questionnaire: Questionnaire, question: str, value: int, by: int) -> Questionnaire:
    """Move an answer up or down; its value stays."""

    def move(found: Question) -> Question:
        return _replace(found, options=_moved(found.options, _option(found, value), by))

    return _on_question(questionnaire, question, move)


def delete_row(questionnaire: Questionnaire, question: str, row: str) -> Questionnaire:
    """Remove a row."""

    def remove(found: Question) -> Question:
        return _replace(found, rows=_without(found.rows, _index(found.rows, row, "unknown_row")))

    return _on_question(questionnaire, question, remove)


def suggest_code(words: str, taken: Collection[str], *, fallback: str = "question") -> str:
    """Make a new code from words: "Czas oczekiwania" gives ``czas_oczekiwania``.

    Parameters
    ----------
    words : str
    taken : collection of str
        Codes in use, those of earlier versions too: a code must not come back with another meaning.
    fallback : str
        Used when the words hold no Latin letters.
    """
    plain = (
        unicodedata.normalize("NFKD", words.casefold().replace("ł", "l")).encode("ascii", "ignore").decode()
    )
    parts = [part for part in re.split(r"[^a-z0-9]+", plain) if part]
    while parts and parts[0][0].isdigit():
        parts.pop(0)
    base = "_".join(parts[:5])[:40].strip("_") or fallback
    code, number = base, 2
    while code in taken:
        code, number = f"{base}_{number}", number + 1
    return code


T = TypeVar("T")


def _on_section(
    questionnaire: Questionnaire, code: str, change: Callable[[Section], Section]
) -> Questionnaire:
    place = _index(questionnaire.sections, code, "unknown_section")
    sections = list(questionnaire.sections)
    sections[place] = change(sections[place])
    return _replace(questionnaire, sections=tuple(sections))


def _on_question(
    questionnaire: Questionnaire, code: str, change: Callable[[Question], Question]
) -> Questionnaire:
    section = _section_of(questionnaire, code)
    questions = tuple(change(found) if found.code == code else found for found in section.questions)
    return _on_section(questionnaire, section.code, lambda found: _replace(found, questions=questions))


def _section_of(questionnaire: Questionnaire, question: str) -> Section:
    for section in questionnaire.sections:
        if any(found.code == question for found in section.questions):
            return section
    raise EditError("unknown_question", question)


def _step(questionnaire: Questionnaire, code: str, step: int) -> Questionnaire:
    section = _section_of(questionnaire, code)
    place = _index(section.questions, code, "unknown_question")
    if 0 <= place + step < len(section.questions):
        questions = _moved(section.questions, place, step)
        return _on_section(questionnaire, section.code, lambda found: _replace(found, questions=questions))
    here = _index(questionnaire.sections, section.code, "unknown_section")
    if not 0 <= here + step < len(questionnaire.sections):
        return questionnaire
    question, sections = section.questions[place], list(questionnaire.sections)
    sections[here] = _replace(section, questions=_without(section.questions, place))
    there = sections[here + step]
    joined = (question, *there.questions) if step > 0 else (*there.questions, question)
    sections[here + step] = _replace(there, questions=joined)
    return _replace(questionnaire, sections=tuple(sections))


def _moved(parts: Sequence[T], place: int, by: int) -> tuple[T, ...]:
    rest = [*parts[:place], *parts[place + 1 :]]
    rest.insert(max(0, min(len(rest), place + by)), parts[place])
    return tuple(rest)


def _without(parts: Sequence[T], place: int) -> tuple[T, ...]:
    return (*parts[:place], *parts[place + 1 :])


def _index(parts: Sequence[Any], code: str, error: str) -> int:
    for place, part in enumerate(parts):
        if part.code == code:
            return place
    raise EditError(error, code)


def _option(question: Question, value: int) -> int:
    for place, option in enumerate(question.options):
        if option.value == value:
            return place
    raise EditError("unknown_option", f"{question.code}: {value}")


def _free(code: str, taken: Any) -> None:
    if code in tuple(taken):
        raise EditError("duplicate_code", code)
