"""k-anonymity of microdata: background answers are left out until no combination is rare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

BLANK = -1


@dataclass(frozen=True)
class Coarsened:
    """`columns` as they may leave; `left_out`: variable → number of answers left out."""

    columns: dict[str, np.ndarray]
    left_out: dict[str, int]


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
