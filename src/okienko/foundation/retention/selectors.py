"""Reads of the register of personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet, Sum

from okienko.foundation.registry import PersonalData, manifests
from okienko.foundation.retention.models import PurgeRun

_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class RegisterRow:
    """An entry of the register, the module it belongs to, and what scheduled deletion did about it."""

    module: str
    entry: PersonalData
    last: PurgeRun | None
    deleted_in_year: int


def entries() -> list[PersonalData]:
    return [entry for manifest in manifests() for entry in manifest.personal_data]


def register(at: datetime) -> list[RegisterRow]:
    """The whole register, in the order of the modules."""
    newest = PurgeRun.objects.values("code").annotate(newest=Max("pk")).values("newest")
    last = {run.code: run for run in PurgeRun.objects.filter(pk__in=newest)}
    year = PurgeRun.objects.filter(at__gte=at - _YEAR).values_list("code").annotate(Sum("deleted"))
    deleted = dict(year.order_by())
    return [
        RegisterRow(str(manifest.name), entry, last.get(entry.code), deleted.get(entry.code, 0))
        for manifest in manifests()
        for entry in manifest.personal_data
    ]


def deletions() -> QuerySet[PurgeRun]:
    """Runs that deleted something or failed, newest first."""
    return PurgeRun.objects.filter(Q(deleted__gt=0) | ~Q(error=""))
