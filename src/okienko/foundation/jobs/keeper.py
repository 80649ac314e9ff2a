"""Keeping a lease: in a thread while a worker works, or in the same connection for jobs that run inline."""

from __future__ import annotations

import threading
import time
from typing import Any

import structlog
from django.db import DatabaseError, InterfaceError, connection

from okienko.foundation.jobs import queue
from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.kinds import JobCancelled, LeaseLost
from okienko.foundation.jobs.models import Job

log = structlog.get_logger("okienko.jobs")
BEAT_SECONDS = 1.0


def _cancel_requested(job: Job) -> bool:
    return bool(Job.objects.filter(pk=job.pk).values_list("cancel_requested", flat=True).first())


class InlineKeeper:
    """Writes at once, on the job's own connection; nobody else runs, so the lease needs no care."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def note(self, **progress: Any) -> None:
        with machinery():
            if not queue.renew(self._job, progress):
                raise LeaseLost

    def check(self) -> None:
        with machinery():
            if _cancel_requested(self._job):
                raise JobCancelled


class ThreadKeeper:
    """Renews the lease and publishes progress once a second from a thread with a connection of its own.

    So the lease holds through long steps that report nothing, and progress is seen while the job's own
    transaction is still open.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._progress: dict[str, Any] = {}
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._lost = self._cancelled = False
        self._renewed = time.monotonic()
        self._thread = threading.Thread(target=self._run, name=f"lease-of-job-{job.pk}", daemon=True)

    def __enter__(self) -> ThreadKeeper:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._thread.join()

    def note(self, **progress: Any) -> None:
        with self._lock:
            self._progress = progress

    def check(self) -> None:
        if self._lost or time.monotonic() - self._renewed > queue.lease().total_seconds():
            raise LeaseLost
        if self._cancelled:
            raise JobCancelled

    def _run(self) -> None:
        try:
            while not (self._lost or self._stop.wait(BEAT_SECONDS)):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        with self._lock:
            progress, self._progress = self._progress, {}
        begun = time.monotonic()
        quiet = begun - self._renewed
        try:
            with machinery():
                if progress or quiet > queue.lease().total_seconds() / 4:
                    self._lost = not queue.renew(self._job, progress)
                    self._renewed = begun
                self._cancelled = _cancel_requested(self._job)
        except (DatabaseError, InterfaceError) as error:
            # A restarting database or a long write lock of SQLite: the next beat tries again.
            log.warning("job.heartbeat_missed", job=self._job.pk, error=str(error))
            connection.close()
            with self._lock:
                self._progress = self._progress or progress
