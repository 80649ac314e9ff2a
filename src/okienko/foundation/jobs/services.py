"""What people may do to jobs: stop them, and order failed ones again."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okienko.foundation.audit.commands import command, note
from okienko.foundation.jobs import transport
from okienko.foundation.jobs.kinds import JobFault
from okienko.foundation.jobs.models import Job, State
from okienko.foundation.offices.actor import Actor


@command("jobs.cancel")
def cancel_job(*, job: Job, by: Actor, at: datetime) -> Job:
    """A waiting job is cancelled at once, a running one at its next step; a finished one stays as it is."""
    _require_own_or_managed(job, by)
    jobs = Job.objects.filter(pk=job.pk)
    note(target=job, before={"state": job.state})
    if not jobs.filter(state=State.QUEUED).update(state=State.CANCELLED, finished_at=at):
        jobs.filter(state=State.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()
    note(after={"state": job.state, "cancel_requested": job.cancel_requested})
    return job


@command("jobs.retry")
def retry_job(*, job: Job, by: Actor, at: datetime) -> Job:
    """Order a failed or cancelled job once more, with all its attempts; it runs as who ordered it first."""
    _require_own_or_managed(job, by)
    note(target=job, before={"state": job.state})
    ended = Job.objects.filter(pk=job.pk, state__in=(State.FAILED, State.CANCELLED))
    try:
        with transaction.atomic():
            again = ended.update(
                state=State.QUEUED, attempts=0, cancel_requested=False, available_at=at, finished_at=None,
                error="", reference="", words="", done=0, total=None,
            )  # fmt: skip
    except IntegrityError as error:
        raise JobFault(_("The same job is waiting or running already.")) from error
    if again:
        transaction.on_commit(partial(transport.announce, job.pk, job.queue))
    job.refresh_from_db()
    note(after={"state": job.state})
    return job


def _require_own_or_managed(job: Job, by: Actor) -> None:
    if not by.can("jobs.manage") and (by.user_id is None or job.requested_by_id != by.user_id):
        raise PermissionDenied("jobs.manage")
