"""k-anonymity of microdata: small strata and days are joined, rare background answers are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

BLANK = -1


@dataclass(frozen=True)
class Coarsened:
    """`columns` as they may leave; `left_out`: variable → number of answers left out."""

    columns: dict[str, np.ndarray]
    left_out: dict[str, int]


@dataclass(frozen=True)
class Units:
    """The design as it may leave. `strata`, `psus`: how many were joined with others."""

    stratum: np.ndarray
    psu: np.ndarray
    fpc: np.ndarray | None
    strata: int
    psus: int

    @property
    def joined(self) -> bool:
        return bool(self.strata or self.psus)


def large_units(stratum: np.ndarray, psu: np.ndarray, fpc: np.ndarray | None, k: int) -> Units:
    """Join strata, and PSUs inside them, until each has at least `k` rows; what is large stays as it is.

    A PSU of one person each says nothing, so persons stay apart. Joined PSUs keep the sampled fraction: there
    are fewer in the sample, and in the population as many fewer.

    Parameters
    ----------
    stratum, psu : (rows,) labels; `psu` within `stratum`.
    fpc : (rows,) PSUs in the population of the row's stratum, or None.
    """
    units = _numbers(list(zip(stratum.tolist(), psu.tolist(), strict=True)))
    of_stratum = _joined(_numbers(stratum.tolist()), k)
    merged = units
    if np.bincount(units).max() > 1:
        for one in np.unique(of_stratum):
            rows = of_stratum == one
            merged = np.where(rows, 0, merged)
            merged[rows] = _joined(units[rows], k) + units.size * (1 + one)
    kept, lost = np.unique(merged).size, np.unique(units).size
    strata = np.unique(stratum).size - np.unique(of_stratum).size
    population = None if fpc is None else _populations(fpc, stratum, (units, merged), of_stratum)
    return Units(of_stratum, _numbers(merged.tolist()), population, strata, lost - kept)


def _numbers(labels: Sequence) -> np.ndarray:
    place = {label: number for number, label in enumerate(sorted(set(labels)))}
    return np.array([place[label] for label in labels], dtype=np.int64)


def _joined(groups: np.ndarray, k: int) -> np.ndarray:
    """The smallest group joins the next smallest until all have `k` rows or one is left."""
    names, place, counts = np.unique(groups, return_inverse=True, return_counts=True)
    waiting = [(int(count), number, [number]) for number, count in enumerate(counts.tolist())]
    heapify(waiting)
    while len(waiting) > 1 and waiting[0][0] < k:
        size, first, members = heappop(waiting)
        other, second, others = heappop(waiting)
        heappush(waiting, (size + other, min(first, second), members + others))
    target = np.empty(names.size, dtype=np.int64)
    for _size, first, members in waiting:
        target[members] = first
    return target[place]


def _populations(
    fpc: np.ndarray, stratum: np.ndarray, units: tuple[np.ndarray, np.ndarray], of_stratum: np.ndarray
) -> np.ndarray:
    """PSUs in the population of each stratum, fewer where those of the sample (before, after) are fewer."""
    found = np.array(fpc, dtype=float)
    for one in np.unique(of_stratum):
        rows = of_stratum == one
        before, after = (np.unique(unit[rows]).size for unit in units)
        names, first = np.unique(stratum[rows], return_index=True)
        if before != after or names.size > 1:
            found[rows] = fpc[rows][first].sum() * after / before
    return found


def anonymise(columns: Mapping[str, np.ndarray], within: Sequence, k: int) -> Coarsened:
    """Leave values out until every combination of them is shared by at least `k` rows of its group.

    Variables with most categories give way first, only in the rows that need it. At last whole rows of the
    smallest combinations join those already without values, so that these too are at least `k`.

    Parameters
    ----------
    columns : variable → (rows,) codes, `BLANK` where there is no answer.
    within : (rows,) labels that leave as they are (the strata of the design).
    """
    names = sorted(columns, key=lambda name: -len(set(columns[name].tolist())))
    found = {name: columns[name].copy() for name in names}
    if not names:
        return Coarsened({}, {})
    for name in names:
        rare = _rare(found, names, within, k)
        if not rare.any():
            break
        found[name][rare] = BLANK
    _join_smallest(found, names, within, k)
    left_out = {name: int((columns[name] != found[name]).sum()) for name in columns}
    return Coarsened({name: found[name] for name in columns}, left_out)


def smallest(columns: Mapping[str, np.ndarray], within: Sequence) -> int:
    """Rows of the rarest combination that has any value; 0 where there is none."""
    keys = _keys(columns, list(columns), within)
    counts = Counter(key for key in keys if any(value != BLANK for value in key[1:]))
    return min(counts.values(), default=0)


def _keys(columns: Mapping[str, np.ndarray], names: Sequence[str], within: Sequence) -> list[tuple]:
    return list(zip(list(within), *(columns[name].tolist() for name in names), strict=True))


def _rare(columns: Mapping[str, np.ndarray], names: Sequence[str], within: Sequence, k: int) -> np.ndarray:
    keys = _keys(columns, names, within)
    counts = Counter(keys)
    return np.array([counts[key] < k for key in keys], dtype=bool)


def _join_smallest(columns: dict[str, np.ndarray], names: Sequence[str], within: Sequence, k: int) -> None:
    """Where too few rows of a group are without values, one could tell who they are: others join them."""
    while True:
        keys = _keys(columns, names, within)
        counts = Counter(keys)
        small = [key for key, count in counts.items() if count < k]
        if not small:
            return
        joining = set(small)
        for key in small:
            rows = sum(counts[other] for other in joining if other[0] == key[0])
            others = sorted(
                (o for o in counts if o[0] == key[0] and o not in joining and any(v != BLANK for v in o[1:])),
                key=lambda other: counts[other],
            )
            blank = counts.get((key[0], *([BLANK] * len(names))), 0)
            if rows + (0 if all(v == BLANK for v in key[1:]) else blank) < k and others:
                joining.add(others[0])
        chosen = np.array([key in joining for key in keys], dtype=bool)
        if not any((columns[name][chosen] != BLANK).any() for name in names):
            return  # a whole stratum is smaller than k: nothing of it is left but the answers
        for name in names:
            columns[name][chosen] = BLANK
