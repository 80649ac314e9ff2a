"""Scheduled deletion: every entry of the register that has a term is purged, each by itself."""

from __future__ import annotations

from datetime import datetime

import structlog

from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import PersonalData
from okienko.foundation.retention import selectors, services
from okienko.foundation.retention.models import PurgeRun

log = structlog.get_logger("okienko.retention")


def purge_expired(at: datetime) -> list[PurgeRun]:
    """Delete all personal data whose term has passed; one entry's failure does not stop the others."""
    by = system_actor("Usuwanie danych po terminie")
    with all_offices("scheduled deletion of personal data"):
        runs = [_purge(entry, by, at) for entry in selectors.entries() if entry.purge]
        services.forget_old_runs(by=by, at=at)
    return runs


def _purge(entry: PersonalData, by, at: datetime) -> PurgeRun:
    try:
        run = services.purge(entry=entry, by=by, at=at)
    except Exception as error:  # whatever went wrong with one, the others must still be deleted
        log.exception("retention.failed", code=entry.code)
        return services.record_failure(entry=entry, error=type(error).__name__, by=by, at=at)
    log.info("retention.purged", code=entry.code, deleted=run.deleted)
    return run
