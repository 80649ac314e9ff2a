"""Arrow tables into Parquet files and back. What comes from elsewhere may be truncated, foreign or hostile.

Without Django, so that a statistician's commands can use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

# Rows in a row group: few enough to be counted in the cache, enough for a pass not to notice the ends.
ROW_GROUP = 1 << 17
# A file of a kilobyte can claim a trillion zeros.
MOST_BYTES = 8 << 30


class ParquetFault(ValueError):
    """A file that cannot be read as Parquet; the text says what is wrong, not where the file lies."""


def save(table: pa.Table, path: Path) -> None:
    """Write a table, LZ4, whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        pq.write_table(
            table,
            partial,
            compression="lz4",
            row_group_size=ROW_GROUP,
            use_dictionary=False,
            write_page_checksum=True,
        )
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def metadata(path: Path) -> dict[bytes, bytes]:
    """The table's own metadata; nothing for a file that is not Parquet."""
    with path.open("rb") as file:
        if file.read(4) != b"PAR1":
            return {}
    with _faults(), opened(path) as parquet:
        return dict(parquet.schema_arrow.metadata or {})


def load(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read some or all columns."""
    with _faults(), opened(path) as parquet:
        schema = parquet.schema_arrow
        names = schema.names if columns is None else [n for n in schema.names if n in set(columns)]
        rows = parquet.metadata.num_rows
        needed = rows * sum(_width(schema.field(name).type) for name in names)
        if needed > MOST_BYTES:
            raise ParquetFault(f"it claims {rows} rows, {needed >> 30} GB in memory")
        return parquet.read(columns=names, use_threads=False)


def opened(path: Path) -> pq.ParquetFile:
    """A Parquet file whose pages are checked against their checksums, where they have any."""
    return pq.ParquetFile(path, page_checksum_verification=True)


@contextmanager
def _faults() -> Iterator[None]:
    """Say what is wrong with the content; that a file is missing or unreadable stays an ``OSError``."""
    try:
        yield
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise ParquetFault(_first_line(error)) from None
    except OSError as error:
        if error.errno is not None:
            raise
        raise ParquetFault(_first_line(error)) from None


def _width(kind: pa.DataType) -> int:
    try:
        return max(1, kind.bit_width // 8)
    except ValueError:
        return 16  # texts


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
