"""Answers validated from the definition: web forms, keyed entry and import by one compiled program.

Field names of a form (all values are the decimal codes)
--------------------------------------------------------
``<item>``
    Single choice, scale, 0–10, grid, pair: one radio group per item, value = code, −2 don't know,
    −3 not applicable. Multiple choice: one checkbox per option item, value ``1``. Ranking: a select per
    option item, value = place. Number, date (ISO or ``d.m.yyyy``) and text: the input itself.
``<item>__m``
    Number, date, text: ``-2`` or ``-3``, a checkbox beside the input.
``<question>__m``
    Multiple choice and ranking: the same for the whole question.
``<question>_other``
    The words beside an "other" option.

Other fields are ignored. Blank fields are empty answers. The order of fields does not matter.

Rules: conditions are evaluated with the answers accepted so far, in the order of the questionnaire. What
is not shown is stored as −4 and whatever was sent for it is dropped (and listed in ``dropped``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from .conditions import Groups, Test, Value, compile_condition, groups, is_real
from .definition import NOT_SHOWN, Question, Questionnaire, Section
from .items import Item, question_items
from .options import Options
from .readers import (
    FieldProblem,
    Form,
    Problems,
    Reader,
    Typed,
    Values,
    code_map,
    codes_reader,
    free_reader,
    nothing,
    with_other,
)


class Submission(Struct, frozen=True):
    """What was read.

    Attributes
    ----------
    values : dict of str → int, float or str
        Accepted answers by item code; absent = empty, −2, −3, −4 as in ``definition``.
    problems : tuple of FieldProblem
        In the order of the questionnaire; a refused answer is not in ``values``.
    dropped : tuple of str
        Items that had an answer although their question was not to be asked.
    """

    values: dict[str, Value]
    problems: tuple[FieldProblem, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether nothing was refused."""
        return not self.problems


class Step(Struct, frozen=True):
    """One compiled question."""

    code: str
    show: Test | None
    items: tuple[str, ...]
    asked: tuple[tuple[str, ...], ...]  # for "required": each group needs an answer
    form: Any
    typed: Any
    quick: tuple[tuple[str, dict[str, int]], ...]  # fields that hold one code each: field → code


