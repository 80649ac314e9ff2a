"""The queue as workers see it: jobs are taken on a lease, every change of state is one conditional UPDATE.

A worker may write to a job only while it holds the job's token, so a worker that was thought dead and comes
back changes nothing.
"""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from okienko.foundation.jobs.models import Job, State

_FREE = {"worker": "", "token": None, "lease_until": None, "heartbeat_at": None}


def claim(worker: str, queues: list[str], *, due: datetime) -> Job | None:
    """Take the oldest job that is due, with a lease; `None` when there is none."""
    while True:
        waiting = Job.objects.filter(state=State.QUEUED, available_at__lte=due, queue__in=queues)
        pk = waiting.order_by("available_at", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        if job := claim_one(worker, pk):
            return job


def claim_one(worker: str, pk: int) -> Job | None:
    """Take one job if it still waits. The condition of the UPDATE decides between workers."""
    now, token = timezone.now(), uuid.uuid4()
    taken = Job.objects.filter(pk=pk, state=State.QUEUED).update(
        state=State.RUNNING,
        worker=worker,
        token=token,
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
        lease_until=now + lease(),
        done=0,
        total=None,
        words="",
    )
    return Job.objects.select_related("office", "network", "requested_by").get(pk=pk) if taken else None


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def renew(job: Job, progress: dict[str, Any]) -> bool:
    """Keep the lease and publish the progress; `False` when the job is no longer ours."""
    now = timezone.now()
    return bool(_held(job).update(heartbeat_at=now, lease_until=now + lease(), **progress))


def finish(job: Job, result: dict) -> bool:
    return _end(job, State.DONE, result=result, reference="")


def fail(job: Job, error: str, reference: str = "") -> bool:
    return _end(job, State.FAILED, error=error, reference=reference)


def cancel(job: Job) -> bool:
    return _end(job, State.CANCELLED)


def postpone(job: Job, reference: str) -> bool:
    """After an unexpected error: try again later, each time much later (with some luck apart from others)."""
    wait = settings.JOB_BACKOFF_SECONDS * 4 ** (job.attempts - 1) * random.uniform(0.8, 1.2)
    again = timezone.now() + timedelta(seconds=wait)
    return bool(_held(job).update(state=State.QUEUED, available_at=again, reference=reference, **_FREE))


def release(job: Job) -> bool:
    """The worker stops: the job waits again, and the interrupted attempt does not count."""
    return bool(_held(job).update(state=State.QUEUED, attempts=F("attempts") - 1, **_FREE))


def recover(interrupted: str) -> tuple[int, int]:
    """Jobs whose worker has died: back into the queue, or failed when that has happened too often.

    `interrupted` is the text for people. Returns how many of each. The condition is repeated in every UPDATE,
    for the worker may be alive after all and have renewed its lease.
    """
    now = timezone.now()
    dead = Job.objects.filter(state=State.RUNNING, lease_until__lt=now)
    cancelled = dead.filter(cancel_requested=True).update(state=State.CANCELLED, finished_at=now, **_FREE)
    given_up = dead.filter(attempts__gte=F("max_attempts")).update(
        state=State.FAILED, finished_at=now, error=interrupted, **_FREE
    )
    queued = dead.update(state=State.QUEUED, available_at=now, **_FREE)
    return queued, given_up + cancelled


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, token=job.token, state=State.RUNNING)


def _end(job: Job, state: State, **fields: Any) -> bool:
    return bool(_held(job).update(state=state, finished_at=timezone.now(), **fields, **_FREE))
