"""A remark in the respondent's own words, apart from the answer it came with.

It is taken out of the answers when the part of the wave closes, in random order: nothing says whose it was,
what else that person answered, or when. See `docs/privacy.md`.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy

from okienko.foundation.offices.scoped import OfficeOwned


class RemarkState(models.TextChoices):
    NEW = "new", pgettext_lazy("remark", "to be read")
    APPROVED = "approved", pgettext_lazy("remark", "shown")
    HIDDEN = "hidden", pgettext_lazy("remark", "not shown")


class Remark(OfficeOwned):
    """One text of one respondent ("uwaga")."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office_wave = models.ForeignKey("surveys.OfficeWave", models.PROTECT, related_name="+")
    item = models.CharField(max_length=80)
    # as written; emptied a year after the wave, then only the masked text is left
    text = models.TextField(blank=True)
    # with codes such as ⟨phone⟩ (see redaction.py); the only text that anybody but a coordinator sees
    masked = models.TextField()
    masked_by_machine = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RemarkState.choices, default=RemarkState.NEW)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["office_wave", "state"], name="collection_remark_state"),)

    def __str__(self) -> str:
        return self.item  # never the text: this goes to the audit trail