class Validator:
    """A compiled questionnaire; made once, used for every submission, safe to share between threads."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        of_groups = groups(questionnaire)
        self._sections = tuple(
            (
                compile_condition(section.condition, of_groups),
                tuple(_step(questionnaire, section, question, of_groups) for question in questions),
            )
            for section, questions in questionnaire.asked()
            if questions
        )
        self._known = frozenset(code for _, steps in self._sections for step in steps for code in step.items)

    def read_form(self, data: Form, *, pages: int | None = None, required: bool = True) -> Submission:
        """Read the fields of a form.

        Parameters
        ----------
        data : mapping of field name → sequence of str
            As ``urllib.parse.parse_qs`` or ``dict(QueryDict.lists())`` give it; not trusted.
        pages : int, optional
            Read the first so many pages only (page by page); items of later pages stay out of ``values``.
        required : bool
            Whether an unanswered required question is a problem.
        """
        return self._run(data, False, pages, required)

    def validate(self, values: Typed, *, pages: int | None = None, required: bool = False) -> Submission:
        """Check typed answers: imported, keyed, or read before.

        An unknown item code, a wrong type and −4 for a question that is shown are problems. Blank
        required questions are not, unless asked for: a paper form may have gaps.
        """
        submission = self._run(values, True, pages, required)
        unknown = [code for code in values if code not in self._known]
        if not unknown:
            return submission
        found = tuple(FieldProblem("unknown_item", "", str(code), {"item": str(code)}) for code in unknown)
        return Submission(submission.values, submission.problems + found, submission.dropped)

    def _run(self, source: Mapping[str, Any], typed: bool, pages: int | None, required: bool) -> Submission:
        values: Values = {}
        problems: Problems = []
        dropped: list[str] = []
        for section_shown, steps in self._sections[:pages]:
            section_on = section_shown is None or section_shown(values)
            for step in steps:
                if not section_on or (step.show is not None and not step.show(values)):
                    for code in step.items:
                        values[code] = NOT_SHOWN
                        if _has_answer(source.get(code)):
                            dropped.append(code)
                    continue
                if step.quick and not typed and _read_quickly(step.quick, source, values):
                    continue
                before = len(problems)
                (step.typed if typed else step.form)(source, values, problems)
                if required and step.asked:
                    _require(step, values, problems, before)
        return Submission(values, tuple(problems), tuple(dropped))


def compile_validator(questionnaire: Questionnaire) -> Validator:
    """Compile a questionnaire for reading many submissions."""
    return Validator(questionnaire)


def read_form(questionnaire: Questionnaire, data: Mapping[str, Sequence[str]]) -> Submission:
    """Read one form; for many, use :func:`compile_validator`."""
    return Validator(questionnaire).read_form(data)


def validate(questionnaire: Questionnaire, values: Mapping[str, object]) -> Submission:
    """Check one set of typed answers; for many, use :func:`compile_validator`."""
    return Validator(questionnaire).validate(values)


def _step(questionnaire: Questionnaire, section: Section, question: Question, of_groups: Groups) -> Step:
    items = question_items(questionnaire, section.code, question)
    reader = _reader(question, items, of_groups)
    return Step(
        code=question.code,
        show=compile_condition(question.condition, of_groups),
        items=tuple(item.code for item in items),
        asked=_asked(question, items) if question.required else (),
        form=reader.form,
        typed=reader.typed,
        quick=_quick(question, items),
    )


def _quick(question: Question, items: Sequence[Item]) -> tuple[tuple[str, dict[str, int]], ...]:
    """Return the fields of a question whose answers need no more than a look-up."""
    if question.kind in ("multiple", "ranking") or any(x.other or x.condition for x in question.options):
        return ()
    return tuple((item.code, code_map(item)) for item in items if item.categories)


def _read_quickly(quick: tuple[tuple[str, dict[str, int]], ...], data: Form, values: Values) -> bool:
    """Read a question by look-up alone; False when anything about it needs a closer look."""
    for code, mapping in quick:
        raw = data.get(code)
        if raw is None or len(raw) != 1 or (value := mapping.get(raw[0])) is None:
            return False
        values[code] = value
    return True


def _asked(question: Question, items: Sequence[Item]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of items of which each needs an answer."""
    answers = [item.code for item in items if not (item.kind == "text" and item.option is not None)]
    if question.kind in ("multiple", "ranking"):
        return ((question.code, *answers),)  # with the question's own code: one option is a group too
    return tuple((code,) for code in answers)


def _require(step: Step, values: Values, problems: Problems, before: int) -> None:
    refused = {problem.item for problem in problems[before:]}
    for group in step.asked:
        if any(values.get(code, NOT_SHOWN) != NOT_SHOWN for code in group):
            continue
        field = group[0] if len(group) == 1 else step.code
        if field not in refused and not refused.intersection(group):
            problems.append(FieldProblem("required", step.code, field))


def _reader(question: Question, items: Sequence[Item], of_groups: Groups) -> Reader:
    hidden = {
        option.value: test
        for option in question.options
        if (test := compile_condition(option.condition, of_groups)) is not None
    }
    if question.kind in ("multiple", "ranking"):
        return Options(question, items, hidden).reader()
    codes = [item for item in items if item.categories]
    if codes:
        reader = codes_reader(codes, hidden)
        other = next((option.value for option in question.options if option.other), None)
        if other is None:
            return reader
        return with_other(reader, codes[0], items[-1], other, hidden.get(other))
    return free_reader(items[0]) if items and items[0].kind in FREE else Reader(nothing, nothing)


FREE = frozenset({"number", "date", "text"})


def _has_answer(given: object) -> bool:
    """Tell whether a source held an answer: a form's sequence of texts, or a typed value."""
    if given is None or given == "":
        return False
    if isinstance(given, int | float):
        return is_real(given)
    if isinstance(given, Iterable) and not isinstance(given, str):
        return any(isinstance(text, str) and text.strip() not in ("", "0") for text in given)
    return True
