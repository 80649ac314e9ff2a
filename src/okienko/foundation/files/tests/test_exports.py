"""Exports: text is never a formula, numbers stay numbers, Polish Excel opens them as they are."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from okienko.foundation.files.exports import Sheet, write_csv, write_xlsx

AT = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
HOSTILE = ["=1+1", "+48 600", "-5 zł", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "＝1+1"]


def reopened(sheets: list[Sheet]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(sheets, title="Raport", at=AT)))


@pytest.mark.parametrize("style", ["excel-pl", "plain"])
@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_would_be_a_formula_is_marked_as_text(text, style):
    lines = write_csv([text], [[text]], style=style).decode("utf-8-sig")
    cells = re.split(r"[\r\n]+(?=['\"])", lines.strip())
    assert len(cells) == 2 and all(cell.strip('"').startswith("'") for cell in cells)


def test_polish_excel_gets_a_mark_semicolons_and_decimal_commas():
    content = write_csv(
        ["Urząd", "Ocena", "Zmiana"], [["Brzozów; Dolny", 4.25, -0.5], ["b", Decimal("3.10"), None]]
    )
    assert content == '\ufeffUrząd;Ocena;Zmiana\r\n"Brzozów; Dolny";4,25;-0,5\r\nb;3,10;\r\n'.encode()


def test_programs_get_commas_and_points():
    row = [1, -2.5, True, date(2026, 11, 22), AT, float("nan"), float("inf"), 'mówi "tak"']
    content = write_csv(["a", "b", "c", "d", "e", "f", "g", "h"], [row], style="plain")
    assert content.decode().splitlines()[1] == '1,-2.5,1,2026-11-22,2026-11-22 07:30,,,"mówi ""tak"""'


def test_a_workbook_keeps_types_and_has_no_formula():
    rows = [[text, -4.5] for text in HOSTILE] + [["Zażółć", 7], ["http://example.org", True]]
    rows += [["007", date(2026, 11, 22)], [None, AT], [float("nan"), Decimal("1.5")]]
    [page] = reopened([Sheet("Wyniki", ["=tekst", "liczba"], rows)]).worksheets
    read = list(page.iter_rows(min_row=2))
    assert [row[0].data_type for row in read[: len(HOSTILE)]] == ["s"] * len(HOSTILE)
    assert page["A1"].value == "=tekst" and page["A1"].data_type == "s"
    assert [row[1].value for row in read[len(HOSTILE) - 1 :]] == [
        -4.5,
        7,
        True,
        datetime(2026, 11, 22),  # noqa: DTZ001 (workbooks know no zones)
        datetime(2026, 11, 22, 7, 30),  # noqa: DTZ001 (likewise)
        1.5,
    ]
    assert read[len(HOSTILE) + 2][0].value == "007"
    assert read[-1][0].value is None


def test_a_workbook_has_a_title_a_header_that_stays_and_notes_below():
    content = write_xlsx([Sheet("Wyniki", ["a"], [["x" * 200]], ["Źródło: fala 2"])], title="Raport", at=AT)
    book = openpyxl.load_workbook(io.BytesIO(content))
    [page] = book.worksheets
    assert book.properties.title == "Raport"
    assert page.freeze_panes == "A2" and page["A1"].font.bold
    assert page.column_dimensions["A"].width <= 61
    assert page["A4"].value == "Źródło: fala 2"


def test_sheets_get_names_that_workbooks_allow():
    names = ["Wyniki [2026/27]: a*b?", "x" * 40, "X" * 40, "", "'"]
    book = reopened([Sheet(name, ["a"], []) for name in names])
    assert book.sheetnames == ["Wyniki  2026 27   a b", "x" * 31, "X" * 27 + " (2)", "Arkusz", "Arkusz (2)"]


def test_the_same_table_gives_the_same_bytes():
    sheets = [Sheet("a", ["b"], [[1]])]
    first, second = (write_xlsx(sheets, title="Raport", at=AT) for _ in range(2))
    parts = [
        {
            name: zipfile.ZipFile(io.BytesIO(content)).read(name)
            for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
        }
        for content in (first, second)
    ]
    assert parts[0] == parts[1]
