"""A wave in one office: population, how people are chosen, points, shifts, forms issued and returned."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.scoped import OfficeOwned
from okienko.modules.surveys.models.survey import Wave, WaveState, last_day


class SampleKind(models.TextChoices):
    """How people are chosen decides what may be concluded (docs/methodology.md)."""

    CENSUS = "census", _("everybody is asked")
    RANDOM_LIST = "random_list", _("drawn from a list")
    SYSTEMATIC = "systematic", _("every k-th client at the service points, by shifts")
    OPEN = "open", _("open link or ballot box")

    @property
    def is_probability(self) -> bool:
        return self is not SampleKind.OPEN


class OfficeWave(OfficeOwned):
    """The fieldwork of a wave in one office ("realizacja fali w urzędzie")."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="office_waves")
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.PLANNED)
    sample_kind = models.CharField(
        _("how people are chosen"), max_length=12, choices=SampleKind.choices, blank=True
    )
    population = models.PositiveIntegerField(_("number of clients in the period"), null=True, blank=True)
    population_source = models.CharField(_("where the number comes from"), max_length=200, blank=True)
    target = models.PositiveIntegerField(_("answers wanted"), null=True, blank=True)
    expected_return = models.PositiveSmallIntegerField(_("expected return, per cent"), null=True, blank=True)
    # the seed of the drawn shifts: anybody can draw them again and get the same plan
    shift_seed = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(_("remarks on the fieldwork"), blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-wave__opens_on", "-pk")
        constraints = (models.UniqueConstraint(fields=["office", "wave"], name="surveys_office_wave_once"),)

    def __str__(self) -> str:
        return str(self.wave)

    @property
    def never_begun(self) -> bool:
        """The wave was closed before this office opened it."""
        return self.state == WaveState.CLOSED and self.opened_at is None

    @property
    def last_day(self) -> date:
        """In this office: it may have closed its part before the network closed the wave."""
        return last_day(self.wave.opens_on, self.wave.closes_on, self.closed_at)


class PointPlan(OfficeOwned):
    """A service point (a stratum) in a wave: its size, and what happened to the paper forms there."""

    office_wave = models.ForeignKey(OfficeWave, models.PROTECT, related_name="points")
    service_point = models.ForeignKey("offices.ServicePoint", models.PROTECT, related_name="+")
    # days that the point serves clients in the period: the population of PSUs, for the finite correction
    days_open = models.PositiveIntegerField(_("days open in the period"), null=True, blank=True)
    visits = models.PositiveIntegerField(_("clients in the period"), null=True, blank=True)
    interval = models.PositiveIntegerField(_("every which client"), null=True, blank=True)
    issued = models.PositiveIntegerField(_("forms issued"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("forms returned"), null=True, blank=True)
    spoiled = models.PositiveIntegerField(_("forms spoiled"), null=True, blank=True)

    class Meta:
        ordering = ("service_point__name",)
        constraints = (
            models.UniqueConstraint(
                fields=["office", "office_wave", "service_point"], name="surveys_point_plan_once"
            ),
            models.CheckConstraint(condition=Q(returned__lte=F("issued")), name="surveys_point_returned"),
            models.CheckConstraint(condition=Q(spoiled__lte=F("returned")), name="surveys_point_spoiled"),
        )

    def __str__(self) -> str:
        return str(self.service_point)


class Shift(OfficeOwned):
    """A day (or a part of it) on which forms are handed out at a point: a PSU is point × day."""

    point_plan = models.ForeignKey(PointPlan, models.CASCADE, related_name="shifts")
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    # the random start of the systematic sample: give the first form to this client, then to every k-th
    first_client = models.PositiveIntegerField(_("first client"), null=True, blank=True)

    class Meta:
        ordering = ("day", "starts_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["office", "point_plan", "day", "starts_at"], name="surveys_shift_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.point_plan} {self.day}"
