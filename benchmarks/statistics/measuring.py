"""What a run costs: processor time and memory are the machine's own, wall time only in turns with a peer."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "bench"
REPEATS = 7


@dataclass(frozen=True)
class Row:
    """One line of the table; `target` is what the figure must not exceed (or reach, for a gain)."""

    what: str
    figure: float
    unit: str
    target: str = ""
    met: bool | None = None


def at_most(what: str, figure: float, unit: str, limit: float) -> Row:
    """A figure that must not exceed its limit."""
    return Row(what, figure, unit, f"≤ {limit:g}", figure <= limit)


def paired(
    one: Callable[[], object], other: Callable[[], object], repeats: int, clock: Callable[[], float]
) -> tuple[float, float]:
    """The least times of two pieces of work taken in turns: what each costs when nothing disturbs it."""
    times = []
    for _ in range(repeats):
        start = clock()
        one()
        between = clock()
        other()
        times.append((between - start, clock() - between))
    return min(a for a, _ in times), min(b for _, b in times)


@dataclass(frozen=True)
class Ran:
    """A process from its start to its end: CPU and wall seconds, megabytes at the peak, what it printed."""

    cpu: float
    wall: float
    memory: float
    out: bytes


def process(command: Sequence[str], repeats: int = 1) -> Ran:
    """The best of several runs, each under a parent of its own: a peak is that of all children so far."""
    found = []
    for _ in range(repeats):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.statistics.measuring", *command],
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        head, _, out = done.stdout.partition(b"\n")
        found.append(Ran(*json.loads(head), out))
    return min(found, key=lambda ran: ran.cpu)


def python(module: str, *arguments: str) -> list[str]:
    """The command of a module."""
    return [sys.executable, "-m", module, *arguments]


def main() -> int:
    start = time.perf_counter()
    done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=False)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.buffer.write(json.dumps([used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024]).encode())
    sys.stdout.buffer.write(b"\n" + done.stdout)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
