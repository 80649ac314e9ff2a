"""Reads of the audit trail."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from okienko.foundation.audit.models import AuditEntry


def history_of(target: models.Model) -> QuerySet[AuditEntry]:
    """What was done to one object, newest first."""
    return AuditEntry.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk))


def history() -> QuerySet[AuditEntry]:
    """Everything done in the offices of the active scope, newest first."""
    return AuditEntry.objects.all()
