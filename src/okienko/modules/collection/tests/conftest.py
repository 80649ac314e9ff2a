"""An open wave of the clients' questionnaire at a service point of Anna's office, and its link."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import make_service_point, scope_of
from okienko.modules.collection.answering import bursts, door
from okienko.modules.questionnaires import library
from okienko.modules.surveys.tests.factories import (
    make_link,
    make_office_wave,
    make_questionnaire,
    make_survey,
    make_wave,
)


@pytest.fixture(autouse=True)
def nothing_kept():
    door.forget()
    bursts.forget()


@pytest.fixture
def clients_definition() -> dict:
    return json.loads(library.read("klienci"))


@pytest.fixture
def open_link(office, clients_definition):
    """A link whose wave is open today."""
    today = timezone.localdate()
    with open_scope(scope_of(office)):
        questionnaire = make_questionnaire(office, definition=clients_definition)
        survey = make_survey(office, questionnaire=questionnaire)
        wave = make_wave(
            survey, state="open", opens_on=today - timedelta(days=1), closes_on=today + timedelta(days=9)
        )
        office_wave = make_office_wave(office, wave=wave, state="open")
        return make_link(office_wave, make_service_point(office, name="Sala obsługi", code="sala"))
