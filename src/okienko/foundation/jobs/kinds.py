"""Kinds of jobs, and the ways in which one may end early. Needs neither models nor a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Run = Callable[..., Any]


class JobFault(Exception):
    """The job cannot be done, and trying again would not help. The text is for the person who ordered it."""


class Interruption(BaseException):
    """Ends a running job from outside. Not an `Exception`, so that no job swallows it by mistake."""


class JobCancelled(Interruption):
    """A person has asked to stop."""


class LeaseLost(Interruption):
    """Another worker holds the job by now: nothing more may be written in its name."""


class JobReleased(Interruption):
    """The worker is stopping: the job goes back to the queue."""


class UnknownKind(LookupError):
    """A job of a kind that this version does not know."""


@dataclass(frozen=True)
class JobKind:
    """`run(context, **ids)` does the work; it is tried at most `max_attempts` times."""

    code: str
    run: Run
    queue: str
    max_attempts: int


KINDS: dict[str, JobKind] = {}


def job(*, kind: str, queue: str = "default", max_attempts: int = 3) -> Callable[[Run], Run]:
    """Declare `def run(job: JobContext, **ids) -> dict | None` in an app's `jobs.py` as a kind of job.

    The function may be started more than once for one order (a worker dies, the network breaks), so it is
    idempotent: either what it writes is the same the second time, or it writes inside `with job.sealed():`.
    """

    def decorate(run: Run) -> Run:
        known = KINDS.get(kind)
        if known is not None and known.run.__qualname__ != run.__qualname__:
            raise ValueError(f"two jobs are of the kind {kind!r}")
        run.job_kind = KINDS[kind] = JobKind(kind, run, queue, max_attempts)
        return run

    return decorate


def kind_of(run: Run) -> JobKind:
    found = getattr(run, "job_kind", None)
    if found is None:
        raise UnknownKind(f"{run!r} is not declared with @job")
    return found


def get_kind(code: str) -> JobKind:
    try:
        return KINDS[code]
    except KeyError as error:
        raise UnknownKind(f"no app declares the job {code!r} in its jobs.py") from error
