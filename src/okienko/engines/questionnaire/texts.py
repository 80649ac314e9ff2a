"""Every text of a questionnaire with an address, for translating, editing and checking.

| path                             | text                                  |
|----------------------------------|---------------------------------------|
| ``title``, ``intro``, ``thanks`` | of the questionnaire                  |
| ``area:CODE``                    | name of an area                       |
| ``scale:CODE/point:VALUE``       | anchor of a point                     |
| ``section:CODE/title``, ``/intro`` | of a section                        |
| ``question:CODE/text``, ``/help``, ``/unit`` | of a question             |
| ``question:CODE/option:VALUE``   | an answer                             |
| ``question:CODE/row:CODE``       | a row                                 |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from msgspec import Struct

from .definition import Question, Questionnaire, Section, Texts


class TextPlace(Struct, frozen=True):
    """A text with its address; ``section`` and ``question`` say where it stands ("" for none)."""

    path: str
    texts: Texts
    section: str = ""
    question: str = ""


def texts(questionnaire: Questionnaire) -> tuple[TextPlace, ...]:
    """Return every text in reading order, empty ones too (an empty help is a text that can be given)."""
    return tuple(_walk(questionnaire))


def translations(questionnaire: Questionnaire) -> dict[str, tuple[int, int]]:
    """Return per language how many texts are there, of how many that the default language has."""
    wanted = [
        place.texts for place in texts(questionnaire) if place.texts.get(questionnaire.default_language)
    ]
    return {
        language: (sum(1 for text in wanted if text.get(language)), len(wanted))
        for language in questionnaire.languages
    }


def with_text(questionnaire: Questionnaire, path: str, language: str, text: str) -> Questionnaire:
    """Return the questionnaire with one text set; an empty text is removed.

    Raises
    ------
    KeyError
        There is no such place.
    """
    found = False

    def change(place: str, old: Texts) -> Texts:
        nonlocal found
        if place != path:
            return old
        found = True
        kept = {known: words for known, words in old.items() if known != language}
        return {**kept, language: text} if text else kept

    changed = map_texts(questionnaire, change)
    if not found:
        raise KeyError(path)
    return changed


def map_texts(questionnaire: Questionnaire, change: Callable[[str, Texts], Texts]) -> Questionnaire:
    """Return the questionnaire with ``change(path, texts)`` applied to every text."""
    replace = msgspec.structs.replace
    return replace(
        questionnaire,
        title=change("title", questionnaire.title),
        intro=change("intro", questionnaire.intro),
        thanks=change("thanks", questionnaire.thanks),
        areas=tuple(
            replace(area, name=change(f"area:{area.code}", area.name)) for area in questionnaire.areas
        ),
        scales=tuple(
            replace(
                scale,
                points=tuple(
                    replace(point, text=change(f"scale:{scale.code}/point:{point.value}", point.text))
                    for point in scale.points
                ),
            )
            for scale in questionnaire.scales
        ),
        sections=tuple(_map_section(section, change) for section in questionnaire.sections),
    )


def _map_section(section: Section, change: Callable[[str, Texts], Texts]) -> Section:
    return msgspec.structs.replace(
        section,
        title=change(f"section:{section.code}/title", section.title),
        intro=change(f"section:{section.code}/intro", section.intro),
        questions=tuple(_map_question(question, change) for question in section.questions),
    )


def _map_question(question: Question, change: Callable[[str, Texts], Texts]) -> Question:
    path = f"question:{question.code}"
    replace = msgspec.structs.replace
    return replace(
        question,
        text=change(f"{path}/text", question.text),
        help=change(f"{path}/help", question.help),
        unit=change(f"{path}/unit", question.unit),
        options=tuple(
            replace(option, text=change(f"{path}/option:{option.value}", option.text))
            for option in question.options
        ),
        rows=tuple(replace(row, text=change(f"{path}/row:{row.code}", row.text)) for row in question.rows),
    )


def _walk(questionnaire: Questionnaire) -> Iterator[TextPlace]:
    for name in ("title", "intro", "thanks"):
        yield TextPlace(name, getattr(questionnaire, name))
    for area in questionnaire.areas:
        yield TextPlace(f"area:{area.code}", area.name)
    for scale in questionnaire.scales:
        for point in scale.points:
            yield TextPlace(f"scale:{scale.code}/point:{point.value}", point.text)
    for section in questionnaire.sections:
        yield TextPlace(f"section:{section.code}/title", section.title, section.code)
        yield TextPlace(f"section:{section.code}/intro", section.intro, section.code)
        for question in section.questions:
            for path, found in _question_texts(question):
                yield TextPlace(path, found, section.code, question.code)


def _question_texts(question: Question) -> Iterator[tuple[str, Texts]]:
    path = f"question:{question.code}"
    yield f"{path}/text", question.text
    yield f"{path}/help", question.help
    if question.kind == "number":
        yield f"{path}/unit", question.unit
    for option in question.options:
        yield f"{path}/option:{option.value}", option.text
    for row in question.rows:
        yield f"{path}/row:{row.code}", row.text
