"""Making links: tokens, and one link for every service point."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from okienko.modules.surveys.models import OfficeWave, SurveyLink

TOKEN_BYTES = 16


def new_token() -> str:
    """128 random bits, 22 characters that are safe in an address: it cannot be guessed."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def links_for_points(office_wave: OfficeWave, points: Collection) -> list[SurveyLink]:
    """A link for each point that the survey has none for yet; a poster that hangs there keeps working."""
    present = set(
        SurveyLink.objects.filter(
            office=office_wave.office_id, office_wave__wave__survey=office_wave.wave.survey_id
        ).values_list("service_point_id", flat=True)
    )
    return SurveyLink.objects.bulk_create(
        SurveyLink(
            office_id=office_wave.office_id,
            office_wave=office_wave,
            service_point=point,
            channel=point.channel,
            label=point.name[:120],
            token=new_token(),
        )
        for point in points
        if point.pk not in present
    )
