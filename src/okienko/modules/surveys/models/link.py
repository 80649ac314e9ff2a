"""The address of an answering page: one per service point or channel, printed as a QR on its poster."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.models.office import Channel
from okienko.foundation.offices.scoped import OfficeOwned
from okienko.modules.surveys.models.fieldwork import OfficeWave


class SurveyLink(OfficeOwned):
    """An open link. Its token is random (128 bits); it says where an answer comes from, never from whom."""

    office_wave = models.ForeignKey(OfficeWave, models.PROTECT, related_name="links")
    service_point = models.ForeignKey(
        "offices.ServicePoint", models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices, blank=True)
    label = models.CharField(_("name of the link"), max_length=120, blank=True)
    token = models.CharField(max_length=40, unique=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("label", "pk")

    def __str__(self) -> str:
        return self.label or self.token
