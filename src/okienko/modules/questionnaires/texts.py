"""Words for what the engine knows by codes: kinds, roles, problems, refusals, languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, get_language_info, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from okienko.engines.questionnaire import (
    Condition,
    EditError,
    Problem,
    Questionnaire,
    Texts,
    condition_in_words,
    items,
    numbers,
)
from okienko.modules.questionnaires.problem_texts import PROBLEMS

KINDS = {
    "single": _("one answer of several"),
    "multiple": _("any number of answers"),
    "scale": _("a rating on a scale"),
    "recommendation": _("would you recommend us, 0–10"),
    "grid": _("several things rated on one scale"),
    "pair": _("satisfaction and importance"),
    "ranking": _("putting in order"),
    "number": _("a number"),
    "date": _("a date"),
    "text": _("a short text"),
    "long_text": _("a long text"),
    "information": _("information, nothing is asked"),
}
ROLES = {
    "overall_satisfaction": _("overall satisfaction: the main figure of the report"),
    "driver": _("rating of an area: may explain the overall satisfaction"),
    "importance": _("importance of an area"),
    "recommendation": _("recommendation, for the NPS"),
    "outcome": _("outcome of the case"),
    "domain": _("divides the results into groups"),
    "comment": _("an open remark"),
}
DOMAINS = {
    "background": _("about the respondent"),
    "channel": _("how the matter was dealt with"),
    "matter": _("kind of matter"),
    "client_group": _("group of clients"),
}
PARTS = {
    "sections": _("parts"),
    "questions": _("questions"),
    "options": pgettext_lazy("of a question", "answers"),
    "rows": _("rows"),
    "scales": _("scales"),
    "areas": _("areas"),
    "languages": _("languages"),
}
STATUSES = {
    "same": _("unchanged"),
    "reworded": _("reworded"),
    "changed": _("changed"),
    "added": pgettext_lazy("question", "new"),
    "removed": _("no longer asked"),
}
REASONS = {
    "text": _("words of the question"),
    "labels": _("words of the answers"),
    "missing_answers": _("“don’t know” or “does not apply”"),
    "kind": _("kind of question"),
    "categories": _("set of answers"),
    "scale": _("scale"),
    "condition": _("who is asked"),
    "limits": _("limits"),
}
REFUSALS = {
    "unknown_section": _("This part is no longer in the questionnaire. A colleague may have deleted it."),
    "unknown_question": _(
        "This question is no longer in the questionnaire. A colleague may have deleted it."
    ),
    "unknown_option": _("This answer is no longer there. A colleague may have deleted it."),
    "unknown_row": _("This row is no longer there. A colleague may have deleted it."),
    "unknown_scale": _("This scale is no longer in the questionnaire. A colleague may have deleted it."),
    "unknown_area": _("This area is no longer in the questionnaire. A colleague may have deleted it."),
    "in_use": _("It is in use: something else must take its place in those questions first."),
    "unknown_place": _("This text is no longer there. A colleague may have deleted it."),
    "unknown_language": _("The questionnaire has no such language."),
    "unknown_property": _("This cannot be changed here."),
    "bad_value": _("A value does not fit here. Correct it and save again."),
    "default_language": _("The main language cannot be removed."),
    "duplicate_code": _("The questionnaire has this already."),
}
PROPERTIES = {
    "required": _("Respondents must answer"),
    "dont_know": _("offer “don’t know”"),
    "not_applicable": _("offer “does not apply”"),
    "min_choices": _("At least so many answers"),
    "max_choices": _("At most so many answers"),
    "minimum": _("Smallest number"),
    "maximum": _("Biggest number"),
    "decimals": _("Decimal places"),
    "earliest": _("Earliest date"),
    "latest": _("Latest date"),
    "max_length": _("At most so many characters"),
    "scale": _("Scale"),
    "importance_scale": _("Scale of importance"),
    "role": _("What it is for in the report"),
    "domain": _("What it divides the results by"),
    "area": _("Area"),
}
#: Languages that may be added; the page of answers has its own words in Polish, English and Ukrainian.
LANGUAGES = ("pl", "en", "uk", "be", "cs", "de", "es", "fr", "hu", "it", "lt", "ro", "ru", "sk", "vi")
SHORT = 60


def refused(error: EditError) -> ValidationError:
    """An edit that cannot be made, in words."""
    return ValidationError(str(REFUSALS.get(error.code, REFUSALS["bad_value"])), code=error.code)


def language_name(code: str) -> str:
    """The language in the reader's language; an unknown one by its code."""
    try:
        return gettext(get_language_info(code)["name"]).lower()
    except KeyError:
        return code


def said(texts: Texts, default: str, language: str | None = None) -> str:
    """A text in the reader's language, else in the questionnaire's own, else in any."""
    wanted = language or get_language() or default
    return texts.get(wanted) or texts.get(default) or next(iter(texts.values()), "")


def short(text: str, limit: int = SHORT) -> str:
    """The first words of a text, for lists."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def problem_words(problem: Problem, content: Questionnaire) -> str:
    """A problem with names of questions and languages instead of codes."""
    return str(PROBLEMS[problem.code]).format(**_params(problem.params, content))


def _params(params: Mapping[str, Any], content: Questionnaire) -> dict[str, Any]:
    return {name: _value(name, value, content) for name, value in params.items()}


def _value(name: str, value: Any, content: Questionnaire) -> Any:
    match name:
        case "language":
            return language_name(str(value))
        case "kind":
            return KINDS.get(value, value)
        case "role":
            return ROLES.get(value, value)
        case "what":
            return PARTS.get(value, value)
        case "item":
            return item_name(str(value), content)
        case "area":
            return area_name(content, str(value))
    return value


def area_name(content: Questionnaire, code: str) -> str:
    names = {area.code: area.name for area in content.areas}
    return said(names.get(code, {}), content.default_language) or code


def part_name(content: Questionnaire, code: str) -> str:
    """A part by the first words of its title."""
    titles = {section.code: section.title for section in content.sections}
    return short(said(titles.get(code, {}), content.default_language)) or code


def scale_name(content: Questionnaire, code: str) -> str:
    """A scale by its ends: „bardzo źle – bardzo dobrze”, 5."""
    scale = content.scale(code)
    if scale is None or not scale.points:
        return code
    ends = [said(point.text, content.default_language) for point in (scale.points[0], scale.points[-1])]
    return f"{' – '.join(ends)} ({len(scale.points)})"


def uses_of_scale(content: Questionnaire, code: str) -> int:
    return sum(1 for question in content.questions() if code in (question.scale, question.importance_scale))


def item_name(code: str, content: Questionnaire) -> str:
    """A question by its printed number and its first words: "7. Jak ocenia Pani/Pan…"."""
    home = next((item.question for item in items(content, all_questions=True) if item.code == code), code)
    question = next((found for found in content.questions() if found.code == home), None)
    if question is None:
        return code
    number = numbers(content).get(home, "")
    words = short(said(question.text, content.default_language), 48)
    return f"{number}. {words}" if number else words


def clause(content: Questionnaire, condition: Condition | None) -> str:
    """A condition in the reader's language, to stand after "when"; "" for none."""
    return condition_in_words(content, condition, (get_language() or "pl")[:2]) if condition else ""
