"""Statistics: the pass against the scan floor, half a million figures, other engines, R beside it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.statistics import data, drivers, engines, large, passing, peers
from benchmarks.statistics.measuring import FOLDER, Row

LARGE, NATIONAL, NATIONAL_OFFICES = 5_000_000, 50_000_000, 1000


def made(rows: int, *, dictionary: bool = False, offices: int = data.OFFICES) -> Path:
    """The file of answers, written once."""
    path = FOLDER / f"statistics-{rows}{'-dictionary' if dictionary else ''}.parquet"
    if not path.exists():
        data.make(path, rows, dictionary=dictionary, offices=offices)
    return path


def measured(options: argparse.Namespace) -> list[Row]:
    """The parts that were asked for."""
    if options.part == "large":
        return large.measured(made(LARGE))
    if options.part == "engines":
        return engines.measured(made(options.rows))
    if options.part == "national":
        return engines.measured(made(NATIONAL, offices=NATIONAL_OFFICES))
    path = made(options.rows)
    rows, ours, figures = passing.measured(path, made(options.rows, dictionary=True))
    rows += [Row(*row) for row in drivers.measured(path)]
    return rows if options.no_r else [*rows, *peers.measured(path, ours, figures)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench statistics", description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--no-r", action="store_true", help="leave R and the others out even if installed")
    parser.add_argument(
        "--part",
        choices=("usual", "large", "engines", "national"),
        default="usual",
        help="large: 5 million rows; engines: DuckDB and Spark; national: both on 50 million (3 GB on disk)",
    )
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = measured(options)
    shape = f"{data.ITEMS} items × {data.PSUS} PSUs an office, mean and SE"
    print(f"{options.part}: {shape}; the least of several runs\n")
    width = max(len(row.what) for row in rows)
    for row in rows:
        verdict = "" if row.met is None else f"{row.target}  {'met' if row.met else 'MISSED'}"
        print(f"{row.what:{width}}  {row.figure:>12.4g} {row.unit:6} {verdict}".rstrip())
    content = {"rows": options.rows, "part": options.part, "measured": [vars(row) for row in rows]}
    (FOLDER / f"statistics-{options.part}.json").write_text(
        json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
