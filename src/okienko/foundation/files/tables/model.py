"""What a read table is, what may be wrong with one, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format

from okienko.foundation.files.tables.messages import MESSAGES

MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Limits:
    """The largest table that is read. `unpacked`: bytes of a workbook's parts together."""

    size: int = 20_000_000
    rows: int = 200_000
    columns: int = 1_000
    cells: int = 20_000_000
    characters: int = 32_767
    unpacked: int = 1_000_000_000
    memory: int = 1_000_000_000
    seconds: int = 120


@dataclass(frozen=True)
class Choices:
    """What a person has chosen instead of what would be found out: a sheet, an encoding, a separator."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True)
class Table:
    """A header and rows as wide as it. `row_numbers` are those of the file, for messages.

    Cells are trimmed text, `None` where empty. `encoding` and `delimiter` are of text files; where
    `encoding_certain` is False, other readings of the bytes are possible: let the person choose.
    `truncated`: only the first rows were asked for, and there are more.
    """

    header: list[str]
    rows: list[list[str | None]]
    row_numbers: list[int]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    encoding_certain: bool = True
    delimiter: str = ""
    truncated: bool = False


@dataclass(frozen=True)
class TableProblem:
    """One thing that is wrong: `row` and `column` count from 1 as in the file; `params` fill the message."""

    code: str
    row: int | None = None
    column: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """`C7`, `7`, `C`, or nothing: the address as spreadsheet programs write it."""
        return f"{column_letters(self.column) if self.column else ''}{self.row or ''}"

    @property
    def message(self) -> str:
        """Where, what, and what to do, in the reader's language."""
        values: dict[str, Any] = {
            name: number_format(value, force_grouping=True) if isinstance(value, int) else value
            for name, value in self.params.items()
        }
        values |= {"row": self.row, "column": column_letters(self.column) if self.column else ""}
        return str(MESSAGES[self.code]) % {**values, "place": self.place}


class TableFault(ValueError):
    """The table cannot be used. `problems` are the first hundred, `count` is how many there are."""

    def __init__(self, problems: Sequence[TableProblem], count: int | None = None) -> None:
        super().__init__(", ".join(f"{problem.code} {problem.place}".strip() for problem in problems[:5]))
        self.problems = tuple(problems[:MOST_PROBLEMS])
        self.count = count if count is not None else len(problems)


class Problems:
    """Collects problems: keeps the first hundred and counts the rest."""

    def __init__(self) -> None:
        self.found: list[TableProblem] = []
        self.count = 0

    def add(self, code: str, row: int | None = None, column: int | None = None, **params: Any) -> None:
        self.count += 1
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(TableProblem(code, row, column, params))

    def take(self, fault: TableFault) -> None:
        self.count += fault.count
        self.found.extend(fault.problems[: MOST_PROBLEMS - len(self.found)])

    def raise_if_any(self) -> None:
        if self.count:
            raise TableFault(self.found, self.count)


def fault(code: str, row: int | None = None, column: int | None = None, **params: Any) -> TableFault:
    return TableFault([TableProblem(code, row, column, params)])


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
