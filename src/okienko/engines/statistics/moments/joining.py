"""Putting moments together: days of a wave, offices of a network, waves of a survey."""

from collections.abc import Sequence

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.labels import Labels, sort_key
from okienko.engines.statistics.moments.building import Moments, Sums
from okienko.engines.statistics.moments.groups import Groups


def combine_moments(
    parts: Sequence[Moments],
    *,
    dimension: str | None = None,
    labels: Sequence[object] = (),
    same_units: bool = False,
) -> Moments:
    """Moments of several parts; arguments as ``combine`` of cubes.

    Raises
    ------
    StatisticsError
        ``no_rows``, ``kinds_differ``, ``units_without_names`` (a stratum whose PSUs were dealt out to
        groups, or have no names, cannot be matched with itself in another part), ``fpc_varies``.
    """
    if not parts:
        raise StatisticsError("no_rows", "There are no moments to combine.")
    if len({(p.kind, p.groups.lonely) for p in parts}) > 1:
        raise StatisticsError(
            "kinds_differ", "Moments of different sample kinds or rules cannot be combined."
        )
    groups, position = _joined_groups([p.groups for p in parts], same_units)
    items = tuple(dict.fromkeys(i for p in parts for i in p.items))
    shift = np.zeros(len(items))
    for part in reversed(parts):
        shift[[items.index(i) for i in part.items]] = part.shift
    placed = [_placed(p, items, shift) for p in parts]
    dims = {name: _joined_labels(parts, name) for name in dict.fromkeys(n for p in parts for n in p.dims)}
    if dimension is not None:
        dims[dimension] = Labels(
            np.repeat(np.arange(len(parts)), [p.group.size for p in parts]), tuple(labels)
        )
    return Moments(
        items,
        Sums(*(np.concatenate(each) for each in zip(*(sums for sums, _ in placed), strict=True))),
        shift,
        np.concatenate([count for _, count in placed]),
        np.concatenate([at[p.group] for at, p in zip(position, parts, strict=True)]),
        groups,
        dims,
        parts[0].kind,
    )


def _placed(part: Moments, items: tuple[str, ...], shift: np.ndarray) -> tuple[Sums, np.ndarray]:
    """The sums of a part in the order of the joint items, around the joint shift."""
    at = np.array([items.index(i) for i in part.items], np.intp)
    both, first, square, product = part.sums
    mine, other = (part.shift - shift[at])[:, None], (part.shift - shift[at])[None, :]
    turned = np.swapaxes(first, -1, -2)
    moved = (
        both,
        first + mine * both,
        square + 2 * mine * first + mine**2 * both,
        product + mine * turned + other * first + mine * other * both,
    )
    cells, size = part.group.size, len(items)
    wide = [np.zeros((cells, size, size)) for _ in moved]
    for to, table in zip(wide, moved, strict=True):
        to[np.ix_(np.arange(cells), at, at)] = table
    count = np.zeros((cells, size))
    count[:, at] = part.count
    return Sums(*wide), count


def _joined_groups(parts: list[Groups], same: bool) -> tuple[Groups, list[np.ndarray]]:
    """The groups together, and for every part the new number of each of its groups."""
    strata: dict[object, int] = {}
    known: dict[object, int] = {}
    stratum: list[int] = []
    psus: list[float] = []
    names: list[tuple | None] = []
    population: list[float] = []
    positions = []
    for i, part in enumerate(parts):
        above = []
        for label, size in zip(part.strata, part.population.tolist(), strict=True):
            key = label if same else (i, label)
            if key not in strata:
                strata[key] = len(strata)
                population.append(size)
            elif population[strata[key]] != size:
                raise StatisticsError("fpc_varies", f"The parts give different populations for {label!r}.")
            above.append(strata[key])
        position = []
        for h, size, name in zip(part.stratum.tolist(), part.psus.tolist(), part.names, strict=True):
            key = _group_key(name, i, len(psus), same)
            if key not in known:
                known[key] = len(psus)
                stratum.append(above[h])
                psus.append(size)
                names.append(name if same or name is None else (i, *name))
            position.append(known[key])
        positions.append(np.array(position, np.intp))
    joined = Groups(
        np.array(stratum, np.intp),
        np.array(psus),
        tuple(names),
        tuple(strata),
        np.array(population),
        parts[0].lonely,
    )
    if same:
        _refuse_unnamed(parts)
    return joined, positions


def _group_key(name: tuple | None, part: int, number: int, same: bool) -> object:
    if name is None:
        return (part, number)
    return name if same else (part, *name)


def _refuse_unnamed(parts: list[Groups]) -> None:
    """A stratum in two parts needs PSUs that can be told apart by name."""
    seen: dict[object, list[bool]] = {}
    for part in parts:
        named = np.ones(len(part.strata), bool)
        named[part.stratum[[n is None for n in part.names]]] = False
        for label, told in zip(part.strata, named.tolist(), strict=True):
            seen.setdefault(label, []).append(told)
    for label, told_in in seen.items():
        if len(told_in) > 1 and not all(told_in):
            raise StatisticsError(
                "units_without_names",
                f"The PSUs of stratum {label!r} are in several parts and cannot be matched: they have no "
                "names, or are so many that they were grouped. Build its moments of all its rows together.",
            )


def _joined_labels(parts: Sequence[Moments], name: str) -> Labels:
    own = [p.dims.get(name) or Labels(np.full(p.group.size, -1, np.intp), ()) for p in parts]
    names = list(dict.fromkeys(label for labels in own for label in labels.names))
    if all(list(labels.names) == sorted(labels.names, key=sort_key) for labels in own):
        names.sort(key=sort_key)
    number = {label: i for i, label in enumerate(names)}
    codes = [np.array([number[n] for n in labels.names] + [-1], np.intp)[labels.codes] for labels in own]
    return Labels(np.concatenate(codes), tuple(names))
