"""Reads one sheet of a workbook. Run by `sandbox/start.py` in a process of its own, without Okienko.

Standard input: the workbook, a seekable file. Standard output: JSON lines; the first one the sheets, then
`[row number, cells]`, and problems `{"problem": code, "row": …, "column": …, "params": …}`.

openpyxl tells the sheets and which formats are dates. The cells are read here with expat: with the type and
the formula of each at hand, in one pass, and in a third of the time.
"""

from __future__ import annotations

import json
import sys
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from xml.parsers import expat

# Not needed, slow to load, and more native code within reach of the input.
sys.modules.update({"numpy": None, "lxml": None, "PIL": None, "pandas": None})  # type: ignore[dict-item]

from openpyxl.reader.excel import ExcelReader  # noqa: E402 (what it must not load is named above)
from openpyxl.utils.datetime import from_excel  # noqa: E402 (likewise)
from openpyxl.utils.escape import unescape  # noqa: E402 (likewise)

OPTIONS: dict = globals()["OPTIONS"]
MOST_PARTS, CHUNK = 2_000, 1_000_000
# Repetitive sheets shrink a hundredfold and are small; a bomb shrinks a thousandfold.
HARMLESS_SIZE, HIGHEST_RATIO = 50_000_000, 150
STRINGS = "xl/sharedStrings.xml"


class Refused(Exception):
    """The workbook is not read on; the line says why."""

    def __init__(self, problem: str, row: int | None = None, **params: object) -> None:
        super().__init__(problem)
        self.line = {"problem": problem, "row": row, "params": params}


class Enough(Exception):
    """All that was wanted has been read."""


def say(item: object) -> None:
    sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse bombs by the directory alone, before anything is unpacked."""
    parts = archive.infolist()
    packed, unpacked = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
    sys.stdin.buffer.seek(0, 2)
    # Parts that together are larger than the file overlap: one compressed block is counted many times.
    overlap = packed > sys.stdin.buffer.tell()
    swollen = unpacked > HARMLESS_SIZE and unpacked > HIGHEST_RATIO * max(packed, 1)
    if len(parts) > MOST_PARTS or overlap or swollen or unpacked > OPTIONS["unpacked"]:
        raise Refused("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("locked_workbook")
    if len({part.filename for part in parts}) != len(parts):
        raise Refused("broken_workbook")


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse document types and entities in every XML part, also in those that are not read."""
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(part) as source:
            before = source.read(CHUNK)
            # UTF-16 would hide what is searched for, and spreadsheet programs write UTF-8.
            if b"\0" in before[:4] or before.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise Refused("declarations")
            while before:
                after = source.read(CHUNK)
                window = before + after[:64]
                if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                    raise Refused("declarations")
                before = after


class Reader(ExcelReader):
    """openpyxl's reader of everything but texts and cells."""

    def read_strings(self) -> None:
        self.shared_strings = []


class Part:
    """Walks through a part; subclasses act at the start and the end of elements, whatever their prefix."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = self._refuse
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.text: list[str] = []
        self.parser.CharacterDataHandler = self.text.append

    def walk(self, archive: zipfile.ZipFile, name: str) -> None:
        with archive.open(name) as source:
            self.parser.ParseFile(source)

    def listen(self, attributes: dict[str, str]) -> None:
        self.text.clear()

    def heard(self) -> str:
        return self.text[0] if len(self.text) == 1 else "".join(self.text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        act = self.starts.get(name) or (self.starts.get(name.rpartition(":")[2]) if ":" in name else None)
        if act is not None:
            act(attributes)

    def _end(self, name: str) -> None:
        act = self.ends.get(name) or (self.ends.get(name.rpartition(":")[2]) if ":" in name else None)
        if act is not None:
            act()

    @staticmethod
    def _refuse(*declaration: object) -> None:
        raise Refused("declarations")


class Strings(Part):
    """The table of texts; hints on pronunciation (`rPh`) are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.pieces: list[str] = []
        self.hints = 0
        self.starts = {"si": lambda _: self.pieces.clear(), "t": self.listen, "rPh": lambda _: self._hint(1)}
        self.ends = {"si": self._end_text, "t": self._end_piece, "rPh": lambda: self._hint(-1)}

    def _hint(self, step: int) -> None:
        self.hints += step

    def _end_piece(self) -> None:
        piece = self.heard()
        if not self.hints:
            self.pieces.append(piece)

    def _end_text(self) -> None:
        self.found.append(cleaned("".join(self.pieces)))


