"""The job's door of the office scope (`offices.scope` names all four)."""

from __future__ import annotations

from contextlib import AbstractContextManager

from okienko.foundation.jobs.models import Job
from okienko.foundation.offices.scope import OfficeScope, office_scope, open_scope


def machinery() -> AbstractContextManager[OfficeScope]:
    """For the rows of the queue itself: a worker serves all offices. Never open while a job's code runs."""
    return open_scope(OfficeScope(everything=True))


def scope_of(job: Job) -> OfficeScope:
    """What the job's code may see and write: its office, its network, or, if it has neither, everything."""
    if job.office is not None:
        return office_scope([job.office_id], [job.network_id])
    if job.network is not None:
        offices = job.network.offices.values_list("pk", flat=True)
        return office_scope(offices, [job.network_id], writes_network=True)
    return OfficeScope(everything=True)
