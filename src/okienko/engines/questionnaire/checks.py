"""What is wrong with a definition: everything, with its place, before anybody answers.

A definition can be decoded and still not make sense. ``check`` finds what would lose answers, confuse a
respondent, or leave a report without its figures. Errors stop publication, warnings do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from .check_conditions import check_conditions
from .check_questions import check_question
from .definition import CODE_PATTERN, ROW_PATTERN, Questionnaire
from .items import items
from .problems import Problem
from .reach import never_shown
from .texts import TextPlace, texts

LIMITS = {
    "sections": 60,
    "questions": 200,
    "options": 100,
    "rows": 60,
    "scales": 60,
    "areas": 30,
    "languages": 30,
}
TEXT_LIMIT = 5000

#: Texts that may be missing altogether; the others are needed in every language.
_OPTIONAL = re.compile(r"^(intro|thanks|section:.*/intro|question:.*/(help|unit)|scale:.*)$")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def check(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Return the problems of a definition, errors and warnings, in reading order.

    Parameters
    ----------
    questionnaire : Questionnaire

    Returns
    -------
    tuple of Problem
        Empty when nothing is wrong.
    """
    found = [*_whole(questionnaire), *_codes(questionnaire), *_texts(questionnaire), *_scales(questionnaire)]
    for section in questionnaire.sections:
        if section.enabled and not any(question.enabled for question in section.questions):
            found.append(Problem(code="empty_section", severity="warning", section=section.code))
        for question in section.questions:
            found += check_question(questionnaire, section, question)
    conditions = list(check_conditions(questionnaire))
    found += conditions
    if not any(problem.severity == "error" for problem in conditions):
        found += _unreachable(questionnaire)
    found += _roles(questionnaire)
    return tuple(sorted(found, key=_order(questionnaire)))


