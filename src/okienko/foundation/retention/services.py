"""Writes of the register: what is deleted, and the record that it was."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.module_loading import import_string

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.registry import PersonalData
from okienko.foundation.retention.models import PurgeRun

_RUNS_KEPT = timedelta(days=731)


@command("retention.purge")
def purge(*, entry: PersonalData, by: Actor, at: datetime) -> PurgeRun:
    """Delete what is older than the entry's term, and write down how much it was."""
    deleted = import_string(entry.purge)(at - timedelta(days=entry.retention_days or 0))
    run = PurgeRun.objects.create(at=at, code=entry.code, deleted=deleted)
    note(target=run, after={"deleted": deleted})
    return run


@command("retention.record_failure")
def record_failure(*, entry: PersonalData, error: str, by: Actor, at: datetime) -> PurgeRun:
    """The register shows that an entry could not be purged."""
    return PurgeRun.objects.create(at=at, code=entry.code, error=error[:200])


@command("retention.forget_old_runs")
def forget_old_runs(*, by: Actor, at: datetime) -> None:
    PurgeRun.objects.filter(at__lt=at - _RUNS_KEPT).delete()
