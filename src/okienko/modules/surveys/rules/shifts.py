"""A random plan of shifts: which days forms are handed out at which point, and to which client first."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PointDays:
    """A point, the days on which it is open, how many of them to draw, and its interval k."""

    point: int
    key: str
    days: Sequence[date]
    wanted: int
    interval: int | None = None


@dataclass(frozen=True)
class DrawnShift:
    point: int
    day: date
    first_client: int | None


def draw_shifts(points: Iterable[PointDays], seed: int) -> tuple[DrawnShift, ...]:
    """Days drawn without replacement within each point, each with a random start between 1 and k.

    Each point has its own stream (seed and key), so that adding a point changes no other point's days.
    """
    drawn = []
    for point in points:
        stream = random.Random(f"{seed}/{point.key}")
        days = sorted(stream.sample(sorted(point.days), min(point.wanted, len(point.days))))
        for day in days:
            first = stream.randint(1, point.interval) if point.interval else None
            drawn.append(DrawnShift(point.point, day, first))
    return tuple(drawn)
