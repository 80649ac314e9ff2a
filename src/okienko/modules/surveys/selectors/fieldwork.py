"""A wave in an office: its plan, points, shifts, design and forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from okienko.modules.surveys.models import (
    OfficeWave,
    PointPlan,
    SampleKind,
    Shift,
    Survey,
    SurveyLink,
    Wave,
    WaveState,
)
from okienko.modules.surveys.rules import PlanFacts, PointFacts
from okienko.modules.surveys.selectors.figures import FieldDesign, PointFigures, ResponseFigures, StratumPlan
from okienko.modules.surveys.selectors.slots import answers_of
from okienko.modules.surveys.selectors.surveys import HEAVY


def office_waves(
    *, states: Iterable[str] | None = None, survey: Survey | None = None, wave: Wave | None = None
) -> QuerySet[OfficeWave]:
    """Parts of waves in the offices of the scope, newest first, without the questionnaires' long texts."""
    found = OfficeWave.objects.select_related(
        "office", "wave__survey__questionnaire", "wave__version", "wave__network"
    ).defer(*HEAVY)
    if states is not None:
        found = found.filter(state__in=list(states))
    if survey is not None:
        found = found.filter(wave__survey=survey)
    return found.filter(wave=wave) if wave is not None else found


def get_office_wave(pk: int) -> OfficeWave | None:
    return office_waves().filter(pk=pk).first()


def stays_open(pk: int) -> bool:
    """Is the part open, and will it be until the present transaction ends? Who closes it waits for that.

    For writes that take long: asked as the last thing, so that nobody waits longer than for a commit.
    """
    rows = OfficeWave.objects.select_for_update(no_key=True).filter(pk=pk, state=WaveState.OPEN)
    return rows.first() is not None


def may_type(office_wave: OfficeWave) -> bool:
    """May paper forms be typed in, or answers be imported? As long as the office's part is open."""
    return office_wave.state == WaveState.OPEN


def points_of(office_wave: OfficeWave) -> QuerySet[PointPlan]:
    return PointPlan.objects.filter(office_wave=office_wave).select_related("service_point__unit")


def shifts_of(office_wave: OfficeWave) -> QuerySet[Shift]:
    """The calendar: day by day, point by point."""
    found = Shift.objects.filter(point_plan__office_wave=office_wave)
    return found.select_related("point_plan__service_point").order_by("day", "starts_at", "pk")


def get_shift(pk: int, office_wave: OfficeWave) -> Shift | None:
    return shifts_of(office_wave).filter(pk=pk).first()


def previous_office_wave(office_wave: OfficeWave) -> OfficeWave | None:
    """The office's last earlier wave of the same survey that was really carried out and is closed."""
    found = office_waves(survey=office_wave.wave.survey, states=[WaveState.CLOSED]).filter(
        office=office_wave.office_id, wave__number__lt=office_wave.wave.number, opened_at__isnull=False
    )
    return found.order_by("-wave__number").first()


def plan_facts(office_wave: OfficeWave, today: date) -> PlanFacts:
    return plan_facts_of([office_wave], today)[office_wave.pk]


def plan_facts_of(found: Collection[OfficeWave], today: date) -> dict[int, PlanFacts]:
    """Office wave → what its plan says. Four queries, however many waves."""
    points = _points_by_wave(found)
    links = _links_by_wave(found, points)
    open_waves = _survey_of_open_waves(found)
    published = _published({office_wave.wave_id for office_wave in found})
    facts = {}
    for office_wave in found:
        wave = office_wave.wave
        facts[office_wave.pk] = PlanFacts(
            today=today,
            opens_on=wave.opens_on,
            closes_on=wave.closes_on,
            shared=wave.office_id is None,
            audience=wave.survey.audience,
            purpose=bool(wave.survey.purpose.strip()),
            published=wave.pk in published,
            sample_kind=office_wave.sample_kind,
            population=office_wave.population,
            target=office_wave.target,
            points=tuple(points[office_wave.pk].values()),
            links=links[office_wave.pk],
            network_opened=wave.office_id is not None or wave.state == WaveState.OPEN,
            earlier_wave_open=open_waves.get(wave.survey_id, wave.pk) != wave.pk,
        )
    return facts


