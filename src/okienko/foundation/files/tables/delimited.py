"""Rows of a text file: which character separates the cells, and what the quotation marks enclose."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from okienko.foundation.files.tables.model import Limits, fault

DELIMITERS = (";", ",", "\t", "|")
SAMPLE_ROWS, SAMPLE_CHARACTERS = 50, 100_000

NumberedRow = tuple[int, list[str | None]]


def rows_of(text: str, delimiter: str, limits: Limits) -> Iterator[NumberedRow]:
    """Rows with the number of the line on which each begins; `TableFault` at the first unreadable one."""
    zero = text.find("\0")
    if zero >= 0:
        raise fault("nul", row=text.count("\n", 0, zero) + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(max(csv.field_size_limit(), limits.characters))
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise fault("cell_too_long", row=begins, column=1, limit=limits.characters) from error
            raise fault("quotes", row=begins) from error
        if not (begins == 1 and _says_separator(cells, delimiter)):
            yield begins, cells
        begins = reader.line_num + 1


def find_delimiter(text: str) -> str:
    """The separator by which the first rows have the same number of cells, and most of them."""
    head = text[:SAMPLE_CHARACTERS]
    first = head.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and first[4:5] in DELIMITERS:
        return first[4:5]
    if len(text) > len(head):
        head = head[: head.rfind("\n") + 1] or head
    return max(DELIMITERS, key=lambda delimiter: _fitness(head, delimiter))


def _fitness(head: str, delimiter: str) -> tuple[float, int]:
    widths = []
    try:
        for cells in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if any(cells):
                widths.append(len(cells))
            if len(widths) == SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] == 1:
        return 0.0, 0
    return round(sum(width == widths[0] for width in widths) / len(widths), 1), widths[0]


def _says_separator(cells: list[str], delimiter: str) -> bool:
    """Excel's own first line `sep=;`, which is no row."""
    return delimiter.join(cells).strip().lower() == f"sep={delimiter}"
