"""From rows to a table: the header, the widths, the limits. The same for text and workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from okienko.foundation.files.tables.model import Limits, Problems, TableFault, column_letters, fault

Row = list[str | None]
NumberedRow = tuple[int, Row]


@dataclass(frozen=True)
class Rules:
    """`pads`: a row may end early, as in a workbook; in a text file it is damaged. `head`: how many rows."""

    limits: Limits
    pads: bool
    head: int | None = None


@dataclass
class Assembled:
    header: list[str] = field(default_factory=list)
    header_row: int = 1
    rows: list[Row] = field(default_factory=list)
    row_numbers: list[int] = field(default_factory=list)
    truncated: bool = False


def assemble(numbered: Iterable[NumberedRow], rules: Rules, problems: Problems) -> Assembled:
    """Check and square the rows; `TableFault` with all problems when there is any."""
    table = Assembled()
    source = ((number, row) for number, row in numbered if any(cell and cell.strip() for cell in row))
    try:
        _read_header(table, source, rules.limits, problems)
        _read_rows(table, source, rules, problems)
    except TableFault as error:  # the rest cannot be read; what was found before is told as well
        problems.take(error)
    _drop_unnamed(table, problems)
    problems.raise_if_any()
    return table


def _read_header(table: Assembled, source: Iterator[NumberedRow], limits: Limits, problems: Problems) -> None:
    first = next(source, None)
    if first is None:
        if problems.count:
            return  # the problem is why there is none
        raise fault("no_header")
    table.header_row, row = first
    _check_width(table.header_row, len(row), limits)
    table.header = [(cell or "").strip() for cell in row]
    seen: dict[str, int] = {}
    for position, name in enumerate(table.header, 1):
        before = seen.setdefault(name.casefold(), position)
        if name and before != position:
            problems.add("header_twice", table.header_row, position, first=column_letters(before), name=name)


def _read_rows(table: Assembled, source: Iterator[NumberedRow], rules: Rules, problems: Problems) -> None:
    width = len(table.header)
    for number, row in source:
        if rules.head is not None and len(table.rows) == rules.head:
            table.truncated = True
            return
        if len(table.rows) == rules.limits.rows:
            raise fault("too_many_rows", limit=rules.limits.rows)
        if (len(table.rows) + 1) * width > rules.limits.cells:
            raise fault("too_many_cells", limit=rules.limits.cells)
        table.rows.append(_squared(number, row, width, rules, problems))
        table.row_numbers.append(number)


def _squared(number: int, row: Row, width: int, rules: Rules, problems: Problems) -> Row:
    _check_width(number, len(row), rules.limits)
    cells: Row = [(cell.strip() or None) if cell else None for cell in row]
    longest = rules.limits.characters
    for position, cell in enumerate(cells, 1):
        if cell is not None and len(cell) > longest:
            problems.add("cell_too_long", number, position, limit=longest)
    if len(cells) > width:
        if any(cell is not None for cell in cells[width:]):
            problems.add("row_long", number, found=len(cells), expected=width)
        return cells[:width]
    if len(cells) < width:
        if not rules.pads:
            problems.add("row_short", number, found=len(cells), expected=width)
        cells.extend([None] * (width - len(cells)))
    return cells


def _drop_unnamed(table: Assembled, problems: Problems) -> None:
    """Columns without a name and without a cell go, as spreadsheets leave them behind; others need a name."""
    unnamed = [position for position, name in enumerate(table.header) if not name]
    if not unnamed:
        return
    for position in unnamed:
        if any(row[position] is not None for row in table.rows):
            problems.add("header_empty", table.header_row, position + 1)
    kept = [position for position, name in enumerate(table.header) if name]
    table.header = [table.header[position] for position in kept]
    table.rows = [[row[position] for position in kept] for row in table.rows]


def _check_width(number: int, found: int, limits: Limits) -> None:
    if found > limits.columns:
        raise fault("too_many_columns", row=number, found=found, limit=limits.columns)
