"""An import of answers from a file: its mapping, what it did, and whether it was undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okienko.foundation.offices.scoped import OfficeOwned


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("waiting for the mapping")
    CHECKED = "checked", _("checked")
    DONE = "done", _("imported")
    UNDONE = "undone", _("undone")
    FAILED = "failed", pgettext_lazy("import", "failed")


class ImportRun(OfficeOwned):
    """One file on its way in. All of its rows go in, or none."""

    office_wave = models.ForeignKey("surveys.OfficeWave", models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    file_sha256 = models.CharField(max_length=64)
    # id of the stored file (foundation.files); kept until the import is done or given up
    file_id = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    rows = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
