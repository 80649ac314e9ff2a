"""The fieldwork of many offices or waves at once, without a query per row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Sum

from okienko.foundation.offices.models import Membership
from okienko.foundation.registry.manifest import LEADS
from okienko.modules.surveys.models import OfficeWave, PointPlan, Wave, WaveState
from okienko.modules.surveys.rules import (
    FieldFigures,
    Pace,
    WaveFacts,
    blocking,
    expected_at_end,
    pace,
    plan_steps,
    return_rate,
)
from okienko.modules.surveys.selectors.fieldwork import plan_facts_of
from okienko.modules.surveys.selectors.slots import answers_of


@dataclass(frozen=True)
class FieldRow:
    """One office in a wave of the network. `has_lead`: somebody coordinates there."""

    office_wave_id: int
    office_id: int
    office_name: str
    office_slug: str
    office_type: str
    region: str
    state: str
    sample_kind: str
    answers: int
    target: int | None
    issued: int | None
    returned: int | None
    has_lead: bool
    pace: Pace
    expected: int | None

    @property
    def return_rate(self) -> float | None:
        return return_rate(self.issued, self.returned)

    @property
    def share(self) -> float | None:
        return self.answers / self.target if self.target else None

    @property
    def needs_help(self) -> bool:
        return self.pace in {Pace.LATE, Pace.NOT_STARTED} or (
            not self.has_lead and self.state != WaveState.CLOSED
        )


def field_rows(wave: Wave, today: date) -> tuple[FieldRow, ...]:
    """Every office of the wave with its figures, by name. Two queries and the counts' one."""
    leads = Membership.objects.filter(office=OuterRef("office"), role__in=sorted(LEADS))
    found = (
        OfficeWave.objects.filter(wave=wave)
        .select_related("office__type")
        .annotate(issued=Sum("points__issued"), returned=Sum("points__returned"), has_lead=Exists(leads))
        .order_by("office__name", "pk")
    )
    answers = answers_of([row.pk for row in found])
    return tuple(_row(row, wave, answers[row.pk], today) for row in found)


def _row(row: OfficeWave, wave: Wave, answers: int, today: date) -> FieldRow:
    figures = FieldFigures(
        row.state, row.opened_at is not None, wave.opens_on, wave.closes_on, answers, row.target
    )
    return FieldRow(
        office_wave_id=row.pk,
        office_id=row.office_id,
        office_name=row.office.name,
        office_slug=row.office.slug,
        office_type=row.office.type.name,
        region=row.office.region,
        state=row.state,
        sample_kind=row.sample_kind,
        answers=answers,
        target=row.target,
        issued=row.issued,
        returned=row.returned,
        has_lead=row.has_lead,
        pace=pace(figures, today),
        expected=expected_at_end(figures, today),
    )


@dataclass(frozen=True)
class FieldTotals:
    """The whole network in a wave."""

    offices: int
    begun: int
    closed: int
    answers: int
    target: int
    issued: int
    returned: int
    to_help: tuple[FieldRow, ...]


def field_totals(rows: tuple[FieldRow, ...]) -> FieldTotals:
    """Sums, and the offices that need help: those without anybody first, then the farthest behind."""
    helped = sorted(
        (row for row in rows if row.needs_help),
        key=lambda row: (row.has_lead, row.share or 0, row.office_name),
    )
    return FieldTotals(
        offices=len(rows),
        begun=sum(row.state != WaveState.PLANNED and row.pace is not Pace.NEVER_STARTED for row in rows),
        closed=sum(row.state == WaveState.CLOSED for row in rows),
        answers=sum(row.answers for row in rows),
        target=sum(row.target or 0 for row in rows),
        issued=sum(row.issued or 0 for row in rows),
        returned=sum(row.returned or 0 for row in rows),
        to_help=tuple(helped),
    )


def home_facts(found: list[OfficeWave], today: date) -> dict[int, WaveFacts]:
    """Office wave → what the home page's tasks depend on. Five queries, however many waves."""
    plans = plan_facts_of(found, today)
    forms = _forms_missing([item.pk for item in found])
    return {
        item.pk: WaveFacts(
            state=item.state,
            opens_on=item.wave.opens_on,
            closes_on=item.wave.closes_on,
            entry_until=item.wave.entry_until,
            missing=len(blocking(plan_steps(plans[item.pk]))),
            returned_missing=forms.get(item.pk, [0, 0])[0],
            paper=forms.get(item.pk, [0, 0])[1] > 0,
        )
        for item in found
    }


def _forms_missing(office_wave_ids: list[int]) -> dict[int, list[int]]:
    """Office wave → points where nobody has counted the forms that came back, of those with forms."""
    rows = PointPlan.objects.filter(office_wave__in=office_wave_ids).order_by().values("office_wave_id")
    out = Q(issued__gt=0)
    rows = rows.annotate(missing=Count("pk", filter=out & Q(returned=None)), paper=Count("pk", filter=out))
    return {pk: counts for pk, *counts in rows.values_list("office_wave_id", "missing", "paper")}
