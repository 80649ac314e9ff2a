"""The figures of the document are the engine's."""

from __future__ import annotations

import numpy as np
import pytest
from django.utils import translation

from okienko.engines.statistics import Mean, build_cube, change, combine, contrasts, estimate, mean, p_value
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import make_office, scope_of_network
from okienko.modules.results.computing.figures import Figures
from okienko.modules.results.computing.lattice import decide
from okienko.modules.results.computing.totals import network_mean, totals_of
from okienko.modules.results.computing.wave import read_wave
from okienko.modules.results.presenting.method import method
from okienko.modules.results.presenting.network import compare, significant_pairs
from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import drawn, release

OVERALL = "zadowolenie"


def test_the_overall_figure_is_the_engines_mean(closed, released):
    data = read_wave(closed)
    (found,) = mean(data.cube(data.items), OVERALL)
    shown = document_of(released).index.mean
    assert released.estimate == pytest.approx(found.estimate, rel=1e-12)
    assert (shown.estimate, shown.lower, shown.upper, shown.n) == (
        pytest.approx(found.estimate, abs=1e-6),
        pytest.approx(found.lower, abs=1e-6),
        pytest.approx(found.upper, abs=1e-6),
        240,
    )
    assert shown.df == 22  # 24 days at points − 2 points


def test_the_change_of_the_overall_figure_is_not_corrected_for_other_questions(in_office, make_closed):
    before = make_closed(in_office, drawn(240))
    release(before)
    after = make_closed(in_office, drawn(240, seed=2, level=4.25), survey=before.wave.survey)
    document = document_of(release(after))
    first, second = read_wave(before), read_wave(after)
    cubes = [each.cube([i for i in each.items if i.code == OVERALL]) for each in (first, second)]
    (moved,) = change(combine(cubes, dimension="wave", labels=("a", "b")), Mean(OVERALL), ("a", "b"))
    shown = document.index.change
    assert shown.difference == pytest.approx(moved.estimate, abs=1e-6)
    with translation.override("pl"):
        assert "Zmiany liczymy przed zaokrągleniem." in " ".join(method(document))
    assert shown.p == pytest.approx(p_value(moved), abs=1e-6)
    assert [point.wave for point in document.trend] == [before.wave.name, after.wave.name]


def test_a_sample_is_not_compared_with_a_census(in_office, make_closed):
    before = make_closed(in_office, drawn(240), kind="census")
    release(before)
    document = document_of(release(make_closed(in_office, drawn(240, seed=2), survey=before.wave.survey)))
    assert document.inference == "design" and not document.pair_known
    assert len(document.trend) == 2


def test_what_an_office_adds_to_the_network_gives_back_its_own_mean_and_error(closed, released):
    data = read_wave(closed)
    (found,) = mean(data.cube(data.items), OVERALL)
    alone = network_mean([totals_of(data, OVERALL)])
    assert (alone.estimate, alone.se, alone.df) == (
        pytest.approx(found.estimate, rel=1e-12),
        pytest.approx(found.se, rel=1e-9),
        found.df,
    )


def test_the_networks_mean_is_that_of_all_answers_in_one_design(
    in_network, office, other_office, make_closed
):
    parts = [make_closed(office, drawn(60)), make_closed(other_office, drawn(240, seed=3, level=3.2))]
    waves = [read_wave(part) for part in parts]
    item = [each for each in waves[0].items if each.code == OVERALL]
    cubes = [each.cube(item) for each in waves]
    (whole,) = estimate(combine(cubes, dimension="office", labels=("a", "b")), Mean(OVERALL))
    found = network_mean(totals_of(each, OVERALL) for each in waves)
    assert found.estimate == pytest.approx(whole.estimate, rel=1e-12)
    assert found.se == pytest.approx(whole.se, rel=1e-9)
    means = [mean(cube, OVERALL)[0].estimate for cube in cubes]
    assert abs(found.estimate - sum(means) / 2) > 0.1  # a mean of means would be something else


def test_offices_are_told_apart_as_by_the_engines_contrasts(in_network, network, make_closed):
    offices = [make_office(network, name=f"Urząd {n}", slug=f"urzad-{n}") for n in range(4)]
    with open_scope(scope_of_network(network)):
        rows = [
            release(make_closed(each, drawn(120, seed=n, level=3.4 + n * 0.15)))
            for n, each in enumerate(offices)
        ]
        waves = [read_wave(row.office_wave) for row in rows]
        cubes = [each.cube([i for i in each.items if i.code == OVERALL]) for each in waves]
    cube = combine(cubes, dimension="office", labels=tuple("0123"))
    table = significant_pairs(rows)
    for found in contrasts(cube, Mean(OVERALL), "office"):
        expected = int(np.sign(found.difference.estimate)) if found.p_holm < 0.05 else 0
        assert abs(table[int(found.first), int(found.second)]) == abs(expected)
    compared = compare(rows)
    assert compared.ranked[0].results.pk == rows[-1].pk
    assert all(1 <= row.best <= row.worst <= 4 for row in compared.ranked)


def test_areas_carry_the_covariance_of_their_questions(closed):
    data = read_wave(closed)
    figures = Figures(data, decide(data, data.items), None)
    area = next(each for each in figures.areas() if each.code == "terminowosc")
    columns = np.stack([data.columns[code] for code in area.items]).mean(axis=0)
    cube = build_cube({"x": columns.astype(float)}, ["x"], data.sample.design)
    (expected,) = mean(cube, "x")
    assert area.mean.estimate == pytest.approx(expected.estimate, rel=1e-9)
    assert area.mean.se == pytest.approx(expected.se, rel=1e-6)


def test_weak_and_strong_questions_are_found(released):
    from okienko.modules.results.presenting.sentences import strengths, weaknesses

    document = document_of(released)
    assert weaknesses(document)[0].code == "czas_oczekiwania"
    assert strengths(document)[0].code == "szacunek"
