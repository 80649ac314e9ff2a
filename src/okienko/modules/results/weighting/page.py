"""What the page of weights shows: what is known of the clients, and what weighting does to the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from okienko.engines.statistics import StatisticsError
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.results import selectors
from okienko.modules.results.computing.domains import in_domains
from okienko.modules.results.computing.lattice import decide, hidden
from okienko.modules.results.computing.wave import read_wave
from okienko.modules.results.computing.weighed import KnownMargin
from okienko.modules.results.computing.weighted import Division, account, divided, divisions_of, weighted
from okienko.modules.results.document import Hidden, WeightGroup, Weighting, WeightMargin
from okienko.modules.results.presenting.weights import DivisionTable, doubts, figures, tables
from okienko.modules.results.presenting.words import why_hidden
from okienko.modules.results.weighting.selectors import margins_of, weights_of
from okienko.modules.results.weighting.words import Names, names_of, refusal
from okienko.modules.surveys import selectors as surveys


@dataclass(frozen=True)
class Standing:
    """Where the weights of a wave stand.

    `tables`: the divisions; `beside`: with the answers beside them. `fitted`: weights were found. `refused`:
    why these weights cannot be used. `left`: divisions of which nothing is known yet.
    """

    part: Any
    results: Any
    state: str
    limit: int
    tables: list[DivisionTable]
    left: list[tuple[str, str]]
    figures: list[tuple[str, str]]
    doubts: list[str]
    refused: str = ""
    why: str = ""
    beside: bool = False
    fitted: bool = False
    decided_by: str = ""
    decided_at: Any = None

    @property
    def closed(self) -> bool:
        return self.part.state == "closed"

    @property
    def settled(self) -> bool:
        """Nothing can be changed any more."""
        return self.results is not None or self.state in ("used", "refused")

    @property
    def may_use(self) -> bool:
        return self.closed and not self.settled and self.fitted

    @property
    def untold(self) -> bool:
        """Weights are ready, but a hidden group could be worked out from what they did."""
        return self.fitted and not self.figures


def standing(part) -> Standing:
    row, results = weights_of(part.pk), selectors.result_set(part.pk)
    known, plan = margins_of(row), surveys.design_of(part)
    names = names_of(part, plan)
    given = {margin.division for margin in known}
    left = [
        (division.code, names.division(division.code))
        for division in divisions_of(questionnaires.definition(part.wave.version), plan)
        if division.code not in given
    ]
    frame = {
        "part": part,
        "results": results,
        "state": row.state if row is not None else "",
        "limit": row.limit if row is not None else 5,
        "left": left,
        "decided_by": row.decided_by if row is not None else "",
        "decided_at": row.decided_at if row is not None else None,
    }
    return Standing(**frame, **_seen(part, known, frame["limit"], names, results))


def _seen(part, known: tuple[KnownMargin, ...], limit: int, names: Names, results) -> dict:
    """The tables, and of a closed wave what weighting does to its answers."""
    plain = {"tables": tables(_bare(known, limit), names), "figures": [], "doubts": []}
    if not known or part.state != "closed":
        return plain
    if results is not None:
        document = selectors.document_of(results)
        if document.weighting is None:
            return plain
        why = why_hidden(Hidden("primary", document.fieldwork.threshold))
        return _told(document.weighting, names, []) | {"why": why}
    data = read_wave(part)
    lattice = decide(data, in_domains(data))
    why = hidden(lattice) if data.answers else Hidden("primary", data.plan.threshold)
    if why is not None:
        return plain | {"why": why_hidden(why)}
    why = why_hidden(Hidden("primary", data.plan.threshold))
    try:
        found = weighted(data, known, limit)
    except StatisticsError as error:
        seen = Weighting(divided(data, known, lattice), limit)
        told = {"tables": tables(seen, names), "beside": True, "refused": refusal(error, names)}
        return plain | told | {"why": why}
    told = account(found, found.weighed, lattice)
    return _told(told, names, doubts(told, data.answers, data.sample.inference)) | {"why": why}


def _told(weighting: Weighting, names: Names, thoughts: list[str]) -> dict:
    return {
        "tables": tables(weighting, names),
        "figures": figures(weighting),
        "doubts": thoughts,
        "beside": True,
        "fitted": True,
    }


def _bare(known: tuple[KnownMargin, ...], limit: int) -> Weighting:
    """The divisions without the answers."""
    margins = tuple(
        WeightMargin(
            margin.division,
            margin.source,
            tuple(
                WeightGroup(group.values, share)
                for group, share in zip(margin.groups, margin.shares, strict=True)
            ),
            margin.people,
        )
        for margin in known
    )
    return Weighting(margins, limit)


def division_of(part, code: str) -> tuple[Division | None, KnownMargin | None, Names]:
    """A division of the wave, what is known of it, and what things are called."""
    plan = surveys.design_of(part)
    every = divisions_of(questionnaires.definition(part.wave.version), plan)
    known = margins_of(weights_of(part.pk))
    return (
        next((division for division in every if division.code == code), None),
        next((margin for margin in known if margin.division == code), None),
        names_of(part, plan),
    )


def visits_of(part) -> dict[str, int]:
    """Clients by service point, as far as the plan knows them."""
    strata = surveys.design_of(part).strata
    return {str(stratum.service_point_id): stratum.visits for stratum in strata if stratum.visits is not None}
