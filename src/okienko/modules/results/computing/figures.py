"""Items, areas, indices and changes of a wave, from the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.questionnaire import DONT_KNOW, NOT_APPLICABLE, Item
from okienko.engines.statistics import (
    Composite,
    Cube,
    Estimate,
    Estimates,
    Mean,
    Measure,
    bottom_box,
    change,
    combine,
    estimate,
    holm,
    mean,
    p_value,
    shares,
    top_box,
)
from okienko.engines.statistics.suppression import Lattice
from okienko.modules.results.computing.bounds import SHARE, Limits, within
from okienko.modules.results.computing.conditional import some_asked
from okienko.modules.results.computing.domains import scale_of
from okienko.modules.results.computing.indices import importance_of
from okienko.modules.results.computing.lattice import hidden, untold_answers
from okienko.modules.results.computing.stacked import ANSWER, QUESTION, FromWhole, by_scale, stacked
from okienko.modules.results.computing.wave import WaveData
from okienko.modules.results.document import AreaResult, Change, Document, Figure, Hidden, ItemResult, ShareOf

EMPTY = -1
BEFORE, NOW = "before", "now"
# a change and its p-value before it is adjusted
Moved = tuple[Change, float | None]


# What is stored is rounded to a millionth; a recount further off is another number.
SAME = 2e-6


@dataclass(frozen=True)
class Before:
    """The wave before: what was published of it, and its answers. Only what was published is compared."""

    document: Document
    data: WaveData

    def tells(self, code: str) -> bool:
        item = self.document.item(code)
        return item is not None and item.mean is not None


class Figures:
    """The engine's answers about one wave, as parts of the document."""

    def __init__(self, data: WaveData, lattice: Lattice, before: Before | None) -> None:
        self.data, self.lattice, self.before = data, lattice, before
        # Without a probability sample the engine gives bare figures; a model's interval is asked for by name.
        self.method = "model" if data.sample.inference == "none" else None
        self.cube = data.cube(data.items)
        self.pair = self._pair(before) if before is not None else None
        self.drivers = tuple(item for item in data.items if item.role == "driver" and item.kind == "ordinal")
        self.measured = self._measured()

    def _pair(self, before: Before) -> Cube | None:
        """Both waves in one cube, for the rated items that mean the same and are shown in both."""
        if "none" in (kinds := {self.data.sample.inference, before.data.sample.inference}) or len(kinds) > 1:
            return None
        known = {item.code: item for item in before.data.items}
        same = [
            item
            for item in self.data.items
            if item.kind == "ordinal"
            and _comparable(item, known.get(item.code))
            and before.tells(item.code)
            and not self._why(item.code)
        ]
        if not same:
            return None
        earlier = before.data.cube([known[item.code] for item in same])
        return combine([earlier, self.data.cube(same)], dimension="wave", labels=(BEFORE, NOW))

    def figure(self, measure: Measure, limits: Limits) -> Figure | None:
        return figure_of(_only(estimate(self.cube, measure, method=self.method)), limits)

    def _moved(self) -> dict[str, Moved]:
        """Rated question → its change since the earlier wave."""
        rated = [item for item in self.data.items if self.pair is not None and item.code in self.pair.tables]
        if not rated:
            return {}
        told = {item.code: self.before.document.item(item.code).mean for item in rated}
        now = {code: measured.get("mean") for code, measured in self.measured.items()}
        found = {}
        for row in change(stacked(self.pair, rated), Mean(ANSWER), (BEFORE, NOW), by=QUESTION):
            code = row.by[QUESTION]
            found[code] = _since(told[code], now.get(code), row)
        return {code: moved for code, moved in found.items() if moved is not None}

    def _areas_moved(
        self, measures: Mapping[str, Composite], now: Mapping[str, Figure | None]
    ) -> dict[str, Moved]:
        """Area → its change, where the earlier wave has published the same questions as one area."""
        told = {area.code: area for area in self.before.document.areas} if self.pair is not None else {}
        found = {}
        for code, measure in measures.items():
            area = told.get(code)
            if area is None or area.items != measure.items:
                continue
            if all(item in self.pair.tables for item in measure.items):
                row = _only(change(self.pair, measure, (BEFORE, NOW)))
                found[code] = _since(area.mean, now[code], row)
        return {code: moved for code, moved in found.items() if moved is not None}

    def items(self) -> tuple[ItemResult, ...]:
        """Every analysed item. Changes, and contrasts with the mean of the drivers, are adjusted by Holm.

        Overall satisfaction is the wave's one question, a family of its own; the others are one family.
        """
        moved = self._moved()
        first = {item.code for item in self.data.items if item.role == "overall_satisfaction"}
        changes = adjusted({code: pair for code, pair in moved.items() if code in first})
        changes |= adjusted({code: pair for code, pair in moved.items() if code not in first})
        contrasts = self._contrasts()
        return tuple(
            self._item(item, changes.get(item.code), contrasts.get(item.code)) for item in self.data.items
        )

    def _contrasts(self) -> dict[str, Change]:
        """Each driver minus the mean of all drivers: what is statistically strong or weak."""
        shown = [item for item in self.drivers if self.shows(item.code)]
        if len(shown) < 3:
            return {}
        whole = Composite(tuple(item.code for item in shown), item="drivers")
        centre = _only(estimate(self.cube, whole, method=self.method))
        if centre is None or centre.estimate is None:
            return {}
        found = {}
        for row in estimate(stacked(self.cube, shown), FromWhole(self.cube, whole), by=QUESTION):
            if row.estimate is not None:
                apart = Change(centre.estimate, row.estimate, row.lower, row.upper)
                p = p_value(row) if self.data.sample.inference != "none" else None
                found[row.by[QUESTION]] = apart, p
        return adjusted(found)

    def shows(self, code: str) -> bool:
        """Whether somebody answered a question that may be shown."""
        return self._answered(code) and not self._why(code)

    def _answered(self, code: str) -> bool:
        return bool((self.data.columns[code] >= 0).any())

    def _why(self, code: str):
        return hidden(self.lattice, (), code)

    def _item(self, item: Item, moved: Change | None, contrast: Change | None) -> ItemResult:
        why = self._why(item.code)
        if why is not None:
            return ItemResult(item.code, hidden=why)
        untold = untold_answers(self.lattice, self.data, item.code)
        if untold is None:
            return ItemResult(item.code, hidden=Hidden("complementary", self.data.plan.threshold))
        column = self.data.columns[item.code]
        if untold:
            kept = tuple(share for share in self._shares(item.code) if share.value not in untold)
            return ItemResult(item.code, shares=kept)
        told = _no_answers(column) | self.measured.get(item.code, {})
        return ItemResult(item.code, **told, change=moved, contrast=contrast)

    def _measured(self) -> dict[str, dict]:
        """Item → shares of its answers, and for a rated one the mean and the two best and worst answers."""
        shown = [item for item in self.data.items if self.shows(item.code)]
        if not shown:
            return {}
        told = {"by": QUESTION, "method": self.method}
        values = {item.code: item.values() for item in shown}
        found: dict[str, dict] = {code: {"shares": ()} for code in values}
        for row in shares(stacked(self.cube, shown), ANSWER, **told):
            # the stack has the codes of all questions
            if row.estimate is not None and row.value in values[row.by[QUESTION]]:
                share = ShareOf(int(row.value), row.estimate, *within(row.lower, row.upper, SHARE))
                found[row.by[QUESTION]]["shares"] += (share,)
        for rated in by_scale([item for item in shown if item.kind == "ordinal"]):
            stack = stacked(self.cube, rated)
            of_scale = scale_of(rated)
            for name, of, limits in (
                ("mean", mean, of_scale),
                ("top", top_box, SHARE),
                ("bottom", bottom_box, SHARE),
            ):
                for row in of(stack, ANSWER, **told):
                    found[row.by[QUESTION]][name] = figure_of(row, limits)
        return found

    def _shares(self, code: str) -> tuple[ShareOf, ...]:
        return self.measured.get(code, {}).get("shares", ())

    def areas(self) -> tuple[AreaResult, ...]:
        names = [area.code for area in self.data.definition.areas]
        measures, spread = {}, {}
        for code in names:
            members = [item for item in self.drivers if item.area == code and self.shows(item.code)]
            if members:
                measures[code] = Composite(tuple(item.code for item in members), item=code)
                spread[code] = self._spread(members)
        of_area = {code: [i for i in self.drivers if i.code in each.items] for code, each in measures.items()}
        now = {code: self.figure(each, scale_of(of_area[code])) for code, each in measures.items()}
        changes = adjusted(self._areas_moved(measures, now))
        importance = importance_of(self.data, self.shows)
        return tuple(
            AreaResult(
                code,
                measures[code].items,
                now[code],
                spread[code],
                self.measured[importance[code]]["mean"] if code in importance else None,
                changes.get(code),
            )
            for code in names
            if code in measures
        )

    def _spread(self, members: Sequence[Item]) -> tuple[ShareOf, ...]:
        """The answers to an area's questions taken together, each question counting the same."""
        found: dict[int, list[float]] = {}
        for item in members:
            for share in self._shares(item.code):
                found.setdefault(share.value, []).append(share.share)
        return tuple(
            ShareOf(value, float(np.sum(each)) / len(members)) for value, each in sorted(found.items())
        )


