"""Jobs that only the tests know."""

from __future__ import annotations

from okienko.foundation.jobs.api import JobContext, JobFault, job
from okienko.foundation.offices.models import Unit
from okienko.foundation.offices.scope import active_scope

SEEN: list[dict] = []


@job(kind="test.note")
def note_down(context: JobContext, **ids) -> dict:
    SEEN.append({"by": context.by, "scope": active_scope(), "ids": ids, "attempt": context.attempt})
    return {"text": "noted"}


@job(kind="test.units", queue="heavy")
def make_units(context: JobContext, *, names: list[str]) -> None:
    for number, name in enumerate(names, 1):
        context.progress(number, len(names), name)
        Unit.objects.create(office=context.office, name=name)


@job(kind="test.sealed_units")
def make_units_sealed(context: JobContext, *, names: list[str]) -> None:
    with context.sealed():
        for name in names:
            Unit.objects.create(office=context.office, name=name)
        context.result = {"text": f"{len(names)} units"}


@job(kind="test.fault")
def cannot(context: JobContext) -> None:
    raise JobFault("Row 7 has no date. Fill it in and order the import again.")


@job(kind="test.error", max_attempts=3)
def stumble(context: JobContext, *, until: int = 99) -> None:
    if context.attempt < until:
        raise RuntimeError(f"stumbled at attempt {context.attempt}")


@job(kind="test.foreign")
def write_elsewhere(context: JobContext, *, office: int) -> None:
    Unit.objects.create(office_id=office, name="not ours")


@job(kind="test.missing")
def look_up(context: JobContext, *, unit: int) -> None:
    Unit.objects.get(pk=unit)
