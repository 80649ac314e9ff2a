"""Rows of an XLSX workbook, read by `xlsx_child` in the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from okienko.foundation.files.sandbox import Reason, SandboxFault, SandboxLimits, run
from okienko.foundation.files.tables.assembling import NumberedRow
from okienko.foundation.files.tables.model import Limits, Problems, fault

CHILD = Path(__file__).with_name("xlsx_child.py")
REASONS = {
    Reason.TIME: "too_slow",
    Reason.MEMORY: "too_much_memory",
    Reason.OUTPUT: "too_much_memory",
    Reason.CRASH: "broken_workbook",
}


@dataclass
class Workbook:
    """`output` are JSON lines: the book itself, then rows, then problems of single cells."""

    sheet: str
    sheets: tuple[str, ...]
    lines: list[bytes] = field(repr=False)

    def rows(self, problems: Problems) -> Iterator[NumberedRow]:
        """The rows, empty ones left out; problems of cells are added as they come."""
        decode = msgspec.json.Decoder().decode
        for line in self.lines:
            item: Any = decode(line)
            if isinstance(item, dict):
                problems.add(item["problem"], item.get("row"), item.get("column"), **item.get("params", {}))
            else:
                yield item[0], item[1]


def open_workbook(content: bytes, limits: Limits, *, sheet: str | None, head: int | None) -> Workbook:
    """`TableFault` when the workbook is hostile, damaged, or without the sheet that is asked for."""
    options = {
        "sheet": sheet,
        "rows": limits.rows + 1 if head is None else head + 1,
        "columns": limits.columns,
        "unpacked": limits.unpacked,
    }
    bounds = SandboxLimits(memory=limits.memory, seconds=limits.seconds, output=limits.memory // 2)
    try:
        output = run(
            CHILD, content, options=options, limits=bounds, packages=["openpyxl", "defusedxml", "et_xmlfile"]
        )
    except SandboxFault as error:
        raise fault(REASONS[error.reason]) from error
    lines = output.splitlines()
    book = msgspec.json.decode(lines[0]) if lines else {"problem": "broken_workbook"}
    if "problem" in book:
        raise fault(book["problem"], **book.get("params", {}))
    return Workbook(book["sheet"], tuple(book["sheets"]), lines[1:])
