"""Places as ranges, groups that cannot be told apart, smoothed means; influence with its notes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.urls import reverse

from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import make_office, scope_of_network
from okienko.modules.results.document import DriverResult, from_json, to_json
from okienko.modules.results.models import ResultSet
from okienko.modules.results.presenting import influence
from okienko.modules.results.presenting.network import compare
from okienko.modules.results.presenting.places import group_names, letters, shown, standing
from okienko.modules.results.tests.test_network_order import row
from okienko.modules.results.tests.test_network_speed import crowd
from okienko.modules.surveys.tests.factories import make_office_wave, make_survey, make_wave


def test_offices_share_a_letter_exactly_when_they_cannot_be_told_apart():
    compared = compare(crowd(30))
    lines = standing(compared).lines
    for one in lines:
        for other in lines:
            alike = compared.pairs[one.position - 1, other.position - 1] == 0
            assert bool(set(one.groups) & set(other.groups)) == alike
    assert len({group for line in lines for group in line.groups}) > 2


def test_smoothed_means_lie_between_the_own_mean_and_that_of_the_offices():
    found = standing(compare(crowd(30)))
    middle = found.between.mean
    for line in found.lines:
        own = line.row.results.estimate
        assert min(own, middle) - 1e-9 <= line.smooth.estimate <= max(own, middle) + 1e-9
        assert line.smooth.lower < line.smooth.estimate < line.smooth.upper
    kept = {line.row.results.se: line.smooth.weight for line in found.lines}
    assert kept[min(kept)] > kept[max(kept)]


def test_hidden_offices_and_open_samples_have_no_place_and_change_nothing():
    rows = crowd(8)
    others = [row(101, "Ukryty", None), row(102, "Otwarty", 4.9, "none")]
    alone, beside = standing(compare(rows)), standing(compare([*rows, *others]))
    assert [line.smooth for line in alone.lines] == [line.smooth for line in beside.lines]
    assert alone.groups == beside.groups


def test_an_office_without_an_interval_has_no_place_and_says_why():
    alike = row(9, "Jednomyślny", 5.0)
    alike.se, alike.lower, alike.upper = 0.0, None, None
    compared = compare([*crowd(3), alike])
    assert [each.office.name for each in compared.unranked] == ["Jednomyślny"]
    assert len(compared.ranked) == 3


def test_few_offices_are_not_smoothed():
    found = standing(compare(crowd(3)))
    assert [line.smooth for line in found.lines] == [None] * 3
    assert [line.smooth for line in shown(found.lines, found)] == [""] * 3


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((), ""), ((0,), "a"), ((0, 1), "a, b"), ((0, 2, 3, 4, 5), "a, c–f"), ((25, 26, 28), "z, aa, ac")],
)
def test_letters_in_a_row_are_written_as_a_range(numbers, text):
    assert group_names(numbers) == text
    assert letters(701) == "zz"


@pytest.fixture
def wave(network):
    """A wave of the network with results of eight offices: one hidden, one without a drawn sample."""
    with open_scope(scope_of_network(network)):
        found = make_wave(make_survey(make_office(network), shared=True), state="closed")
    for each in [*crowd(6), row(7, "Ukryty", None), row(8, "Otwarty", 4.9, "none")]:
        office = make_office(network, name=each.office.name)
        with open_scope(scope_of_network(network)):
            _results(office, found, each)
    return found


def _results(office, wave, each) -> None:
    figures = {name: getattr(each, name) for name in ("estimate", "se", "df", "lower", "upper", "totals")}
    ResultSet.objects.create(
        office=office,
        office_wave=make_office_wave(office, wave=wave, state="closed"),
        wave=wave,
        computed_at=wave.closed_at or wave.created_at,
        engine="1",
        data_sha256="0" * 64,
        inference=each.inference,
        answers=50,
        n=50 if each.estimate else None,
        document={},
        **figures,
    )


def test_the_page_shows_ranges_groups_and_smoothed_means(dorota, network, wave):
    said = dorota.get(reverse("results:places", args=[network.slug, wave.pk])).content.decode()
    table = said[said.index("<table") : said.index("</table>")]
    for number in range(6):
        assert f"Urząd {number:03d}" in table
    assert "Ukryty" not in said
    assert "Otwarty" not in table and "Otwarty" in said
    assert said.count('role="img"') == 12
    assert "miejsca" in table and "Średnie wygładzone" in said


def test_the_file_of_the_comparison_has_the_places_too(dorota, network, wave):
    answer = dorota.get(reverse("results:network_xlsx", args=[network.slug, wave.pk]))
    assert answer.status_code == 200
    comparison = dorota.get(reverse("results:comparison", args=[network.slug, wave.pk])).content.decode()
    assert reverse("results:places", args=[network.slug, wave.pk]) in comparison


def test_a_wave_of_another_network_is_not_found(dorota, network, wave):
    assert dorota.get(reverse("results:places", args=[network.slug, wave.pk + 1000])).status_code == 404


def test_influence_says_how_it_was_counted(released):
    document = from_json(released.document)
    figure = document.explained
    assert figure.lower < figure.estimate < figure.upper
    said = " ".join(influence.notes(document))
    assert "wagi Johnsona" in said and "jackknife" in said and "CSI" in said
    assert "(" in influence.explained(document)
    assert document.csi_derived.lower < document.csi_derived.estimate < document.csi_derived.upper
    assert abs(document.csi_derived.estimate - document.csi.estimate) < 20


def test_documents_of_older_versions_keep_the_explained_part(released):
    older = released.document | {"drivers_explain": 0.42}
    del older["explained"], older["csi_derived"]
    document = from_json(older)
    assert document.explained.estimate == 0.42
    assert influence.explained(document) == "42%"
    assert "jackknife" not in " ".join(influence.notes(document))
    assert "drivers_explain" not in to_json(document)


@pytest.mark.parametrize("note", ["too_few", "not_probability_sample", "unstable_without_a_psu"])
def test_where_there_is_no_influence_the_method_says_why(note):
    assert influence.why_none(SimpleNamespace(drivers_note=note))
    assert not influence.why_none(SimpleNamespace(drivers_note=""))


def test_contradicting_correlations_are_told_beside_the_figures():
    document = SimpleNamespace(
        drivers=(DriverResult("a", 0.5),), explained=None, drivers_clipped=True, csi_derived=None
    )
    document.fieldwork = SimpleNamespace(answers=70, sample_kind="systematic")
    assert any("ostrożnie" in text for text in influence.notes(document))
