"""Writes of weights: what is known of the clients, the greatest weight, the decision."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from okienko.engines.statistics import StatisticsError
from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.results.computing.wave import read_wave
from okienko.modules.results.computing.weighed import KnownMargin, to_json
from okienko.modules.results.computing.weighted import divisions_of, weighted
from okienko.modules.results.models import ResultSet, WaveWeights, WeightsState
from okienko.modules.results.weighting.selectors import margins_of
from okienko.modules.results.weighting.words import names_of, refusal
from okienko.modules.surveys import selectors as surveys

LIMITS = (3, 5, 10)


@command("results.weight")
def save_margin(*, office_wave, margin: KnownMargin, by: Actor, at: datetime) -> WaveWeights:
    """Write down how the clients divide; what was known of the same division is replaced."""
    row = _open_row(office_wave, at)
    _check(office_wave, margin)
    others = [each for each in margins_of(row) if each.division != margin.division]
    row.margins = to_json([*others, margin])
    row.save()
    note(target=row, after={"division": margin.division, "source": margin.source})
    return row


@command("results.weight")
def remove_margin(*, office_wave, division: str, by: Actor, at: datetime) -> WaveWeights:
    """Forget how the clients divide in one way."""
    row = _open_row(office_wave, at)
    row.margins = to_json([each for each in margins_of(row) if each.division != division])
    row.save()
    note(target=row, before={"division": division})
    return row


@command("results.weight")
def set_limit(*, office_wave, limit: int, by: Actor, at: datetime) -> WaveWeights:
    """How many mean weights the greatest weight may be."""
    if limit not in LIMITS:
        raise ValidationError({"limit": _("Choose one of the given limits.")})
    row = _open_row(office_wave, at)
    before, row.limit = row.limit, limit
    row.save()
    note(target=row, before={"limit": before}, after={"limit": limit})
    return row


@command("results.weight")
def decide_weights(*, office_wave, use: bool, by: Actor, at: datetime) -> WaveWeights:
    """Use the weights in the results of a closed wave, or not; once."""
    row = _open_row(office_wave, at)
    if office_wave.state != "closed":
        raise ValidationError(_("The decision is made when the wave is closed and no answer can come."))
    if use:
        _check_fit(office_wave, row)
    row.state = WeightsState.USED if use else WeightsState.REFUSED
    row.decided_at, row.decided_by = at, by.name
    row.save()
    note(target=row, after={"state": row.state, "limit": row.limit, "margins": row.margins})
    return row


def _open_row(office_wave, at: datetime) -> WaveWeights:
    """The row that may still be changed, locked."""
    office_wave = surveys.office_waves().select_for_update(of=("self",)).get(pk=office_wave.pk)
    if office_wave.wave.survey.audience != "clients":
        raise ValidationError(_("Answers of staff are not weighted."))
    if office_wave.state == "planned":
        raise ValidationError(_("Weights are given when the wave is open or closed."))
    row = WaveWeights.objects.filter(office_wave=office_wave).first()
    settled = row is not None and row.state != WeightsState.DRAFT
    if settled or ResultSet.objects.filter(office_wave=office_wave).exists():
        raise ValidationError(
            _("The results of this wave are settled. Its weights can no longer be changed.")
        )
    row = row or WaveWeights(office_id=office_wave.office_id, office_wave=office_wave)
    row.changed_at = at
    return row


def _check(office_wave, margin: KnownMargin) -> None:
    """The division is one of the wave's, and no category of it is in two groups."""
    known = divisions_of(questionnaires.definition(office_wave.wave.version), surveys.design_of(office_wave))
    division = next((each for each in known if each.code == margin.division), None)
    given = [value for group in margin.groups for value in group.values]
    if division is None or len(set(given)) < len(given) or not set(given) <= set(division.values):
        raise ValidationError(_("The clients of this wave do not divide like this."))
    if not margin.source.strip():
        raise ValidationError({"source": _("Write where the numbers come from.")})
    if len(margin.groups) < 2 or any(group.count < 0 for group in margin.groups):
        raise ValidationError(_("Give the numbers of at least two groups, from zero up."))
    if sum(group.count > 0 for group in margin.groups) < 2:
        raise ValidationError(_("At least two groups must have clients."))


def _check_fit(office_wave, row: WaveWeights) -> None:
    if not row.margins:
        raise ValidationError(_("First write what is known of the clients."))
    data = read_wave(office_wave)
    try:
        weighted(data, margins_of(row), row.limit)
    except StatisticsError as error:
        raise ValidationError(refusal(error, names_of(office_wave, data.plan))) from None
