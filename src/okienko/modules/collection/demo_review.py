"""The demo's remarks as a coordinator would have left them: the newest doubtful ones unread."""

from __future__ import annotations

from datetime import datetime

from okienko.foundation.offices.actor import system_actor
from okienko.modules.collection import selectors_remarks as selectors
from okienko.modules.collection.models import RemarkState
from okienko.modules.collection.services import remarks as services


def review(part, at: datetime) -> None:
    """Take the remarks of a closed part out of its answers and show those that need no second look."""
    by = system_actor("Okienko (dane wymyślone)", office_id=part.office_id, network_id=part.wave.network_id)
    services.extract_remarks(office_wave=part, by=by, at=at)
    newest = part.wave.number > 1
    found = selectors.remarks(part, RemarkState.NEW).select_related("office_wave__wave")
    clear = [row for row in found if not (newest and row.masked_by_machine)]
    services.approve_remarks(remarks=clear, by=by, at=at)
