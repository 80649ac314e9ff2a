"""Paper forms returned and spoiled at a service point, as closed batches and as the wave say it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from okienko.foundation.offices.actor import Actor
from okienko.modules.collection.models import EntryBatch
from okienko.modules.collection.selectors_entry import closed_at_point
from okienko.modules.surveys import selectors as surveys
from okienko.modules.surveys import services as surveys_services


def plan_of(batch: EntryBatch) -> Any:
    plans = surveys.points_of(batch.office_wave)
    return next((plan for plan in plans if plan.service_point_id == batch.service_point_id), None)


def count_at_point(batch: EntryBatch, by: Actor, at: datetime) -> None:
    """Raise the wave's figures to what has really been typed in.

    A number that somebody counted higher stays, and a refusal (more returned than issued) leaves all as it
    was: the page of the batch says that the two do not agree.
    """
    plan = plan_of(batch)
    if plan is None or not by.can("surveys.record_forms"):
        return
    returned, spoiled = closed_at_point(batch.office_wave_id, batch.service_point_id)
    counts = surveys_services.FormCounts(
        plan.issued, max(returned, plan.returned or 0), max(spoiled, plan.spoiled or 0)
    )
    try:
        with transaction.atomic():
            surveys_services.record_forms(
                office_wave=batch.office_wave, counts={plan.pk: counts}, by=by, at=at
            )
    except ValidationError:
        return
