"""A kind of doubtful answers that a coordinator has left out of the results, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import OfficeOwned


class Flag(models.TextChoices):
    HONEYPOT = "honeypot", _("hidden field filled in")
    BURST = "burst", _("many through one link within a minute")
    DUPLICATE = "duplicate", _("the same in every question")
    STRAIGHT_LINE = "straight_line", _("one mark for everything")


class Exclusion(OfficeOwned):
    """All answers that carried a flag at that moment do not count."""

    office_wave = models.ForeignKey("surveys.OfficeWave", models.PROTECT, related_name="+")
    flag = models.CharField(max_length=20, choices=Flag.choices)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["office", "office_wave", "flag"], name="collection_exclusion_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.get_flag_display())
