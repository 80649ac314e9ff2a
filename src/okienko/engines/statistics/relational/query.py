"""What is to be counted, in which columns of a table elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from okienko.engines.statistics.cells import ROLES
from okienko.engines.statistics.items import Categories, ItemSpec

ROWS = "n_rows"


@dataclass(frozen=True)
class StoredItem:
    """An item and how its answers are stored.

    Attributes
    ----------
    spec : ItemSpec
        ``spec.name`` is the column.
    places : tuple of numbers, optional
        The column holds places in this list of codes, 0 is missing (an analysis file); else codes.
    """

    spec: ItemSpec
    places: tuple[float, ...] | None = None


@dataclass(frozen=True)
class CountQuery:
    """The sums that are wanted.

    Attributes
    ----------
    items : tuple of StoredItem
    roles : mapping of ``weight`` or a role in ``ROLES`` to a column
    by : tuple of columns that are domains
    groups : mapping of a name to items, as in ``build_cube``
    squares : bool
    """

    items: tuple[StoredItem, ...]
    roles: Mapping[str, str]
    by: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    squares: bool = False

    @property
    def keys(self) -> dict[str, str]:
        """Names of the key columns of the result, and the columns they come from."""
        design = {f"d_{role}": self.roles[role] for role in ROLES if role in self.roles}
        return design | {f"by_{i}": name for i, name in enumerate(self.by)}

    @property
    def layers(self) -> tuple[str, ...]:
        """Sums of every category: ``n`` answers, ``w`` weights, ``s`` squared weights."""
        if "weight" not in self.roles:
            return ("n",)
        return ("n", "w", "s") if self.squares else ("n", "w")


@dataclass(frozen=True, eq=False)
class Counted:
    """The valid categories of an item and the values that stand for them in its column.

    Attributes
    ----------
    categories : Categories, all valid
    stored : tuple of numbers, one per category
    """

    categories: Categories
    stored: tuple[float | int, ...]
