"""The printed report: every answer is in it, in tables that fill their pages."""

from __future__ import annotations

import io
from string import ascii_lowercase

import pypdfium2
import pytest
from django.utils import timezone, translation

from okienko.foundation.print import compile_pdf
from okienko.modules.results.models import Report
from okienko.modules.results.presenting.words import words_of
from okienko.modules.results.printing.report import printed
from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import drawn, release


def report_on(made) -> tuple[dict, dict]:
    text = {"conclusions": "Wnioski.", "proposal": "Propozycja.", "owner": "Sekretariat"}
    with translation.override("pl"):
        return printed(Report(office=made.office, results=made, changed_at=timezone.now(), **text))


def cells_of(data) -> list[str]:
    """Every text of every cell of every table."""
    found = []
    for block in data["blocks"]:
        for row in block.get("rows", ()) if block["kind"] == "table" else ():
            cells = row.get("cells", ()) if isinstance(row, dict) else row
            for cell in cells:
                found += [cell["text"], cell.get("note", "")] if isinstance(cell, dict) else [str(cell)]
    return found


def test_every_question_is_in_the_report_with_all_its_shares(released):
    document, words = document_of(released), words_of(released)
    data, _images = report_on(released)
    captions = " ".join(block["caption"] for block in data["blocks"] if block["kind"] == "table")
    whole = " ".join(cells_of(data)) + captions + repr([b for b in data["blocks"] if b["kind"] == "text"])
    for item in document.items:
        number = words.number(item.code)
        assert f"{number}. " in whole or f"{number.rstrip(ascii_lowercase)}. " in whole, item.code
    rated = [item for item in document.items if item.mean and len(item.shares) == 5]
    rows = [
        row
        for block in data["blocks"]
        if block["kind"] == "table"
        for row in block["rows"]
        if isinstance(row, list) and isinstance(row[0], dict) and len(row) == 8
    ]
    assert len(rated) == len(rows) > 20
    for item, row in zip(rated, rows, strict=True):
        assert [cell["text"] for cell in row[1:6]] == [f"{s.share * 100:.0f}%" for s in item.shares], (
            item.code
        )
        assert all("–" in cell["note"] for cell in row[1:7])


def test_a_hidden_question_is_hidden_in_the_table_of_its_scale(in_office, make_closed):
    made = release(make_closed(in_office, drawn(80, godziny=None) + drawn(3, seed=4)))
    data, _images = report_on(made)
    rows = [row for block in data["blocks"] if block["kind"] == "table" for row in block["rows"]]
    words = words_of(made)
    row = next(
        r
        for r in rows
        if isinstance(r, list) and r[0] == f"{words.number('godziny')}. {words.short('godziny')}"
    )
    assert row[1]["hidden"] and row[1]["span"] == 7 and len(row) == 2


@pytest.mark.parametrize("kind", ["systematic", "open"])
def test_no_page_but_the_last_is_half_empty(in_office, make_closed, kind):
    """Tables run on over pages; nothing starts a page of its own but the cover."""
    data, images = report_on(release(make_closed(in_office, drawn(240), kind=kind)))
    pdf = compile_pdf("report", data, images=images, at=timezone.now())
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    filled = []
    for number in range(1, len(document) - 1):
        page = document[number].render(scale=0.2).to_pil().convert("L")
        width, height = page.size
        body = page.crop((0, int(height * 0.08), width, int(height * 0.92))).point(
            lambda tone: 255 * (tone < 200)
        )
        filled.append(body.getbbox()[3] / body.size[1])
    assert min(filled) > 0.6, filled
