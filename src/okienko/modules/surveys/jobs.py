"""Work that starts by itself."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from okienko.foundation.jobs.api import JobContext, job
from okienko.modules.surveys import selectors, services


@job(kind="surveys.close_waves")
def close_waves(context: JobContext) -> dict:
    """Close the waves whose last day for typing is over; each by itself, so that none holds the others."""
    closed = 0
    for wave in selectors.waves_to_close(context.at):
        try:
            services.close_at_end(wave=wave, by=context.by, at=context.at)
            closed += 1
        except ValidationError:
            continue  # somebody closed or extended it in the meantime
    return {"counts": [["closed", closed]]}
