"""Surveys in the states that tests need, with the scope of Anna's office open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from okienko.modules.surveys.tests import factories


@pytest.fixture
def survey(in_office):
    return factories.make_survey(in_office)


@pytest.fixture
def ready(in_office):
    """A planned wave of the office's own survey, ready to be opened."""
    return factories.make_ready(in_office)


@pytest.fixture
def open_wave(in_office):
    office_wave = factories.make_office_wave(in_office, state="open")
    plan = factories.make_point_plan(office_wave)
    factories.make_link(office_wave, plan.service_point)
    return office_wave


@pytest.fixture
def slots(monkeypatch):
    """Providers of the slots that modules above would fill: `slots["surveys.wave.counts"] = [function]`."""
    from okienko.foundation.registry import Slot
    from okienko.modules.surveys import writing
    from okienko.modules.surveys.selectors import slots as reading

    given: dict[str, list] = {}

    def slot(name):
        return tuple(Slot(name, provider) for provider in given.get(name, ()))

    monkeypatch.setattr(reading, "slot", slot)
    monkeypatch.setattr(writing, "slot", slot)
    return given


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def planned(in_office, today):
    """A planned wave that begins today, ready to be opened."""
    wave = factories.make_wave(
        factories.make_survey(in_office), opens_on=today, closes_on=today + timedelta(14)
    )
    return factories.make_ready(in_office, wave=wave)


@pytest.fixture
def running(in_office, today):
    """An open wave with one point and one link."""
    survey = factories.make_survey(in_office)
    wave = factories.make_wave(
        survey, state="open", opens_on=today - timedelta(3), closes_on=today + timedelta(14)
    )
    part = factories.make_office_wave(in_office, wave=wave, state="open", target=300)
    plan = factories.make_point_plan(part)
    factories.make_link(part, plan.service_point)
    return part
