"""A drawn sample and those who came beside it: apart in the figures, together in what is told."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.modules.results.document import aside_of_counts, from_json
from okienko.modules.results.models import Report
from okienko.modules.results.printing.report import printed
from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import answer, drawn, release


@pytest.fixture
def mixed(in_office, make_closed):
    """120 drawn clients about 4, and 30 who scanned the poster and all gave 1."""
    part = make_closed(in_office, drawn(120, zadowolenie=4))
    answer(part, drawn(30, seed=2, zadowolenie=1), mode="web")
    return release(part)


def test_those_who_scanned_the_poster_are_in_no_figure_of_the_sample(mixed):
    document = document_of(mixed)
    assert document.inference == "design" and document.fieldwork.answers == mixed.answers == 120
    assert document.index.mean.estimate == 4.0 and mixed.n == 120
    assert all(share.share in (0.0, 1.0) for share in document.index.shares)
    aside = document.fieldwork.aside
    assert (aside.web, aside.elsewhere, aside.overall.n, aside.overall.estimate) == (30, 0, 30, 1.0)


def test_few_beside_the_draw_are_told_by_no_outlet(anna, in_office, make_closed):
    part = make_closed(in_office, drawn(120))
    answer(part, drawn(4, zadowolenie=1), mode="web")
    made = release(part)
    aside = document_of(made).fieldwork.aside
    assert (aside.web, aside.elsewhere, aside.count, aside.overall) == (None, 0, None, None)
    args = [anna.office.slug, made.pk]
    page = anna.get(reverse("results:result", args=args)).content.decode()
    assert "przez otwarty link, razem: mniej niż 5" in page and "<dd>mniej niż 5</dd>" in page
    table = anna.get(reverse("results:csv", args=args)).content.decode("utf-8-sig")
    (beside,) = [line for line in csv.reader(io.StringIO(table), delimiter=";") if line[0] == "poza próbą"]
    assert beside[5] == "" and beside[-1] == "za mało odpowiedzi"
    with zipfile.ZipFile(io.BytesIO(anna.get(reverse("results:xlsx", args=args)).content)) as book:
        assert any("razem: mniej niż 5" in book.read(name).decode() for name in book.namelist())
    data, _images = printed(Report(office=made.office, results=made, changed_at=timezone.now()))
    assert "razem: mniej niż 5" in repr(data["blocks"][:8])


@pytest.mark.parametrize(
    ("web", "elsewhere", "told"),
    [(30, 0, (30, 0, 30)), (30, 2, (None, None, 32)), (3, 4, (None, None, 7)), (1, 2, (None, None, None))],
)
def test_the_total_does_not_give_a_kind_of_few_back(web, elsewhere, told):
    found = aside_of_counts(web, elsewhere, 5)
    assert (found.web, found.elsewhere, found.count) == told


@pytest.mark.parametrize(("paper", "web"), [(60, 2), (2, 60)])
def test_few_answers_by_link_or_by_paper_leave_no_number(anna, in_office, make_closed, paper, web):
    part = make_closed(in_office, drawn(paper), kind="random_list")
    answer(part, drawn(web, seed=2), mode="web")
    made = release(part)
    assert document_of(made).fieldwork.modes == {"paper": None, "web": None}
    page = anna.get(reverse("results:result", args=[anna.office.slug, made.pk])).content.decode()
    assert "Część odpowiedzi przyszła przez link" in page


def test_the_page_the_report_and_the_files_say_how_many_and_what_was_done(anna, mixed):
    args = [anna.office.slug, mixed.pk]
    page = anna.get(reverse("results:result", args=args)).content.decode()
    said = "przez otwarty link: 30"
    assert said in page and "nie liczymy ich" in page and "Poza próbą" in page
    lines = csv.reader(
        io.StringIO(anna.get(reverse("results:csv", args=args)).content.decode("utf-8-sig")), delimiter=";"
    )
    beside = [line for line in lines if line[0] == "poza próbą"]
    assert [line[5] for line in beside] == ["30", "30"] and beside[1][6] == "1,0"
    with zipfile.ZipFile(io.BytesIO(anna.get(reverse("results:xlsx", args=args)).content)) as book:
        assert any(said in book.read(name).decode() for name in book.namelist())
    data, _images = printed(Report(office=mixed.office, results=mixed, changed_at=timezone.now()))
    assert said in repr(data["blocks"][:8])


def test_a_planned_draw_that_nothing_proves_is_named_as_no_sample(anna, in_office, make_closed):
    part = make_closed(in_office, [], points=1)
    answer(part, drawn(60), points=[part.points.get().service_point], mode="web")
    made = release(part)
    page = anna.get(reverse("results:result", args=[anna.office.slug, made.pk])).content.decode()
    assert made.inference == "none" and made.answers == 60
    assert "żadna odpowiedź nie pochodzi z wylosowanego dnia" in page and "przedział z modelu" in page


def test_answers_by_link_to_a_drawn_list_say_what_is_taken_for_granted(anna, in_office, make_closed):
    part = make_closed(in_office, drawn(40), kind="random_list")
    answer(part, drawn(30, seed=2), mode="web")
    made = release(part)
    page = anna.get(reverse("results:result", args=[anna.office.slug, made.pk])).content.decode()
    assert made.answers == 70 and "30 odpowiedzi przyszło przez link" in page


def test_a_document_of_an_older_version_tells_few_answers_no_more(mixed):
    old = mixed.document | {"version": 4}
    old["fieldwork"] = old["fieldwork"] | {"aside": {"web": 3}, "modes": {"paper": 118, "web": 2}}
    field = from_json(old).fieldwork
    assert (field.aside.web, field.aside.count) == (None, None)
    assert field.modes == {"paper": None, "web": None}