def _points_by_wave(found: Collection[OfficeWave]) -> dict[int, dict[int, PointFacts]]:
    """Office wave → service point → its facts."""
    grouped = defaultdict(dict)
    rows = PointPlan.objects.filter(office_wave__in=[item.pk for item in found])
    rows = rows.annotate(shift_days=Count("shifts__day", distinct=True)).values_list(
        "office_wave_id", "service_point_id", "service_point__name", "days_open", "interval", "shift_days"
    )
    for office_wave_id, point_id, *point in rows:
        grouped[office_wave_id][point_id] = PointFacts(*point)
    return grouped


def _links_by_wave(found: Collection[OfficeWave], points: Mapping[int, Collection[int]]) -> dict[int, int]:
    """Active links that lead to the wave, or will when it opens: the same as `links.links_of`, for many."""
    counts: dict[int, int] = defaultdict(int)
    surveys = {item.wave.survey_id for item in found}
    rows = SurveyLink.objects.filter(is_active=True, office_wave__wave__survey__in=surveys)
    rows = rows.select_related("office_wave__wave").only(
        "office_id", "service_point_id", "office_wave__wave__survey_id", "office_wave__wave__number"
    )
    links = list(rows)
    for item in found:
        taken = {None, *points[item.pk]} if item.state == WaveState.PLANNED else set()
        counts[item.pk] = sum(
            link.office_wave_id == item.pk or (_earlier(link, item) and link.service_point_id in taken)
            for link in links
        )
    return counts


def _earlier(link: SurveyLink, item: OfficeWave) -> bool:
    old = link.office_wave.wave
    same = (link.office_id, old.survey_id) == (item.office_id, item.wave.survey_id)
    return same and old.number < item.wave.number


def _survey_of_open_waves(found: Collection[OfficeWave]) -> dict[int, int]:
    """Survey → its open wave (there is one at most)."""
    rows = Wave.objects.filter(state=WaveState.OPEN, survey__in={item.wave.survey_id for item in found})
    return dict(rows.values_list("survey_id", "pk"))


def _published(wave_ids: Collection[int]) -> set[int]:
    """Waves whose questionnaire is frozen already, or has a published version to freeze."""
    versions = Wave.objects.filter(pk=OuterRef("pk"), survey__questionnaire__versions__isnull=False)
    rows = Wave.objects.filter(pk__in=wave_ids).annotate(ready=Exists(versions))
    return {pk for pk, version, ready in rows.values_list("pk", "version_id", "ready") if version or ready}


def psu_code(point_code: str, day: date) -> str:
    """The code of a primary sampling unit: a service point on a day."""
    return f"{point_code}/{day:%Y-%m-%d}"


def design_of(office_wave: OfficeWave) -> FieldDesign:
    """How people were chosen: strata are the points, primary units their days (docs/methodology.md)."""
    wave = office_wave.wave
    previous = previous_office_wave(office_wave)
    kind = office_wave.sample_kind
    return FieldDesign(
        office_wave_id=office_wave.pk,
        office_id=office_wave.office_id,
        wave_id=wave.pk,
        sample_kind=kind,
        is_probability=bool(kind) and SampleKind(kind).is_probability,
        audience=wave.survey.audience,
        population=office_wave.population,
        population_source=office_wave.population_source,
        threshold=wave.threshold,
        area_weights=dict(wave.area_weights),
        strata=_strata(office_wave),
        previous_id=previous.pk if previous else None,
        opens_on=wave.opens_on,
        closes_on=office_wave.last_day,
    )


def last_day_of(office_wave: OfficeWave) -> date:
    """The last day on which people could answer."""
    return office_wave.last_day


def _strata(office_wave: OfficeWave) -> tuple[StratumPlan, ...]:
    days = defaultdict(set)
    for plan, day in Shift.objects.filter(point_plan__office_wave=office_wave).values_list(
        "point_plan_id", "day"
    ):
        days[plan].add(day)
    return tuple(
        StratumPlan(
            service_point_id=plan.service_point_id,
            code=plan.service_point.code,
            name=plan.service_point.name,
            channel=plan.service_point.channel,
            psus=plan.days_open,
            drawn_days=tuple(sorted(days[plan.pk])),
            visits=plan.visits,
            interval=plan.interval,
        )
        for plan in points_of(office_wave)
    )


def response_figures(office_wave: OfficeWave) -> ResponseFigures:
    """Forms issued, returned and spoiled, point by point, and answers so far."""
    points = tuple(
        PointFigures(plan.service_point_id, plan.service_point.name, plan.issued, plan.returned, plan.spoiled)
        for plan in points_of(office_wave)
    )
    return ResponseFigures(points, answers_of([office_wave.pk])[office_wave.pk], office_wave.target)
