"""What other modules show or call: a wave was closed, ways on from a wave's page, remarks to be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.jobs.api import enqueue
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.web.home import Task
from okienko.modules.collection import selectors_remarks
from okienko.modules.collection.jobs import extract_remarks
from okienko.modules.surveys import selectors as surveys


def wave_closed(office_wave_ids: Collection[int]) -> None:
    """Order the remarks to be taken out of the answers, for each office by itself."""
    for part in surveys.office_waves().filter(pk__in=list(office_wave_ids), opened_at__isnull=False):
        by = system_actor("Okienko", office_id=part.office_id, network_id=part.wave.network_id)
        title = _("Remarks from the wave “%(wave)s”") % {"wave": part.wave.name}
        enqueue(
            extract_remarks, by=by, title=title, office=part.office, key=f"remarks-{part.pk}", part=part.pk
        )


def wave_actions(request: HttpRequest, office_wave) -> Iterator[surveys.WaveAction]:
    """On a wave's page: how many answers came, and the remarks to read once it is closed."""
    args = [request.office.slug, office_wave.pk]
    if office_wave.state != "planned" and request.actor.can("collection.view_quality"):
        yield surveys.WaveAction(_("Answers"), reverse("collection:quality", args=args))
    if office_wave.state == "closed" and request.actor.can("collection.review_remarks"):
        yield surveys.WaveAction(_("Remarks"), reverse("collection:remarks", args=args))


def home_tasks(request: HttpRequest) -> Iterable[Task]:
    """Remarks that nobody has read: until then nobody else sees them."""
    if not request.actor.can("collection.review_remarks"):
        return []
    unread = selectors_remarks.unread_by_wave(request.office.pk)
    if not unread:
        return []
    return [
        Task(
            title=_("Read the remarks (%(count)d)") % {"count": unread[part.pk]},
            text=ngettext(
                "%(count)d remark from “%(wave)s” waits. What you approve will be shown with the results.",
                "%(count)d remarks from “%(wave)s” wait. What you approve will be shown with the results.",
                unread[part.pk],
            )
            % {"count": unread[part.pk], "wave": f"{part.wave.survey.name}, {part.wave.name}"},
            url=reverse("collection:remarks", args=[request.office.slug, part.pk]),
            action=_("Read"),
            icon="comment",
        )
        for part in surveys.office_waves().filter(pk__in=list(unread))
    ]
