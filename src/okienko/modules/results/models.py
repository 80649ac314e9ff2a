"""Frozen results: one set per office and wave, computed once when the wave is closed there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import OfficeOwned


class FrozenResults(RuntimeError):
    """Somebody tried to change results that were published."""


class ResultSet(OfficeOwned):
    """What a closed wave says in one office. `document` holds published figures only (`document.Document`).

    The headline's columns repeat the document, so that a page of a hundred offices reads no documents.
    """

    office_wave = models.ForeignKey("surveys.OfficeWave", models.PROTECT, related_name="+")
    wave = models.ForeignKey("surveys.Wave", models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(_("computed"))
    engine = models.CharField(max_length=20)
    data_sha256 = models.CharField(max_length=64)
    inference = models.CharField(max_length=10)
    answers = models.PositiveIntegerField()
    n = models.PositiveIntegerField(null=True)
    estimate = models.FloatField(null=True)
    se = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    cut = models.BooleanField(default=False)
    df = models.FloatField(null=True)
    change = models.FloatField(null=True)
    change_p = models.FloatField(null=True)
    csi = models.FloatField(null=True)
    # what the network's mean is made of: `computing.totals.Totals`
    totals = models.JSONField(null=True)
    document = models.JSONField()

    class Meta:
        ordering = ("-wave__closes_on", "-pk")
        constraints = (models.UniqueConstraint(fields=["office", "office_wave"], name="results_set_once"),)

    def __str__(self) -> str:
        return f"{self.office_wave}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise FrozenResults("published results are never changed")
        super().save(*args, **kwargs)


class ReportState(models.TextChoices):
    DRAFT = "draft", _("being written")
    HANDED = "handed", _("handed over")
    DECIDED = "decided", _("decided")


class Decision(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    CHANGED = "changed", _("accepted with changes")
    REJECTED = "rejected", _("not accepted")


class Report(OfficeOwned):
    """What the coordinator says about a closed wave, and what the head of the office decides.

    Handed over it is frozen; a correction is a new version.
    """

    results = models.ForeignKey(ResultSet, models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    conclusions = models.TextField(_("conclusions"), blank=True)
    proposal = models.TextField(_("proposed decision"), blank=True)
    owner = models.CharField(_("who does it"), max_length=200, blank=True)
    due = models.DateField(_("by when"), null=True, blank=True)
    next_survey = models.TextField(_("the next survey"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    written_by = models.CharField(max_length=200, blank=True)
    handed_at = models.DateTimeField(null=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decision_words = models.TextField(_("in words"), blank=True)
    decision_due = models.DateField(_("by when"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, related_name="+")
    file_revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=["results", "version"], name="results_report_once"),)

    def __str__(self) -> str:
        return f"{self.results} – {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == ReportState.DRAFT

    @property
    def missing(self) -> list[str]:
        """In words, what a draft must still say before anybody can decide on it."""
        names = ("conclusions", "proposal", "owner", "due")
        return [
            str(self._meta.get_field(name).verbose_name)
            for name in names
            if not str(getattr(self, name) or "").strip()
        ]

    @property
    def has_current_file(self) -> bool:
        return self.file_id is not None and self.file_revision == self.revision


class WeightsState(models.TextChoices):
    DRAFT = "draft", _("not decided")
    USED = "used", _("used")
    REFUSED = "refused", _("not used")


class WaveWeights(OfficeOwned):
    """What is known of the clients in an office's wave, and whether its answers are weighted to it.

    Once decided it is never changed: the results stand on it.
    """

    office_wave = models.ForeignKey("surveys.OfficeWave", models.PROTECT, related_name="+")
    # `computing.weighed.KnownMargin`
    margins = models.JSONField(default=list)
    # no weight is greater than so many mean weights, or smaller than such a part of it
    limit = models.PositiveSmallIntegerField(_("greatest weight"), default=5)
    state = models.CharField(max_length=10, choices=WeightsState.choices, default=WeightsState.DRAFT)
    changed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["office", "office_wave"], name="results_weights_once"),
        )

    def __str__(self) -> str:
        return f"{self.office_wave}"

    @property
    def waits(self) -> bool:
        """Whether results must wait for the decision."""
        return self.state == WeightsState.DRAFT and bool(self.margins)
