"""What is shown: visibility under given answers, pages, and the way forward and back."""

from __future__ import annotations

from msgspec import Struct

from .conditions import Answers, evaluate, groups
from .definition import Question, Questionnaire
from .items import question_items


class Visibility(Struct, frozen=True):
    """Codes of what is shown: sections, questions, items, and the options as (question, value)."""

    sections: frozenset[str]
    questions: frozenset[str]
    items: frozenset[str]
    options: frozenset[tuple[str, int]]


class Page(Struct, frozen=True):
    """One page: a section that is on, with its questions that are on (codes)."""

    index: int
    section: str
    questions: tuple[str, ...]


def visible(questionnaire: Questionnaire, values: Answers) -> Visibility:
    """Tell what these answers show; answers to hidden questions must not be in ``values`` any more.

    Use the values of a ``Submission``, where that is so.
    """
    sections, questions, items, options = set(), set(), set(), set()
    of_groups = groups(questionnaire)
    for section, asked in questionnaire.asked():
        if not evaluate(section.condition, values, of_groups):
            continue
        sections.add(section.code)
        for question in asked:
            if not evaluate(question.condition, values, of_groups):
                continue
            questions.add(question.code)
            shown = {x.value for x in question.options if evaluate(x.condition, values, of_groups)}
            options |= {(question.code, value) for value in shown}
            items |= {
                item.code
                for item in question_items(questionnaire, section.code, question)
                if item.option is None or item.option in shown
            }
    return Visibility(frozenset(sections), frozenset(questions), frozenset(items), frozenset(options))


def pages(questionnaire: Questionnaire) -> tuple[Page, ...]:
    """Return the pages, section by section; a section without questions has none.

    The index is the one that ``Validator.read_form(pages=index + 1)`` counts.
    """
    asked = [(section, questions) for section, questions in questionnaire.asked() if questions]
    return tuple(
        Page(index, section.code, tuple(question.code for question in questions))
        for index, (section, questions) in enumerate(asked)
    )


def shown_pages(questionnaire: Questionnaire, values: Answers) -> tuple[Page, ...]:
    """Return the pages on which these answers leave anything to see."""
    seen = visible(questionnaire, values).questions
    return tuple(page for page in pages(questionnaire) if seen.intersection(page.questions))


def next_page(questionnaire: Questionnaire, values: Answers, current: int = -1) -> Page | None:
    """Return the page after ``current`` (−1: the first), or None when the questionnaire is at its end."""
    return next((page for page in shown_pages(questionnaire, values) if page.index > current), None)


def previous_page(questionnaire: Questionnaire, values: Answers, current: int) -> Page | None:
    """Return the page before ``current``, or None at the beginning."""
    before = [page for page in shown_pages(questionnaire, values) if page.index < current]
    return before[-1] if before else None


#: Seconds that an answer takes, by kind: reading the question included. Rules of thumb, rounded up.
SECONDS = {
    "single": 9,
    "multiple": 15,
    "scale": 8,
    "recommendation": 12,
    "ranking": 30,
    "number": 12,
    "date": 15,
    "text": 20,
    "long_text": 45,
    "information": 10,
}
SECONDS_PER_ROW = 7


def estimated_minutes(questionnaire: Questionnaire) -> int:
    """Return about how many minutes answering takes, at least 1: a rule of thumb, not a measurement."""
    seconds = sum(_seconds(question) for _, asked in questionnaire.asked() for question in asked)
    return max(1, round(seconds / 60))


def _seconds(question: Question) -> int:
    if question.kind in ("grid", "pair"):
        rows = len(question.rows) or 1
        return 5 + SECONDS_PER_ROW * rows * (2 if question.kind == "pair" else 1)
    return SECONDS[question.kind]
