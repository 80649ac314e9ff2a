"""The design that a wave's plan and answers amount to (docs/methodology.md, "Rodzaje prób")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from okienko.engines.statistics import Design, LonelyPsu, SampleKind
from okienko.modules.collection.selectors import AnalysisTable
from okienko.modules.surveys.selectors import FieldDesign, StratumPlan, psu_code

NO_POINT, WEB = "-", "web"


@dataclass(frozen=True)
class Sample:
    """The design of the rows that count (`keep`), and what may be concluded from it.

    `aside`: rows that came beside the draw and are kept apart. `doubt`: why a planned draw proves nothing,
    `not_drawn` (no days were drawn) or `nobody_drawn` (no answer comes of a drawn day and point).
    """

    design: Design
    keep: np.ndarray
    inference: str
    strata: int
    psus: int
    weighted: bool
    aside: np.ndarray
    doubt: str = ""


def sample_of(table: AnalysisTable, plan: FieldDesign) -> Sample:
    """Choose the design by the sample kind; an import's own stratum, psu and weight have the last word."""
    keep = ~table.excluded
    if plan.sample_kind == "census":
        return _census(table, plan, keep)
    if not plan.is_probability or not keep.any():
        return _no_sample(keep)
    drawn = _drawn(table, plan)
    if not (keep & drawn).any():
        planned = any(stratum.drawn_days for stratum in plan.strata)
        return _no_sample(keep, "nobody_drawn" if planned else "not_drawn")
    keep, aside = keep & drawn, keep & ~drawn
    counted = _counted(table, keep)
    stratum, psu, fpc = _units(counted, plan)
    weight = _weights(counted, plan, stratum)
    design = Design(weight=weight, stratum=stratum, psu=psu, fpc=fpc, lonely_psu=LonelyPsu.ADJUST)
    pairs = len(set(zip(stratum.tolist(), psu.tolist(), strict=True)))
    varied = weight is not None and bool(np.ptp(weight) > 0)
    return Sample(design, keep, "design", len(set(stratum.tolist())), pairs, varied, aside)


def _no_sample(keep: np.ndarray, doubt: str = "") -> Sample:
    nothing = np.zeros(keep.size, bool)
    return Sample(Design(kind=SampleKind.NON_PROBABILITY), keep, "none", 0, 0, False, nothing, doubt)


def _drawn(table: AnalysisTable, plan: FieldDesign) -> np.ndarray:
    """Rows that may come of the draw: not through an open link, at a point and on a day that were drawn.

    Whoever scans a poster chose himself, whatever the day. An import that brings its own units has its own
    draw. Of people from a list the link says nothing: it is sent to those who were drawn.
    """
    if plan.sample_kind != "systematic":
        return np.ones(table.rows, bool)
    days = {stratum.service_point_id: stratum.drawn_days for stratum in plan.strata}
    places = {(point, day.isoformat()) for point, drawn in days.items() for day in drawn}
    pairs = zip(table.service_point.tolist(), table.day.tolist(), strict=True)
    there = np.array([pair in places for pair in pairs], bool)
    return (there & (table.mode != WEB)) | (table.stratum != "") | (table.psu != "")


def _census(table: AnalysisTable, plan: FieldDesign, keep: np.ndarray) -> Sample:
    """Everybody was asked: the respondent is the PSU, and the population bounds what is not known.

    An open link proves nothing about who answered, so a staff census without ballots shows no census figures.
    """
    answers = int(keep.sum())
    population = plan.population or 0
    if plan.audience == "staff" or not answers or population < answers:
        return _no_sample(keep)
    fpc = np.full(answers, float(population))
    return Sample(
        Design(kind=SampleKind.CENSUS, fpc=fpc), keep, "census", 1, answers, False, np.zeros(keep.size, bool)
    )


def _counted(table: AnalysisTable, keep: np.ndarray) -> AnalysisTable:
    """The rows that count, without their answers: no others may move a stratum, a PSU or a weight."""
    columns = ("day", "mode", "language", "service_point", "stratum", "psu", "weight", "excluded")
    chosen = {name: getattr(table, name)[keep] for name in columns}
    return replace(table, rows=int(keep.sum()), items={}, numbers={}, **chosen)


def _units(table: AnalysisTable, plan: FieldDesign) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Strata and PSUs. By shifts: point and point × day. From a list: nothing but the person.

    Rows of an import that bring units of their own keep them; nobody knows from how many they were drawn.
    """
    stratum, psu, fpc = _planned_units(table, plan)
    own = (table.stratum != "") | (table.psu != "")
    if not own.any():
        return stratum, psu, fpc
    alone = np.array([f"r{number}" for number in range(table.rows)])
    psu = np.where(own, np.where(table.psu == "", alone, table.psu), psu)
    return np.where(own, table.stratum, stratum), psu, None


def _planned_units(
    table: AnalysisTable, plan: FieldDesign
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    rows = np.array([f"r{number}" for number in range(table.rows)])
    if plan.sample_kind == "random_list":
        everybody = np.full(table.rows, "all")
        fpc = np.full(table.rows, float(plan.population)) if (plan.population or 0) >= table.rows else None
        return everybody, rows, fpc
    points = {stratum.service_point_id: stratum for stratum in plan.strata}
    codes = np.array([points[pk].code if pk in points else NO_POINT for pk in table.service_point.tolist()])
    days = {day: date.fromisoformat(day) for day in set(table.day.tolist())}
    pairs = zip(codes.tolist(), table.day.tolist(), strict=True)
    psu = np.array([psu_code(code, days[day]) for code, day in pairs])
    return codes, psu, _populations(codes, psu, {stratum.code: stratum for stratum in plan.strata})


def _populations(codes: np.ndarray, psu: np.ndarray, strata: Mapping[str, StratumPlan]) -> np.ndarray | None:
    """Days that each point was open, as the population of its PSUs; None unless known for every point."""
    found = {}
    for code in set(codes.tolist()):
        seen = len(set(psu[codes == code].tolist()))
        days = strata[code].psus if code in strata else None
        if days is None or days < seen:
            return None
        found[code] = float(days)
    return np.array([found[code] for code in codes.tolist()])


def _weights(table: AnalysisTable, plan: FieldDesign, stratum: np.ndarray) -> np.ndarray | None:
    """Weights of an import; else clients in the period ÷ answers, per point, if all points were counted."""
    if bool((table.weight != 1.0).any()):
        return table.weight
    visits = {part.code: part.visits for part in plan.strata}
    names, place, counts = np.unique(stratum, return_inverse=True, return_counts=True)
    known = [visits.get(str(name)) for name in names]
    if any(not value for value in known):
        return None
    return np.array([value / count for value, count in zip(known, counts, strict=True)])[place]
