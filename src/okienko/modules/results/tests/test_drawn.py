"""Charts stay on their axis; the report ends with the list of its tables and charts."""

from __future__ import annotations

import re

from django.utils import timezone

from okienko.modules.results import selectors
from okienko.modules.results.models import Report
from okienko.modules.results.presenting import charts
from okienko.modules.results.presenting.words import words_of
from okienko.modules.results.printing.report import printed
from okienko.modules.results.tests.conftest import drawn, release
from okienko.modules.results.tests.test_staff import apart

ACROSS = re.compile(r' (?:x|x1|x2|cx)="(-?[\d.]+)%"')


def test_an_interval_cut_at_the_end_of_the_scale_is_drawn_up_to_the_edge(in_office, make_closed):
    made = release(make_closed(in_office, apart(80, 1)))
    document, words = selectors.document_of(made), words_of(made)
    assert any(driver.cut for driver in document.drivers)
    found = [charts.chart_of(name, document, words) for name in charts.names_of(document)]
    places = [float(at) for chart in found if chart for at in ACROSS.findall(chart.svg())]
    assert places and all(0 <= at <= 100 for at in places)


def test_the_report_ends_with_the_list_of_its_tables_and_charts(released):
    data, _images = printed(Report(office=released.office, results=released, changed_at=timezone.now()))
    assert [block.get("target") for block in data["blocks"][-2:]] == ["table", "figure"]


def test_a_hidden_wave_has_no_list_of_tables(in_office, make_closed):
    made = release(make_closed(in_office, drawn(2)))
    data, _images = printed(Report(office=made.office, results=made, changed_at=timezone.now()))
    assert not any(block["kind"] == "list_of" for block in data["blocks"])
