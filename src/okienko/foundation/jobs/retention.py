"""Deletion of old jobs: their rows name who ordered what, and nobody needs that for long."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.models import PENDING, Job, Tick


def purge(before: datetime) -> int:
    """Delete jobs that ended before that moment, and ticks that no schedule counts from; how many jobs."""
    with machinery():
        newest = Tick.objects.values("name").annotate(last=Max("due_at")).values("last")
        Tick.objects.filter(due_at__lt=before).exclude(due_at__in=newest).delete()
        return Job.objects.exclude(state__in=PENDING).filter(finished_at__lt=before).delete()[0]
