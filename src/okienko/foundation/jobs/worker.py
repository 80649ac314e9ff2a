"""`okienko worker`: takes jobs one after another, starts schedules, and picks up what dead workers left."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from types import FrameType

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from okienko.foundation.jobs import queue, transport
from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.keeper import ThreadKeeper
from okienko.foundation.jobs.kinds import JobReleased
from okienko.foundation.jobs.models import Job
from okienko.foundation.jobs.running import carry_out, worker_name
from okienko.foundation.jobs.schedules import run_schedules

log = structlog.get_logger("okienko.jobs")
QUEUES = ("default", "heavy")
IDLE_SECONDS = 0.5
UPKEEP_SECONDS = 5.0
TROUBLE_SECONDS = 2.0
# Less than a supervisor's patience (`interfaces.cli.together`, systemd): the job is put back in good order.
GRACE_SECONDS = 8.0


class Worker:
    """One process, one job at a time. Run several processes for more."""

    def __init__(self, queues: Sequence[str] = QUEUES, *, once: bool = False) -> None:
        self.name, self.queues, self.once = worker_name(), list(queues), once
        self.stopping = self.busy = False
        self._upkeep_due = 0.0

    def run(self) -> int:
        self._listen_for_signals()
        log.info("worker.started", worker=self.name, queues=self.queues)
        while not self.stopping:
            try:
                close_old_connections()
                worked = self.turn()
            except (DatabaseError, InterfaceError) as error:
                log.warning("worker.database_trouble", error=str(error))
                connection.close()
                time.sleep(TROUBLE_SECONDS)
                continue
            if not worked and self.once:
                break
            if not worked and not self.stopping:
                time.sleep(IDLE_SECONDS)
        log.info("worker.stopped", worker=self.name)
        return 0

    def turn(self) -> bool:
        """Upkeep when it is time, then at most one job; whether there was one."""
        self._upkeep()
        with machinery():
            job = queue.claim(self.name, self.queues, due=timezone.now() - transport.patience())
        if job is None:
            return False
        self._work(job)
        return True

    def _work(self, job: Job) -> None:
        try:
            with ThreadKeeper(job) as keeper:
                self.busy = True
                try:
                    carry_out(job, keeper)
                finally:
                    self.busy = False
                    self._set_alarm(0)
        except JobReleased:
            # The alarm struck outside of the job's own code; the lease brings the job back.
            log.warning("worker.interrupted", job=job.pk)

    def _upkeep(self) -> None:
        if time.monotonic() < self._upkeep_due:
            return
        self._upkeep_due = time.monotonic() + min(UPKEEP_SECONDS, settings.JOB_LEASE_SECONDS / 4)
        with machinery(), translation.override(settings.LANGUAGE_CODE):
            queued, ended = queue.recover(
                _("The work was interrupted several times and has been given up. Order it again.")
            )
        if queued or ended:
            log.warning("worker.recovered", queued_again=queued, given_up=ended)
        run_schedules(timezone.now())

    # --- stopping ------------------------------------------------------------------------------------------

    def _listen_for_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, self._interrupt)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """The first signal lets the running job finish for a while; the second one does not."""
        patience = 0.01 if self.stopping else GRACE_SECONDS
        self.stopping = True
        log.info("worker.stopping", signal=signal.Signals(number).name, busy=self.busy)
        if self.busy:
            self._set_alarm(patience)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.busy:
            raise JobReleased

    @staticmethod
    def _set_alarm(seconds: float) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, seconds)


def run(*, queues: Sequence[str] = QUEUES, once: bool = False) -> int:
    """Work until SIGTERM, or with `once` until nothing is due. Django is set up already."""
    return Worker(queues, once=once).run()
