"""Links: the only reads of this module that a respondent's request makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from okienko.foundation.offices.scope import by_secret
from okienko.modules.surveys.models import OfficeWave, PointPlan, SurveyLink, last_day
from okienko.modules.surveys.rules import AnsweringStatus, answering_status

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")
_ANSWERING = {
    "token": "token",
    "link_id": "pk",
    "is_active": "is_active",
    "office_id": "office_id",
    "office_slug": "office__slug",
    "office_name": "office__name",
    "network_id": "office__network_id",
    "office_wave_id": "office_wave_id",
    "office_wave_state": "office_wave__state",
    "wave_id": "office_wave__wave_id",
    "wave_name": "office_wave__wave__name",
    "wave_state": "office_wave__wave__state",
    "opens_on": "office_wave__wave__opens_on",
    "closes_on": "office_wave__wave__closes_on",
    "closed_at": "office_wave__closed_at",
    "survey_id": "office_wave__wave__survey_id",
    "survey_name": "office_wave__wave__survey__name",
    "audience": "office_wave__wave__survey__questionnaire__audience",
    "version_id": "office_wave__wave__version_id",
    "version_sha256": "office_wave__wave__version__sha256",
    "service_point_id": "service_point_id",
    "service_point_name": "service_point__name",
    "channel": "channel",
}


@dataclass(frozen=True)
class AnsweringLink:
    """Where an answer that comes through a link belongs, and whether it may come today."""

    token: str
    link_id: int
    is_active: bool
    office_id: int
    office_slug: str
    office_name: str
    network_id: int
    office_wave_id: int
    office_wave_state: str
    wave_id: int
    wave_name: str
    wave_state: str
    opens_on: date
    closes_on: date
    closed_at: datetime | None
    survey_id: int
    survey_name: str
    audience: str
    version_id: int | None
    version_sha256: str | None
    service_point_id: int | None
    service_point_name: str | None
    channel: str

    @property
    def last_day(self) -> date:
        return last_day(self.opens_on, self.closes_on, self.closed_at)

    def status(self, today: date) -> AnsweringStatus:
        return answering_status(
            office_wave_state=self.office_wave_state,
            link_active=self.is_active,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            today=today,
        )


def link_for_answering(token: str) -> AnsweringLink | None:
    """The link of a token in one query; None for an unknown one. Needs no scope: the token is the right."""
    if not TOKEN.fullmatch(token):
        return None
    with by_secret():
        row = SurveyLink.objects.filter(token=token).values_list(*_ANSWERING.values()).first()
    return AnsweringLink(*row) if row else None


def answer_url(link: SurveyLink | AnsweringLink | str) -> str:
    """The address printed on the poster."""
    token = link if isinstance(link, str) else link.token
    return f"{settings.SITE_URL}/a/{token}/"


def get_link(pk: int, office_wave: OfficeWave) -> SurveyLink | None:
    """A link that leads, or will lead, to this part of a wave."""
    return links_of(office_wave).filter(pk=pk).first()


def links_of(office_wave: OfficeWave) -> QuerySet[SurveyLink]:
    """Links that lead to this part of the wave, or will when it opens (`moving_links`)."""
    leads_here = Q(office_wave=office_wave)
    if office_wave.state == "planned":
        leads_here |= Q(pk__in=moving_links(office_wave).values("pk"))
    found = SurveyLink.objects.filter(leads_here, office=office_wave.office_id)
    return found.select_related("service_point", "office_wave__wave").order_by(
        "service_point__name", "label", "pk"
    )


def moving_links(office_wave: OfficeWave) -> QuerySet[SurveyLink]:
    """Links of the survey's earlier waves that go over to this one when it opens: posters stay on walls.

    A link of a point that no longer takes part stays behind, and says that the survey is over there.
    """
    points = PointPlan.objects.filter(office_wave=office_wave).values("service_point")
    return SurveyLink.objects.filter(
        Q(service_point=None) | Q(service_point__in=points),
        office=office_wave.office_id,
        office_wave__wave__survey=office_wave.wave.survey_id,
        office_wave__wave__number__lt=office_wave.wave.number,
    )
