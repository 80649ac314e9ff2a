"""Jobs for the faults: each makes units, and pauses at its first attempt until it is killed or told to go on.

`pause` writes the file `paused-<attempt>`, then waits for the file `go`.
"""

from __future__ import annotations

import time

from django.conf import settings

from okienko.foundation.jobs.api import JobContext, job
from okienko.foundation.offices.models import Unit


def make_units(context: JobContext, first: int, last: int) -> None:
    for number in range(first, last):
        Unit.objects.create(office=context.office, name=f"{context.id}-{context.attempt}-{number}")


def pause(context: JobContext, *, reporting: bool = False) -> None:
    if context.attempt > 1:
        return
    (settings.DATA_DIR / f"paused-{context.id}").touch()
    while not (settings.DATA_DIR / "go").exists():
        time.sleep(0.05)
        if reporting:
            context.progress(1, 2, "waiting")


@job(kind="faults.sealed")
def sealed(context: JobContext, *, count: int) -> None:
    """Pauses before it writes."""
    pause(context)
    with context.sealed():
        make_units(context, 0, count)


@job(kind="faults.sealing")
def sealing(context: JobContext, *, count: int) -> None:
    """Pauses in the middle of writing."""
    with context.sealed():
        make_units(context, 0, count // 2)
        pause(context)
        make_units(context, count // 2, count)


@job(kind="faults.careless")
def careless(context: JobContext, *, count: int) -> None:
    """Neither sealed nor idempotent: the control, which must go wrong."""
    make_units(context, 0, count // 2)
    pause(context)
    make_units(context, count // 2, count)


@job(kind="faults.reporting")
def reporting(context: JobContext, *, count: int) -> None:
    """Reports its progress while it pauses, so that it can be stopped."""
    pause(context, reporting=True)
    with context.sealed():
        make_units(context, 0, count)


@job(kind="faults.quick")
def quick(context: JobContext, *, count: int) -> None:
    make_units(context, 0, count)
