"""Which counts of answers would betray a small group, and must not be told. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from okienko.engines.statistics.lattice import (
    CLIENTS_FLOOR,
    STAFF_FLOOR,
    LatticeCell,
    SuppressionRule,
    key_of,
)
from okienko.engines.statistics.suppression import suppress

STAFF = "staff"
Counts = Mapping[str, Mapping[str, int]]


def rule_for(*, audience: str, state: str, threshold: int) -> SuppressionRule | None:
    """The rule that counts of a wave must obey; None: every count may be told.

    While clients answer, counts say where collecting lags, and no figure stands beside them yet. From the
    close on they stand beside results; and colleagues know at any time who works where and in which language.
    """
    if audience == STAFF:
        return SuppressionRule.staff(max(STAFF_FLOOR, threshold))
    return None if state == "open" else SuppressionRule.clients(max(CLIENTS_FLOOR, threshold))


def untold(tables: Counts, rule: SuppressionRule | None) -> frozenset[tuple[str, str]] | None:
    """Cells that must be hidden: small ones, and others by which a small one could be worked out.

    Parameters
    ----------
    tables : mapping of table → name → count
        Each table divides the same answers in its own way; the sum of all is told.

    Returns
    -------
    frozenset of (table, name), or None
        None: so few answers that the bare list of names would tell; no table may be shown.
    """
    if rule is None:
        return frozenset()
    whole = max((sum(counts.values()) for counts in tables.values()), default=0)
    cells = [
        LatticeCell(key_of({table: name}), count)
        for table, counts in tables.items()
        for name, count in counts.items()
    ]
    decisions = suppress([LatticeCell((), whole), *cells], rule)
    if not decisions[()].published:
        return None
    return frozenset(key[0] for key, decision in decisions.items() if not decision.published)
