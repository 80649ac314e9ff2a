"""The lattice of published domains: its cells, the sums that tie them together, the rules.

A cell is a domain such as "office A, channel www". Cells are tied by sums: an office is the sum of its
channels, so a hidden channel can be recomputed when everything else is shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from okienko.engines.statistics.errors import StatisticsError

Key = tuple[tuple[str, object], ...]

CLIENTS_FLOOR = 5
STAFF_FLOOR = 10

PRIMARY = "primary"
DOMINANCE = "dominance"
COMPLEMENTARY = "complementary"
PREVIOUS_WAVE = "previous_wave"


def key_of(domain: Mapping[str, object]) -> Key:
    """The key of a domain: its (dimension, label) pairs in the order of the dimensions' names."""
    return tuple(sorted(domain.items(), key=lambda pair: pair[0]))


@dataclass(frozen=True, slots=True)
class LatticeCell:
    """One domain that some outlet would show.

    Attributes
    ----------
    key : Key
    count : int
        Respondents (or valid answers to the item).
    largest : int, optional
        How many gave the commonest answer.
    hits : tuple of int
        Answers behind every share that would be shown of this cell.
    """

    key: Key
    count: int
    largest: int | None = None
    hits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """``parent`` = sum of ``children`` + those without a value, where the keys do not say it."""

    parent: Key
    children: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class SuppressionRule:
    """The smallest group that may be shown, and whether a unanimous one may.

    ``unanimous=False`` is the rule of staff surveys: no share of 0% or 100%.
    """

    threshold: int
    unanimous: bool = True

    @classmethod
    def clients(cls, threshold: int = CLIENTS_FLOOR) -> "SuppressionRule":
        """Clients: groups of 5, configurable upwards."""
        return cls(_not_below(threshold, CLIENTS_FLOOR))

    @classmethod
    def staff(cls, threshold: int = STAFF_FLOOR) -> "SuppressionRule":
        """Staff: groups of 10, configurable upwards, and nobody's answer known because all agree."""
        return cls(_not_below(threshold, STAFF_FLOOR), unanimous=False)

    def reason(self, cell: LatticeCell, before: int | None) -> str | None:
        """Why a cell may not be shown on its own account; an empty cell discloses nobody."""
        if cell.count == 0:
            return None
        if cell.count < self.threshold:
            return PRIMARY
        if not self.unanimous:
            if cell.largest is not None and cell.largest >= cell.count:
                return DOMINANCE
            if any(hit <= 0 or hit >= cell.count for hit in cell.hits):
                return DOMINANCE
        if before is not None and 0 < abs(cell.count - before) < self.threshold:
            return PREVIOUS_WAVE
        return None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a cell is shown; if not, why, and the threshold in force."""

    published: bool
    reason: str | None
    threshold: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A sum over numbered cells: ``parent`` = Σ ``children`` + ``rest``.

    ``rest`` counts respondents of the parent who are in none of the children (no value given, or a
    child that no outlet shows). It is never shown, but a reader can subtract.
    """

    parent: int
    children: tuple[int, ...]
    rest: int


def _not_below(threshold: int, floor: int) -> int:
    if threshold < floor:
        raise StatisticsError("threshold_too_low", f"The threshold may be raised above {floor}, not lowered.")
    return threshold


def ties(cells: Sequence[LatticeCell], relations: Iterable[Relation] = ()) -> list[Tie]:
    """All sums between the cells: those that the keys say (more pairs) and those given.

    Raises
    ------
    StatisticsError
        ``duplicate_cell``, ``unknown_cell``, ``children_exceed_parent``.
    """
    keys = tuple(cell.key for cell in cells)
    sums = list(_sums(keys))
    position = {key: i for i, key in enumerate(keys)}
    for relation in relations:
        try:
            sums.append((position[relation.parent], tuple(position[c] for c in relation.children)))
        except KeyError as missing:
            raise StatisticsError("unknown_cell", f"The lattice has no cell {missing.args[0]!r}.") from None
    return [_tie(cells, parent, children) for parent, children in sums]


@lru_cache(maxsize=64)
def _sums(keys: tuple[Key, ...]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """(parent, children) as the keys say them. Remembered: every item of a wave has the same keys."""
    position = {key: i for i, key in enumerate(keys)}
    if len(position) < len(keys):
        raise StatisticsError("duplicate_cell", "The lattice has the same cell twice.")
    found: dict[tuple[int, tuple[str, ...]], list[int]] = defaultdict(list)
    for i, key in enumerate(keys):
        for taken in _subsets(len(key)):
            parent = position.get(_without(key, taken))
            if parent is not None:
                found[parent, tuple(key[k][0] for k in taken)].append(i)
    return tuple(
        (parent, tuple(children))
        for (parent, dimensions), children in found.items()
        if not _in_steps(keys, position, dimensions, children)
    )


def _subsets(size: int) -> list[tuple[int, ...]]:
    """All non-empty sets of positions."""
    return [chosen for k in range(1, size + 1) for chosen in combinations(range(size), k)]


def _without(key: Key, taken: tuple[int, ...]) -> Key:
    return tuple(pair for k, pair in enumerate(key) if k not in taken)


def _in_steps(
    keys: Sequence[Key],
    position: Mapping[Key, int],
    dimensions: tuple[str, ...],
    children: list[int],
) -> bool:
    """Whether a sum over several dimensions at once follows from sums over one after the other."""

    def above(key: Key, kept: str) -> Key:
        return tuple(pair for pair in key if pair[0] == kept or pair[0] not in dimensions)

    return len(dimensions) > 1 and any(
        all(above(keys[c], kept) in position for c in children) for kept in dimensions
    )


def _tie(cells: Sequence[LatticeCell], parent: int, children: tuple[int, ...]) -> Tie:
    rest = cells[parent].count - sum(cells[c].count for c in children)
    if rest < 0:
        raise StatisticsError(
            "children_exceed_parent",
            f"The parts of {dict(cells[parent].key)!r} add up to more than the whole.",
        )
    return Tie(parent, children, rest)
