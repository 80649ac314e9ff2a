"""How many answers came, from where, and what is doubtful about them. Never a single answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Model

from okienko.engines.questionnaire import NOT_SHOWN, Item, items
from okienko.engines.statistics.lattice import SuppressionRule
from okienko.foundation.registry import slot
from okienko.modules.collection.models import Exclusion, Flag, Response
from okienko.modules.collection.rules.quality import repeats, straight_lines
from okienko.modules.collection.rules.small_groups import STAFF, rule_for, untold
from okienko.modules.collection.selectors import EMPTY, AnalysisTable, analysis_table, exclusions
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys import selectors as surveys

MARKED = ("ordinal",)


@dataclass(frozen=True)
class FlagCount:
    """Answers with a flag, how many of them do not count, and the coordinator's decision if there is one."""

    flag: Flag
    count: int
    excluded: int
    exclusion: Exclusion | None


@dataclass(frozen=True)
class Unanswered:
    """A question left empty by `count` of the `of` people who saw it."""

    item: Item
    count: int
    of: int


Told = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Standing:
    """Counts of an office's wave: pairs of a name and a number, the largest or earliest first.

    A number is None where it would betray a small group; tables are empty where their names alone would.
    `least`: the smallest group that may be told, if there is a limit. `unanswered` is None where nothing of
    single questions may be told yet.
    """

    total: int
    counted: int
    points: Told
    days: Told
    modes: Told
    languages: Told
    flags: tuple[FlagCount, ...]
    unanswered: tuple[Unanswered, ...] | None
    least: int | None

    @property
    def excluded(self) -> int:
        return self.total - self.counted


def standing(office_wave: Model) -> Standing:
    """Everything that the page of answers shows."""
    asked = _asked(office_wave)
    table = analysis_table(office_wave, [item.code for item in asked])
    names = {plan.service_point_id: plan.service_point.name for plan in surveys.points_of(office_wave)}
    made = {row.flag: row for row in exclusions(office_wave)}
    flagged = _flagged(office_wave, table, asked)
    tables: dict[str, Counter[str]] = {
        "points": Counter(names.get(int(point), "") for point in table.service_point),
        "days": Counter(table.day.tolist()),
        "modes": Counter(table.mode.tolist()),
        "languages": Counter(table.language.tolist()),
    }
    rule = _rule(office_wave)
    hidden = untold(tables, rule)
    return Standing(
        total=table.rows,
        counted=int(table.rows - table.excluded.sum()),
        **{name: _told(name, counts, hidden) for name, counts in tables.items()},
        flags=tuple(
            FlagCount(flag, int(rows.sum()), int((rows & table.excluded).sum()), made.get(flag))
            for flag, rows in flagged.items()
        ),
        unanswered=_unanswered(office_wave, table, asked, rule.threshold if rule else 1),
        least=rule.threshold if rule else None,
    )


def _rule(office_wave: Model) -> SuppressionRule | None:
    wave = office_wave.wave
    return rule_for(audience=wave.survey.audience, state=office_wave.state, threshold=wave.threshold)


def _told(name: str, counts: Counter[str], hidden: frozenset[tuple[str, str]] | None) -> Told:
    """Days in their order, others by size; what is hidden comes last by name, for its place would tell."""
    if hidden is None:
        return ()
    told = {each: None if (name, each) in hidden else count for each, count in counts.items()}
    if name == "days":
        return tuple((day, told[day]) for day in sorted(told))
    return tuple(sorted(told.items(), key=lambda row: (row[1] is None, -(row[1] or 0), row[0])))


def flagged_rows(office_wave: Model) -> tuple[list[Any], Mapping[Flag, np.ndarray]]:
    """Keys of all answers, and by flag which of them carry it. Both in the order of the keys."""
    asked = _asked(office_wave)
    table = analysis_table(office_wave, [item.code for item in asked])
    keys = list(Response.objects.filter(office_wave=office_wave).order_by("pk").values_list("pk", flat=True))
    return keys, _flagged(office_wave, table, asked)


def is_frozen(office_wave: Model) -> bool:
    """Whether results have been released from these answers, so that nothing about them may change."""
    if office_wave.state == "open":
        return False
    return any(item.provider(office_wave.pk) for item in slot("collection.is_frozen"))


def _asked(office_wave: Model) -> list[Item]:
    if office_wave.wave.version is None:
        return []
    found = items(questionnaires.definition(office_wave.wave.version))
    return [item for item in found if item.kind not in ("text", "date")]


def _flagged(office_wave: Model, table: AnalysisTable, asked: list[Item]) -> dict[Flag, np.ndarray]:
    stored = Response.objects.filter(office_wave=office_wave).order_by("pk").values_list("flags", flat=True)
    rows = list(stored)
    found = {
        flag: np.array([flag.value in flags for flags in rows], dtype=bool)
        for flag in (Flag.HONEYPOT, Flag.BURST)
    }
    everything = {**table.items, **table.numbers}
    found[Flag.DUPLICATE] = repeats(everything, (table.day, table.service_point, table.mode))
    found[Flag.STRAIGHT_LINE] = np.zeros(table.rows, dtype=bool)
    for marks in _same_scale(asked, table):
        found[Flag.STRAIGHT_LINE] |= straight_lines(marks, table.rows)
    return found


def _same_scale(asked: list[Item], table: AnalysisTable) -> list[list[np.ndarray]]:
    """Marks given on scales with the same ends; a pair's importance counts with its satisfaction."""
    scales: dict[tuple[int | None, int | None], list[np.ndarray]] = {}
    for item in asked:
        if item.kind in MARKED and item.role != "recommendation" and item.code in table.items:
            scales.setdefault((item.low, item.high), []).append(table.items[item.code])
    return list(scales.values())


def _unanswered(
    office_wave: Model, table: AnalysisTable, asked: list[Item], least: int
) -> tuple[Unanswered, ...] | None:
    """Questions that at least so many left empty, the worst first; a multiple choice as a whole.

    Nor those that fewer than that answered: one of 31 is somebody. Not those that only some were asked: how
    many it was would tell what they answered before, even while the wave is open. And nothing while staff
    answer: whoever looks before and after a colleague has answered would see what she left out.
    """
    if office_wave.state == "open" and office_wave.wave.survey.audience == STAFF:
        return None
    found, seen = [], set()
    for item in asked:
        name = item.question if item.option is not None else item.code
        values = table.items.get(item.code)
        if values is None or name in seen:
            continue
        seen.add(name)
        empty, shown = int((values == EMPTY).sum()), int((values != NOT_SHOWN).sum())
        if empty >= least and shown == table.rows and (shown == empty or shown - empty >= least):
            found.append(Unanswered(item, empty, shown))
    return tuple(sorted(found, key=lambda row: -row.count / row.of))
