"""Problems of a single question: its parts, its limits, its role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from .definition import Question, Questionnaire, Row, Section
from .items import LONG_TEXT_LENGTH, TEXT_LENGTH
from .problems import Problem, Severity

_SPECIAL = frozenset({"dont_know", "not_applicable"})
_ASKED = frozenset({"role", "required"}) | _SPECIAL

#: Kind → the fields it uses, besides code, kind, text, help, enabled and condition.
USED: dict[str, frozenset[str]] = {
    "single": _ASKED | {"options", "domain", "area"},
    "multiple": _ASKED | {"options", "min_choices", "max_choices", "area"},
    "scale": _ASKED | {"scale", "area", "domain"},
    "recommendation": _ASKED | {"scale"},
    "grid": _ASKED | {"scale", "rows", "area"},
    "pair": _ASKED | {"scale", "importance_scale", "rows", "area"},
    "ranking": _ASKED | {"options", "min_choices", "max_choices", "area"},
    "number": _ASKED | {"minimum", "maximum", "decimals", "unit", "domain"},
    "date": _ASKED | {"earliest", "latest"},
    "text": _ASKED | {"max_length", "area"},
    "long_text": _ASKED | {"max_length", "area"},
    "information": frozenset(),
}
_COMMON = frozenset({"code", "kind", "text", "help", "enabled", "condition"})

#: Role → kinds that can carry it.
ROLE_KINDS: dict[str, frozenset[str]] = {
    "overall_satisfaction": frozenset({"scale"}),
    "driver": frozenset({"scale", "grid", "pair"}),
    "importance": frozenset({"scale", "grid"}),
    "recommendation": frozenset({"recommendation"}),
    "outcome": frozenset({"single"}),
    "domain": frozenset({"single", "scale", "number"}),
    "comment": frozenset({"text", "long_text"}),
}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def check_question(questionnaire: Questionnaire, section: Section, question: Question) -> list[Problem]:
    """Return the problems of one question, conditions and texts apart."""
    return list(_Check(questionnaire, section, question).problems())


class _Check:
    def __init__(self, questionnaire: Questionnaire, section: Section, question: Question) -> None:
        self.questionnaire = questionnaire
        self.section = section.code
        self.question = question

    def problem(
        self, code: str, path: str = "", *, severity: Severity = "error", **params: int | float | str
    ) -> Problem:
        return Problem(
            code=code,
            severity=severity,
            section=self.section,
            question=self.question.code,
            path=path,
            params=params,
        )

    def problems(self) -> Iterator[Problem]:
        yield from self.unused()
        yield from self.scales()
        match self.question.kind:
            case "single" | "multiple" | "ranking":
                yield from self.options()
            case "number":
                yield from self.number()
            case "date":
                yield from self.dates()
            case "text" | "long_text":
                yield from self.text()
            case "grid" if not self.question.rows:
                yield self.problem("no_rows", "rows")
        yield from self.roles()

    def unused(self) -> Iterator[Problem]:
        used = USED[self.question.kind] | _COMMON
        blank = Question(code="", kind="information", text={})
        for name in Question.__struct_fields__:
            if name not in used and getattr(self.question, name) != getattr(blank, name):
                yield self.problem("unused_part", name, kind=self.question.kind, part=name)

    def scales(self) -> Iterator[Problem]:
        used = USED[self.question.kind]
        for name in ("scale", "importance_scale"):
            if name not in used:
                continue
            code = getattr(self.question, name)
            scale = self.questionnaire.scale(code)
            if code is None:
                yield self.problem("no_scale", name)
            elif scale is None:
                yield self.problem("unknown_scale", name, value=code)
            elif self.question.kind == "recommendation":
                if [point.value for point in scale.points] != list(range(11)):
                    yield self.problem("recommendation_scale", name)

    def options(self) -> Iterator[Problem]:
        options = self.question.options
        if len(options) < 2:
            yield self.problem("few_options", "options")
        for value, count in Counter(option.value for option in options).items():
            if count > 1:
                yield self.problem("duplicate_option", f"option:{value}", value=value)
            if value < 0:
                yield self.problem("negative_code", f"option:{value}", value=value)
        if sum(option.other for option in options) > 1:
            yield self.problem("other_twice", "options")
        if options and all(option.condition for option in options):
            yield self.problem("options_conditional", "options", severity="warning")
        exclusive = [option for option in options if option.exclusive]
        if exclusive and self.question.kind != "multiple":
            yield self.problem("unused_part", "options", kind=self.question.kind, part="exclusive")
        elif options and len(exclusive) == len(options):
            yield self.problem("exclusive_all", "options")
        yield from self.choices(len(options) - len(exclusive))

    def choices(self, together: int) -> Iterator[Problem]:
        """Check the limits; ``together`` answers can be given at once."""
        least, most = self.question.min_choices, self.question.max_choices
        wrong = (
            (least is not None and not 0 <= least <= together)
            or (most is not None and most < 1)
            or (most is not None and most > len(self.question.options))
            or (least is not None and most is not None and least > most)
        )
        if wrong:
            yield self.problem("choice_limits", "options")

    def number(self) -> Iterator[Problem]:
        low, high = self.question.minimum, self.question.maximum
        if low is not None and low < 0:
            yield self.problem("number_negative", "minimum")
        if high is not None and high < (low or 0):
            yield self.problem("number_limits", "maximum")
        if not 0 <= self.question.decimals <= 6:
            yield self.problem("decimals", "decimals")

    def dates(self) -> Iterator[Problem]:
        limits = [limit for limit in (self.question.earliest, self.question.latest) if limit is not None]
        if not all(_is_date(limit) for limit in limits) or limits != sorted(limits):
            yield self.problem("date_limits", "earliest")

    def text(self) -> Iterator[Problem]:
        limit = TEXT_LENGTH if self.question.kind == "text" else 2 * LONG_TEXT_LENGTH
        if self.question.max_length is not None and not 1 <= self.question.max_length <= limit:
            yield self.problem("text_limit", "max_length", limit=limit)

    def roles(self) -> Iterator[Problem]:
        question = self.question
        known = {area.code for area in self.questionnaire.areas}
        parts: list[Question | Row] = [question, *question.rows]
        for part in parts:
            if part.area is not None and part.area not in known:
                yield self.problem("unknown_area", "area", value=part.area)
            if part.role is not None and question.kind not in ROLE_KINDS[part.role]:
                yield self.problem("role_kind", "role", kind=question.kind, role=part.role)
        for part in parts[1:] or parts:
            if (part.role or question.role) == "driver" and not (part.area or question.area) and known:
                yield self.problem("driver_without_area", "area", severity="warning")
                break
        if (question.role == "domain") != (question.domain is not None):
            yield self.problem("domain_missing", "domain")


def _is_date(text: str) -> bool:
    if not _ISO.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
