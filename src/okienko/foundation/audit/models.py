"""The append-only audit trail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import InActiveNetwork

KEPT = timedelta(days=730)


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete an entry of the audit trail."""


class AuditQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnly("audit entries are never changed")

    def delete(self):
        raise AppendOnly("audit entries are deleted by the retention schedule only")

    def delete_accounted_for(self, before: datetime) -> int:
        """For the retention schedule: delete what is older than `before`, two years back at the least."""
        if before > timezone.now() - KEPT:
            raise AppendOnly("audit entries are kept for two years")
        count, _kinds = models.QuerySet.delete(self.filter(at__lt=before))
        return count


class AuditManager(models.Manager.from_queryset(AuditQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(InActiveNetwork(F("network_id"), F("office_id")))


class AuditEntry(models.Model):
    """Who did what, where, to what, and what it was before and after. Never a respondent's answer."""

    at = models.DateTimeField(db_default=Now(), db_index=True)
    code = models.CharField(_("action"), max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(_("person"), max_length=120)
    network = models.ForeignKey("offices.Network", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")
    target_type = models.CharField(max_length=80, blank=True)
    target_id = models.CharField(max_length=40, blank=True)
    target_label = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = AuditManager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["target_type", "target_id"], name="audit_target"),
            models.Index(fields=["office", "-at"], name="audit_office_at"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.code} {self.target_label}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise AppendOnly("audit entries are never changed")
        super().save(*args, **kwargs)
