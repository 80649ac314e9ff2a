"""`run_jobs()`: carry out all ordered jobs now, in the test's own connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from okienko.foundation.jobs import queue
from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.keeper import InlineKeeper
from okienko.foundation.jobs.kinds import JobFault
from okienko.foundation.jobs.models import Job
from okienko.foundation.jobs.running import carry_out

QUEUES = ["default", "heavy"]
FAR = timedelta(days=3650)


@pytest.fixture
def run_jobs() -> Callable[..., list[Job]]:
    """Runs what is queued, and what waits for another attempt, until nothing is left; the jobs as they ended.

    An error that no job expected (anything but `JobFault`) is raised in the test, unless `keep_errors=True`.
    """

    def run(*, keep_errors: bool = False) -> list[Job]:
        ended: dict[int, Job] = {}
        while (job := _claim()) is not None:
            outcome = carry_out(job, InlineKeeper(job))
            if outcome.error is not None and not keep_errors and not isinstance(outcome.error, JobFault):
                raise outcome.error
            with machinery():
                job.refresh_from_db()
            ended[job.pk] = job
        return list(ended.values())

    return run


def _claim() -> Job | None:
    with machinery():
        return queue.claim("test", QUEUES, due=timezone.now() + FAR)
