"""Opening a file of answers (CSV or Parquet), whole or by row groups, and turning its columns into arrays."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from okienko.engines.statistics import Labels
from okienko.engines.statistics.items import Packed
from okienko.interfaces.cli.estimate_design import InputFault
from okienko.interfaces.cli.estimate_stored import Stored, stored_in

EMPTY = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "#N/A")
_WHOLE = r"^(0|-?[1-9][0-9]{0,17})$"
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_HEADER_BYTES = 1 << 20
# Rows decoded at a time: the cube of a row group is counted while its columns are in the cache.
_BATCH_ROWS = 1 << 17


@dataclass(frozen=True)
class DataFile:
    """The columns that were asked for; `comma` says that decimals may be written with a comma.

    A part of a file has in `known` the texts of its label columns that occur anywhere in the file; a file of
    packed answers has its description in `stored`.
    """

    path: Path
    table: pa.Table
    comma: bool = False
    known: Mapping[str, Texts] = field(default_factory=dict)
    stored: Stored | None = None

    def numbers(self, name: str) -> np.ndarray | Packed:
        """A column as numbers, NaN where empty; whole numbers without gaps stay whole."""
        column = self.table[name]
        if self.stored is not None and name in self.stored.items:
            return self.stored.answers(name, column.to_numpy())
        kind = column.type
        if pa.types.is_dictionary(kind):
            column = pc.cast(column, kind.value_type)
            kind = column.type
        if pa.types.is_null(kind):
            return np.full(len(column), np.nan)
        if pa.types.is_boolean(kind):
            column = pc.cast(column, pa.uint8())
        elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
            column = self._parsed(name, column)
        elif pa.types.is_decimal(kind):
            column = pc.cast(column, pa.float64())
        elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
            raise InputFault(f"{self.path}: column {name} holds {kind}, not numbers")
        return column.to_numpy()

    def labels(self, name: str) -> Labels | np.ndarray:
        """A column as labels; texts that are all whole numbers without leading zeros become numbers."""
        column = self.table[name]
        if self.stored is not None and name in self.stored.labels:
            return self.stored.labelled(name, column.to_numpy())
        kind = column.type
        if pa.types.is_null(kind):
            return Labels(np.full(len(column), -1), ())
        if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind):
            return column.to_numpy()
        if not pa.types.is_dictionary(kind):
            column = pc.dictionary_encode(pc.cast(column, pa.string()))
        column = column.unify_dictionaries().combine_chunks()
        codes = pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False)
        names = column.dictionary.cast(pa.string()).to_pylist()
        known = self.known[name] if name in self.known else Texts.of(names)
        place = np.array([*(known.place.get(n, -1) for n in names), -1], np.intp)
        return Labels(place[codes], known.labels)

    def _parsed(self, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
        texts = pc.utf8_trim_whitespace(column)
        texts = pc.if_else(pc.is_in(texts, pa.array(EMPTY)), None, texts)
        if self.comma:
            texts = pc.replace_substring(texts, ",", ".")
        try:
            return pc.cast(texts, pa.float64())
        except pa.ArrowInvalid:
            pass
        strange = pc.invert(pc.match_substring_regex(pc.fill_null(texts, "0"), _NUMBER))
        row = pc.index(strange, True).as_py()
        if row < 0:
            raise InputFault(f"{self.path}: column {name} is not made of numbers")
        raise InputFault(f"{self.path}: column {name}, row {row + 1}: {texts[row].as_py()!r} is not a number")


@dataclass(frozen=True)
class Texts:
    """Texts of a label column and their places among the labels; the empty ones have none."""

    place: Mapping[str | None, int]
    labels: tuple

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> Texts:
        """In ascending order, as numbers if all of them are whole numbers without leading zeros."""
        known = sorted({t for t in texts if t is not None and t not in EMPTY})
        if known and pc.all(pc.match_substring_regex(pa.array(known), _WHOLE)).as_py():
            known.sort(key=int)
            return cls({t: i for i, t in enumerate(known)}, tuple(int(t) for t in known))
        return cls({t: i for i, t in enumerate(known)}, tuple(known))


@dataclass(frozen=True)
class RowGroups:
    """A Parquet file of several row groups, read one at a time, by several threads if need be."""

    path: Path
    columns: tuple[str, ...]
    starts: tuple[int, ...]
    rows: int
    known: Mapping[str, Texts]
    stored: Stored | None = None
    opened: threading.local = field(default_factory=threading.local)

    def read(self, number: int) -> Iterator[DataFile]:
        """The rows of a row group, a bounded number at a time."""
        if not hasattr(self.opened, "file"):
            self.opened.file = _parquet_file(self.path)
        batches = self.opened.file.iter_batches(
            _BATCH_ROWS, row_groups=[number], columns=list(self.columns), use_threads=False
        )
        for batch in batches:
            yield DataFile(self.path, pa.Table.from_batches([batch]), known=self.known, stored=self.stored)


def row_groups(path: Path, numeric: list[str], labelled: list[str]) -> RowGroups | None:
    """The file by row groups; None unless it is a Parquet file of more than one."""
    with _faults(path):
        with path.open("rb") as file:
            if file.read(4) != b"PAR1":
                return None
        with _parquet_file(path) as parquet:
            if parquet.num_row_groups < 2:
                return None
            columns = tuple(dict.fromkeys([*numeric, *labelled]))
            _require(path, list(columns), parquet.schema_arrow.names)
            sizes = [parquet.metadata.row_group(i).num_rows for i in range(parquet.num_row_groups)]
            stored = stored_in(path, parquet.schema_arrow.metadata)
            known = {name: _texts(parquet, name) for name in labelled if _is_text(parquet, name)}
    starts = np.cumsum([0, *sizes]).tolist()
    return RowGroups(path, columns, tuple(starts[:-1]), starts[-1], known, stored)


def _parquet_file(path: Path):
    from okienko.foundation.files.parquet import opened  # a file of the other kind does without

    return opened(path)


def _is_text(parquet, name: str) -> bool:
    kind = parquet.schema_arrow.field(name).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind))


def _texts(parquet, name: str) -> Texts:
    """The texts of a column all over the file: whether they are numbers depends on every one of them."""
    found: set[str | None] = set()
    for batch in parquet.iter_batches(_BATCH_ROWS, columns=[name], use_threads=False):
        column = batch.column(0)
        column = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        found.update(pc.unique(pc.cast(column, pa.string())).to_pylist())
    return Texts.of(found)


def read_data(path: Path, numeric: list[str], labelled: list[str]) -> DataFile:
    """Read the named columns; `InputFault` says what is wrong with the file or which column it lacks."""
    names = list(dict.fromkeys([*numeric, *labelled]))
    with _faults(path):
        with path.open("rb") as file:
            start = file.read(_HEADER_BYTES)
        if start.startswith(b"PAR1"):
            table = _parquet(path, names)
            return DataFile(path, table, stored=stored_in(path, table.schema.metadata))
        return _csv(path, start, numeric, names)


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    """Say what is wrong with the file in place of how the reader puts it."""
    try:
        yield
    except FileNotFoundError:
        raise InputFault(f"{path}: there is no such file") from None
    except pa.ArrowInvalid as error:
        raise InputFault(f"{path}: {_first_line(error)}") from None
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise InputFault(f"{path}: cannot be read: {_first_line(error)}") from None
    except OSError as error:
        raise InputFault(f"{path}: cannot be read ({error.strerror or _first_line(error)})") from None


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _require(path: Path, names: list[str], present: list[str]) -> None:
    lacking = [n for n in names if n not in present]
    if lacking:
        near = ", ".join(present[:12]) + (" …" if len(present) > 12 else "")
        raise InputFault(f"{path}: there is no column {', '.join(map(repr, lacking))}; the file has: {near}")
    double = sorted({n for n in names if present.count(n) > 1})
    if double:
        raise InputFault(f"{path}: the column {', '.join(map(repr, double))} is there more than once")


def _parquet(path: Path, names: list[str]) -> pa.Table:
    with _parquet_file(path) as file:
        _require(path, names, file.schema_arrow.names)
        return file.read(columns=names, use_threads=False)


def _csv(path: Path, start: bytes, numeric: list[str], names: list[str]) -> DataFile:
    from pyarrow import csv as arrow_csv  # a file of the other kind does without

    if start.startswith(b"PK\x03\x04"):
        raise InputFault(
            f"{path}: is a spreadsheet or an archive; save the sheet as CSV (UTF-8) and try again"
        )
    if b"\x00" in start:
        raise InputFault(f"{path}: is neither CSV nor Parquet")
    header = _header_line(path, start)
    delimiter = max(";,\t", key=header.count)
    _require(path, names, next(csv.reader([header], delimiter=delimiter)))
    types = {
        name: pa.float64() if name in numeric else pa.dictionary(pa.int32(), pa.string()) for name in names
    }

    def read() -> pa.Table:
        return arrow_csv.read_csv(
            path,
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                include_columns=names,
                null_values=list(EMPTY),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                column_types=types,
            ),
        )

    try:
        return DataFile(path, read())
    except pa.ArrowInvalid as error:
        if "conversion error to double" not in str(error):
            raise
    # Decimal commas, spaces, or something that is no number at all: read as text, it can be named by row.
    types |= dict.fromkeys(numeric, pa.string())
    return DataFile(path, read(), comma=delimiter == ";")


def _header_line(path: Path, start: bytes) -> str:
    line = start.split(b"\n", 1)[0].rstrip(b"\r")
    try:
        header = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputFault(f"{path}: is not UTF-8 text; save it as CSV UTF-8") from None
    if not header.strip():
        raise InputFault(f"{path}: is empty; its first line must name the columns")
    return header
