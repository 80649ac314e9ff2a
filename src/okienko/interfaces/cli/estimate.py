"""`okienko estimate`: figures with design-based intervals from a file of answers, without a database.

    okienko estimate DATA [--design design.toml] --item q1 [--item q2 …] [--by office …]
        --statistic mean|share|top2|nps|csi|median|quantile|ratio|alpha|change
                    |drivers|shapley|csi-derived|ranks
        [--value K] [--importance i1 …] [--denominator q2] [--waves A B]
        [--outcome q0] [--ranking holm|simulated|intervals] [--seed N]
        [--method t|logit|beta|wilson|arcsine|inversion|model] [--engine local|duckdb|spark]
        [--diagnostics FILE] [--format json|csv|table]

0 when done; 2, with a sentence on the error output, when no correct figure can be made of the input.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence

from okienko.engines.statistics import (
    Csi,
    Cube,
    Estimate,
    Mean,
    Measure,
    Nps,
    SampleKind,
    Share,
    StatisticsError,
    change,
    estimate,
    median,
    quantile,
)
from okienko.engines.statistics.estimates import LONELY_PSU, NOT_PROBABILITY, TOO_FEW
from okienko.engines.statistics.quantiles import INVERSION
from okienko.interfaces.cli.estimate_cube import ENGINES, Wanted, default_engine, make_cube
from okienko.interfaces.cli.estimate_design import DesignFile, InputFault
from okienko.interfaces.cli.estimate_drivers import (
    DRIVERS,
    RANKS,
    add_arguments,
    check_drivers,
    estimated_drivers,
    ranked,
)
from okienko.interfaces.cli.estimate_output import FORMATS
from okienko.interfaces.cli.estimate_stored import Stored, check_rows, design_for
from okienko.interfaces.cli.estimate_together import TOGETHER, check_together, estimated_together
from okienko.interfaces.cli.estimate_weighting import remark, write_diagnostics
from okienko.interfaces.cli.fault import CommandFault

STATISTICS = (
    "mean",
    "share",
    "top2",
    "nps",
    "csi",
    "median",
    "quantile",
    *TOGETHER,
    "change",
    *DRIVERS,
    RANKS,
)
FROM_ROWS = dict.fromkeys(TOGETHER, estimated_together) | dict.fromkeys(DRIVERS, estimated_drivers)
METHODS = (
    "interval: t, logit, beta (Korn–Graubard), wilson, arcsine, model; inversion. Left out: wilson for shares"
    " of a simple random sample, beta for all else on a scale of known ends, t for the rest"
)
WITH_VALUE = ("share", "change", "quantile")


def main(argv: Sequence[str]) -> int:
    """Run the command with the arguments after its name."""
    arguments = _parser().parse_args(list(argv))
    try:
        asked = _checked(arguments)
        found, stored = design_for(asked.data, asked.design)
        design = found.seen_by(asked.statistic)
        if asked.statistic in FROM_ROWS:
            check_rows(asked)
            cube, estimates, fits = FROM_ROWS[asked.statistic](asked, design, stored)
        else:
            cube, fits = make_cube(_wanted(asked, design, stored), asked.engine)
            estimates = list(_estimates(asked, design, cube))
        _refuse_lonely(cube, estimates)
        if asked.statistic == RANKS:
            estimates = ranked(asked, estimates)
        write_diagnostics(asked.diagnostics, fits)
    except (CommandFault, StatisticsError) as fault:
        print(f"okienko estimate: {fault}", file=sys.stderr)
        return 2
    _remark(asked, design, cube, estimates)
    for fit in fits:
        print(f"okienko estimate: note: {remark(fit)}", file=sys.stderr)
    sys.stdout.write(FORMATS[asked.format](estimates, asked.by))
    return 0


run = main


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="okienko estimate",
        description="Figures with design-based confidence intervals from a CSV or Parquet file of answers.",
    )
    add = parser.add_argument
    add(
        "data",
        metavar="DATA",
        help="answers, a row per respondent: .csv (UTF-8; comma, semicolon or tab) or .parquet; or a cube",
    )
    add(
        "--design",
        metavar="FILE",
        help="design.toml: [design], [missing], [scale], [importance], [weighting];"
        " a stored file brings its own design",
    )
    add("--item", action="append", required=True, metavar="COLUMN", help="a question; repeat for more")
    groups = "a figure for each of its values"
    add("--by", action="append", nargs="+", default=[], metavar="COLUMN", help=groups)
    add("--statistic", required=True, choices=STATISTICS)
    add(
        "--value",
        type=float,
        metavar="K",
        help="for share and change: the code; for quantile: the level, between 0 and 1",
    )
    add(
        "--importance", action="append", nargs="+", default=[], metavar="COLUMN", help="for csi: one per item"
    )
    add("--denominator", metavar="COLUMN", help="for ratio: the sum of the items is divided by its sum")
    add("--waves", nargs=2, metavar=("A", "B"), help="for change: the earlier and the later wave")
    add(
        "--method",
        metavar="NAME",
        help=METHODS,
    )
    add_arguments(add)
    add(
        "--engine",
        choices=ENGINES,
        default=default_engine(),
        help="who adds up the answers (default: OKIENKO_ENGINE, else local)",
    )
    add("--diagnostics", metavar="FILE", help="write what [weighting] did to the weights, as JSON")
    add("--format", choices=sorted(FORMATS), default="table")
    return parser


def _checked(arguments: argparse.Namespace) -> argparse.Namespace:
    """Flatten repeated arguments and refuse those that do not belong to the statistic."""
    asked = arguments
    asked.item = list(dict.fromkeys(asked.item))
    asked.by = list(dict.fromkeys(name for names in asked.by for name in names))
    asked.importance = [name for names in asked.importance for name in names]
    asked.value = (
        None if asked.value is None else int(asked.value) if asked.value.is_integer() else asked.value
    )
    if asked.importance and asked.statistic != "csi":
        raise InputFault("--importance belongs to --statistic csi")
    if asked.importance and len(asked.importance) != len(asked.item):
        raise InputFault(
            f"--importance needs one column per item, in the same order: "
            f"{len(asked.item)} items, {len(asked.importance)} importance columns"
        )
    if asked.value is not None and asked.statistic not in WITH_VALUE:
        raise InputFault("--value belongs to --statistic share, change or quantile")
    if asked.statistic == "quantile" and (asked.value is None or not 0 < asked.value < 1):
        raise InputFault(
            "--statistic quantile needs --value, its level between 0 and 1: 0.9 for the ninth decile"
        )
    check_together(asked)
    check_drivers(asked)
    if asked.statistic == "change" and asked.waves is None:
        raise InputFault("--statistic change needs --waves A B, the earlier and the later wave")
    if asked.waves is not None and asked.statistic != "change":
        raise InputFault("--waves belongs to --statistic change")
    return asked


def _wanted(asked: argparse.Namespace, design: DesignFile, stored: Stored | None) -> Wanted:
    """The sums that the figures need."""
    by = list(asked.by)
    if asked.statistic == "change":
        if "wave" not in design.columns:
            raise InputFault(f"{asked.design}: [design] names no wave column, which --statistic change needs")
        by = list(dict.fromkeys([*by, design.columns["wave"]]))
    groups = {" csi": tuple(asked.item)} if asked.statistic == "csi" else {}
    items = tuple(dict.fromkeys([*asked.item, *asked.importance]))
    return Wanted(asked.data, design, items, tuple(by), groups, stored)


def _wave(asked: argparse.Namespace, design: DesignFile) -> str:
    """The column that tells waves apart."""
    if "wave" not in design.columns:
        raise InputFault(
            f"{asked.design or asked.data}: [design] names no wave column, which --statistic change needs"
        )
    return design.columns["wave"]


def _estimates(asked: argparse.Namespace, design: DesignFile, cube: Cube) -> Iterable[Estimate]:
    if asked.statistic in ("median", "quantile"):
        for item in asked.item:
            if asked.statistic == "median":
                yield from median(cube, item, by=asked.by, method=asked.method)
            else:
                yield from quantile(cube, item, asked.value, by=asked.by, method=asked.method)
        return
    for measure in _measures(asked, design, cube):
        if asked.statistic != "change":
            yield from estimate(cube, measure, by=asked.by, method=asked.method)
            continue
        if asked.method not in (None, "t"):
            raise InputFault("the interval of a change is by the t method")
        wave = design.columns["wave"]
        known = {str(name): name for name in cube.dims[wave].names}
        for label in asked.waves:
            if label not in known:
                raise InputFault(f"there is no wave {label!r} in column {wave}; it has: {', '.join(known)}")
        pair = (known[asked.waves[0]], known[asked.waves[1]])
        yield from change(cube, measure, pair, dimension=wave, by=asked.by)


def _measures(asked: argparse.Namespace, design: DesignFile, cube: Cube) -> Iterable[Measure]:
    if asked.statistic == "csi":
        yield _csi(asked, design)
        return
    for item in asked.item:
        if asked.statistic in ("share", "change") and asked.value is not None:
            if asked.value in design.missing_of(item):
                raise InputFault(f"--value {asked.value} is a missing code of item {item}, not an answer")
            yield Share(item, (asked.value,), value=asked.value)
        elif asked.statistic == "share":
            categories = cube.table(item).categories
            for code in categories.best(categories.values.size):
                yield Share(item, (code,), value=code)
        elif asked.statistic == "top2":
            yield Share(item, _two_best(item, design, cube), "top2")
        else:
            yield Nps(item) if asked.statistic == "nps" else Mean(item, scale=design.scale)


def _csi(asked: argparse.Namespace, design: DesignFile) -> Csi:
    if design.scale is None:
        raise InputFault(
            f"{asked.design or asked.data}: the index needs [scale] with min and max of the scale of answers"
        )
    weights = None
    if not asked.importance and design.importance:
        lacking = [name for name in asked.item if name not in design.importance]
        if lacking:
            raise InputFault(f"{asked.design}: [importance] has no weight for {', '.join(lacking)}")
        weights = tuple(design.importance[name] for name in asked.item)
    return Csi(tuple(asked.item), *design.scale, weights=weights, importance=tuple(asked.importance) or None)


def _two_best(item: str, design: DesignFile, cube: Cube) -> tuple[float, ...]:
    categories = cube.table(item).categories
    if design.scale is None:
        return categories.best(2)
    low, high = design.scale
    outside = [v for v in categories.best(categories.values.size) if not low <= v <= high]
    if outside:
        raise InputFault(f"item {item} has the answer {outside[0]}, outside the scale {low} to {high}")
    return (high - 1, high)


def _refuse_lonely(cube: Cube, estimates: list[Estimate]) -> None:
    if not any(e.note == LONELY_PSU for e in estimates):
        return
    first = cube.units.first
    lonely = [
        str(p) for p, n, f in zip(first.parents, first.sampled, first.unsampled, strict=True) if n == 1 and f
    ]
    more = " …" if len(lonely) > 5 else ""
    raise InputFault(
        f"a stratum with one PSU has no variance ({', '.join(lonely[:5])}{more}); "
        "say in [design] what to do: lonely_psu = remove, certainty, adjust or average"
    )


def _remark(asked: argparse.Namespace, design: DesignFile, cube: Cube, estimates: list[Estimate]) -> None:
    """Say on the error output what the figures alone do not."""
    remarks = []
    if asked.statistic == "top2" and design.scale is None:
        pairs = {item: cube.table(item).categories.best(2) for item in asked.item}
        remarks += [
            f"{item}: the two best codes seen are {codes}; [scale] would fix them"
            for item, codes in pairs.items()
        ]
    if asked.statistic == "csi" and not asked.importance and not design.importance:
        remarks.append("no --importance and no [importance]: all items weigh the same")
    for name in asked.by:
        without = int((cube.dims[name].codes < 0).sum())
        if without:
            remarks.append(f"some rows have no value in {name} and are in no group")
    if design.kind is SampleKind.NON_PROBABILITY:
        remarks.append(
            "not a probability sample: no design-based error; --method model gives a model-based one"
        )
    if asked.method is None and any(e.method == INVERSION for e in estimates):
        remarks.append(
            "where many answers equal the quantile, the interval inverts tests and has no standard error"
        )
    reasons = {e.note for e in estimates if e.note}
    if TOO_FEW in reasons:
        remarks.append(
            f"some intervals are approximate, since they rest on too few answers or PSUs: {TOO_FEW}"
        )
    reasons -= {NOT_PROBABILITY, TOO_FEW}
    remarks += [f"some figures have no interval or another method: {reason}" for reason in sorted(reasons)]
    for text in remarks:
        print(f"okienko estimate: note: {text}", file=sys.stderr)
