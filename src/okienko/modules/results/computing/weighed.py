"""Answers weighted to what is known of the clients: margins with their sources, and the fitted weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec import Struct, convert, to_builtins

from okienko.engines.statistics import (
    Bounds,
    Cube,
    Design,
    Diagnostics,
    Fitting,
    ItemSpec,
    Labels,
    Margin,
    MissingValue,
    StatisticsError,
    build_cube,
    calibrate,
    calibrated_weights,
)
from okienko.engines.statistics.labels import as_labels

# A group of fewer answers would carry weights that say more of chance than of clients.
FEWEST = 10
BASE = "base weight"


class KnownGroup(Struct, frozen=True):
    """A group of clients: one category of a division or several joined; people, or per cent of them."""

    values: tuple[str, ...]
    count: float


class KnownMargin(Struct, frozen=True):
    """How the clients divide, and who says so. `unit`: `people` or `percent`."""

    division: str
    source: str
    unit: str
    groups: tuple[KnownGroup, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of every group among the clients."""
        total = sum(group.count for group in self.groups)
        return tuple(group.count / total for group in self.groups)

    @property
    def people(self) -> float | None:
        """How many clients there are by this division."""
        return sum(group.count for group in self.groups) if self.unit == "people" else None


def from_json(margins: list) -> tuple[KnownMargin, ...]:
    return convert(margins, tuple[KnownMargin, ...])


def to_json(margins: Sequence[KnownMargin]) -> list:
    return to_builtins(list(margins))


@dataclass(frozen=True)
class Weighed:
    """Fitted weights of the rows that count.

    `columns`: the divisions over the rows, by which cubes are weighted again without the rows.
    """

    known: tuple[KnownMargin, ...]
    limit: int
    columns: Mapping[str, Labels]
    weight: np.ndarray
    diagnostics: Diagnostics

    def cube(
        self,
        columns: Mapping,
        specs: Sequence[ItemSpec],
        design: Design,
        *,
        by: Sequence[str],
        groups: Mapping | None,
    ) -> Cube:
        """A cube with the fitted weights; its standard errors know of the fit."""
        every = dict(columns) | self.columns
        raw = build_cube(every, specs, design, by=by, groups=groups, weighting=tuple(self.columns))
        return calibrate(raw, _margins(self.known), _fitting(self.limit)).cube


def weigh(
    known: Sequence[KnownMargin], divisions: Mapping[str, Labels], design: Design, rows: int, limit: int
) -> Weighed:
    """Fit the weights; `StatisticsError` names the division and the group that stand in the way.

    Its `about` holds `division` and `group` (the values of the group), where there are any.
    """
    columns = {_name(margin): group_labels(margin, divisions, rows) for margin in known}
    base = np.ones(rows) if design.weight is None else np.asarray(design.weight, dtype=np.float64)
    for margin in known:
        _refuse_few(margin, columns[_name(margin)])
    try:
        found = calibrated_weights(columns, base, _margins(known), _fitting(limit))
    except StatisticsError as error:
        raise _named(error, known) from None
    if design.weight is not None:
        # A limit of the weights can be held only where a cell of the cube has one base weight.
        columns[BASE] = as_labels(base)
    return Weighed(tuple(known), limit, columns, found.weight, found.diagnostics[0])


def _name(margin: KnownMargin) -> str:
    return f"weight {margin.division}"


def group_labels(margin: KnownMargin, divisions: Mapping[str, Labels], rows: int) -> Labels:
    """The groups of a margin over the rows; -1 for those who gave no value."""
    labels = divisions.get(margin.division)
    if labels is None:
        return Labels(np.full(rows, -1), ())
    group = {value: number for number, each in enumerate(margin.groups) for value in each.values}
    place = np.array([*(group.get(str(name), -1) for name in labels.names), -1])
    return Labels(place[np.asarray(labels.codes)], tuple(range(len(margin.groups))))


def _refuse_few(margin: KnownMargin, labels: Labels) -> None:
    codes = np.asarray(labels.codes)
    counts = np.bincount(codes[codes >= 0], minlength=len(margin.groups))
    for number, group in enumerate(margin.groups):
        if group.count > 0 and counts[number] < FEWEST:
            about = {"division": margin.division, "group": group.values}
            raise StatisticsError("too_few_in_group", f"Fewer than {FEWEST} answers in {about}.", about)


def _named(error: StatisticsError, known: Sequence[KnownMargin]) -> StatisticsError:
    """The engine's names of margins and groups, taken back to divisions and values."""
    margin = next((each for each in known if _name(each) == error.about.get("margin")), None)
    if margin is None:
        return error
    about: dict[str, object] = {"division": margin.division}
    category = error.about.get("category")
    if isinstance(category, tuple) and category:
        about["group"] = margin.groups[category[0]].values
    return StatisticsError(error.code, str(error), about)


def _margins(known: Sequence[KnownMargin]) -> list[Margin]:
    return [
        Margin(_name(each), dict(enumerate(each.shares)), shares=True, missing=MissingValue.APART)
        for each in known
    ]


def _fitting(limit: int) -> Fitting:
    return Fitting(bounds=Bounds(weight=(1 / limit, float(limit))))
