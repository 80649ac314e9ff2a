"""What a running job is given: whose it is, who ordered it, and how to tell how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from okienko.foundation.jobs import queue
from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.kinds import LeaseLost
from okienko.foundation.jobs.models import Job
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Network, Office


class Keeper(Protocol):
    """Keeps the lease while the job runs; see `keeper`."""

    def note(self, **progress: Any) -> None: ...

    def check(self) -> None: ...


class JobContext:
    """The first argument of every job. `by` has the rights that the person has today."""

    def __init__(self, job: Job, by: Actor, keeper: Keeper) -> None:
        self._job, self._keeper = job, keeper
        self.by = by
        self.result: dict[str, Any] = {}
        self.is_sealed = False

    @property
    def id(self) -> int:
        return self._job.pk

    @property
    def office(self) -> Office | None:
        return self._job.office

    @property
    def network(self) -> Network | None:
        return self._job.network

    @property
    def attempt(self) -> int:
        return self._job.attempts

    @property
    def at(self) -> datetime:
        """The time to hand to commands: when they are called, not when the job was ordered."""
        return timezone.now()

    def progress(self, done: int, total: int | None = None, text: str = "") -> None:
        """Tell how far: `done` of `total`, and what is being done now. Call it often; it is cheap.

        Here a job ends when a person cancels it, its worker stops, or its lease is lost.
        """
        self._keeper.note(done=done, total=total, words=str(text)[:200])
        self._keeper.check()

    @contextmanager
    def sealed(self) -> Iterator[None]:
        """One transaction for what is written inside *and* the job's own end: both happen or neither, once.

        Set `result` inside. Nothing may follow it in the job. On SQLite nobody else writes while it is open,
        so compute first and only write here.
        """
        self._keeper.check()
        with transaction.atomic():
            yield
            with machinery():
                if not queue.finish(self._job, self.result):
                    raise LeaseLost
        self.is_sealed = True
