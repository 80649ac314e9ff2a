"""Jobs, and the ticks of the schedules that started some of them."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import OwnerOnly


class State(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


PENDING = (State.QUEUED, State.RUNNING)


class RequestedAs(models.TextChoices):
    """As whom the job was ordered; its rights are looked up anew when it runs."""

    OFFICE = "office"
    NETWORK = "network"
    SYSTEM = "system"


class Job(OwnerOnly):
    """One piece of ordered work. The row is the queue, the progress, and the result."""

    kind = models.CharField(max_length=80)
    title = models.CharField(_("job"), max_length=200)
    queue = models.CharField(max_length=30, default="default")
    params = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    requested_name = models.CharField(_("ordered by"), max_length=120)
    requested_as = models.CharField(max_length=10, choices=RequestedAs.choices)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    cancel_requested = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    words = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    error = models.TextField(blank=True)
    reference = models.CharField(max_length=12, blank=True)

    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    # The lease: whoever holds `token` may write; after `lease_until` another worker may take the job.
    worker = models.CharField(max_length=80, blank=True)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=["state", "available_at"], name="jobs_due"),
            models.Index(fields=["office", "-created_at"], name="jobs_office_at"),
        )
        constraints = (
            # Only while it is pending: a finished report may be ordered again.
            models.UniqueConstraint(
                fields=["office", "kind", "key"],
                condition=Q(state__in=PENDING) & ~Q(key=""),
                name="jobs_office_key_once",
            ),
            models.UniqueConstraint(
                fields=["network", "kind", "key"],
                condition=Q(state__in=PENDING, office=None) & ~Q(key=""),
                name="jobs_network_key_once",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    @property
    def percent(self) -> int | None:
        """How far, 0 to 100; `None` when the total is not known."""
        return min(100, 100 * self.done // self.total) if self.total else None


class Tick(models.Model):
    """A moment of a schedule that has been dealt with. Unique, so that of several workers one starts it."""

    name = models.CharField(max_length=80)
    due_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "due_at"], name="jobs_tick_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"