class Sheet(Part):
    """Says each row that has a cell, and the problems of its cells, until there are more than are wanted."""

    def __init__(
        self, book, strings: list[str | None], wanted: int, tell: Callable[[object], None] = say
    ) -> None:
        super().__init__()
        self.book, self.strings, self.wanted, self.tell = book, strings, wanted, tell
        self.row, self.said, self.cells, self.hints = 0, 0, [], 0
        self.dates = {str(style) for style in book._date_formats}
        self.column, self.kind, self.style = 0, "n", "0"
        self.value: str | None = None
        self.has_formula = False
        self.inline: list[str] = []
        self.starts = {
            "row": self._start_row, "c": self._start_cell, "f": self._start_formula, "v": self.listen,
            "t": self.listen, "rPh": lambda _: self._hint(1),
        }  # fmt: skip
        self.ends = {
            "row": self._end_row, "c": self._end_cell, "v": self._end_value, "t": self._end_inline,
            "rPh": lambda: self._hint(-1),
        }  # fmt: skip

    def _hint(self, step: int) -> None:
        self.hints += step

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self.cells, self.column = [], 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        self.column = column_of(address.rstrip("0123456789")) if address else self.column + 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.value, self.has_formula = None, False

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self.has_formula = True

    def _end_value(self) -> None:
        self.value = self.heard()

    def _end_inline(self) -> None:
        if not self.hints:
            self.inline.append(self.heard())

    def _end_cell(self) -> None:
        text = self._written()
        if text is None:
            if self.has_formula and self.value is None:
                self.tell({"problem": "formula", "row": self.row, "column": self.column})
            return
        if self.column > OPTIONS["columns"]:
            raise Refused("too_many_columns", self.row, found=self.column, limit=OPTIONS["columns"])
        if self.kind == "e":
            self.tell(
                {"problem": "error_value", "row": self.row, "column": self.column, "params": {"value": text}}
            )
        elif "\0" in text:
            self.tell({"problem": "nul", "row": self.row, "column": self.column})
        if self.column > len(self.cells):
            self.cells.extend([None] * (self.column - len(self.cells)))
        self.cells[self.column - 1] = text

    def _end_row(self) -> None:
        if not self.cells:
            return
        if self.said == self.wanted:
            raise Enough
        self.tell([self.row, self.cells])
        self.said += 1

    def _written(self) -> str | None:
        """The cell as text: as short as the number is, ISO dates, TRUE and FALSE."""
        if self.kind == "inlineStr":
            pieces, self.inline = self.inline, []
            return cleaned("".join(pieces))
        if not self.value:
            return None
        match self.kind:
            case "n" if self.style not in self.dates:
                return number(self.value)
            case "n":
                is_duration = int(self.style) in self.book._timedelta_formats
                return moment(from_excel(float(self.value), self.book.epoch, timedelta=is_duration))
            case "s":
                return self.strings[int(self.value)]
            case "b":
                return "TRUE" if self.value == "1" else "FALSE"
            case "d":
                return self.value.strip().removesuffix("T00:00:00")
            case _:
                return cleaned(self.value)


@cache
def column_of(letters: str) -> int:
    if not (letters.isascii() and letters.isupper() and len(letters) < 7):
        raise ValueError("no such column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@cache
def number(raw: str) -> str:
    """Fifteen digits are what spreadsheets keep; the rest is noise such as 0.30000000000000004."""
    return raw if raw.isdecimal() and len(raw) <= 15 else f"{Decimal(f'{float(raw):.15g}').normalize():f}"


def moment(value: datetime | date | time | timedelta) -> str:
    match value:
        case datetime():
            return (value.date() if value.time() == time() else value).isoformat()
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case _:
            return value.isoformat()


def cleaned(text: str) -> str | None:
    """`_x000D_` and the like are how workbooks write control characters."""
    return (unescape(text) if "_x" in text else text).strip() or None


def choose(book, archive: zipfile.ZipFile, strings: list[str | None]):
    """The sheet that is asked for, or the first visible one that has a cell."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    wanted = OPTIONS["sheet"]
    if wanted is not None:
        if wanted not in sheets:
            raise Refused("no_sheet", sheet=wanted, sheets=", ".join(sheets))
        return sheets[wanted]
    for sheet in sheets.values():
        first: list[object] = []
        try:
            if sheet.sheet_state == "visible":
                Sheet(book, strings, 1, first.append).walk(archive, sheet._worksheet_path)
        except (Enough, Refused):
            return sheet
        if first:
            return sheet
    raise Refused("no_sheets")


def main() -> None:
    warnings.simplefilter("ignore")
    with zipfile.ZipFile(sys.stdin.buffer) as archive:
        check_archive(archive)
        check_parts(archive)
        reader = Reader(sys.stdin.buffer, read_only=True, data_only=True, keep_links=False)
        reader.read()
        book, strings = reader.wb, Strings()
        if STRINGS in archive.namelist():
            strings.walk(archive, STRINGS)
        sheet = choose(book, archive, strings.found)
        say({"sheet": sheet.title, "sheets": [item.title for item in book.worksheets]})
        Sheet(book, strings.found, OPTIONS["rows"] + 1).walk(archive, sheet._worksheet_path)


try:
    main()
except Enough:
    pass
except Refused as refusal:
    say(refusal.line)
except MemoryError:
    raise
except Exception as error:
    if isinstance(error, OSError) and error.errno:
        raise  # the limit of output
    # Whatever a damaged workbook breaks in the parser, for the person it is one thing.
    sys.stderr.write(f"{type(error).__name__}\n")
    say({"problem": "broken_workbook"})
