"""Every figure of the document is that of its own question, group and family; nothing is worked out again."""

from __future__ import annotations

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone
from scipy.special import stdtr

from okienko.engines.statistics import Composite, Difference, Mean, change, combine, estimate, holm, p_value
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import make_office, scope_of_network
from okienko.modules.collection.models import Response
from okienko.modules.results.computing.wave import POINT, read_wave
from okienko.modules.results.models import Report
from okienko.modules.results.presenting.network import compare, network_mean_of
from okienko.modules.results.printing.report import printed
from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import answer, drawn, release
from okienko.modules.results.tests.test_network_speed import crowd
from okienko.modules.surveys.models import PointPlan

OVERALL = "zadowolenie"


def test_every_mean_of_a_group_is_that_of_its_people_and_its_question(in_office, make_closed):
    """Groups of unlike sizes and levels by two divisions at once: a mean of another group would show."""
    rows = []
    for number, (matter, outcome, count) in enumerate(((1, 1, 60), (1, 2, 40), (2, 1, 50), (4, 2, 30))):
        rows += drawn(count, seed=number, level=2.6 + 0.5 * number, sprawa=matter, wynik=outcome)
    part = make_closed(in_office, rows)
    document, data = document_of(release(part)), read_wave(part)
    seen = 0
    for domain in document.domains:
        labels = data.dimensions[domain.code]
        for cell in domain.cells:
            inside = np.asarray(labels.codes) == labels.names.index(cell.value)
            assert cell.hidden is not None or cell.n == inside.sum(), (domain.code, cell.value)
            shown = dict(cell.means) | ({OVERALL: cell.overall} if cell.overall else {})
            for code, mean in shown.items():
                answers = data.columns[code][inside]
                answers = answers[answers >= 0]
                assert mean.n == answers.size, (domain.code, cell.value, code)
                assert mean.estimate == pytest.approx(answers.mean(), abs=1e-6)
                seen += 1
    assert {domain.code for domain in document.domains} >= {"sprawa", "wynik", POINT} and seen > 100


@pytest.fixture
def two_waves(in_office, make_closed):
    first = make_closed(in_office, drawn(240))
    release(first)
    second = make_closed(in_office, drawn(240, seed=2, level=4.2), survey=first.wave.survey)
    return document_of(release(second)), read_wave(first), read_wave(second)


def test_changes_of_questions_are_corrected_together_and_the_first_question_alone(two_waves):
    document, *waves = two_waves
    rated = [item for item in waves[1].items if item.kind == "ordinal"]
    pair = combine([wave.cube(rated) for wave in waves], dimension="wave", labels=("a", "b"))
    raw = {item.code: p_value(change(pair, Mean(item.code), ("a", "b"))[0]) for item in rated}
    others = [code for code in raw if code != OVERALL]
    expected = dict(zip(others, holm([raw[code] for code in others]), strict=True)) | {OVERALL: raw[OVERALL]}
    found = {item.code: item.change.p for item in document.items if item.change}
    assert found == {code: pytest.approx(p, abs=1e-6) for code, p in expected.items()}
    assert any(abs(expected[code] - raw[code]) > 0.01 for code in others), "the correction is seen"


def test_strong_and_weak_questions_are_corrected_together(released):
    document = document_of(released)
    contrasts = [item.contrast for item in document.items if item.contrast]
    data = read_wave(released.office_wave)
    codes = [item.code for item in document.items if item.contrast]
    cube = data.cube(data.items)
    whole = Composite(tuple(codes))
    raw = [p_value(estimate(cube, Difference(Mean(code), whole, code))[0]) for code in codes]
    assert [each.p for each in contrasts] == [pytest.approx(p, abs=1e-6) for p in holm(raw)]
    assert any(each.p - p > 0.01 for each, p in zip(contrasts, raw, strict=True))


