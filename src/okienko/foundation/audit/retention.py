"""Scheduled deletion of old entries of the audit trail: the one way out of an append-only table."""

from __future__ import annotations

from datetime import datetime

from okienko.foundation.audit.models import AuditEntry


def purge_entries(before: datetime) -> int:
    """Delete entries older than `before`, which must lie two years back or more."""
    return AuditEntry.objects.all().delete_accounted_for(before)
