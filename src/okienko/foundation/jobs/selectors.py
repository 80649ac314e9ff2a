"""Reads of jobs. All under the active office scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from okienko.foundation.jobs.models import PENDING, Job, State
from okienko.foundation.offices.actor import Actor


def jobs_for(actor: Actor, states: Sequence[State] = tuple(State)) -> QuerySet[Job]:
    """The jobs that the person may see where she is: her own, or with `jobs.manage` all; newest first."""
    own = Q(requested_by=actor.user_id) & Q(requested_by__isnull=False)
    if actor.office_id is not None:
        jobs, of_all = Job.objects.filter(office=actor.office_id), Q(office=actor.office_id)
    else:
        # What an office orders is its own business, also for the network.
        jobs, of_all = Job.objects.filter(network=actor.network_id), Q(office__isnull=True)
    seen = own | of_all if actor.can("jobs.manage") else own
    return jobs.filter(seen, state__in=states).select_related("office")


def get_job(actor: Actor, pk: int) -> Job | None:
    return jobs_for(actor).filter(pk=pk).first()


def pending_jobs(actor: Actor) -> QuerySet[Job]:
    return jobs_for(actor, PENDING)


def recent_failures(actor: Actor, since: datetime) -> QuerySet[Job]:
    """The person's own jobs that failed since then, unless she has had the same done afterwards."""
    own = Job.objects.filter(requested_by=actor.user_id, office=actor.office_id, network=actor.network_id)
    later = own.filter(
        kind=OuterRef("kind"),
        params=OuterRef("params"),
        state=State.DONE,
        finished_at__gt=OuterRef("finished_at"),
    )
    return own.filter(~Exists(later), state=State.FAILED, finished_at__gt=since)


def pending_job(kind: str, key: str) -> Job | None:
    """The job of that kind and key that is waiting or running, to show its progress instead of a button."""
    return Job.objects.filter(kind=kind, key=key, state__in=PENDING).first()
