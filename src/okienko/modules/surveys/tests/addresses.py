"""Rows of an office and of its network for the tests that walk through every route with every person."""

from __future__ import annotations

from okienko.modules.surveys.models import Shift
from okienko.modules.surveys.tests import factories

_OF_A_WAVE = (
    "wave", "dates", "open", "close", "note", "people", "size", "points", "point_sizes", "forms", "shifts",
    "draw", "add_shift", "links", "add_link", "drop",
)  # fmt: skip
_OF_A_LINK = ("rename_link", "switch_link", "poster", "qr_code")
_OF_A_SURVEY = ("survey", "change", "archive", "plan_wave")
_OF_A_NETWORK_WAVE = (
    "network_wave", "network_dates", "offices", "weights", "network_open", "network_close", "network_drop",
)  # fmt: skip
_OF_A_NETWORK_SURVEY = ("network_survey", "network_change", "network_archive", "network_plan_wave")


def rows(office) -> dict[str, dict]:
    """By route name, the parameters of rows of that office or of its network."""
    return _own(office) | _shared(office)


def _own(office) -> dict[str, dict]:
    office_wave = factories.make_office_wave(office)
    plan = factories.make_point_plan(office_wave)
    link = factories.make_link(office_wave, plan.service_point)
    shift = Shift.objects.create(office=office, point_plan=plan, day=factories.TODAY)
    found = {f"surveys:{name}": {"pk": office_wave.pk} for name in _OF_A_WAVE}
    found |= {f"surveys:{name}": {"pk": office_wave.pk, "link": link.pk} for name in _OF_A_LINK}
    found |= {f"surveys:{name}": {"pk": office_wave.wave.survey_id} for name in _OF_A_SURVEY}
    found["surveys:remove_shift"] = {"pk": office_wave.pk, "shift": shift.pk}
    return found


def _shared(office) -> dict[str, dict]:
    wave = factories.make_wave(factories.make_survey(office, shared=True))
    factories.make_office_wave(office, wave=wave)
    found = {f"surveys:{name}": {"pk": wave.pk} for name in _OF_A_NETWORK_WAVE}
    return found | {f"surveys:{name}": {"pk": wave.survey_id} for name in _OF_A_NETWORK_SURVEY}