def errors(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Return the problems that stop publication."""
    return tuple(problem for problem in check(questionnaire) if problem.severity == "error")


def _whole(questionnaire: Questionnaire) -> Iterator[Problem]:
    if not questionnaire.languages:
        yield Problem(code="no_languages")
    elif questionnaire.default_language not in questionnaire.languages:
        yield Problem(code="default_language", params={"language": questionnaire.default_language})
    for language, count in Counter(questionnaire.languages).items():
        if count > 1:
            yield Problem(code="duplicate_language", params={"language": language})
    if not items(questionnaire):
        yield Problem(code="no_questions")
    questions = questionnaire.questions()
    sizes = {
        "sections": len(questionnaire.sections),
        "questions": len(questions),
        "scales": len(questionnaire.scales),
        "areas": len(questionnaire.areas),
        "languages": len(questionnaire.languages),
    }
    for what, count in sizes.items():
        if count > LIMITS[what]:
            yield Problem(code="too_much", params={"what": what, "count": count, "limit": LIMITS[what]})
    for question in questions:
        for what, parts in (("options", question.options), ("rows", question.rows)):
            if len(parts) > LIMITS[what]:
                params: dict[str, int | float | str] = {
                    "what": what,
                    "count": len(parts),
                    "limit": LIMITS[what],
                }
                yield Problem(code="too_much", question=question.code, path=what, params=params)


def _codes(questionnaire: Questionnaire) -> Iterator[Problem]:
    groups: list[tuple[str, str, list[str]]] = [
        ("", CODE_PATTERN, [section.code for section in questionnaire.sections]),
        ("", CODE_PATTERN, [question.code for question in questionnaire.questions()]),
        ("", CODE_PATTERN, [area.code for area in questionnaire.areas]),
        ("", CODE_PATTERN, [scale.code for scale in questionnaire.scales]),
        ("", CODE_PATTERN, [questionnaire.code]),
    ]
    groups += [
        (question.code, ROW_PATTERN, [row.code for row in question.rows])
        for question in questionnaire.questions()
        if question.rows
    ]
    for question, pattern, codes in groups:
        for code, count in Counter(codes).items():
            params: dict[str, int | float | str] = {"value": code}
            if not re.match(pattern, code) or len(code) > 60:
                yield Problem(code="bad_code", question=question, params=params)
            if count > 1:
                yield Problem(code="duplicate_code", question=question, params=params)
    repeated_questions = {c for c, n in Counter(q.code for q in questionnaire.questions()).items() if n > 1}
    all_items = items(questionnaire, all_questions=True)
    for code, count in Counter(item.code for item in all_items).items():
        # A repeated question, row or option is a problem of its own and already told.
        where = [item for item in all_items if item.code == code]
        if count > 1 and len({(item.question, item.row, item.option) for item in where}) > 1:
            if where[-1].question not in repeated_questions:
                yield Problem(code="duplicate_item", question=where[-1].question, params={"value": code})


def _texts(questionnaire: Questionnaire) -> Iterator[Problem]:
    languages = questionnaire.languages
    for place in texts(questionnaire):
        given = {language for language, text in place.texts.items() if text.strip()}
        if not given:
            if not _OPTIONAL.match(place.path):
                yield _at(place, "missing_text")
            continue
        for language in languages:
            if language not in given:
                yield _at(place, "missing_translation", language=language)
        for language, text in place.texts.items():
            if language not in languages:
                yield _at(place, "stray_language", "warning", language=language)
            if len(text) > TEXT_LIMIT:
                yield _at(place, "text_too_long", limit=TEXT_LIMIT)
            if _CONTROL.search(text):
                yield _at(place, "control_characters")


def _at(place: TextPlace, code: str, severity: str = "error", **params: int | str) -> Problem:
    return Problem(
        code=code,
        severity="warning" if severity == "warning" else "error",
        section=place.section,
        question=place.question,
        path=place.path,
        params=dict(params),
    )


def _scales(questionnaire: Questionnaire) -> Iterator[Problem]:
    for scale in questionnaire.scales:
        path = f"scale:{scale.code}"
        if not 2 <= len(scale.points) <= 11:
            yield Problem(code="scale_size", path=path, params={"count": len(scale.points)})
            continue
        values = [point.value for point in scale.points]
        for value, following in pairwise(values):
            if following != value + 1:
                yield Problem(code="scale_steps", path=path, params={"value": value, "next": following})
        if values[0] < 0:
            yield Problem(code="negative_code", path=path, params={"value": values[0]})
        if not scale.points[0].text or not scale.points[-1].text:
            yield Problem(code="scale_ends", path=path)


def _unreachable(questionnaire: Questionnaire) -> Iterator[Problem]:
    sections = {
        question.code: section.code for section in questionnaire.sections for question in section.questions
    }
    for code in never_shown(questionnaire):
        yield Problem(code="never_shown", section=sections[code], question=code, path="condition")


def _roles(questionnaire: Questionnaire) -> Iterator[Problem]:
    all_items = items(questionnaire)
    roles = {item.role for item in all_items}
    for role in questionnaire.needs:
        if role not in roles:
            yield Problem(code="role_needed", params={"role": role})
    for role in ("overall_satisfaction", "recommendation", "outcome"):
        holders = [item for item in all_items if item.role == role]
        for item in holders[1:]:
            yield Problem(
                code="role_repeated", section=item.section, question=item.question, params={"role": role}
            )
    rated = {item.area for item in all_items if item.role == "driver" and item.area}
    weighted = {
        item.area for item in all_items if item.role == "importance" and item.area and not item.importance_of
    }
    for area in questionnaire.areas:
        if weighted and area.code in rated - weighted:
            yield Problem(
                code="area_without_importance",
                severity="warning",
                path=f"area:{area.code}",
                params={"area": area.code},
            )
        if area.code in weighted - rated:
            yield Problem(
                code="importance_without_drivers",
                severity="warning",
                path=f"area:{area.code}",
                params={"area": area.code},
            )


def _order(questionnaire: Questionnaire) -> Callable[[Problem], tuple[int, int]]:
    sections = {section.code: place for place, section in enumerate(questionnaire.sections)}
    questions = {question.code: place for place, question in enumerate(questionnaire.questions())}
    home = {
        question.code: section.code for section in questionnaire.sections for question in section.questions
    }

    def key(problem: Problem) -> tuple[int, int]:
        section = problem.section or home.get(problem.question, "")
        return sections.get(section, -1), questions.get(problem.question, -1)

    return key
