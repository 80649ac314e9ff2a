"""The plan of a wave in words, with the addresses of its sections: plain values for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from okienko.foundation.ui import words
from okienko.modules.surveys.models import OfficeWave, Wave
from okienko.modules.surveys.rules import PlanFacts, Step, StepState, plan_steps
from okienko.modules.surveys.selectors import FieldTotals
from okienko.modules.surveys.texts import KINDS, problem_text

TITLES = {
    "goal": gettext_lazy("Aim and team"),
    "questionnaire": gettext_lazy("Questionnaire"),
    "who": gettext_lazy("Who is asked"),
    "where": gettext_lazy("Where"),
    "when": gettext_lazy("When"),
    "how_many": gettext_lazy("How many answers"),
    "shifts": gettext_lazy("On which days"),
    "links": gettext_lazy("Links and posters"),
}


@dataclass(frozen=True)
class PlanRow:
    """A section of the plan, as the `task` component draws it."""

    code: str
    title: Any
    text: str
    href: str
    status: str
    status_text: str
    problems: tuple[str, ...]


def plan_rows(office_wave: OfficeWave, facts: PlanFacts, *, editable: bool) -> list[PlanRow]:
    """The sections in order; the first one that forbids opening is the next step."""
    rows, following = [], True
    for step in plan_steps(facts):
        status, text = _status(step, following)
        following = following and not step.blocked
        rows.append(
            PlanRow(
                code=step.code,
                title=TITLES[step.code],
                text=_SUMMARIES[step.code](office_wave, facts),
                href=_address(step.code, office_wave) if editable and not step.by_network else "",
                status=status,
                status_text=text,
                problems=tuple(str(problem_text(problem)) for problem in step.problems),
            )
        )
    return rows


def _status(step: Step, following: bool) -> tuple[str, str]:
    if step.state is StepState.NETWORK:
        return "done", _("set by the network")
    if step.state is StepState.MISSING:
        return ("now", pgettext("section", "next step")) if following else ("todo", "")
    return ("todo", pgettext("section", "advised")) if step.state is StepState.ADVICE else ("done", "")


def _address(code: str, office_wave: OfficeWave) -> str:
    slug, survey = office_wave.office.slug, office_wave.wave.survey
    if code == "goal":
        return reverse("surveys:change", args=[slug, survey.pk])
    if code == "questionnaire":
        return questionnaire_address(office_wave)
    names = {
        "who": "people",
        "where": "points",
        "when": "dates",
        "how_many": "size",
        "shifts": "shifts",
        "links": "links",
    }
    return reverse(f"surveys:{names[code]}", args=[slug, office_wave.pk])


def questionnaire_address(office_wave: OfficeWave) -> str:
    """Where the questionnaire is edited and published."""
    pk = office_wave.wave.survey.questionnaire_id
    return reverse("questionnaires:questionnaire", args=[office_wave.office.slug, pk])


def _goal(office_wave: OfficeWave, _facts: PlanFacts) -> str:
    purpose = office_wave.wave.survey.purpose.strip()
    return purpose if len(purpose) <= 160 else purpose[:159] + "…"


def _questionnaire(office_wave: OfficeWave, _facts: PlanFacts) -> str:
    return office_wave.wave.survey.questionnaire.name


def _who(office_wave: OfficeWave, facts: PlanFacts) -> str:
    if not facts.sample_kind:
        return ""
    kind = str(KINDS[facts.sample_kind].title)
    if not facts.population:
        return kind
    people = ngettext("%(n)s person", "%(n)s people", facts.population) % {
        "n": words.number(facts.population)
    }
    return f"{kind}: {people}"


def _where(_office_wave: OfficeWave, facts: PlanFacts) -> str:
    return ", ".join(point.name for point in facts.points[:4]) + (" …" if len(facts.points) > 4 else "")


def _when(office_wave: OfficeWave, _facts: PlanFacts) -> str:
    wave = office_wave.wave
    typed = _("forms typed in by %(day)s") % {"day": words.day(wave.entry_until)}
    return f"{words.days(wave.opens_on, wave.closes_on)}, {typed}"


def _how_many(office_wave: OfficeWave, facts: PlanFacts) -> str:
    if not facts.target:
        return ""
    return ngettext("%(n)s answer", "%(n)s answers", facts.target) % {"n": words.number(facts.target)}


def _shifts(_office_wave: OfficeWave, facts: PlanFacts) -> str:
    days = sum(point.shift_days for point in facts.points)
    if not days:
        return ""
    return ngettext("%(n)s day at a point drawn", "%(n)s days at points drawn", days) % {"n": days}


def _links(_office_wave: OfficeWave, facts: PlanFacts) -> str:
    if not facts.links:
        return ""
    return ngettext("%(n)s link", "%(n)s links", facts.links) % {"n": facts.links}


_SUMMARIES = {
    "goal": _goal,
    "questionnaire": _questionnaire,
    "who": _who,
    "where": _where,
    "when": _when,
    "how_many": _how_many,
    "shifts": _shifts,
    "links": _links,
}


def wave_sentence(office_wave: OfficeWave, answers: int, today: date) -> str:
    """What a head of office would repeat: how many answers, and until when."""
    wave = office_wave.wave
    if office_wave.never_begun:
        return _("The office did not begin this wave before it was closed.")
    if office_wave.state == "open" and today < wave.opens_on:
        return _("Collecting begins on %(day)s.") % {"day": words.day(wave.opens_on)}
    values = {"collected": _collected(answers, office_wave.target)}
    if office_wave.state != "open":
        closed = words.day(office_wave.closed_at)
        return _("%(collected)s. The wave was closed on %(day)s.") % {**values, "day": closed}
    if today <= wave.closes_on:
        return _("%(collected)s. Clients can answer until %(day)s.") % {
            **values,
            "day": words.day(wave.closes_on),
        }
    return _("%(collected)s. Forms are typed in until %(day)s.") % {
        **values,
        "day": words.day(wave.entry_until),
    }


def _collected(answers: int, target: int | None) -> str:
    shown = words.number(answers)
    if target:
        return _("Collected %(n)s %(out_of)s answers") % {"n": shown, "out_of": words.out_of(target)}
    return ngettext("%(n)s answer collected", "%(n)s answers collected", answers) % {"n": shown}


def network_sentence(wave: Wave, totals: FieldTotals) -> str:
    """The whole network's collecting in one sentence."""
    if wave.state == "planned":
        return ngettext(
            "%(n)s office prepares the wave.", "%(n)s offices prepare the wave.", totals.offices
        ) % {"n": words.number(totals.offices)}
    return _("%(collected)s; %(begun)s %(offices)s offices have begun.") % {
        "collected": _collected(totals.answers, totals.target),
        "begun": words.number(totals.begun),
        "offices": words.out_of(totals.offices),
    }
