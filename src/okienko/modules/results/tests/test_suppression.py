"""No outlet tells a suppressed number."""

from __future__ import annotations

import io
import re
import zipfile
from types import SimpleNamespace

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.engines.questionnaire import NOT_SHOWN
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.print import compile_pdf
from okienko.foundation.testing.factories import make_service_point
from okienko.modules.results import selectors, services
from okienko.modules.results.computing.compute import _forms_at
from okienko.modules.results.computing.domains import in_domains
from okienko.modules.results.computing.lattice import decide
from okienko.modules.results.computing.wave import read_wave
from okienko.modules.results.document import FormsAt
from okienko.modules.results.presenting import charts, remarks
from okienko.modules.results.presenting.words import words_of
from okienko.modules.results.printing.report import printed
from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import FIRST, answer, draw, drawn, release
from okienko.modules.surveys.tests.factories import make_point_plan


@pytest.fixture
def planted(in_office, make_closed):
    """Four people with matter 3, who all rate the service 1: their mean, 1,00, may stand nowhere."""
    rows = drawn(200) + drawn(4, seed=9, sprawa=3, zadowolenie=1)
    rows = [row if row["sprawa"] == 3 else row | {"zadowolenie": max(row["zadowolenie"], 2)} for row in rows]
    return release(make_closed(in_office, rows))


def test_a_small_group_is_not_in_the_document(planted):
    domain = next(each for each in document_of(planted).domains if each.code == "sprawa")
    small = next(cell for cell in domain.cells if cell.value == "3")
    assert small.hidden.reason == "primary"
    assert small.n is None and small.overall is None and not small.means
    # one more group falls with it, or the small one would follow by subtraction
    assert (
        sum(cell.hidden is not None and cell.hidden.reason == "complementary" for cell in domain.cells) >= 1
    )


def _outlets(anna, planted) -> dict[str, str]:
    slug, found = anna.office.slug, {}
    names = [
        ("result", []),
        ("questions", []),
        ("question", ["zadowolenie"]),
        ("group", ["sprawa"]),
        ("csv", []),
    ]
    for name, extra in names:
        response = anna.get(reverse(f"results:{name}", args=[slug, planted.pk, *extra]))
        assert response.status_code == 200
        found[name] = response.content.decode("utf-8-sig")
    workbook = anna.get(reverse("results:xlsx", args=[slug, planted.pk])).content
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        found["xlsx"] = "\n".join(book.read(name).decode() for name in book.namelist())
    document, words = document_of(planted), words_of(planted)
    for name in charts.names_of(document):
        chart = charts.chart_of(name, document, words)
        found[name] = chart.svg(file=True) if chart else ""
    found["home"] = anna.get(f"/u/{slug}/").content.decode()
    return found


def test_no_page_file_or_chart_tells_the_small_group(anna, planted):
    """1.00 is the mean of nobody else; neither is it 1,00 nor a bare 1 beside a group's name."""
    outlets = _outlets(anna, planted)
    for name, content in outlets.items():
        assert not re.search(r"\b1[.,]00\b", content), name
    group = outlets["group"]
    row = next(part for part in group.split("<tr") if "pojazdy" in part)
    assert "hidden-cell" in row and not re.search(r'class="num"', row)
    lines = [line for line in outlets["csv"].splitlines() if "pojazdy" in line and ": " in line]
    assert lines and all(re.search(r";;;;;|;{4}", line) for line in lines)


def test_the_table_of_the_dividing_question_does_not_count_the_small_group(anna, planted):
    document = document_of(planted)
    told, item = {share.value for share in document.item("sprawa").shares}, document.item("sprawa")
    groups = next(each for each in document.domains if each.code == "sprawa").cells
    assert told == {int(cell.value) for cell in groups if cell.hidden is None} and 3 not in told
    assert item.empty is item.dont_know is item.not_applicable is item.not_shown is None
    page = anna.get(reverse("results:question", args=[anna.office.slug, planted.pk, "sprawa"]))
    row = next(part for part in page.content.decode().split("<tr") if "pojazdy" in part)
    assert '<b>Ukryte</b></td><td class="num">–</td></tr>' in row


def test_one_hidden_group_beside_people_without_a_group_hides_the_whole_table(in_office, make_closed):
    """The rest of the shares would leave one number for it, though its mean stays safe."""
    made = release(make_closed(in_office, drawn(100) + drawn(3, sprawa=3) + drawn(20, sprawa=None)))
    document = document_of(made)
    hidden = [c for d in document.domains if d.code == "sprawa" for c in d.cells if c.hidden is not None]
    assert [cell.value for cell in hidden] == ["3"]
    assert document.item("sprawa").hidden is not None and not document.item("sprawa").shares


