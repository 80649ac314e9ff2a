"""What results stand on stays as it is, and what an office asks for itself stays with it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.offices.actor import system_actor
from okienko.modules.collection.services.quality import exclude, include
from okienko.modules.results.tests.conftest import answer, drawn, release


def test_which_answers_count_cannot_change_once_results_stand_on_them(in_office, make_closed):
    part = make_closed(in_office, drawn(60))
    answer(part, drawn(3, seed=7), flags=["honeypot"])
    who = {"by": system_actor("test", office_id=part.office_id), "at": timezone.now()}
    exclude(office_wave=part, flag="honeypot", reason="Robot", **who)
    assert release(part).answers == 60
    with pytest.raises(ValidationError):
        include(office_wave=part, flag="honeypot", **who)
    with pytest.raises(ValidationError):
        exclude(office_wave=part, flag="honeypot", reason="Jednak", **who)


def test_the_network_does_not_read_the_results_of_an_offices_own_survey(dorota, released):
    assert released.wave.office_id is not None
    page = reverse("results:network_result", args=[dorota.network.slug, released.pk])
    assert dorota.get(page).status_code == 404
