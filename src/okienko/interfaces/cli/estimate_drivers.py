"""`okienko estimate`: key drivers and the index they weigh, places of groups and their smoothed means."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from okienko.engines.statistics import (
    Cube,
    DerivedCsi,
    Diagnostics,
    DriverAnalysis,
    Estimate,
    Moments,
    PairMethod,
    build_cube,
    build_moments,
    derived_csi,
    drivers,
    rank,
    shrink,
)
from okienko.interfaces.cli.estimate_cube import Wanted, read_rows
from okienko.interfaces.cli.estimate_design import DesignFile, InputFault, refuse_weighting
from okienko.interfaces.cli.estimate_stored import Stored

# What the command calls a statistic, and the engine its division of R².
DRIVERS = {"drivers": "johnson", "shapley": "shapley", "csi-derived": "johnson"}
RANKS = "ranks"
RANKINGS = tuple(str(method) for method in PairMethod)


def add_arguments(add) -> None:
    """What only these statistics take."""
    add("--outcome", metavar="COLUMN", help="for drivers, shapley, csi-derived: the overall question")
    add("--ranking", choices=RANKINGS, help="for ranks: how two groups are told apart (default: holm)")
    add("--seed", type=int, metavar="N", help="for --ranking simulated: the same seed, the same answer")


def check_drivers(asked: argparse.Namespace) -> None:
    """Refuse arguments that do not belong to the statistic."""
    if (asked.outcome is not None) != (asked.statistic in DRIVERS):
        raise InputFault(f"--outcome COLUMN is needed by --statistic {', '.join(DRIVERS)}, and by no other")
    if asked.outcome in asked.item:
        raise InputFault(f"{asked.outcome!r} is both --item and --outcome")
    if asked.statistic in (*DRIVERS, RANKS) and asked.method is not None:
        raise InputFault(f"--method does not belong to --statistic {asked.statistic}")
    if asked.statistic == RANKS and len(asked.by) != 1:
        raise InputFault("--statistic ranks needs one --by, the column whose values get places")
    if asked.statistic != RANKS and (asked.ranking or asked.seed is not None):
        raise InputFault("--ranking and --seed belong to --statistic ranks")
    if (asked.ranking == PairMethod.SIMULATED) != (asked.seed is not None):
        raise InputFault("--ranking simulated needs --seed, a whole number, and no other ranking has one")


def estimated_drivers(
    asked: argparse.Namespace, design: DesignFile, stored: Stored | None
) -> tuple[Cube, list[Estimate], Sequence[Diagnostics]]:
    """The cube of the answers, and the figures of every group."""
    refuse_weighting(asked, design)
    wanted = Wanted(asked.data, design, (*asked.item, asked.outcome), tuple(asked.by), stored=stored)
    data = read_rows(wanted, asked.engine)
    columns, laid = wanted.columns_over(data), wanted.design_over(data)
    moments = build_moments(columns, wanted.specs, laid, by=asked.by)
    cube = build_cube(columns, wanted.specs, laid, by=asked.by)
    if asked.statistic == "csi-derived":
        return cube, list(_index(asked, design, moments)), ()
    method = DRIVERS[asked.statistic]
    found = drivers(moments, asked.outcome, asked.item, by=asked.by, method=method)
    return cube, [row for analysis in found for row in _rows(analysis, method)], ()


def _index(asked: argparse.Namespace, design: DesignFile, moments: Moments) -> Iterable[Estimate]:
    """The index by the weights of all groups together, and those weights."""
    if design.scale is None:
        raise InputFault(
            f"{asked.design}: the index needs [scale] with min and max of the satisfaction scale"
        )
    found = derived_csi(moments, DerivedCsi(asked.outcome, tuple(asked.item), *design.scale), by=asked.by)
    for each in found:
        yield each.index
        for item, weight in zip(asked.item, each.weights, strict=False):
            yield Estimate(item, "csi_weight", None, each.index.by, each.index.n, weight)


def _rows(analysis: DriverAnalysis, method: str) -> Iterable[Estimate]:
    by, n, df = analysis.by, analysis.n, analysis.df
    ends = (analysis.se, analysis.lower, analysis.upper)
    note = analysis.note or ("clipped_correlations" if analysis.clipped else None)
    yield Estimate(analysis.outcome, "r_squared", None, by, n, analysis.r_squared, *ends, df, note=note)
    for each in analysis.drivers:
        ends = (each.se, each.lower, each.upper)
        note = each.note or analysis.note
        yield Estimate(each.item, f"{method}_share", None, by, n, each.share, *ends, df, note=note)
        yield Estimate(
            each.item, f"{method}_weight", None, by, n, each.weight, each.weight_se, df=df, note=note
        )


def ranked(asked: argparse.Namespace, means: Sequence[Estimate]) -> list[Estimate]:
    """Of every item the means, places with their ranges, groups that cannot be told apart, smoothed means."""
    rows: list[Estimate] = []
    for item in asked.item:
        own = [e for e in means if e.item == item]
        rows += [*own, *_places(asked, own), *_smoothed(asked, own)]
    return rows


def _places(asked: argparse.Namespace, own: Sequence[Estimate]) -> Iterable[Estimate]:
    found = rank(own, method=asked.ranking or PairMethod.HOLM, seed=asked.seed)
    for office in found.offices:
        e = office.own
        best, worst = float(office.best), float(office.worst)
        yield Estimate(e.item, "place", None, e.by, e.n, float(office.place), lower=best, upper=worst)
        for number in office.groups:
            yield Estimate(e.item, "group", number, e.by, e.n, None)
    for e in found.unranked:
        yield Estimate(e.item, "place", None, e.by, e.n, None, note=e.note)


def _smoothed(asked: argparse.Namespace, own: Sequence[Estimate]) -> Iterable[Estimate]:
    found = shrink(own)
    for office in found.offices:
        e = office.own
        yield Estimate(
            e.item, "smoothed_mean", None, e.by, e.n, office.estimate, office.se, office.lower, office.upper
        )
    item, whole = own[0].item, dict.fromkeys(asked.by, "")
    yield Estimate(
        item,
        "variance_between",
        None,
        whole,
        len(found.offices),
        found.variance,
        lower=found.lower,
        upper=found.upper,
        note=found.note,
    )
