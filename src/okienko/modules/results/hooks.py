"""What other modules call: a wave was closed; what can be done with a closed wave."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from okienko.foundation.jobs.api import enqueue
from okienko.foundation.offices.actor import system_actor
from okienko.modules.results import selectors
from okienko.modules.results.jobs import release
from okienko.modules.results.weighting.selectors import waiting
from okienko.modules.surveys import selectors as surveys


def wave_closed(office_wave_ids: Collection[int]) -> None:
    """Order the computing of the results, office by office; it starts when the closing is committed.

    Where a decision on weights is open, the results wait for it.
    """
    held = waiting(office_wave_ids)
    for part in surveys.office_waves().filter(pk__in=set(office_wave_ids) - held):
        by = system_actor("Okienko", office_id=part.office_id, network_id=part.wave.network_id)
        title = _("Results of the wave “%(wave)s”") % {"wave": part.wave.name}
        enqueue(release, by=by, title=title, office=part.office, key=f"release-{part.pk}", part=part.pk)


def is_frozen(office_wave_id: int) -> bool:
    """Which answers count is settled once results stand on them: a difference tells what was left out."""
    return selectors.has_results(office_wave_id)


def wave_actions(request: HttpRequest, office_wave) -> Iterable[surveys.WaveAction]:
    """On the page of a closed wave: its results."""
    if office_wave.state != "closed" or not request.actor.can("results.view"):
        return
    found = selectors.result_set(office_wave.pk)
    name, args = ("result", [request.office.slug, found.pk]) if found else ("results", [request.office.slug])
    yield surveys.WaveAction(_("See the results"), reverse(f"results:{name}", args=args), primary=True)


def network_wave_actions(request: HttpRequest, wave) -> Iterable[surveys.WaveAction]:
    """On the page of a wave of the network: the comparison of its offices."""
    if request.actor.can("results.view_network"):
        address = reverse("results:comparison", args=[request.network.slug, wave.pk])
        yield surveys.WaveAction(_("Compare offices"), address)
