"""What an office must do about its waves today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=3)
PLANNING_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class WaveFacts:
    """An office's part of a wave. `missing`: sections of the plan that still forbid opening; `paper`: forms
    were handed out.
    """

    state: str
    opens_on: date
    closes_on: date
    entry_until: date
    missing: int = 0
    returned_missing: int = 0
    paper: bool = False


@dataclass(frozen=True)
class HomeTask:
    """`code` chooses the words and the page; `count` goes into the words."""

    code: str
    due: date
    overdue: bool = False
    count: int = 0


def tasks_of(facts: WaveFacts, today: date) -> tuple[HomeTask, ...]:
    """Planned: fill in the plan, then open. Open: it ends soon; count the forms; close."""
    if facts.state == "planned":
        return _planned(facts, today)
    return _open(facts, today) if facts.state == "open" else ()


def _planned(facts: WaveFacts, today: date) -> tuple[HomeTask, ...]:
    if facts.missing and today + PLANNING_AHEAD >= facts.opens_on:
        return (HomeTask("plan", facts.opens_on, today > facts.opens_on, facts.missing),)
    if not facts.missing and today >= facts.opens_on:
        return (HomeTask("open", facts.opens_on, today > facts.opens_on),)
    return ()


def _open(facts: WaveFacts, today: date) -> tuple[HomeTask, ...]:
    if today <= facts.closes_on:
        if facts.closes_on - today <= SOON:
            return (HomeTask("ends_soon", facts.closes_on, count=(facts.closes_on - today).days),)
        return ()
    overdue = today > facts.entry_until
    found = []
    if facts.returned_missing:
        found.append(HomeTask("count_forms", facts.entry_until, overdue, facts.returned_missing))
    found.append(HomeTask("finish" if facts.paper else "close", facts.entry_until, overdue))
    return tuple(found)


@dataclass(frozen=True)
class StartFacts:
    """An office that has never had a wave: its surveys, and its questionnaires (published or not)."""

    surveys: int
    questionnaires: int
    published: int


def first_step(facts: StartFacts) -> str:
    """What comes next on the way to the first wave; each step only when the one before it is done."""
    if facts.surveys:
        return "first_wave"
    if facts.published:
        return "survey"
    return "publish" if facts.questionnaires else "questionnaire"
