"""Coverage: how often 95% intervals contain the true value, by method, in surveys like those of an office.

Exit code 1 when an interval that carries no warning covers less than 93 or more than 97 per cent.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "bench"
PAGE = ROOT / "docs" / "methodology.md"
QUICK, FULL = 500, 4000
# Every worker is one thread: two of them are all that the benchmark may take.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks.coverage.cells import Cell, cells  # noqa: E402
from benchmarks.coverage.measuring import SEED, Outcome, measure  # noqa: E402
from benchmarks.coverage.report import Result, failures, markdown, written  # noqa: E402


def _measured(work: tuple[Cell, int]) -> dict[str, Outcome]:
    return measure(*work)


def run(found: list[Cell], samples: int, processes: int) -> list[Result]:
    """All cells, in as many processes."""
    work = [(cell, samples) for cell in found]
    outcomes = []
    with multiprocessing.Pool(processes) as pool:
        for number, outcome in enumerate(pool.imap(_measured, work, chunksize=4), 1):
            outcomes.append(outcome)
            if number % 100 == 0 or number == len(work):
                print(f"\r{number} of {len(work)} cells", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return [Result(cell, outcome) for cell, outcome in zip(found, outcomes, strict=True)]


def _stored(result: Result) -> dict:
    return {
        "figure": result.cell.figure.name,
        "survey": vars(result.cell.survey),
        "recommended": result.recommended,
        "outcomes": {name: vars(o) | {"coverage": o.coverage} for name, o in result.outcomes.items()},
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench coverage", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help=f"fewer cells, {QUICK} samples each: about a minute"
    )
    parser.add_argument("--samples", type=int, help=f"samples of each cell (default {FULL})")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/methodology.md")
    options = parser.parse_args()
    samples = options.samples or (QUICK if options.quick else FULL)
    results = run(cells(quick=options.quick), samples, options.processes)
    command = "python3 run.py bench coverage" + (" --quick" if options.quick else "")
    command += f" --samples {samples}" if options.samples else ""
    part = markdown(results, command, SEED)
    print(part)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "coverage.json").write_text(
        json.dumps([_stored(each) for each in results], indent=1, ensure_ascii=False), encoding="utf-8"
    )
    if options.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), part), encoding="utf-8")
    wrong = failures(results)
    for each in wrong:
        rate, error = 100 * each.default.coverage, 100 * each.default.error
        print(f"OUTSIDE: {each.cell.figure.name}, {each.cell.survey}: {rate:.1f}% ± {error:.1f}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
