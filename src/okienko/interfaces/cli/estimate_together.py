"""Statistics of people who answered several questions together: ratios and Cronbach's alpha."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from okienko.engines.statistics import (
    Cube,
    Diagnostics,
    Estimate,
    ItemSpec,
    build_cube,
    build_moments,
    cronbach,
    jointly,
    ratio,
)
from okienko.interfaces.cli.estimate_cube import Wanted, fitted_cube, read_rows
from okienko.interfaces.cli.estimate_data import DataFile
from okienko.interfaces.cli.estimate_design import DesignFile, InputFault, refuse_weighting
from okienko.interfaces.cli.estimate_stored import Stored

TOGETHER = ("ratio", "alpha")


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


def estimated_together(
    asked: argparse.Namespace, design: DesignFile, stored: Stored | None
) -> tuple[Cube, list[Estimate], Sequence[Diagnostics]]:
    """The cube of the answers, the figures, and what the weights were fitted to.

    Each ratio is of those who answered both questions.
    """
    items = [*asked.item, *([asked.denominator] if asked.statistic == "ratio" else [])]
    wanted = Wanted(asked.data, design, tuple(items), tuple(asked.by), stored=stored)
    data = read_rows(wanted, asked.engine)
    columns = {name: data.numbers(name) for name in items}
    groups = {name: data.labels(name) for name in asked.by}
    specs = {spec.name: spec for spec in wanted.specs}
    if asked.statistic == "alpha":
        refuse_weighting(asked, design)
        both, laid = _complete(data, columns, specs.values()), wanted.design_over(data)
        cube = build_cube(both | groups, list(both), laid, by=asked.by)
        moments = build_moments(both | groups, list(specs.values()), laid, by=asked.by)
        return cube, [found.alpha for found in cronbach(moments, items, by=asked.by)], ()
    estimates: list[Estimate] = []
    fits: Sequence[Diagnostics] = ()
    for item in asked.item:
        pair = (specs[item], specs[asked.denominator])
        both = _complete(data, columns, pair)
        cube, fits = fitted_cube(wanted, data, both | groups, pair)
        estimates += ratio(cube, item, asked.denominator, by=asked.by, method=asked.method)
    return cube, estimates, fits


def _complete(data: DataFile, columns: dict, specs: Iterable[ItemSpec]) -> dict:
    specs = list(specs)
    both = jointly(columns, specs)
    if all((column != column).all() for column in both.values()):
        names = ", ".join(spec.name for spec in specs)
        raise InputFault(f"{data.path}: nobody answered all of {names}")
    return both
