"""The table that results are computed from."""

from __future__ import annotations

import datetime

import numpy as np

from okienko.modules.collection.models import Response
from okienko.modules.collection.selectors import analysis_table, counts
from okienko.modules.surveys.tests.factories import make_office_wave


def respond(office_wave, answers, **fields) -> Response:
    values = {"mode": "web", "day": datetime.date(2026, 11, 10), "answers": answers} | fields
    return Response.objects.create(office_id=office_wave.office_id, office_wave=office_wave, **values)


def test_missing_kinds_stay_apart(in_office):
    wave = make_office_wave(in_office, state="open")
    respond(wave, {"q1": 5, "q2": -2})
    respond(wave, {"q2": -4, "q3": 2.5})
    table = analysis_table(wave, ["q1", "q2", "q3"])
    assert sorted(table.items["q1"]) == [-1, 5]
    assert sorted(table.items["q2"]) == [-4, -2]
    assert np.nansum(table.numbers["q3"]) == 2.5


def test_counts_leave_excluded_answers_out_and_ask_once(in_office, django_assert_num_queries):
    waves = [make_office_wave(in_office, state="open") for _ in range(3)]
    for number, wave in enumerate(waves):
        for _ in range(number):
            respond(wave, {})
    respond(waves[2], {}, excluded=True)
    with django_assert_num_queries(1):
        assert counts([wave.pk for wave in waves]) == {waves[1].pk: 1, waves[2].pk: 2}


def test_the_table_is_one_query(in_office, django_assert_num_queries):
    wave = make_office_wave(in_office, state="open")
    for _ in range(5):
        respond(wave, {"q1": 3}, flags=["burst"])
    with django_assert_num_queries(1):
        table = analysis_table(wave, ["q1"])
    assert table.rows == 5
    assert table.flags == {"burst": 5}


def test_another_office_has_nothing_to_see(in_office, other_office):
    from okienko.foundation.offices.scope import open_scope
    from okienko.foundation.testing.factories import scope_of

    wave = make_office_wave(in_office, state="open")
    respond(wave, {"q1": 3})
    with open_scope(scope_of(other_office)):
        assert analysis_table(wave, ["q1"]).rows == 0
        assert counts([wave.pk]) == {}
