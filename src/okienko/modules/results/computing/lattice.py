"""Which cells of a wave may be shown: decided once, for every outlet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from okienko.engines.questionnaire import Item
from okienko.engines.statistics import Labels
from okienko.engines.statistics.lattice import Key, LatticeCell, SuppressionRule, key_of
from okienko.engines.statistics.suppression import Lattice, suppress_items
from okienko.modules.results.computing.conditional import hide_telling
from okienko.modules.results.computing.wave import WaveData
from okienko.modules.results.document import Document, Hidden


def rule_of(data: WaveData) -> SuppressionRule:
    """Clients from 5 answers, staff from 10 and never 0% or 100%; a wave may ask for more."""
    if data.plan.audience == "staff":
        return SuppressionRule.staff(threshold=max(10, data.plan.threshold))
    return SuppressionRule.clients(threshold=max(5, data.plan.threshold))


def decide(data: WaveData, in_domains: Sequence[Item], earlier: Sequence[Document] = ()) -> Lattice:
    """The lattice: the whole office, and every group of every dimension; per item, those who answered it.

    Among staff the same persons answer every time, so what `earlier` waves published counts too.
    """
    groups = {name: _keys(name, labels) for name, labels in data.dimensions.items()}
    domains = [LatticeCell((), data.answers)]
    for name, keys in groups.items():
        sizes = np.bincount(np.asarray(data.dimensions[name].codes) + 1, minlength=len(keys) + 1)[1:]
        domains += [LatticeCell(key, size) for key, size in zip(keys, sizes.tolist(), strict=True)]
    wanted = {item.code for item in in_domains}
    cells = {item.code: _cells(data, item, groups if item.code in wanted else {}) for item in data.items}
    known = _nearest(domains, earlier) if data.plan.audience == "staff" else None
    rule = rule_of(data)
    return hide_telling(data, suppress_items(domains, cells, rule, previous=known), rule.threshold)


def _nearest(domains: Sequence[LatticeCell], earlier: Sequence[Document]) -> dict[Key, int]:
    """Of the numbers that the earlier waves published for a group, the nearest that differs from today's."""
    told = [published_counts(document) for document in earlier]
    found = {}
    for cell in domains:
        others = [counts[cell.key] for counts in told if counts.get(cell.key, cell.count) != cell.count]
        if others:
            found[cell.key] = min(others, key=lambda count: abs(count - cell.count))
    return found


def _keys(name: str, labels: Labels) -> list[Key]:
    return [key_of({name: label}) for label in labels.names]


def published_counts(document: Document) -> dict[tuple, int]:
    """The numbers of answers that an earlier document shows."""
    if document.hidden is not None:
        return {}
    groups = {
        key_of({domain.code: cell.value}): cell.n
        for domain in document.domains
        for cell in domain.cells
        if cell.n is not None
    }
    return {(): document.fieldwork.answers} | groups


def _cells(data: WaveData, item: Item, groups: Mapping[str, Sequence[Key]]) -> list[LatticeCell]:
    """Answers to an item in the whole office and in every group, counted by code."""
    values = np.array(sorted(item.values()))
    answers = data.columns[item.code]
    valid = answers >= 0
    place = np.searchsorted(values, answers[valid])
    cells = [_cell((), np.bincount(place, minlength=values.size))]
    for name, keys in groups.items():
        group = np.asarray(data.dimensions[name].codes)[valid] + 1
        counts = np.bincount(group * values.size + place, minlength=(len(keys) + 1) * values.size)
        rows = counts.reshape(len(keys) + 1, values.size)[1:]
        cells += [_cell(key, row) for key, row in zip(keys, rows, strict=True)]
    return cells


def cell_of(key: Key, item: Item, answers: np.ndarray) -> LatticeCell:
    """The valid answers to an item in one cell."""
    values = np.array(sorted(item.values()))
    place = np.searchsorted(values, answers[answers >= 0])
    return _cell(key, np.bincount(place, minlength=values.size))


def _cell(key: Key, counts: np.ndarray) -> LatticeCell:
    hits = tuple(counts.tolist())
    return LatticeCell(key, sum(hits), largest=max(hits, default=0), hits=hits)


def untold_answers(lattice: Lattice, data: WaveData, code: str) -> frozenset[int] | None:
    """Answers to a question that divides people into groups, whose share would tell a hidden group's size.

    None: no share may be told, for those that are shown would leave one number for the rest.
    """
    labels = data.dimensions.get(code)
    if labels is None:
        return frozenset()
    codes = np.asarray(labels.codes)
    size = {int(label): int((codes == number).sum()) for number, label in enumerate(labels.names)}
    untold = [value for value in size if hidden(lattice, key_of({code: str(value)})) is not None]
    together = sum(size[value] for value in untold)
    if not untold or (len(untold) > 1 and together >= rule_of(data).threshold + len(untold) - 1):
        return frozenset(untold)
    return None


def hidden(lattice: Lattice, key: tuple = (), item: str = "") -> Hidden | None:
    """Why a cell is not shown; None when it is. An item's cell is hidden with its domain."""
    decisions = [lattice.domains[key]] + ([lattice.items[item][key]] if item else [])
    for decision in decisions:
        if not decision.published:
            return Hidden(str(decision.reason), decision.threshold)
    return None
