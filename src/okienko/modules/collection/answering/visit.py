"""One request of a respondent: which page it came from, what was filled in, what is shown next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from okienko.engines.questionnaire import (
    FieldProblem,
    Submission,
    next_page,
    previous_page,
    problem_text,
    visible,
)
from okienko.modules.collection.answering.form import CompiledForm, CompiledVersion
from okienko.modules.collection.answering.markup import State
from okienko.modules.collection.answering.page import FormView, Frame, first_page, form_page
from okienko.modules.surveys.selectors import AnsweringLink


@dataclass(frozen=True, slots=True)
class Visit:
    """Immutable; every step gives the bytes of a page or a new visit."""

    link: AnsweringLink
    version: CompiledVersion
    frame: Frame
    language: str = ""
    data: dict[str, list[str]] = field(default_factory=dict)

    page: int = 0
    whole: bool = False
    key: str = ""
    go: str = ""

    @classmethod
    def of(cls, link: AnsweringLink, version: CompiledVersion, frame: Frame) -> Visit:
        return cls(link, version, frame)

    def with_fields(self, data: dict[str, list[str]], language: str) -> Visit:
        """Take over what a POST brought; a page number that makes no sense is the first page."""
        page = data.get("p", ["0"])[0]
        pages = len(self.version.form(language).pages)
        number = int(page) if page.isdecimal() and len(page) < 4 else 0
        return replace(
            self,
            data=data,
            language=language,
            page=min(number, pages - 1),
            whole="w" in data,
            key=data.get("k", [""])[0][:200],
            go=data.get("go", ["send"])[0],
        )

    @property
    def form(self) -> CompiledForm:
        return self.version.form(self.language)

    def first(self, language: str, key: str, *, whole: bool) -> bytes:
        """The page that a GET shows: prepared bytes, no slot to fill."""
        form = self.version.form(language)
        before, after = first_page(self.frame, form, whole or not form.paged)
        return before + key.encode() + after

    def move(self) -> bytes | None:
        """Back, on, or to another language. `None`: there is no further page, so the answer is complete."""
        if self.go.startswith("lang-"):
            language = self.go.removeprefix("lang-")
            target = replace(self, language=language if language in self.version.languages else self.language)
            return target.again("")
        if self.whole:
            return None
        values = self._read(self.page + 1).values
        if self.go == "back":
            before = previous_page(self.version.questionnaire, values, self.page)
            return replace(self, page=before.index if before else 0).again("")
        submission = self._read(self.page + 1)
        wrong = self._problems_here(submission)
        if wrong:
            return self.again("", wrong)
        after = next_page(self.version.questionnaire, submission.values, self.page)
        return None if after is None else replace(self, page=after.index).again("")

    def complete(self) -> tuple[Submission, bytes | None]:
        """The whole answer, and the page to correct where something is missing or wrong."""
        submission = self._read(None)
        if submission.ok:
            return submission, None
        if self.whole:
            return submission, self.again("", submission.problems)
        wrong = {problem.question for problem in submission.problems}
        page = next((page.index for page in self.form.pages if wrong & set(page.questions)), self.page)
        target = replace(self, page=page)
        return submission, target.again("", target._problems_here(submission))

    def again(self, notice: str, problems: tuple[FieldProblem, ...] = ()) -> bytes:
        """The present page with everything that was filled in."""
        form = self.form
        indexes = range(len(form.pages)) if self.whole else (self.page,)
        texts = {problem.item: problem_text(problem, self.language) for problem in reversed(problems)}
        texts = dict(reversed(texts.items()))
        seen = visible(self.version.questionnaire, self._read(None).values)
        state = State(self.data, texts, seen.options)
        view = FormView(self.page, self.whole, self.key, notice, texts, form.carried(self.data, indexes))
        return form_page(self.frame, form, view, form.body(indexes, state, seen.questions))

    def _read(self, pages: int | None) -> Submission:
        return self.version.validator.read_form(self.data, pages=pages)

    def _problems_here(self, submission: Submission) -> tuple[FieldProblem, ...]:
        here = self.form.pages[self.page].questions
        return tuple(problem for problem in submission.problems if problem.question in here)
