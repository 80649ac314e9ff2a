"""Cards of the ready questionnaires."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from okienko.modules.questionnaires import selectors
from okienko.modules.questionnaires.models import Audience
from okienko.modules.questionnaires.texts import language_name, said

_PURPOSES = {
    "klienci": _(
        "The whole picture of how clients see the office: five areas with their importance, overall "
        "satisfaction, recommendation, outcome of the case, and remarks."
    ),
    "puls": _(
        "Four questions for every day of the year. It shows quickly that something changes; the reasons are "
        "for the whole questionnaire to find."
    ),
    "pracownicy": _(
        "How people work here: tasks, tools, superiors, cooperation, development. For offices in which at "
        "least ten people will answer."
    ),
    "partnerzy": _("For institutions, organisations and companies that work with the office all year round."),
}


@dataclass(frozen=True)
class Card:
    code: str
    title: str
    purpose: str
    audience: str
    questions: int
    minutes: int
    languages: str


def library_cards() -> tuple[Card, ...]:
    return tuple(
        Card(
            ready.code,
            said(ready.definition.title, ready.definition.default_language),
            str(_PURPOSES.get(ready.code, "")),
            Audience(ready.definition.audience).label,
            ready.questions,
            ready.minutes,
            ", ".join(language_name(code) for code in ready.definition.languages),
        )
        for ready in selectors.library()
    )
