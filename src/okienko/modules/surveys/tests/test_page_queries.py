"""Pages ask no more of the database for more rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from okienko.modules.surveys.models import Shift
from okienko.modules.surveys.tests import factories
from okienko.modules.surveys.tests.pages import WAVE_PAGES, questions, url


def test_the_list_asks_no_more_for_more_surveys(anna, in_office):
    factories.make_office_wave(in_office, state="open")
    page = url("surveys", in_office)
    anna.get(page)  # the session is written once
    few = questions(anna, page)
    for _ in range(8):
        factories.make_office_wave(in_office)
    # ten are those of the frame: session, person, her sessions, her offices and networks
    assert questions(anna, page) == few <= 13


@pytest.mark.parametrize("state", ["planned", "running"])
@pytest.mark.parametrize("name", WAVE_PAGES)
def test_pages_of_a_wave_ask_no_more_for_more_points(anna, in_office, request, name, state):
    part = request.getfixturevalue(state)
    page = url(name, in_office, part.pk)
    anna.get(page)
    few = questions(anna, page)
    for _ in range(12):
        plan = factories.make_point_plan(part, visits=500, interval=3)
        factories.make_link(part, plan.service_point)
        Shift.objects.create(office=in_office, point_plan=plan, day=date(2026, 11, 12), first_client=2)
    # nothing to count or to draw without points, hence the lee of one
    assert questions(anna, page) <= few + 1 <= 19


def test_the_home_page_asks_no_more_for_more_waves(anna, in_office, running):
    page = reverse("web:office_home", args=[in_office.slug])
    anna.get(page)
    few = questions(anna, page)
    for _ in range(5):
        factories.make_ready(in_office)
    assert questions(anna, page) <= few + 1