def test_every_hidden_cell_says_the_same(anna, planted):
    """Which rule struck would tell its size: "fewer than 5" beside "worked out from others" gives bounds."""
    page = anna.get(reverse("results:group", args=[anna.office.slug, planted.pk, "sprawa"])).content.decode()
    said = re.findall(r"Ukryte:</b>\s*([^<]+)<", page)
    guarded = [text for text in said if not text.startswith("Nikt")]  # an empty group is shown as empty
    assert len(guarded) >= 2 and len(set(guarded)) == 1


def test_a_group_of_which_few_rated_the_whole_is_not_said_to_be_silent(anna, in_office, make_closed):
    rows = drawn(60, sprawa=1) + drawn(60, seed=2, sprawa=4)
    rows += drawn(3, seed=3, sprawa=2) + drawn(4, seed=4, sprawa=2, zadowolenie=None)
    made = release(make_closed(in_office, rows))
    domain = next(each for each in document_of(made).domains if each.code == "sprawa")
    group = next(cell for cell in domain.cells if cell.value == "2")
    assert group.n == 7 and group.overall is None and group.hidden is None
    page = anna.get(reverse("results:group", args=[anna.office.slug, made.pk, "sprawa"])).content.decode()
    label = words_of(made).cell("sprawa", group)
    row = next(part for part in page.split("<tr") if label in part)
    assert "mniej niż 5" in row and "Nikt" not in row


def test_the_report_says_that_it_is_hidden(anna, planted):
    by = system_actor("test", office_id=planted.office_id, network_id=planted.office.network_id)
    text = services.ReportText("Wnioski", "Propozycja")
    report = services.write_report(results=planted, text=text, by=by, at=timezone.now())
    data, images = printed(selectors.get_report(report.pk))
    assert "1,00" not in repr(data) and "1.00" not in repr(data)
    assert not any(re.search(r"\b1[.,]00\b", image) for image in images.values())
    pdf = compile_pdf("report", data, images=images, at=report.changed_at)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked and "/StructTreeRoot" in opened.Root
    assert pdf == compile_pdf("report", data, images=images, at=report.changed_at)


def test_too_few_answers_hide_the_whole_office(anna, in_office, make_closed):
    made = release(make_closed(in_office, drawn(4)))
    document = document_of(made)
    assert document.hidden.reason == "primary" and not document.items and made.estimate is None
    page = anna.get(reverse("results:result", args=[anna.office.slug, made.pk])).content.decode()
    assert "Odpowiedziało za mało osób" in page


def test_a_staff_wave_is_hidden_below_ten(in_office, make_closed):
    part = make_closed(in_office, drawn(9), kind="census")
    part.wave.survey.questionnaire.audience = "staff"
    part.wave.survey.questionnaire.save()
    part.refresh_from_db()
    from okienko.modules.surveys import selectors as surveys

    document = document_of(release(surveys.get_office_wave(part.pk)))
    assert document.inference == "none"  # an open link proves nothing about who answered
    assert document.hidden is not None and document.hidden.threshold == 10


def test_an_item_that_the_last_wave_hid_has_no_change(in_office, make_closed):
    few = drawn(40, godziny=None) + drawn(3, seed=4)
    before = make_closed(in_office, few)
    release(before)
    after = release(make_closed(in_office, drawn(200, seed=5), survey=before.wave.survey))
    item = document_of(after).item("godziny")
    assert item.mean is not None and item.change is None
    assert document_of(after).index.change is not None


def test_what_was_published_of_the_last_wave_is_all_that_a_change_starts_from(in_office, make_closed):
    before = make_closed(in_office, drawn(200))
    told = document_of(release(before))
    now = document_of(release(make_closed(in_office, drawn(200, seed=5), survey=before.wave.survey)))
    shown = {item.code: item.mean.estimate for item in told.items if item.mean}
    shown |= {area.code: area.mean.estimate for area in told.areas}
    moved = {part.code: part.change.earlier for part in (*now.items, *now.areas) if part.change}
    assert len(moved) > 20 and all(shown[code] == earlier for code, earlier in moved.items())


