"""Paper forms typed in by a clerk: batches per service point, forms, a second typing of a sample."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import OfficeOwned


class EntryBatch(OfficeOwned):
    """A pile of paper forms from one point and day ("partia formularzy")."""

    office_wave = models.ForeignKey("surveys.OfficeWave", models.PROTECT, related_name="+")
    service_point = models.ForeignKey(
        "offices.ServicePoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("service point"),
    )
    number = models.PositiveIntegerField()
    day = models.DateField(_("day on which the forms were filled in"))
    expected = models.PositiveIntegerField(_("number of forms in the pile"))
    spoiled = models.PositiveIntegerField(_("forms that cannot be read"), default=0)
    # every which form is typed a second time by another person; 0 = none
    double_every = models.PositiveSmallIntegerField(_("type every which form twice"), default=10)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=["office", "office_wave", "number"], name="collection_batch_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}"


class EntryForm(OfficeOwned):
    """One form of a batch as typed, and as typed again. Becomes a response when the batch is closed."""

    batch = models.ForeignKey(EntryBatch, models.PROTECT, related_name="forms")
    number = models.PositiveIntegerField()
    # of the screen on which it was typed: sending that screen twice makes one form
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    answers = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    language = models.CharField(max_length=8, default="pl")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    second_answers = models.JSONField(null=True)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # item codes on which the two typings differ and which nobody has settled yet
    differences = models.JSONField(default=list)
    # how many codes differed when first compared: the measured misread rate
    differed = models.PositiveIntegerField(null=True)
    compared = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["office", "batch", "number"], name="collection_form_once"),
            models.UniqueConstraint(fields=["office", "batch", "key"], name="collection_form_sent_once"),
        )

    def __str__(self) -> str:
        return f"{self.batch}/{self.number}"