def _no_answers(column: np.ndarray) -> dict[str, int]:
    """Kinds of no answer, of questions put to all: else they tell how many were asked, so who was."""
    if some_asked(column):
        return {}
    return {
        "empty": int((column == EMPTY).sum()),
        "dont_know": int((column == DONT_KNOW).sum()),
        "not_applicable": int((column == NOT_APPLICABLE).sum()),
    }


def _since(told: Figure | None, now: Figure | None, row: Estimate | None) -> Moved | None:
    """The change from a published figure; None where a recount of the earlier wave gives another one."""
    if told is None or now is None or row is None or row.estimate is None:
        return None
    if abs(now.estimate - row.estimate - told.estimate) > SAME:
        return None
    return Change(told.estimate, row.estimate, row.lower, row.upper), p_value(row)


def adjusted(found: Mapping[str, Moved]) -> dict[str, Change]:
    """Changes with p-values adjusted together by Holm (1979)."""
    p_values = holm([p for _, p in found.values()])
    return {
        code: Change(move.earlier, move.difference, move.lower, move.upper, p)
        for (code, (move, _)), p in zip(found.items(), p_values, strict=True)
    }


def figure_of(found: Estimate | None, limits: Limits) -> Figure | None:
    """An estimate as a frozen figure; None where the engine gives no number."""
    if found is None or found.estimate is None:
        return None
    lower, upper, cut = within(found.lower, found.upper, limits)
    return Figure(found.n, found.estimate, found.se, lower, upper, found.df, found.deff, found.note, cut)


def _only(found: Estimates) -> Estimate | None:
    return next(iter(found), None)


def _comparable(item: Item, other: Item | None) -> bool:
    return other is not None and item.kind == other.kind and item.values() == other.values()
