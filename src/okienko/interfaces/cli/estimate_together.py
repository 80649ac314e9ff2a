"""Statistics of people who answered several questions together: ratios and Cronbach's alpha."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from okienko.engines.statistics import (
    Cube,
    Design,
    Estimate,
    ItemSpec,
    build_cube,
    build_moments,
    cronbach,
    jointly,
    ratio,
)
from okienko.interfaces.cli.estimate_data import DataFile, read_data
from okienko.interfaces.cli.estimate_design import DesignFile, InputFault

TOGETHER = ("ratio", "alpha")
NUMERIC = ("weight", "fpc", "fpc2")
LABELLED = ("stratum", "psu", "psu2")


def check_together(asked: argparse.Namespace) -> None:
    """Refuse arguments that do not belong to the statistic."""
    if (asked.denominator is not None) != (asked.statistic == "ratio"):
        raise InputFault("--statistic ratio needs --denominator COLUMN, and no other statistic has one")
    if asked.statistic == "alpha" and len(asked.item) < 2:
        raise InputFault("--statistic alpha needs at least two --item")
    if asked.statistic == "alpha" and asked.method is not None:
        raise InputFault("the interval of alpha has one method only")
    if asked.denominator in asked.item:
        raise InputFault(f"{asked.denominator!r} is both --item and --denominator")


def laid_out(design: DesignFile, data: DataFile) -> Design:
    """The design over the rows of the data."""
    roles = design.columns
    return Design(
        **{role: data.numbers(roles[role]) for role in NUMERIC if role in roles},
        **{role: data.labels(roles[role]) for role in LABELLED if role in roles},
        kind=design.kind,
        lonely_psu=design.lonely_psu,
    )


def estimated_together(asked: argparse.Namespace, design: DesignFile) -> tuple[Cube, list[Estimate]]:
    """The cube of the answers, and the figures; each ratio is of those who answered both questions."""
    roles = design.columns
    items = [*asked.item, *([asked.denominator] if asked.statistic == "ratio" else [])]
    if overlap := sorted(set(items) & set(asked.by)):
        raise InputFault(f"{overlap[0]!r} is both an item and a group; make a copy of the column")
    numeric = [*items, *(roles[r] for r in NUMERIC if r in roles)]
    labelled = [*asked.by, *(roles[r] for r in LABELLED if r in roles)]
    data = read_data(Path(asked.data), numeric, labelled)
    laid, columns = laid_out(design, data), {name: data.numbers(name) for name in items}
    groups = {name: data.labels(name) for name in asked.by}
    specs = {name: ItemSpec(name, missing=design.missing_of(name), negative_missing=False) for name in items}
    if asked.statistic == "alpha":
        both = _complete(data, columns, specs.values())
        cube = build_cube(both | groups, list(both), laid, by=asked.by)
        moments = build_moments(both | groups, list(specs.values()), laid, by=asked.by)
        return cube, [found.alpha for found in cronbach(moments, items, by=asked.by)]
    estimates: list[Estimate] = []
    for item in asked.item:
        pair = (specs[item], specs[asked.denominator])
        both = _complete(data, columns, pair)
        cube = build_cube(both | groups, pair, laid, by=asked.by)
        estimates += ratio(cube, item, asked.denominator, by=asked.by, method=asked.method)
    return cube, estimates


def _complete(data: DataFile, columns: dict, specs: Iterable[ItemSpec]) -> dict:
    specs = list(specs)
    both = jointly(columns, specs)
    if all((column != column).all() for column in both.values()):
        names = ", ".join(spec.name for spec in specs)
        raise InputFault(f"{data.path}: nobody answered all of {names}")
    return both
