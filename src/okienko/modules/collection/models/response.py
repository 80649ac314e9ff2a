"""One row per response: nothing of the request, the day but not the time, a random id.

See `docs/privacy.md`. What arrived in the same minute must not be readable from ids, times or row order.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import OfficeOwned


class Mode(models.TextChoices):
    WEB = "web", _("online form")
    PAPER = "paper", _("paper form")
    INTERVIEW = "interview", _("interview")
    IMPORT = "import", _("imported")


class Response(OfficeOwned):
    """A filled-in questionnaire ("wypełniona ankieta")."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office_wave = models.ForeignKey("surveys.OfficeWave", models.PROTECT, related_name="+")
    service_point = models.ForeignKey("offices.ServicePoint", models.PROTECT, null=True, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode.choices)
    language = models.CharField(max_length=8, default="pl")
    day = models.DateField()
    # item code -> code; absent = empty, -2 don't know, -3 not applicable, -4 not shown
    answers = models.JSONField(default=dict)
    # item code -> text
    texts = models.JSONField(default=dict)
    # from an import or a plan; empty = by the office's plan (stratum = point, PSU = point × day)
    stratum = models.CharField(max_length=60, blank=True)
    psu = models.CharField(max_length=60, blank=True)
    weight = models.FloatField(null=True)
    # codes of doubt: honeypot, burst, duplicate, straight_line; counted and shown, never dropped unseen
    flags = models.JSONField(default=list)
    excluded = models.BooleanField(default=False)
    import_run = models.ForeignKey("collection.ImportRun", models.PROTECT, null=True, related_name="+")

    class Meta:
        # All that counting needs: a hundred waves are counted without reading the answers.
        indexes = (models.Index(fields=["office_wave", "excluded", "office"], name="collection_counted"),)

    def __str__(self) -> str:
        return str(self.id)


class SubmissionKey(models.Model):
    """The keyed hash of a one-time submission key: a second POST of it changes nothing. Lives 48 hours.

    It points at no response. Not scoped: it belongs to nobody and says nothing.
    """

    key_hash = models.BinaryField(primary_key=True, max_length=32)
    expires_on = models.DateField(db_index=True)

    class Meta:
        verbose_name = _("submission key")

    def __str__(self) -> str:
        return bytes(self.key_hash).hex()
