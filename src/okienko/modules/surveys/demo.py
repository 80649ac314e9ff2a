"""The demo's surveys: the network's survey of clients in two closed waves, and one office's open pulse."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from okienko.foundation.offices.models import Network, Office, ServicePoint
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys.links import new_token
from okienko.modules.surveys.models import OfficeWave, PointPlan, SampleKind, Shift, Survey, SurveyLink, Wave
from okienko.modules.surveys.rules import open_days

SEED = 2027
SURVEY_NAME = "Zadowolenie klientów"
WAVE_DAYS = 28
DRAWN_DAYS = 8
# days from the wave's last day to today
AGES = (374, 9)


def load(*, size: str) -> None:
    """Offices choose people in different ways, as they do in life."""
    chance = random.Random(SEED)
    network = Network.objects.get(is_demo=True)
    offices = list(network.offices.order_by("pk"))
    points = _points_by_office()
    today = timezone.localdate()
    survey = _survey(
        network, None, "klienci", SURVEY_NAME, "Sprawdzić, jak klienci oceniają obsługę i co warto poprawić."
    )
    for number, age in enumerate(AGES, start=1):
        last = today - timedelta(days=age)
        wave = _wave(survey, number, last - timedelta(days=WAVE_DAYS - 1), last, closed=True)
        for place, office in enumerate(offices):
            _fieldwork(wave, office, points[office.pk], _sample_kind(place), chance)
    _pulse(network, offices[0], points[offices[0].pk], today)


def _points_by_office() -> dict[int, list[ServicePoint]]:
    found: dict[int, list[ServicePoint]] = {}
    for point in ServicePoint.objects.order_by("pk"):
        found.setdefault(point.office_id, []).append(point)
    return found


def _sample_kind(place: int) -> SampleKind:
    """One office in nine puts out a ballot box; one in thirteen asks everybody."""
    if place % 9 == 8:
        return SampleKind.OPEN
    return SampleKind.CENSUS if place % 13 == 12 else SampleKind.SYSTEMATIC


def _survey(network: Network, office: Office | None, code: str, name: str, purpose: str) -> Survey:
    questionnaire = questionnaires.list_questionnaires().get(network=network, library_code=code)
    return Survey.objects.create(
        network=network,
        office=office,
        name=name,
        purpose=purpose,
        team="Zespół do spraw jakości obsługi (dane wymyślone)",
        questionnaire=questionnaire,
        created_at=timezone.now() - timedelta(days=450),
    )


def _wave(survey: Survey, number: int, first: date, last: date, *, closed: bool) -> Wave:
    season = "jesień" if first.month >= 9 else "wiosna" if first.month >= 3 and first.month < 7 else "lato"
    return Wave.objects.create(
        network_id=survey.network_id,
        office_id=survey.office_id,
        survey=survey,
        number=number,
        name=f"{season} {last.year}",
        version=questionnaires.latest_version(survey.questionnaire),
        opens_on=first,
        closes_on=last,
        entry_until=last + timedelta(days=7),
        state="closed" if closed else "open",
        opened_at=_moment(first),
        closed_at=_moment(last + timedelta(days=1)) if closed else None,
    )


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))


def _fieldwork(
    wave: Wave, office: Office, points: Sequence[ServicePoint], kind: SampleKind, chance: random.Random
) -> None:
    visits = [chance.randint(300, 1400) for _ in points]
    part = OfficeWave.objects.create(
        office=office,
        wave=wave,
        state=wave.state,
        sample_kind=kind,
        population=sum(visits) if kind is not SampleKind.OPEN else None,
        population_source="system kolejkowy" if kind is not SampleKind.OPEN else "",
        target=200,
        opened_at=wave.opened_at,
        closed_at=wave.closed_at,
    )
    days = open_days(points[0].hours, wave.opens_on, wave.closes_on)
    for point, count in zip(points, visits, strict=True):
        drawn = (
            sorted(chance.sample(days, min(DRAWN_DAYS, len(days)))) if kind is SampleKind.SYSTEMATIC else []
        )
        _plan(part, point, count, len(days), drawn)


def _plan(part: OfficeWave, point: ServicePoint, visits: int, days: int, drawn: Sequence[date]) -> None:
    plan = PointPlan.objects.create(
        office_id=part.office_id,
        office_wave=part,
        service_point=point,
        days_open=days,
        visits=visits,
        interval=max(2, visits // 120) if drawn else None,
    )
    Shift.objects.bulk_create(
        [
            Shift(office_id=part.office_id, point_plan=plan, day=day, starts_at=time(9), ends_at=time(13))
            for day in drawn
        ]
    )
    SurveyLink.objects.create(
        office_id=part.office_id,
        office_wave=part,
        service_point=point,
        channel=point.channel,
        label=point.name,
        token=new_token(),
    )


def _pulse(network: Network, office: Office, points: Sequence[ServicePoint], today: date) -> None:
    """An open wave, so that the answering page can be tried at once."""
    survey = _survey(network, office, "puls", "Puls obsługi", "Co miesiąc sprawdzać, czy poprawki działają.")
    wave = _wave(survey, 1, today - timedelta(days=6), today + timedelta(days=12), closed=False)
    part = OfficeWave.objects.create(
        office=office,
        wave=wave,
        state="open",
        sample_kind=SampleKind.OPEN,
        target=60,
        opened_at=wave.opened_at,
    )
    for point in points[:2]:
        _plan(part, point, 400, 14, ())
