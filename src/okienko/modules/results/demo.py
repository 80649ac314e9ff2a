"""The demo's results: every closed wave, oldest first, as the job would compute them."""

from __future__ import annotations

from django.utils import timezone

from okienko.foundation.offices.actor import system_actor
from okienko.modules.results import services
from okienko.modules.surveys import selectors as surveys


def load(*, size: str) -> None:
    """Release every closed part in the order of the waves, so that the trend is there."""
    for part in surveys.office_waves(states=["closed"]).order_by("wave__number", "pk"):
        network = part.wave.network_id
        by = system_actor("Okienko (dane wymyślone)", office_id=part.office_id, network_id=network)
        services.release_results(office_wave=part, by=by, at=timezone.now())
