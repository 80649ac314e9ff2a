"""A backend of Django's Tasks API for which the table of jobs is the queue."""

from __future__ import annotations

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError

DELIVER = "okienko.foundation.jobs.transport.deliver"


class JobTableBackend(BaseTaskBackend):
    """Stores nothing: the job's row is there already, and workers look for it.

    Only `transport.deliver` is taken, for any other task would be lost in silence.
    """

    def enqueue(self, task: Task, args: tuple, kwargs: dict) -> TaskResult:
        self.validate_task(task)
        if task.module_path != DELIVER:
            raise InvalidTaskError(f"{task.module_path}: declare it with @job and order it with enqueue()")
        return TaskResult(
            task=task,
            id=str(args[0]),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