def test_areas_are_compared_only_where_the_same_questions_were_published_as_one(in_office, make_closed):
    """A question hidden in one wave leaves an area of other questions: no change of it."""
    first = make_closed(in_office, drawn(40, godziny=None) + drawn(3, seed=4))
    before = document_of(release(first))
    now = document_of(release(make_closed(in_office, drawn(200, seed=5), survey=first.wave.survey)))
    same = {area.code: area.items for area in before.areas}
    changed = [area for area in now.areas if same[area.code] != area.items]
    assert changed and all(area.change is None for area in changed)
    assert all(area.change is not None for area in now.areas if same[area.code] == area.items)


def test_what_came_back_at_a_point_is_not_told_where_its_answers_are_hidden(in_office, make_closed, anna):
    """Two points hide each other: the forms returned there would tell their sizes."""
    part = make_closed(in_office, drawn(120), points=3)
    small = PointPlan.objects.filter(office_wave=part).order_by("pk").last()
    Response.objects.filter(office_wave=part, service_point=small.service_point).delete()
    answer(part, drawn(3, seed=7), points=[small.service_point], days=3)
    PointPlan.objects.filter(office_wave=part).update(issued=90, returned=77, spoiled=1)
    PointPlan.objects.filter(pk=small.pk).update(returned=3, spoiled=0)
    made = release(part)
    document = document_of(made)
    cells = next(each for each in document.domains if each.code == POINT).cells
    hidden = {cell.label for cell in cells if cell.hidden is not None}
    assert len(hidden) == 2
    for point in document.fieldwork.points:
        assert (point.returned is None) is (point.name in hidden) and point.issued == 90
    data, _images = printed(Report(office=made.office, results=made, changed_at=timezone.now()))
    rows = [row for block in data["blocks"] if block["kind"] == "table" for row in block["rows"]]
    told = [row for row in rows if isinstance(row, list) and len(row) == 4 and row[0] in hidden]
    assert [row[1:3] for row in told[:2]] == [["90", "–"], ["90", "–"]]


def test_the_network_counts_nothing_of_an_office_whose_rating_is_hidden(in_network, office, make_closed):
    few = make_closed(office, drawn(80, zadowolenie=None) + drawn(3, seed=2))
    made = release(few)
    assert made.estimate is None and made.totals is None and made.answers == 83


def test_what_was_frozen_is_read_and_never_worked_out_again(outlets, anna):
    """With every answer gone the pages, the files and the network's mean say what they said."""
    before = outlets()
    Response.objects.all().delete()
    assert outlets() == before


@pytest.fixture
def outlets(in_network, network, make_closed, anna):
    """A function that reads every outlet of two offices of the network."""
    offices = [anna.office, make_office(network, name="Urząd Drugi", slug="drugi")]
    with open_scope(scope_of_network(network)):
        rows = [release(make_closed(each, drawn(120, seed=n))) for n, each in enumerate(offices)]

    def read() -> list:
        args = [anna.office.slug, rows[0].pk]
        pages = [anna.get(reverse("results:csv", args=args))]
        pages.append(anna.get(reverse("results:chart", args=[*args, "areas"])))
        with open_scope(scope_of_network(network)):
            fresh = [type(row).objects.get(pk=row.pk) for row in rows]
            mean = network_mean_of(fresh)
            compared = compare(fresh)
        return [*(page.content for page in pages), mean, compared.mean]

    return read


def test_pairs_of_offices_are_corrected_for_their_number():
    """Without the correction more pairs would differ than with it, in this very crowd."""
    rows = crowd(30)
    table = compare(rows).pairs
    ordered = sorted(rows, key=lambda row: -row.estimate)
    p = {}
    for a, first in enumerate(ordered):
        for b, second in enumerate(ordered[a + 1 :], a + 1):
            spread = float(np.hypot(first.se, second.se))
            p[a, b] = float(
                2 * stdtr(first.df + second.df - 1, -abs(first.estimate - second.estimate) / spread)
            )
    adjusted = dict(zip(p, holm(list(p.values())), strict=True))
    expected = {pair for pair, value in adjusted.items() if value < 0.05}
    found = {(a, b) for a, b in p if table[a, b]}
    assert found == expected and len(expected) < sum(value < 0.05 for value in p.values())
