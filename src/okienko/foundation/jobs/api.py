"""What the rest of Okienko uses of the jobs."""

from okienko.foundation.jobs.context import JobContext
from okienko.foundation.jobs.kinds import JobFault, job
from okienko.foundation.jobs.orders import enqueue

__all__ = ["JobContext", "JobFault", "enqueue", "job"]
