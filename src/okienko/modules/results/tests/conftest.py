"""Closed waves of the clients' questionnaire with answers from a seed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone

from okienko.engines.questionnaire import from_builtins, items
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.models import ServicePoint
from okienko.foundation.testing.factories import make_service_point
from okienko.modules.collection.models import Response
from okienko.modules.questionnaires import library, selectors
from okienko.modules.results import services
from okienko.modules.results.presenting import words
from okienko.modules.surveys.models import Shift
from okienko.modules.surveys.tests.factories import (
    make_office_wave,
    make_point_plan,
    make_questionnaire,
    make_survey,
    make_wave,
)

FIRST = date(2026, 10, 19)
CLIENTS = json.loads(library.read("klienci"))
ITEMS = items(from_builtins(CLIENTS))
RATED = [item.code for item in ITEMS if item.kind == "ordinal"]


def drawn(count: int, *, seed: int = 1, level: float = 4.0, **fixed) -> list[dict]:
    """Answers of `count` people about `level`; waiting is weak, respect strong."""
    chance = np.random.default_rng(seed)
    shift = {"czas_oczekiwania": -0.9, "szacunek": 0.5}
    rows = []
    for _number in range(count):
        mood = chance.normal(0, 0.5)
        row = {
            code: int(np.clip(round(level + mood + shift.get(code, 0) + chance.normal(0, 0.6)), 1, 5))
            for code in RATED
        }
        row["polecenie"] = int(np.clip(round(8 + mood * 2), 0, 10))
        row["sprawa"] = int(chance.integers(1, 3))
        rows.append(row | fixed)
    return [{code: value for code, value in row.items() if value is not None} for row in rows]


def answer(part, rows: list[dict], *, points=(), days: int = 12, **fields) -> None:
    """Spread the answers over the points and days in turn."""
    spread = list(points) or [None]
    Response.objects.bulk_create(
        Response(
            office_id=part.office_id,
            office_wave=part,
            service_point=spread[number % len(spread)],
            day=FIRST + timedelta(days=(number // len(spread)) % days),
            answers=row,
            **({"mode": "paper"} | fields),
        )
        for number, row in enumerate(rows)
    )


def draw(plan, days) -> None:
    """The days on which forms are handed out at a point."""
    Shift.objects.bulk_create(Shift(office_id=plan.office_id, point_plan=plan, day=day) for day in days)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Rolled back rows give their numbers to others, so what is remembered by number is forgotten."""
    selectors._decoded.cache_clear()
    words._made.clear()


def close_wave(office, rows, *, points=2, kind="systematic", survey=None, days=12, **fields):
    """A closed wave of the clients' questionnaire with these answers."""
    survey = survey or make_survey(office, questionnaire=make_questionnaire(office, definition=CLIENTS))
    number = survey.waves.count()
    opens = FIRST + timedelta(days=365 * number)
    wave = make_wave(survey, state="closed", opens_on=opens, closes_on=opens + timedelta(days=25), **fields)
    part = make_office_wave(office, wave=wave, state="closed", sample_kind=kind, population=5000)
    places = []
    for place in range(points):
        code = f"p{place}"
        found = ServicePoint.objects.filter(office=office, code=code).first()
        found = found or make_service_point(office, name=f"Punkt {place}", code=code)
        plan = make_point_plan(part, found, days_open=20)
        draw(plan, [FIRST + timedelta(days=day) for day in range(days)] if kind == "systematic" else [])
        places.append(found)
    answer(part, rows, points=places, days=days)
    return part


@pytest.fixture
def make_closed() -> Callable:
    """`close_wave`, for tests that have the scope of an office or of the network open."""
    return close_wave


def release(part):
    by = system_actor("test", office_id=part.office_id, network_id=part.wave.network_id)
    return services.release_results(office_wave=part, by=by, at=timezone.now())


@pytest.fixture
def closed(in_office, make_closed):
    """240 answers at two points on twelve days each."""
    return make_closed(in_office, drawn(240))


@pytest.fixture
def released(closed):
    return release(closed)
