"""Carrying out one claimed job: the scope, the person, the language, and every way it can end."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import nullcontext
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from okienko.foundation.jobs import queue
from okienko.foundation.jobs.context import JobContext, Keeper
from okienko.foundation.jobs.door import machinery, scope_of
from okienko.foundation.jobs.keeper import InlineKeeper
from okienko.foundation.jobs.kinds import (
    JobCancelled,
    JobFault,
    JobReleased,
    LeaseLost,
    UnknownKind,
    get_kind,
)
from okienko.foundation.jobs.models import Job, RequestedAs
from okienko.foundation.offices import selectors
from okienko.foundation.offices.actor import Actor, system_actor
from okienko.foundation.offices.scope import ScopeViolation, open_scope

log = structlog.get_logger("okienko.jobs")


@dataclass(frozen=True)
class Outcome:
    """How a run ended: done, fault, error (tried again or given up), cancelled, released, lost."""

    word: str
    error: BaseException | None = None


def worker_name() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def carry_out_delivered(job_id: int) -> None:
    """For backends that deliver: run the job here, unless somebody has taken it already."""
    with machinery():
        job = queue.claim_one(worker_name(), job_id)
    if job is not None:
        carry_out(job, InlineKeeper(job))


def carry_out(job: Job, keeper: Keeper) -> Outcome:
    """Run a claimed job and write down how it ended. Raises nothing but what ends the process."""
    with structlog.contextvars.bound_contextvars(job=job.pk, kind=job.kind, attempt=job.attempts):
        log.info("job.started", worker=job.worker)
        with translation.override(_language(job)):
            outcome = _attempt(job, keeper)
        log.info("job.ended", outcome=outcome.word)
    return outcome


def _attempt(job: Job, keeper: Keeper) -> Outcome:
    context: JobContext | None = None
    try:
        context = JobContext(job, requester(job), keeper)
        result = _call(job, context)
    except (JobCancelled, JobReleased, LeaseLost) as interruption:
        return _interrupted(job, interruption)
    except Exception as error:
        return _sealed_then_broke(error) if context and context.is_sealed else _failed(job, error)
    if not context.is_sealed:
        with machinery():
            if not queue.finish(job, result or context.result):
                return Outcome("lost")
    return Outcome("done")


def _call(job: Job, context: JobContext) -> dict | None:
    kind = get_kind(job.kind)
    # Inline inside somebody's transaction, a database error must not spoil the outer one.
    guard = transaction.atomic() if connection.in_atomic_block else nullcontext()
    with open_scope(scope_of(job)), guard:
        return kind.run(context, **job.params)


def requester(job: Job) -> Actor:
    """Whoever ordered the job, with the rights of today, not of the day it was ordered."""
    if job.requested_as == RequestedAs.SYSTEM:
        return system_actor(job.requested_name, office_id=job.office_id, network_id=job.network_id)
    access = None
    if job.requested_by is not None and job.requested_by.is_active:
        if job.requested_as == RequestedAs.NETWORK:
            access = selectors.network_access(job.requested_by, job.network.slug)
        elif job.office is not None:
            access = selectors.office_access(job.requested_by, job.office.slug)
    if access is None:
        raise JobFault(_("The person who ordered this no longer works here. Somebody else may order it."))
    return access.actor


def _language(job: Job) -> str:
    return job.requested_by.language if job.requested_by else settings.LANGUAGE_CODE


def _interrupted(job: Job, interruption: BaseException) -> Outcome:
    with machinery():
        if isinstance(interruption, JobCancelled):
            return Outcome("cancelled" if queue.cancel(job) else "lost")
        if isinstance(interruption, JobReleased):
            return Outcome("released" if queue.release(job) else "lost")
    return Outcome("lost")


def _failed(job: Job, error: Exception) -> Outcome:
    text, reference = _explained(error), ""
    with machinery():
        if text:
            log.info("job.fault", error=str(error))
            return Outcome("fault" if queue.fail(job, text) else "lost", error)
        reference = secrets.token_hex(4).upper()
        log.error("job.error", reference=reference, exc_info=error)
        if job.attempts < job.max_attempts:
            held = queue.postpone(job, reference)
        else:
            text = _("Something unexpected happened, and trying again did not help.")
            held = queue.fail(job, text, reference)
    return Outcome("error" if held else "lost", error)


def _explained(error: Exception) -> str:
    """What to tell the person when trying again cannot help; empty for errors nobody expected."""
    if isinstance(error, JobFault):
        return str(error)
    if isinstance(error, PermissionDenied | ScopeViolation):
        return _("The person who ordered this may not do it (any more). Ask the coordinator of the office.")
    if isinstance(error, ObjectDoesNotExist):
        return _("What this was about has been deleted in the meantime.")
    if isinstance(error, UnknownKind):
        return _("This version of Okienko does not know how to do this.")
    return ""


def _sealed_then_broke(error: Exception) -> Outcome:
    """The job is done and committed; what followed `sealed()` should not be there."""
    log.error("job.error_after_seal", exc_info=error)
    return Outcome("done", error)
