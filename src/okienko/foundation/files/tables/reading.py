"""`read_table`: what kind of file it is, whatever its name says, and then the right reader."""

from __future__ import annotations

from pathlib import PurePosixPath

from okienko.foundation.files.kinds import sniff
from okienko.foundation.files.tables import delimited, encodings, workbook
from okienko.foundation.files.tables.assembling import Rules, assemble
from okienko.foundation.files.tables.encodings import ENCODINGS
from okienko.foundation.files.tables.model import Choices, Limits, Problems, Table, fault

__all__ = ["ENCODINGS", "read_table"]
WORKBOOK_NAMES = {".xlsx", ".xlsm", ".xls", ".xlsb"}
TEXT_NAMES = {".csv", ".txt", ".tsv"}
# The name of the part that holds a locked workbook, as OLE writes names.
LOCKED = "EncryptedPackage".encode("utf-16-le")


def read_table(
    content: bytes,
    name: str,
    *,
    limits: Limits | None = None,
    choices: Choices | None = None,
    head: int | None = None,
) -> Table:
    """Read a CSV file or a sheet of an XLSX workbook whole, or only its first `head` rows.

    What is not in `choices` is found out: the first visible sheet with cells, the encoding, the delimiter.
    `TableFault` with every problem that was found: there is no half-read table.
    """
    limits, choices = limits or Limits(), choices or Choices()
    if not content:
        raise fault("empty")
    if len(content) > limits.size:
        raise fault("too_large", limit=limits.size // 1_000_000)
    kind = _kind(content, PurePosixPath(name).suffix.lower())
    if kind == "text":
        return _read_text(content, Rules(limits, pads=False, head=head), choices)
    return _read_workbook(content, Rules(limits, pads=True, head=head), choices)


def _kind(content: bytes, suffix: str) -> str:
    kind = sniff(content)
    if kind == "ole":
        raise fault("locked_workbook" if LOCKED in content else "old_workbook")
    if kind == "xlsm":
        raise fault("macros")
    if kind == "xlsx" and suffix not in WORKBOOK_NAMES:
        raise fault("name_says_text")
    if kind != "xlsx" and suffix in WORKBOOK_NAMES:
        raise fault("broken_workbook" if content.startswith(b"PK") else "name_says_workbook")
    if kind == "unknown" and suffix in TEXT_NAMES and content.count(0) <= 1 + len(content) // 100:
        return "text"  # damaged text: the reader says where
    if kind not in {"text", "xlsx"}:
        raise fault("not_a_table")
    return kind


def _read_text(content: bytes, rules: Rules, choices: Choices) -> Table:
    decoded = encodings.decode(content, choices.encoding)
    used = choices.delimiter or delimited.find_delimiter(decoded.text)
    found = assemble(delimited.rows_of(decoded.text, used, rules.limits), rules, Problems())
    return Table(
        header=found.header,
        rows=found.rows,
        row_numbers=found.row_numbers,
        encoding=decoded.encoding,
        encoding_certain=decoded.certain,
        delimiter=used,
        truncated=found.truncated,
    )


def _read_workbook(content: bytes, rules: Rules, choices: Choices) -> Table:
    book = workbook.open_workbook(content, rules.limits, sheet=choices.sheet, head=rules.head)
    problems = Problems()
    found = assemble(book.rows(problems), rules, problems)
    return Table(
        header=found.header,
        rows=found.rows,
        row_numbers=found.row_numbers,
        sheet=book.sheet,
        sheets=book.sheets,
        truncated=found.truncated,
    )
