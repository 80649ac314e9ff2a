"""A survey and its waves: shared by a network's offices, or one office's own."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okienko.foundation.offices.scoped import NetworkOwned


class Survey(NetworkOwned):
    """A survey ("badanie"): one subject, one questionnaire, repeated in waves."""

    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("aim"), blank=True)
    team = models.TextField(_("team"), blank=True)
    questionnaire = models.ForeignKey("questionnaires.Questionnaire", models.PROTECT, related_name="+")
    # offices differ in whether a clerk may fill in the form for a client; the report says which it was
    staff_may_help = models.BooleanField(_("staff may help to fill in the form"), default=False)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> str:
        """Clients, staff or partners: the questionnaire says."""
        return self.questionnaire.audience


class WaveState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("wave", "planned")
    OPEN = "open", pgettext_lazy("wave", "open")
    CLOSED = "closed", pgettext_lazy("wave", "closed")


def last_day(opens_on: date, closes_on: date, closed_at: datetime | None) -> date:
    """The last day on which people could answer: what was closed early ended before its planned last day."""
    return closes_on if closed_at is None else max(opens_on, min(closes_on, timezone.localdate(closed_at)))


class Wave(NetworkOwned):
    """One run of a survey ("fala"). Its questionnaire version is frozen when the wave opens."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="waves")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=80)
    version = models.ForeignKey(
        "questionnaires.QuestionnaireVersion", models.PROTECT, null=True, related_name="+"
    )
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("to"))
    # paper forms are typed after the last client has answered; the wave closes by itself the day after
    entry_until = models.DateField(_("paper forms typed by"))
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.PLANNED)
    # weights of the areas, fixed by the network for comparisons between offices; {} = stated importance
    area_weights = models.JSONField(default=dict, blank=True)
    # smallest group that is published in this wave
    threshold = models.PositiveSmallIntegerField(_("smallest group shown"), default=5)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("survey", "-number")
        constraints = (
            models.UniqueConstraint(fields=["network", "survey", "number"], name="surveys_wave_number_once"),
            models.UniqueConstraint(
                fields=["network", "survey"], condition=Q(state="open"), name="surveys_wave_one_open"
            ),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="surveys_wave_dates"),
            models.CheckConstraint(
                condition=Q(entry_until__gte=F("closes_on")), name="surveys_wave_entry_date"
            ),
        )

    def __str__(self) -> str:
        return f"{self.survey}: {self.name}"

    @property
    def last_day(self) -> date:
        return last_day(self.opens_on, self.closes_on, self.closed_at)
