"""Links that lead to the answering page."""

from __future__ import annotations

from datetime import datetime

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.surveys.links import new_token
from okienko.modules.surveys.models import OfficeWave, SurveyLink, WaveState
from okienko.modules.surveys.selectors import links_of, points_of
from okienko.modules.surveys.texts import refusal
from okienko.modules.surveys.writing import locked_office_wave

MOST_LINKS = 500


@command("surveys.links")
def add_link(
    *,
    office_wave: OfficeWave,
    service_point=None,
    channel: str = "",
    label: str = "",
    by: Actor,
    at: datetime,
) -> SurveyLink:
    """A further link: for a point, a channel, a newsletter. The label says where an answer came from."""
    office_wave = locked_office_wave(office_wave, WaveState.PLANNED, WaveState.OPEN)
    if service_point and not points_of(office_wave).filter(service_point=service_point).exists():
        raise refusal("foreign_points", "service_point")
    present = links_of(office_wave)
    if present.count() >= MOST_LINKS:
        raise refusal("too_many_links", most=MOST_LINKS)
    if present.filter(service_point=service_point, channel=channel, label=label).exists():
        raise refusal("same_link", "label")
    link = SurveyLink.objects.create(
        office_id=office_wave.office_id,
        office_wave=office_wave,
        service_point=service_point,
        channel=channel,
        label=label,
        token=new_token(),
    )
    note(target=link, after=_described(link))
    return link


@command("surveys.links")
def rename_link(*, link: SurveyLink, label: str, by: Actor, at: datetime) -> SurveyLink:
    """Another name for a link; its address stays."""
    note(before={"label": link.label}, after={"label": label})
    link.label = label
    link.save(update_fields=["label"])
    return link


@command("surveys.links")
def switch_link(*, link: SurveyLink, active: bool, by: Actor, at: datetime) -> SurveyLink:
    """Switch a link off (it says so to whoever follows it) or on again."""
    note(before={"is_active": link.is_active}, after={"is_active": active})
    link.is_active = active
    link.save(update_fields=["is_active"])
    return link


def _described(link: SurveyLink) -> dict:
    """What the history shows. Never the token: it opens the answering page."""
    return {"point": str(link.service_point or ""), "channel": link.channel, "label": link.label}
