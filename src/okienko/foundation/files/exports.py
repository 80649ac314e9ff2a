"""Tables that Okienko hands out: CSV and XLSX in which text is never a formula and numbers stay numbers."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from django.utils import timezone

Cell = str | int | float | Decimal | bool | date | datetime | None
Style = Literal["excel-pl", "plain"]
# With these, and their full-width twins, spreadsheets begin a formula; tab and line ends may hide one.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LONGEST_SHEET_NAME, LONGEST_CELL = 31, 32_767
NARROWEST, WIDEST = 8, 60


@dataclass(frozen=True)
class Sheet:
    """`notes` stand below the table: the source, the method, why cells are empty."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, style: Style = "excel-pl") -> bytes:
    """`excel-pl`: opens with a double click in Polish Excel (byte-order mark, semicolons, decimal commas).
    `plain`: UTF-8, commas, decimal points, for programs; text is guarded against formulas in both."""
    polish = style == "excel-pl"
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";" if polish else ",", lineterminator="\r\n" if polish else "\n")
    writer.writerow([_guarded(name) for name in header])
    writer.writerows([_as_text(cell, comma=polish) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig" if polish else "utf-8")


def write_xlsx(sheets: Sequence[Sheet], *, title: str, at: datetime) -> bytes:
    """A workbook with one sheet for each table: a header row that stays in view, widths, a title."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    import xlsxwriter  # big, and only exports need it

    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": title, "created": _local(at)})
        formats = {
            "header": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "note": book.add_format({"italic": True, "text_wrap": False}),
        }
        taken: set[str] = set()
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, formats)
    return target.getvalue()


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, name in enumerate(sheet.header):
        page.write_string(0, column, name, formats["header"])
    for row, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells):
            _write_cell(page, row, column, cell, formats)
    for offset, note in enumerate(sheet.notes, 2):
        page.write_string(len(sheet.rows) + offset, 0, note, formats["note"])
    page.freeze_panes(1, 0)
    for column, name in enumerate(sheet.header):
        longest = max([len(name), *(len(str(row[column])) for row in sheet.rows if row[column] is not None)])
        page.set_column(column, column, min(WIDEST, max(NARROWEST, longest + 2)))


def _write_cell(page: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    match cell:
        case None:
            page.write_blank(row, column, None)
        case bool():
            page.write_boolean(row, column, cell)
        case int() | float() | Decimal():
            if math.isfinite(cell):
                page.write_number(row, column, cell)
        case datetime():
            page.write_datetime(row, column, _local(cell), formats["moment"])
        case date():
            page.write_datetime(row, column, datetime.combine(cell, time()), formats["date"])
        case _:
            page.write_string(row, column, str(cell)[:LONGEST_CELL])


def _as_text(cell: Cell, *, comma: bool) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case int():
            return str(cell)
        case float() | Decimal():
            if not math.isfinite(cell):
                return ""
            text = repr(cell) if isinstance(cell, float) else f"{cell:f}"
            return text.replace(".", ",") if comma else text
        case datetime():
            return _local(cell).isoformat(sep=" ", timespec="minutes")
        case date():
            return cell.isoformat()
        case _:
            return _guarded(str(cell))


def _local(moment: datetime) -> datetime:
    """In the installation's zone and without saying so: spreadsheets know no zones."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _guarded(text: str) -> str:
    """Spreadsheets show the apostrophe's text as text, whatever it begins with."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _sheet_name(name: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '") or "Arkusz"
    found, number = base[:LONGEST_SHEET_NAME], 2
    while found.casefold() in taken:
        suffix = f" ({number})"
        found, number = base[: LONGEST_SHEET_NAME - len(suffix)] + suffix, number + 1
    taken.add(found.casefold())
    return found
