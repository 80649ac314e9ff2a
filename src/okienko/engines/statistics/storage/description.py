"""The metadata of stored tables. A file is read only when every word of its description is understood."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
import numpy as np
import pyarrow as pa

from okienko.engines.statistics.design import LonelyPsu, SampleKind, Stage, Units
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.items import Categories

KEY = b"okienko"
ANSWERS, CUBE = "answers", "cube"
VERSION = 1

Label = int | float | str | bool | list | None


class Head(msgspec.Struct, frozen=True):
    """What any version of a description begins with."""

    content: str
    version: int


class ItemNote(msgspec.Struct, frozen=True):
    """An item: its codes in the order of the places (1, 2 …), their scores, and the words of both.

    ``declared`` codes are all that there can be; others are those that were chosen.
    """

    name: str
    codes: list[float | int]
    scores: list[float]
    declared: bool
    label: str = ""
    texts: list[str] = []


class AnswersNote(msgspec.Struct, frozen=True):
    """The description of packed answers. ``labels`` has the names of the codes 1, 2 … of its columns."""

    content: str
    version: int
    kind: SampleKind
    lonely_psu: LonelyPsu
    rows: int
    fingerprint: str
    items: list[ItemNote]
    labels: dict[str, list[Label]]
    by: list[str]
    roles: list[str]


class StageNote(msgspec.Struct, frozen=True):
    """One stage of the design; ``population`` null is drawn with replacement."""

    parent: list[int]
    population: list[float | None]
    names: list[Label] | None
    parents: list[Label]


class TableNote(msgspec.Struct, frozen=True):
    """The categories of an item (the code null is "no number") and which sums there are of them."""

    name: str
    codes: list[float | int | None]
    valid: list[bool]
    scores: list[float]
    listed: list[bool]
    limits: tuple[float, float] | None
    layers: list[str]


class CubeNote(msgspec.Struct, frozen=True):
    """The description of a stored cube."""

    content: str
    version: int
    kind: SampleKind
    lonely_psu: LonelyPsu
    rows: int
    fingerprint: str
    first: StageNote
    second: StageNote | None
    dims: dict[str, list[Label]]
    tables: list[TableNote]
    groups: dict[str, list[str]]


Note = TypeVar("Note", AnswersNote, CubeNote)


def kind_of(metadata: Mapping[bytes, bytes] | None) -> str:
    """``ANSWERS``, ``CUBE``, or nothing when the table is not one of ours.

    Raises
    ------
    StatisticsError
        ``other_version``.
    """
    if not metadata or KEY not in metadata:
        return ""
    head = _decoded(metadata[KEY], Head)
    if head.version != VERSION:
        raise StatisticsError(
            "other_version",
            f"The file is of version {head.version}, this program reads version {VERSION}: "
            + ("use a newer program." if head.version > VERSION else "make the file again from the answers."),
        )
    return head.content


def note_of(metadata: Mapping[bytes, bytes] | None, kind: type[Note], content: str) -> Note:
    """The description of a table; else ``StatisticsError`` ``foreign_file`` or ``damaged_file``."""
    found = kind_of(metadata)
    if metadata is None or found != content:
        what = f"it holds {found}" if found else "nothing says what its columns are"
        raise StatisticsError("foreign_file", f"This is not a file of {content} made by Okienko: {what}.")
    return _decoded(metadata[KEY], kind)


def with_note(table: pa.Table, note: AnswersNote | CubeNote) -> pa.Table:
    """The table with its description."""
    return table.replace_schema_metadata({KEY: msgspec.json.encode(note)})


def damaged(what: str) -> StatisticsError:
    """The file says one thing and holds another."""
    return StatisticsError("damaged_file", f"The file is damaged: {what}.")


def _decoded(text: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged(f"its description cannot be read ({error})") from None


def column(table: pa.Table, name: str, kind: pa.DataType) -> np.ndarray:
    """A column of this type without gaps; else ``damaged_file``."""
    if table.schema.names.count(name) != 1:
        raise damaged(f"it should have one column {name}")
    values = table[name]
    if values.type != kind or values.null_count:
        raise damaged(f"column {name} should hold {kind} without gaps")
    return values.to_numpy()


def codes(table: pa.Table, name: str, names: int, kind: pa.DataType) -> np.ndarray:
    """A column of codes 0 … names."""
    values = column(table, name, kind)
    if values.size and int(values.max()) > names:
        raise damaged(f"column {name} has the code {int(values.max())} in a list of {names}")
    return values


def code_type(names: int) -> np.dtype:
    """The smallest unsigned type for codes 0 … names."""
    return np.dtype(np.min_scalar_type(names))


def plain_label(label: Any) -> Label:
    """A label as JSON knows it: tuples become lists, NumPy's numbers Python's."""
    if isinstance(label, tuple | list):
        return [plain_label(part) for part in label]
    return label.item() if isinstance(label, np.generic) else label


def label_of(note: Label) -> Any:
    """The label that a note stands for: lists become tuples again."""
    return tuple(label_of(part) for part in note) if isinstance(note, list) else note


def table_note(name: str, categories: Categories, layers: list[str]) -> TableNote:
    """The description of an item's categories."""
    values = [None if v != v else v for v in categories.values.tolist()]
    return TableNote(
        name,
        values,
        categories.valid.tolist(),
        categories.scores.tolist(),
        categories.listed.tolist(),
        categories.limits,
        layers,
    )


def categories_of_note(note: TableNote) -> Categories:
    """The categories that a note describes."""
    if len({len(note.codes), len(note.valid), len(note.scores), len(note.listed)}) > 1:
        raise damaged(f"the categories of {note.name} do not fit together")
    if note.limits is not None and not note.limits[0] < note.limits[1]:
        raise damaged(f"the scale of {note.name} has no length")
    values = np.array([np.nan if v is None else v for v in note.codes])
    return Categories(
        values,
        np.array(note.valid, bool),
        np.array(note.scores, np.float64),
        np.array(note.listed, bool),
        note.limits,
    )


def stage_note(stage: Stage) -> StageNote:
    """The description of a stage."""
    names = None if stage.names is None else [plain_label(name) for name in stage.names]
    population = [None if np.isinf(n) else n for n in stage.population.tolist()]
    return StageNote(stage.parent.tolist(), population, names, [plain_label(p) for p in stage.parents])


def units_of(note: CubeNote) -> Units:
    """The units of a described cube."""
    first = _stage(note.first)
    second = None if note.second is None else _stage(note.second)
    if second is not None and second.sampled.size != first.parent.size:
        raise damaged("the units of its second stage have other parents than the first stage has units")
    return Units(first, second, note.kind, note.lonely_psu)


def _stage(note: StageNote) -> Stage:
    parent = np.array(note.parent, np.intp)
    parents = len(note.parents)
    population = np.array([np.inf if n is None else n for n in note.population], np.float64)
    if population.size != parents or (note.names is not None and len(note.names) != parent.size):
        raise damaged("its units do not fit together")
    if parent.size and (parent.min() < 0 or parent.max() >= parents):
        raise damaged("a unit belongs to no stratum")
    sampled = np.bincount(parent, minlength=parents).astype(np.float64)
    if (population < sampled * (1 - 1e-12)).any():
        raise damaged("a population is smaller than its sample")
    names = None if note.names is None else [label_of(name) for name in note.names]
    return Stage(parent, sampled, population, names, [label_of(p) for p in note.parents])
