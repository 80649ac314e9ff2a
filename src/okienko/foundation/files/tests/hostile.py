"""Workbooks, honest and hostile, made by the tests themselves."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def workbook(rows: list[list[object]], *, sheets: dict[str, list[list[object]]] | None = None) -> bytes:
    """A workbook as a spreadsheet program writes it; datetimes as dates with a format."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        hour = book.add_format({"num_format": "hh:mm"})
        for name, content in (sheets or {"Dane": rows}).items():
            page = book.add_worksheet(name)
            for number, row in enumerate(content):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime | date):
                        page.write_datetime(number, column, cell, day)
                    elif isinstance(cell, time):
                        page.write_datetime(number, column, cell, hour)
                    else:
                        page.write(number, column, cell)
    return target.getvalue()


def changed(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The workbook with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose only sheet is this XML (the part between `<sheetData>` and its end)."""
    full = f'{HEADER}<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'
    return changed(workbook([["a"]]), lambda parts: parts.update({SHEET: full.encode()}))


def bomb(size: int) -> bytes:
    """A sheet of `size` zeros: a thousandth of it in the file."""
    return changed(workbook([["a"]]), lambda parts: parts.update({SHEET: b"0" * size}))


def overlapping_bomb(copies: int) -> bytes:
    """Many entries that share one compressed block: the directory alone multiplies it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}.items():
            archive.writestr(name, part)
        archive.writestr("xl/a.xml", b"0" * 100_000)
        first = archive.getinfo("xl/a.xml")
        for number in range(copies):
            twin = zipfile.ZipInfo(f"xl/{number}.xml")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
    return target.getvalue()


def with_entity(declaration: str, use: str = "&x;") -> bytes:
    """A workbook whose shared strings declare entities."""
    xml = (
        f'{HEADER}<!DOCTYPE sst [{declaration}]><sst xmlns="{MAIN}" count="1" uniqueCount="1">'
        f"<si><t>{use}</t></si></sst>"
    )
    return changed(workbook([["a"]]), lambda parts: parts.update({"xl/sharedStrings.xml": xml.encode()}))


def marked_as_encrypted(content: bytes) -> bytes:
    """The flag of an encrypted entry in the directory."""
    place = content.find(b"PK\x01\x02") + 8
    return content[:place] + struct.pack("<H", 1) + content[place + 2 :]
