"""Jobs that start by themselves, as the manifests' schedules say; each tick once, however many workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from cronsim import CronSim, CronSimError
from django.core import checks
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.module_loading import import_string

from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.kinds import UnknownKind, kind_of
from okienko.foundation.jobs.models import Tick
from okienko.foundation.jobs.orders import enqueue
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.registry import Schedule, manifests

log = structlog.get_logger("okienko.jobs")


def schedules() -> Iterator[Schedule]:
    for manifest in manifests():
        yield from manifest.schedules


def run_schedules(now: datetime) -> int:
    """Order the jobs whose time has come; how many. Ticks missed while no worker ran become one job."""
    return sum(_run_schedule(schedule, now) for schedule in schedules())


def last_due(cron: str, after: datetime, now: datetime) -> datetime | None:
    """The latest moment of `cron` (in the installation's time zone) in (after, now], if there is one."""
    zone = timezone.get_default_timezone()
    just_after = now.replace(microsecond=0) + timedelta(seconds=1)  # so that `now` itself counts
    latest = next(CronSim(cron, just_after.astimezone(zone), reverse=True)).astimezone(UTC)
    return latest if latest > after else None


def _run_schedule(schedule: Schedule, now: datetime) -> int:
    with machinery():
        last = Tick.objects.filter(name=schedule.name).aggregate(last=Max("due_at"))["last"]
        if last is None:
            # A schedule seen for the first time counts from now, on record: else a machine that is switched
            # off every night would never reach a tick of 3 o'clock.
            Tick.objects.get_or_create(name=schedule.name, due_at=now)
            return 0
        due = last_due(schedule.cron, last, now)
        return _start(schedule, due) if due is not None else 0


def _start(schedule: Schedule, due: datetime) -> int:
    try:
        with transaction.atomic():
            Tick.objects.create(name=schedule.name, due_at=due)
            job = enqueue(
                import_string(schedule.job),
                by=system_actor(f"schedule:{schedule.name}"),
                title=str(schedule.label),
                key=f"schedule:{schedule.name}",
            )
    except IntegrityError:
        return 0  # another worker was faster
    log.info("schedule.tick", schedule=schedule.name, due=due.isoformat(), job=job.pk)
    return 1


def check_schedules(app_configs: Any = None, **options: Any) -> list[checks.CheckMessage]:
    """Every schedule's cron expression is readable, and its job exists."""
    found = []
    for schedule in schedules():
        for attempt in (lambda item: CronSim(item.cron, timezone.now()), _job_of):
            if trouble := _trouble(attempt, schedule):
                found.append(checks.Error(f"schedule {schedule.name!r}: {trouble}", id="jobs.E001"))
    return found


def _job_of(schedule: Schedule) -> None:
    kind_of(import_string(schedule.job))


def _trouble(attempt: Callable[[Schedule], Any], schedule: Schedule) -> str:
    try:
        attempt(schedule)
    except (CronSimError, ImportError, UnknownKind) as error:
        return str(error) or type(error).__name__
    return ""