def test_a_frozen_wave_that_a_recount_contradicts_is_not_compared(in_office, make_closed):
    """What people read stands; a change from another number would contradict it."""
    before = make_closed(in_office, drawn(200))
    made = release(before)
    changed = made.document
    for item in changed["items"]:
        if item["code"] == "zadowolenie":
            item["mean"][1] += 0.01
    type(made).objects.filter(pk=made.pk).update(document=changed)
    now = document_of(release(make_closed(in_office, drawn(200, seed=5), survey=before.wave.survey)))
    assert now.index.change is None and now.item("godziny").change is not None


def _channels(*sizes: int, **fixed) -> list[dict]:
    """People by the way they came, `sizes` of channels 1, 2, 3, 4; each answers what the channel is asked."""
    on_site = ("dotarcie", "oznakowanie", "miejsce_obslugi")
    rows = []
    for channel, size in enumerate(sizes, start=1):
        unasked = () if channel == 1 else on_site + (() if channel == 2 else ("czas_oczekiwania",))
        for row in drawn(size, seed=channel, sposob=channel, **fixed):
            rows.append(row | dict.fromkeys(unasked, NOT_SHOWN))
    return rows


@pytest.fixture
def by_channel(in_office, make_closed):
    return lambda rows: release(make_closed(in_office, rows, points=1))


def test_the_number_asked_a_conditional_question_does_not_tell_a_hidden_group(anna, by_channel):
    """Sixty came, three phoned: 63 answers about waiting less the sixty that are shown leave three."""
    made = by_channel(_channels(60, 3, 37, 20))
    document = document_of(made)
    groups = next(each for each in document.domains if each.code == "sposob").cells
    assert {cell.value: cell.n for cell in groups}["1"] == 60
    assert next(cell for cell in groups if cell.value == "2").hidden is not None
    waiting = document.item("czas_oczekiwania")
    assert waiting.hidden is not None and waiting.mean is None and not waiting.shares
    assert not any("czas_oczekiwania" in area.items for area in document.areas)
    assert not any("czas_oczekiwania" in cell.means for d in document.domains for cell in d.cells)
    table = anna.get(reverse("results:csv", args=[anna.office.slug, made.pk])).content.decode("utf-8-sig")
    (line,) = [line for line in table.splitlines() if "czas_oczekiwania" in line]
    assert "odpowiedzi jest mniej" in line and ";63;" not in table


def test_a_conditional_question_stays_where_its_answers_bound_no_small_group(by_channel):
    """Asked of a shown group only; and asked of three more, but fewer answered than the shown group has."""
    rows = _channels(60, 3, 37, 20)
    for row in rows[:10]:
        del row["czas_oczekiwania"]
    document = document_of(by_channel(rows))
    assert document.item("dotarcie").mean.n == 60
    assert document.item("czas_oczekiwania").mean.n == 53


def test_a_hidden_group_that_was_not_asked_does_not_follow_either(by_channel):
    """Of the hidden 2, 3 and 4 only the second was asked: the rest are the few."""
    made = by_channel(_channels(60, 20, 3, 0))
    assert document_of(made).item("czas_oczekiwania").hidden is not None


def test_kinds_of_no_answer_are_told_of_questions_that_everybody_was_asked(anna, by_channel):
    rows = _channels(60, 30, 37, 20)
    del rows[0]["szacunek"], rows[0]["dotarcie"]
    document = document_of(by_channel(rows))
    assert document.item("szacunek").empty == 1
    asked = document.item("dotarcie")
    assert asked.mean.n == 59
    assert asked.empty is asked.dont_know is asked.not_applicable is asked.not_shown is None


def test_forms_that_came_back_from_a_hidden_point_are_not_told(in_office, make_closed):
    part = make_closed(in_office, drawn(60), points=1)
    few = make_service_point(in_office, name="Mały punkt", code="maly")
    plan = make_point_plan(part, few, days_open=20)
    draw(plan, [FIRST])
    answer(part, drawn(3, seed=5), points=[few], days=1)
    data = read_wave(part)
    lattice = decide(data, in_domains(data))
    forms = SimpleNamespace(service_point_id=few.pk, name="Mały punkt", issued=9, returned=3, spoiled=1)
    assert _forms_at(data, lattice, forms) == FormsAt("Mały punkt", 9)


def test_hidden_results_show_no_remarks(monkeypatch):
    monkeypatch.setattr(remarks.collection, "published_remarks", lambda part: [SimpleNamespace(text="Tak")])
    hidden, shown = (SimpleNamespace(estimate=each, office_wave=None) for each in (None, 4.0))
    assert remarks.remarks_of(hidden) == remarks.Remarks(0, ())
    assert remarks.remarks_of(shown).count == 1
