"""A questionnaire as its respondent meets it, for looking only."""

from __future__ import annotations

from dataclasses import dataclass

from okienko.engines.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Question,
    Questionnaire,
    Scale,
    Section,
    Texts,
    choice_note,
    condition_in_words,
    input_note,
    message,
    numbers,
)

LIST_LIMIT = 7


@dataclass(frozen=True)
class Choice:
    """An answer; `short` stands in a row of numbers, `label` in a list."""

    value: int
    label: str
    words: bool = False


@dataclass(frozen=True)
class Rating:
    """A scale to choose from, in a list or as a row of numbers between two ends."""

    name: str
    title: str
    as_row: bool
    choices: tuple[Choice, ...]
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Asked:
    """One question: which of the fields are filled depends on its kind."""

    code: str
    kind: str
    number: str
    text: str
    help: str
    note: str
    when: str
    choices: tuple[Choice, ...] = ()
    ratings: tuple[Rating, ...] = ()
    specials: tuple[Choice, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Screen:
    title: str
    intro: str
    when: str
    questions: tuple[Asked, ...]


def screens(content: Questionnaire, language: str) -> tuple[Screen, ...]:
    """The parts that are asked, in one of the questionnaire's languages."""
    maker = _Maker(content, language)
    return tuple(maker.screen(section, questions) for section, questions in content.asked() if questions)


def asked(content: Questionnaire, code: str, language: str) -> Asked:
    """One question. Raises `KeyError`."""
    return _Maker(content, language).question(content.question(code))


class _Maker:
    def __init__(self, content: Questionnaire, language: str) -> None:
        self.content = content
        self.language = language
        self.numbers = numbers(content)

    def screen(self, section: Section, questions: tuple[Question, ...]) -> Screen:
        return Screen(
            self.text(section.title),
            self.text(section.intro),
            self.when(section.condition),
            tuple(self.question(question) for question in questions),
        )

    def question(self, question: Question) -> Asked:
        several = question.kind in ("multiple", "ranking")
        note = (choice_note if several else input_note)(question, self.language)
        return Asked(
            code=question.code,
            kind=question.kind,
            number=self.numbers.get(question.code, ""),
            text=self.text(question.text),
            help=self.text(question.help),
            note=note,
            when=self.when(question.condition),
            choices=tuple(Choice(x.value, self.text(x.text), x.other) for x in question.options),
            ratings=tuple(self.ratings(question)),
            specials=self.specials(question),
            unit=self.text(question.unit),
        )

    def ratings(self, question: Question) -> list[Rating]:
        if question.kind in ("scale", "recommendation"):
            return [self.rating(question.code, "", self.content.scale(question.scale))]
        found = []
        rows = [(f"{question.code}_{row.code}", self.text(row.text)) for row in question.rows]
        if question.kind == "grid":
            found = [
                self.rating(name, title, self.content.scale(question.scale), True) for name, title in rows
            ]
        elif question.kind == "pair":
            for name, title in rows or [(question.code, "")]:
                found.append(self.rating(name, title, self.content.scale(question.scale), True))
                found.append(
                    self.rating(f"{name}_imp", "", self.content.scale(question.importance_scale), True)
                )
        return found

    def rating(self, name: str, title: str, scale: Scale | None, as_row: bool = False) -> Rating:
        points = scale.points if scale else ()
        choices = tuple(Choice(point.value, self.text(point.text)) for point in points)
        named = all(choice.label for choice in choices)
        ends = (choices[0].label, choices[-1].label) if choices else ("", "")
        return Rating(name, title, as_row or not named or len(choices) > LIST_LIMIT, choices, *ends)

    def specials(self, question: Question) -> tuple[Choice, ...]:
        offered = ((question.dont_know, DONT_KNOW, "dont_know"),)
        offered += ((question.not_applicable, NOT_APPLICABLE, "not_applicable"),)
        return tuple(Choice(code, message(key, self.language)) for on, code, key in offered if on)

    def when(self, condition) -> str:
        return condition_in_words(self.content, condition, self.language) if condition else ""

    def text(self, texts: Texts) -> str:
        return texts.get(self.language) or texts.get(self.content.default_language) or ""
