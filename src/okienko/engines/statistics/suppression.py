"""Which cells of the lattice may be shown: decided once per wave, obeyed by every outlet.

Primary suppression hides small groups (and unanimous ones of staff, and those whose difference to the
previous wave is a small group). Complementary suppression then hides as few respondents' cells as a
simple rule finds, until nothing hidden can be worked out from what is shown. Literature: L. Willenborg
and T. de Waal, *Elements of Statistical Disclosure Control* (Springer 2001), ch. 4–6.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from okienko.engines.statistics.lattice import (
    COMPLEMENTARY,
    Decision,
    Key,
    LatticeCell,
    Relation,
    SuppressionRule,
    Tie,
    ties,
)
from okienko.engines.statistics.moving import Unknowns
from okienko.engines.statistics.recomputing import exposed


@dataclass(frozen=True, slots=True)
class Lattice:
    """The frozen decisions of a wave: for domains, and for every item in them."""

    domains: dict[Key, Decision]
    items: dict[str, dict[Key, Decision]]


def suppress(
    cells: Sequence[LatticeCell],
    rule: SuppressionRule,
    *,
    relations: Iterable[Relation] = (),
    previous: Mapping[Key, int] | None = None,
    decided: Mapping[Key, Decision] | None = None,
) -> dict[Key, Decision]:
    """Decide every cell of a lattice.

    Parameters
    ----------
    cells : sequence of LatticeCell
        All cells that any outlet would show. Those with more (dimension, label) pairs are parts of
        those with fewer.
    relations : iterable of Relation
        Sums that the keys do not say (a region is the sum of its offices).
    previous : mapping of Key to count, optional
        Cells published of an earlier wave or period **with the same people in it** (staff, or a running
        total): a small difference would show the few who came or went.
    decided : mapping of Key to Decision, optional
        Cells hidden already stay hidden.

    Raises
    ------
    StatisticsError
        ``duplicate_cell``, ``unknown_cell``, ``children_exceed_parent``.

    Notes
    -----
    The reason is for the office's own record. An outlet shows one and the same sign for every hidden
    cell: "primary" beside a cell would tell a reader that it is below the threshold.
    """
    cells = sorted(cells, key=lambda cell: repr(cell.key))  # the order they came in decides nothing
    found = ties(cells, relations)
    reasons: list[str | None] = []
    for cell in cells:
        earlier = decided.get(cell.key) if decided else None
        if earlier is not None and not earlier.published:
            reasons.append(earlier.reason or COMPLEMENTARY)
        else:
            reasons.append(rule.reason(cell, previous.get(cell.key) if previous else None))
    board = _Board(cells, found, reasons, rule.threshold)
    board.protect()
    return {
        cell.key: Decision(reason is None, reason, rule.threshold)
        for cell, reason in zip(cells, board.reasons, strict=True)
    }


def suppress_items(
    domains: Sequence[LatticeCell],
    items: Mapping[str, Sequence[LatticeCell]],
    rule: SuppressionRule,
    *,
    relations: Sequence[Relation] = (),
    previous: Mapping[Key, int] | None = None,
) -> Lattice:
    """Decide the domains by their respondents, then every item in them by its valid answers.

    An item may be hidden in a domain that is shown (few answered it); a hidden domain hides all items.
    """
    shown = suppress(domains, rule, relations=relations, previous=previous)
    return Lattice(shown, {name: _item(cells, shown, rule, relations) for name, cells in items.items()})


def _item(
    cells: Sequence[LatticeCell],
    shown: Mapping[Key, Decision],
    rule: SuppressionRule,
    relations: Sequence[Relation],
) -> dict[Key, Decision]:
    """One item's cells. A domain that was hidden only to protect another, and that holds everybody who
    answered this item, protects nobody here: without this the item would be hidden for the whole office.
    """
    whole = max((cell.count for cell in cells), default=0)
    idle = {
        cell.key
        for cell in cells
        if cell.count == whole and cell.key in shown and shown[cell.key].reason == COMPLEMENTARY
    }
    found = suppress(
        cells,
        rule,
        relations=relations,
        decided={key: decision for key, decision in shown.items() if key not in idle},
    )
    return found | {key: shown[key] for key in idle}


@dataclass(eq=False)
class _Board:
    """Cells being hidden one by one. The rest of a tie is a cell of its own, hidden from the start."""

    cells: Sequence[LatticeCell]
    ties: list[Tie]
    reasons: list[str | None]
    threshold: int
    counts: np.ndarray = field(init=False)
    touching: list[list[int]] = field(init=False)
    cleared: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        rests = [tie.rest for tie in self.ties]
        self.counts = np.array([cell.count for cell in self.cells] + rests, float)
        self.touching = [[] for _ in self.cells]
        for t, tie in enumerate(self.ties):
            for i in (tie.parent, *tie.children):
                self.touching[i].append(t)

    def protect(self) -> None:
        """Hide until every tie is safe by itself and nothing can be worked out from several."""
        waiting = set(range(len(self.ties)))
        while waiting:
            self._mend_ties(waiting)
            waiting = set()
            for i in self._worked_out():
                if (chosen := self._near(i)) is not None:
                    waiting |= self._hide(chosen)

    def _mend_ties(self, waiting: set[int]) -> None:
        while waiting:
            t = min(waiting)
            while not self._safe(t) and (chosen := self._cheapest(self._candidates(t), t)) is not None:
                waiting |= self._hide(chosen)
            waiting.discard(t)

    def _hidden(self, t: int) -> list[int]:
        """Hidden children of a tie, and its rest."""
        tie = self.ties[t]
        hidden = [c for c in tie.children if self.reasons[c] is not None]
        return [*hidden, len(self.cells) + t] if tie.rest > 0 else hidden

    def _safe(self, t: int) -> bool:
        """Whether the tie alone gives nothing away.

        What a reader gets by subtraction is the group of all hidden children together, its mean too: it
        must not be small, nor leave only one number for the count of each.
        """
        tie, hidden = self.ties[t], self._hidden(t)
        if self.reasons[tie.parent] is not None:
            return bool(hidden) or self.counts[tie.parent] == 0
        if not hidden or (hidden == [len(self.cells) + t] and tie.rest >= self.threshold):
            return True
        together = self.counts[hidden].sum()
        return len(hidden) > 1 and together >= self.threshold + len(hidden) - 1

    def _candidates(self, t: int) -> list[int]:
        """Cells whose hiding would help: shown children that are not empty, failing those the parent."""
        tie = self.ties[t]
        children = [c for c in tie.children if self.reasons[c] is None and self.counts[c] > 0]
        if children:
            return children
        return [tie.parent] if self.reasons[tie.parent] is None and self.counts[tie.parent] > 0 else []

    def _cheapest(self, candidates: list[int], t: int) -> int | None:
        return min(candidates, key=lambda i: (self._loss(i, t), i), default=None)

    def _loss(self, i: int, t: int) -> float:
        """Respondents whose figures are lost with a cell, counting what must follow it elsewhere."""
        loss = self.counts[i]
        for other in self.touching[i]:
            if other == t or self._hidden(other):
                continue
            tie = self.ties[other]
            follow = [self.counts[c] for c in tie.children if c != i and self.counts[c] > 0]
            loss += min(follow, default=self.counts[tie.parent])
        return float(loss)

    def _hide(self, i: int) -> set[int]:
        """Hide a cell; the ties to look at again."""
        self.reasons[i] = self.reasons[i] or COMPLEMENTARY
        return set(self.touching[i])

    def _worked_out(self) -> list[int]:
        size = len(self.cells)
        guarded = {i for i, reason in enumerate(self.reasons) if reason is not None and self.counts[i] > 0}
        # Rests that are large groups give nobody away.
        guarded |= {size + t for t, tie in enumerate(self.ties) if 0 < tie.rest < self.threshold}
        lower = np.minimum(self.counts, 1.0)
        lower[size:] = 0.0
        sums = []
        for t, tie in enumerate(self.ties):
            children = self._hidden(t)
            above = [tie.parent] if self.reasons[tie.parent] is not None else []
            sums.append(Unknowns((*children, *above), (1,) * len(children) + (-1,) * len(above)))
        found = exposed(sums, self.counts, lower, guarded - self.cleared)
        self.cleared |= guarded.difference(found)
        return found

    def _near(self, i: int) -> int | None:
        """The cheapest shown cell in the ties of an exposed one; failing that, in the ties around it."""
        size = len(self.cells)
        mine = [i - size] if i >= size else self.touching[i]
        candidates = sorted({c for t in mine for c in self._candidates(t)})
        if not candidates:
            neighbours = {c for t in mine for c in (self.ties[t].parent, *self.ties[t].children)}
            candidates = sorted(
                {c for n in neighbours for t in self.touching[n] for c in self._candidates(t)}
            )
        if not candidates:
            candidates = [c for c in range(size) if self.reasons[c] is None and self.counts[c] > 0]
        return self._cheapest(candidates, -1)
