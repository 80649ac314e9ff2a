"""The network's pages: fixed numbers of queries, one comparison a page, drawings of one page only."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from scipy.special import stdtr

from okienko.engines.statistics import holm
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import make_office, scope_of_network
from okienko.modules.results.computing.totals import Totals, network_mean
from okienko.modules.results.models import ResultSet
from okienko.modules.results.presenting import network as comparing
from okienko.modules.results.presenting.comparison import drawn, frame_of, lines
from okienko.modules.results.tests.test_network_order import row
from okienko.modules.surveys.tests.factories import make_office_wave, make_survey, make_wave

ANY = {"q": "", "rodzaj": "", "region": "", "kolejnosc": ""}


def crowd(count: int) -> list:
    """Offices of unlike sizes; the higher the number, the higher the mean."""
    chance = np.random.default_rng(7)
    made = []
    for number in range(count):
        each = row(number + 1, f"Urząd {number:03d}", 3.0 + number * 0.03)
        weight = float(chance.uniform(20, 400))
        each.totals = [int(weight), weight, weight * each.estimate, 3.0, 0.2 * number / count, 0.1, 12.0]
        each.se = float(chance.uniform(0.04, 0.2))
        each.lower, each.upper = each.estimate - 2 * each.se, each.estimate + 2 * each.se
        each.n = each.answers = int(weight)
        each.change = each.change_p = None
        made.append(each)
    return made


def test_each_office_is_compared_with_the_mean_of_all_others_recomputed():
    rows = crowd(30)
    parts = [Totals(*each.totals) for each in rows]
    p_values, signs = [], []
    for number, each in enumerate(rows):
        rest = network_mean(part for at, part in enumerate(parts) if at != number)
        away = each.estimate - rest.estimate
        p_values.append(float(2 * stdtr(each.df + rest.df, -abs(away) / np.hypot(each.se, rest.se))))
        signs.append(1 if away > 0 else -1)
    expected = [sign if p < 0.05 else 0 for sign, p in zip(signs, holm(p_values), strict=True)]
    found = {each.results.pk: each.side for each in comparing.compare(rows).ranked}
    assert [found[each.pk] for each in rows] == expected
    assert {-1, 0, 1} <= set(expected)


@pytest.mark.parametrize("count", [1, 2])
def test_few_offices_stand_neither_above_nor_below(count):
    assert [each.side for each in comparing.compare(crowd(count)).ranked] == [0] * count


def test_brackets_are_the_longest_runs_in_which_no_two_differ():
    pairs = comparing.compare(crowd(40)).pairs
    pieces, _columns = comparing.brackets(pairs, most=40)
    begins = {(at, column) for at, marks in enumerate(pieces) for column, begin, _end in marks if begin}
    found = set()
    for at, column in begins:
        end = at
        while (column, end == at, True) not in pieces[end]:
            end += 1
        found.add((at, end))
    alike = {(a, b) for a in range(40) for b in range(a + 1, 40) if not pairs[a : b + 1, a : b + 1].any()}
    longest = {(a, b) for a, b in alike if (a - 1, b) not in alike and (a, b + 1) not in alike}
    assert found == longest and len(longest) > 3


def test_offices_are_compared_once_and_only_the_pages_lines_are_drawn(monkeypatch):
    seen = []
    real = comparing.significant_pairs
    monkeypatch.setattr(comparing, "significant_pairs", lambda rows: seen.append(1) or real(rows))
    compared = comparing.compare(crowd(60))
    found = lines(compared, ANY)
    shown = drawn(found[:25], frame_of(compared))
    assert len(seen) == 1
    assert not any(line.dot for line in found) and all(line.dot for line in shown)
    assert [line.results.pk for line in shown] == [60 - number for number in range(25)]


def test_in_the_order_of_names_no_bracket_joins_offices():
    compared = comparing.compare(crowd(12))
    assert any("brk" in line.bracket for line in lines(compared, ANY))
    assert not any(line.bracket for line in lines(compared, ANY | {"kolejnosc": "nazwa"}))


def test_from_the_lowest_a_bracket_begins_at_its_upper_end():
    compared = comparing.compare(crowd(2))
    for order in ("", "ocena"):
        first, second = lines(compared, ANY | {"kolejnosc": order})
        assert 'y1="50%"' in first.bracket and 'y2="50%"' in second.bracket


def add_offices(network, waves, count: int) -> None:
    """Results of so many more offices in each of the waves."""
    for office in [make_office(network) for _number in range(count)]:
        with open_scope(scope_of_network(network)):
            fill(office, waves)


def fill(office, waves) -> None:
    for wave in waves:
        part = make_office_wave(office, wave=wave, state="closed")
        ResultSet.objects.create(
            office=office,
            office_wave=part,
            wave=wave,
            computed_at=wave.closed_at or wave.created_at,
            engine="1",
            data_sha256="0" * 64,
            inference="design",
            answers=50,
            n=50,
            estimate=4.0,
            se=0.1,
            lower=3.8,
            upper=4.2,
            df=20.0,
            totals=[50, 50.0, 200.0, 4.0, 0.0, 0.0, 20.0],
            document={},
        )


def test_pages_of_the_network_ask_no_more_for_more_offices(dorota, network):
    office = make_office(network)
    with open_scope(scope_of_network(network)):
        survey = make_survey(office, shared=True)
        waves = [make_wave(survey, state="closed") for _number in range(2)]
    add_offices(network, waves, 2)
    pages = {
        reverse("web:network_home", args=[network.slug]): 22,
        reverse("results:comparison", args=[network.slug, waves[1].pk]): 18,
        reverse("surveys:network_surveys", args=[network.slug]): 16,
        reverse("surveys:network_wave", args=[network.slug, waves[1].pk]): 17,
    }
    few = {address: asked(dorota, address) for address in pages}
    add_offices(network, waves, 12)
    many = {address: asked(dorota, address) for address in pages}
    assert many == few
    assert all(many[address] <= most for address, most in pages.items()), many


def asked(person, address: str) -> int:
    """How many queries a page makes once the session is written."""
    person.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert person.get(address).status_code == 200
    return len(queries)
