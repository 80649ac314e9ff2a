"""The plan of a wave as a task list: what is settled, what is missing, what forbids opening.

The questions are those of the programme's guidelines: the aim, who, where, when, how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CLIENTS = "clients"
STAFF = "staff"
CENSUS, RANDOM_LIST, SYSTEMATIC, OPEN_LINK = "census", "random_list", "systematic", "open"


class StepState(StrEnum):
    DONE = "done"
    MISSING = "missing"
    ADVICE = "advice"
    NETWORK = "network"


@dataclass(frozen=True)
class Problem:
    """`blocking` problems forbid opening the wave; the others are advice. `points` are names of points."""

    code: str
    blocking: bool = True
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """A section of the plan. `by_network`: the network's coordinator fills it in."""

    code: str
    problems: tuple[Problem, ...] = ()
    by_network: bool = False

    @property
    def blocked(self) -> bool:
        return any(problem.blocking for problem in self.problems)

    @property
    def state(self) -> StepState:
        if self.by_network:
            return StepState.NETWORK
        if self.blocked:
            return StepState.MISSING
        return StepState.ADVICE if self.problems else StepState.DONE


@dataclass(frozen=True)
class PointFacts:
    name: str
    days_open: int | None = None
    interval: int | None = None
    shift_days: int = 0


@dataclass(frozen=True)
class PlanFacts:
    """What is known about an office's part of a wave. `shared`: the survey is the network's."""

    today: date
    opens_on: date
    closes_on: date
    shared: bool = False
    audience: str = CLIENTS
    purpose: bool = True
    published: bool = False
    sample_kind: str = ""
    population: int | None = None
    target: int | None = None
    points: tuple[PointFacts, ...] = ()
    links: int = 0
    network_opened: bool = True
    earlier_wave_open: bool = False

    @property
    def over(self) -> bool:
        """The dates are past: such a wave is opened only to type or import answers collected before."""
        return self.today > self.closes_on


def plan_steps(facts: PlanFacts) -> tuple[Step, ...]:
    """The sections in the order in which a coordinator settles them."""
    steps = [
        Step("goal", _goal(facts), facts.shared),
        Step("questionnaire", _questionnaire(facts), facts.shared),
        Step("who", _who(facts)),
        Step("where", _where(facts)),
        Step("when", _when(facts), facts.shared and not _when(facts)),
        Step("how_many", () if facts.target else (Problem("target_missing", False),)),
    ]
    if facts.sample_kind == SYSTEMATIC:
        steps.append(Step("shifts", _shifts(facts)))
    steps.append(Step("links", _links(facts)))
    return tuple(steps)


def blocking(steps: Sequence[Step]) -> tuple[Problem, ...]:
    """Everything that forbids opening, in the order of the plan."""
    return tuple(problem for step in steps for problem in step.problems if problem.blocking)


def _goal(facts: PlanFacts) -> tuple[Problem, ...]:
    return () if facts.purpose else (Problem("purpose_missing", False),)


def _questionnaire(facts: PlanFacts) -> tuple[Problem, ...]:
    return () if facts.published else (Problem("not_published"),)


def _who(facts: PlanFacts) -> tuple[Problem, ...]:
    if not facts.sample_kind:
        return (Problem("kind_missing"),)
    found = []
    if not facts.population and facts.sample_kind in {CENSUS, RANDOM_LIST}:
        found.append(Problem("population_needed"))
    elif not facts.population and facts.sample_kind == SYSTEMATIC:
        found.append(Problem("population_useful", False))
    if facts.audience == STAFF and facts.links:
        found.append(Problem("staff_answers_may_repeat", False))
    return tuple(found)


def _where(facts: PlanFacts) -> tuple[Problem, ...]:
    met_at_points = facts.audience == CLIENTS and facts.sample_kind not in {CENSUS, RANDOM_LIST}
    if not facts.points:
        return (Problem("points_missing"),) if met_at_points else ()
    if facts.sample_kind != SYSTEMATIC:
        return ()
    without = tuple(point.name for point in facts.points if not point.days_open)
    return (Problem("days_open_missing", points=without),) if without else ()


def _when(facts: PlanFacts) -> tuple[Problem, ...]:
    found = []
    if not facts.network_opened:
        found.append(Problem("network_not_open"))
    if facts.earlier_wave_open:
        found.append(Problem("earlier_wave_open"))
    if facts.over:
        found.append(Problem("dates_are_past", False))
    return tuple(found)


def _shifts(facts: PlanFacts) -> tuple[Problem, ...]:
    without = tuple(point.name for point in facts.points if not point.shift_days)
    beyond = tuple(
        point.name for point in facts.points if point.days_open and point.shift_days > point.days_open
    )
    single = tuple(point.name for point in facts.points if point.shift_days == 1 and point.days_open != 1)
    no_interval = tuple(point.name for point in facts.points if not point.interval)
    found = (
        Problem("shifts_missing", points=without),
        Problem("more_shifts_than_days", points=beyond),
        Problem("interval_missing", points=no_interval),
        Problem("one_shift_only", False, single),
    )
    return tuple(problem for problem in found if problem.points)


def _links(facts: PlanFacts) -> tuple[Problem, ...]:
    if facts.links or facts.over:
        return ()
    return (Problem("links_missing"),)
