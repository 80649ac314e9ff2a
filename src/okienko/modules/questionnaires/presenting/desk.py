"""The editor's frame: parts and questions at the left, problems and translations at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from okienko.engines.questionnaire import Problem, Questionnaire, Section, check, numbers, translations
from okienko.modules.questionnaires import texts


@dataclass(frozen=True)
class QuestionLine:
    code: str
    number: str
    words: str
    kind: str
    role: str
    asked: bool
    enabled: bool
    required: bool
    problems: int


@dataclass(frozen=True)
class PartLine:
    code: str
    title: str
    numbers: str
    enabled: bool
    problems: int
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class ProblemLine:
    """`page` and `code`: where it is repaired; `language`: the tab of the editor, "" for the main one."""

    text: str
    place: str
    severity: str
    page: str
    code: str
    language: str


@dataclass(frozen=True)
class Translation:
    code: str
    name: str
    done: int
    total: int
    main: bool

    @property
    def missing(self) -> int:
        return self.total - self.done


@dataclass(frozen=True)
class Desk:
    """Everything around the form in the middle."""

    parts: tuple[PartLine, ...]
    problems: tuple[ProblemLine, ...]
    translations: tuple[Translation, ...]

    @property
    def errors(self) -> int:
        return sum(1 for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors

    def part_of(self, question: str) -> PartLine | None:
        found = (part for part in self.parts if any(line.code == question for line in part.questions))
        return next(found, None)


def desk(content: Questionnaire) -> Desk:
    """The frame for a draft."""
    problems = check(content)
    of_question = Counter(problem.question for problem in problems if problem.severity == "error")
    of_part = Counter(problem.section for problem in problems if problem.severity == "error")
    numbered = numbers(content)
    parts = tuple(
        _part(content, section, numbered, of_question, of_part[section.code]) for section in content.sections
    )
    lines = tuple(_problem(problem, content, numbered) for problem in problems)
    return Desk(parts, lines, languages_of(content))


def languages_of(content: Questionnaire) -> tuple[Translation, ...]:
    """How far each language is."""
    return tuple(
        Translation(code, texts.language_name(code), done, total, code == content.default_language)
        for code, (done, total) in translations(content).items()
    )


def _part(
    content: Questionnaire, section: Section, numbered: dict[str, str], errors: Counter[str], own: int
) -> PartLine:
    lines = tuple(
        QuestionLine(
            question.code,
            numbered.get(question.code, ""),
            texts.short(texts.said(question.text, content.default_language)) or question.code,
            str(texts.KINDS[question.kind]),
            str(texts.ROLES[question.role]) if question.role else "",
            section.enabled and question.enabled,
            question.enabled,
            question.required,
            errors[question.code],
        )
        for question in section.questions
    )
    title = texts.part_name(content, section.code)
    return PartLine(section.code, title, _span(lines), section.enabled, own, lines)


def _span(lines: Sequence[QuestionLine]) -> str:
    """The numbers of a part's questions: "5–8"."""
    found = [line.number for line in lines if line.number]
    if not found:
        return ""
    return found[0] if len(found) == 1 else f"{found[0]}–{found[-1]}"


def _problem(problem: Problem, content: Questionnaire, numbered: dict[str, str]) -> ProblemLine:
    language = str(problem.params.get("language", ""))
    shown = language if language in content.languages and language != content.default_language else ""
    page, code = _home(problem)
    return ProblemLine(
        texts.problem_words(problem, content),
        _place(problem, content, numbered),
        problem.severity,
        page,
        code,
        shown,
    )


def _home(problem: Problem) -> tuple[str, str]:
    if problem.question:
        return "edit_question", problem.question
    if problem.section:
        return "edit_section", problem.section
    if scale := _scale_of(problem):
        return "edit_scale", scale
    return "edit", ""


def _scale_of(problem: Problem) -> str:
    what, _sep, code = problem.path.partition("/")[0].partition(":")
    return code if what == "scale" else ""


def _place(problem: Problem, content: Questionnaire, numbered: dict[str, str]) -> str:
    if problem.question:
        return texts.item_name(problem.question, content)
    if scale := _scale_of(problem):
        return texts.scale_name(content, scale)
    return texts.part_name(content, problem.section) if problem.section else ""
