"""No interval leaves the possible values, and where one is cut everybody is told."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from okienko.modules.results.computing.bounds import within
from okienko.modules.results.document import Document
from okienko.modules.results.models import Report
from okienko.modules.results.presenting.comparison import mean_sentence
from okienko.modules.results.presenting.figures import moved, span
from okienko.modules.results.presenting.network import compare
from okienko.modules.results.presenting.words import words_of
from okienko.modules.results.printing.report import printed
from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import drawn, release
from okienko.modules.results.tests.test_network_order import row
from okienko.modules.results.tests.test_staff import apart


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((3.0, 4.0), (3.0, 4.0, False)),
        ((4.2, 5.3), (4.2, 5.0, True)),
        ((0.4, 5.3), (1.0, 5.0, True)),
        ((4.9, 5.0 + 1e-12), (4.9, 5.0, False)),
        ((None, None), (None, None, False)),
    ],
)
def test_an_interval_ends_where_the_scale_does(ends, expected):
    assert within(*ends, (1.0, 5.0)) == expected


@pytest.fixture
def tiny(in_office, make_closed):
    """Few answers near the end of the scale on two days: errors far beyond it."""
    return release(make_closed(in_office, drawn(24, level=4.9), days=2))


@pytest.fixture
def tiny_open(in_office, make_closed):
    return release(make_closed(in_office, drawn(8, level=4.9), kind="open"))


@pytest.fixture
def noisy(in_office, make_closed):
    """Answers by lot: what a question explains may be nothing, and its computed interval falls below."""
    return release(make_closed(in_office, apart(80, 1)))


def intervals(document: Document, scale) -> Iterator[tuple]:
    """(figure, lowest, highest possible value) of everything that has an interval."""
    for item in document.items:
        yield from ((share, 0, 1) for share in item.shares)
        yield from ((share, 0, 1) for share in (item.top, item.bottom) if share)
        if item.mean:
            yield item.mean, *scale(item.code)
    yield from ((area.mean, *scale(area.items[0])) for area in document.areas if area.mean)
    for domain in document.domains:
        for cell in domain.cells:
            means = ([cell.overall] if cell.overall else []) + list(cell.means.values())
            yield from ((mean, *scale(document.overall)) for mean in means)
    yield from ((driver, 0, 1) for driver in document.drivers)
    yield document.csi, 0, 100
    yield document.nps, -100, 100


@pytest.mark.parametrize("kind", ["tiny", "tiny_open", "noisy"])
def test_every_interval_of_a_document_is_possible(request, kind):
    made = request.getfixturevalue(kind)
    found = list(intervals(document_of(made), words_of(made).scale))
    told = [(figure, low, high) for figure, low, high in found if figure.lower is not None]
    assert len(told) > 100
    assert all(low <= figure.lower <= figure.upper <= high for figure, low, high in told)
    assert all(figure.upper == high or figure.lower == low for figure, low, high in told if figure.cut)


def test_the_page_the_file_and_the_report_say_that_an_interval_was_cut(anna, noisy):
    args = [anna.office.slug, noisy.pk]
    assert sum(driver.cut for driver in document_of(noisy).drivers) > 5
    page = anna.get(reverse("results:result", args=args)).content.decode()
    assert re.search(r"<small>0–\d+%\*</small>", page) and "* Wyliczony przedział sięgał" in page
    with zipfile.ZipFile(io.BytesIO(anna.get(reverse("results:xlsx", args=args)).content)) as book:
        assert any("Wyliczony przedział sięgał" in book.read(name).decode() for name in book.namelist())
    with translation.override("pl"):
        data, _images = printed(Report(office=noisy.office, results=noisy, changed_at=timezone.now()))
    notes = [
        block.get("note", "") for block in data["blocks"] if block["kind"] == "table" and "%*" in repr(block)
    ]
    assert notes and all("* Wyliczony" in note for note in notes)


def test_the_networks_mean_and_its_offices_say_it_too():
    rows = [row(1, "Pierwszy", 4.9), row(2, "Drugi", 4.8)]
    for each in rows:
        weight = each.totals[1]
        each.totals = [50, weight, weight * each.estimate, 900.0, 0.0, 0.0, 20.0, 1.0, 5.0]
    mean = compare(rows).mean
    assert (mean.upper, mean.cut) == (5.0, True)
    with translation.override("pl"):
        assert "–5,00*" in mean_sentence(mean)


@pytest.mark.parametrize(
    ("earlier", "difference", "shown"),
    [
        (3.9355, 0.3564, "+0,36"),
        (4.004, 0.180318, "+0,18"),
        (4.1, -0.004, "0,00"),
        (4.2949, -0.3593, "−0,36"),
    ],
)
def test_a_change_is_the_engines_difference_rounded_once(earlier, difference, shown):
    with translation.override("pl"):
        assert moved(SimpleNamespace(earlier=earlier, difference=difference)) == shown


def test_a_figure_without_an_interval_has_no_span():
    assert span(SimpleNamespace(lower=None, upper=None, cut=False)) == ""
