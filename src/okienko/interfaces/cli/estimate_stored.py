"""Files that Okienko made: packed answers and cubes, which know their own design and codes."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from okienko.engines.statistics import ItemSpec, Labels, StatisticsError
from okienko.engines.statistics.items import Packed
from okienko.engines.statistics.storage import (
    ANSWERS,
    CUBE,
    AnswersNote,
    CubeNote,
    StoredCube,
    columns_of,
    design_column,
    kind_of,
    label_of,
    note_of,
    read_cube,
    spec_of,
)
from okienko.interfaces.cli.estimate_design import DesignFile, InputFault, read_design


@dataclass(frozen=True)
class Stored:
    """The description of a file of packed answers."""

    note: AnswersNote
    items: Mapping[str, ItemSpec]
    codes: Mapping[str, tuple[float, ...]]
    labels: Mapping[str, tuple]

    def answers(self, name: str, places: np.ndarray) -> Packed:
        """A column of places as answers."""
        if places.dtype != np.uint8:
            raise StatisticsError("damaged_file", f"The file is damaged: {name} should hold bytes.")
        return Packed(places, self.codes[name])

    def labelled(self, name: str, codes: np.ndarray) -> Labels:
        """A column of codes as labels."""
        names = self.labels[name]
        if codes.dtype.kind not in "ui" or (codes.size and not 0 <= int(codes.max()) <= len(names)):
            raise StatisticsError("damaged_file", f"The file is damaged: {name} has codes without labels.")
        return Labels(codes.astype(np.intp) - 1, names)

    def design(self) -> DesignFile:
        """The design that the file describes."""
        columns = {role: design_column(role) for role in self.note.roles}
        return DesignFile(columns, self.note.lonely_psu, self.note.kind)


def stored_in(path: Path, metadata: Mapping[bytes, bytes] | None) -> Stored | None:
    """The description of packed answers in a file's metadata, if there is one."""
    with faults_of(path):
        if kind_of(metadata) != ANSWERS:
            return None
        note = note_of(metadata, AnswersNote, ANSWERS)
        labels = {name: tuple(map(label_of, names)) for name, names in note.labels.items()}
        codes = {item.name: tuple(item.codes) for item in note.items}
        return Stored(note, {item.name: spec_of(item) for item in note.items}, codes, labels)


def content_of(path: Path) -> str:
    """What kind of our files this is; nothing for any other, or for what cannot be opened."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PAR1":
                return ""
    except OSError:
        return ""
    from okienko.foundation.files import parquet  # a CSV file does without

    with faults_of(path):
        return kind_of(parquet.metadata(path))


def check_rows(asked: argparse.Namespace) -> None:
    """Refuse a cube where the answers themselves are needed."""
    if content_of(Path(asked.data)) == CUBE:
        raise InputFault(
            f"{asked.data}: {asked.statistic} needs the answers themselves, and this is a cube of their sums"
        )


def design_for(data: str, design: str | None) -> tuple[DesignFile, Stored | None]:
    """The design of the data: from its file, or from what stored data say of themselves."""
    path = Path(data)
    content = content_of(path)
    asked = DesignFile() if design is None else read_design(Path(design))
    if not content:
        if design is None:
            raise InputFault("--design is needed: the file that describes the sample (docs/methodology.md)")
        return asked, None
    if sampling := sorted(set(asked.columns) - {"wave"}):
        raise InputFault(
            f"{design}: {data} brings its own design; take {', '.join(sampling)} out of [design]"
        )
    if content == CUBE:
        return asked, None
    from okienko.foundation.files import parquet  # a CSV file does without

    stored = stored_in(path, parquet.metadata(path))
    assert stored is not None
    own = stored.design()
    return replace(
        own,
        columns=own.columns | asked.columns,
        scale=asked.scale,
        importance=asked.importance,
        weighting=asked.weighting,
    ), stored


def load_cube(path: Path, items: Collection[str] | None = None) -> StoredCube:
    """A stored cube, or the part of it that these items need."""
    from okienko.foundation.files import parquet  # a CSV file does without

    with faults_of(path):
        if items is None:
            return read_cube(parquet.load(path))
        note = note_of(described := parquet.metadata(path), CubeNote, CUBE)
        known = [table.name for table in note.tables if table.name not in note.groups]
        if lacking := [name for name in items if name not in known]:
            raise InputFault(f"{path}: the cube has no item {lacking[0]!r}; it has: {', '.join(known)}")
        return read_cube(parquet.load(path, columns_of(described, list(items))))


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Say which file it is that cannot be used."""
    from okienko.foundation.files.parquet import ParquetFault

    try:
        yield
    except (StatisticsError, ParquetFault) as error:
        raise InputFault(f"{path}: {error}") from None
    except OSError as error:
        raise InputFault(f"{path}: cannot be read ({error.strerror})") from None
