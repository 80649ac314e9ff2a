"""Which cells of a wave may be shown: decided once, for every outlet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from okienko.engines.questionnaire import Item
from okienko.engines.statistics.lattice import LatticeCell, SuppressionRule, key_of
from okienko.engines.statistics.suppression import Lattice, suppress_items
from okienko.modules.results.computing.wave import WaveData
from okienko.modules.results.document import Document, Hidden


def rule_of(data: WaveData) -> SuppressionRule:
    """Clients from 5 answers, staff from 10 and never 0% or 100%; a wave may ask for more."""
    if data.plan.audience == "staff":
        return SuppressionRule.staff(threshold=max(10, data.plan.threshold))
    return SuppressionRule.clients(threshold=max(5, data.plan.threshold))


def decide(data: WaveData, in_domains: Sequence[Item], earlier: Document | None = None) -> Lattice:
    """The lattice: the whole office, and every group of every dimension; per item, those who answered it.

    Among staff the same persons answer every time, so the `earlier` published counts count too.
    """
    domains = [LatticeCell((), data.answers)]
    masks: dict[tuple, np.ndarray] = {}
    for name, labels in data.dimensions.items():
        for number, label in enumerate(labels.names):
            mask = np.asarray(labels.codes) == number
            key = key_of({name: label})
            masks[key] = mask
            domains.append(LatticeCell(key, int(mask.sum())))
    wanted = {item.code for item in in_domains}
    cells = {item.code: _cells(data, item, masks if item.code in wanted else {}) for item in data.items}
    known = published_counts(earlier) if earlier is not None and data.plan.audience == "staff" else None
    return suppress_items(domains, cells, rule_of(data), previous=known)


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


def _cells(data: WaveData, item: Item, masks: Mapping[tuple, np.ndarray]) -> list[LatticeCell]:
    column = data.columns[item.code]
    valid = column >= 0
    cells = [_cell((), column[valid], item)]
    return cells + [_cell(key, column[valid & mask], item) for key, mask in masks.items()]


def _cell(key: tuple, answers: np.ndarray, item: Item) -> LatticeCell:
    counts = tuple(int((answers == value).sum()) for value in sorted(item.values()))
    return LatticeCell(key, len(answers), largest=max(counts, default=0), hits=counts)


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
