"""How a worker learns of a job: through Django's Tasks API, whose backend the setting `TASKS` chooses.

A delivery is a mere wake-up. Delivered twice, a job still runs once (the claim decides); lost, it is found by
`okienko worker`, which looks at the table itself.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from django_tasks import task, task_backends

from okienko.foundation.jobs.backend import JobTableBackend
from okienko.foundation.jobs.running import carry_out_delivered

log = structlog.get_logger("okienko.jobs")
# With a backend that delivers, the worker that looks at the table leaves it this much time to do so.
DELIVERY_GRACE = timedelta(seconds=30)


@task
def deliver(job_id: int) -> None:
    """What a delivering backend runs, in whichever process it likes."""
    carry_out_delivered(job_id)


def announce(job_id: int, queue: str) -> None:
    """Tell the backend. Its failure loses nothing and must not spoil the request that ordered the job."""
    try:
        deliver.using(queue_name=queue).enqueue(job_id)
    except Exception:
        log.exception("job.not_announced", job=job_id)


def patience() -> timedelta:
    """How long after it is due a worker that looks at the table leaves a job to the deliverer."""
    return timedelta() if isinstance(task_backends["default"], JobTableBackend) else DELIVERY_GRACE
