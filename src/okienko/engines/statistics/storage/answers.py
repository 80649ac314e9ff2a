"""Answers as compact columns: a byte per answer, 0 is missing; rows in the order of their units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import msgspec
import numpy as np
import pyarrow as pa

from okienko.engines.statistics.cube import answers
from okienko.engines.statistics.design import Design, lay_out
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.items import Answers, Categories, ItemSpec, Packed, encode, plain
from okienko.engines.statistics.labels import Column, Labels, as_labels
from okienko.engines.statistics.storage.description import (
    ANSWERS,
    VERSION,
    AnswersNote,
    ItemNote,
    code_type,
    codes,
    column,
    damaged,
    label_of,
    note_of,
    plain_label,
    with_note,
)
from okienko.engines.statistics.storage.fingerprint import Fingerprint, fingerprint

NAMED, NUMBERS = ("stratum", "psu", "psu2"), ("weight", "fpc", "fpc2")
Words = Mapping[str, tuple[str, Mapping[float, str]]]
_MOST_CODES = 255


@dataclass(frozen=True, eq=False)
class PackedAnswers:
    """Answers as ``build_cube`` and ``count_cells`` take them.

    Attributes
    ----------
    columns : mapping of name to Packed (items) or Labels (domains), shape (rows,) each
    items : tuple of ItemSpec
    design : Design
    stored : Fingerprint
        What the description says; ``fingerprint`` works it out anew.
    """

    columns: Mapping[str, Column | Answers]
    items: tuple[ItemSpec, ...]
    design: Design
    by: tuple[str, ...]
    stored: Fingerprint

    @property
    def rows(self) -> int:
        """Number of respondents."""
        return len(cast(Packed, self.columns[self.items[0].name]))

    def fingerprint(self) -> Fingerprint:
        """The checksum of the rows that are here."""
        items = [(s.name, cast(Packed, self.columns[s.name])) for s in self.items]
        coded: dict[str, tuple[np.ndarray, Sequence[object]]] = {n: (p.places, p.values) for n, p in items}
        labels = {name: self.columns[name] for name in self.by}
        labels |= {f"design {r}": x for r in NAMED if (x := getattr(self.design, r)) is not None}
        for name, x in labels.items():
            coded[name] = (cast(Labels, x).codes + 1, cast(Labels, x).names)
        numbers = {f"design {r}": x for r in NUMBERS if (x := getattr(self.design, r)) is not None}
        return fingerprint(coded, numbers, self.rows)


def design_column(role: str) -> str:
    """The name of the column of a role of the design."""
    return f"design_{role}"


def pack(
    columns: Mapping[str, Column | Answers],
    items: Sequence[ItemSpec],
    design: Design,
    *,
    by: Sequence[str] = (),
    order: Sequence[str] = (),
    words: Words | None = None,
) -> pa.Table:
    """Pack the answers of a wave, or of a day of it.

    Parameters
    ----------
    columns, items, design, by
        As in ``build_cube``.
    order : sequence of names in ``by``
        The rows are sorted by these, then by stratum and PSU.
    words : mapping of item to (question, answer by code), optional
        For whoever opens the file without the questionnaire.

    Returns
    -------
    Arrow table without gaps: items and domains of the smallest unsigned type, 0 for none; ``design_stratum``,
    ``design_psu``, ``design_psu2`` likewise; ``design_weight``, ``design_fpc``, ``design_fpc2`` of float64.

    Raises
    ------
    StatisticsError
        Those of ``lay_out`` and ``encode``; ``no_items``, ``too_many_codes``, ``name_taken``.
    """
    if not items:
        raise StatisticsError("no_items", "There are no items to pack.")
    rows = len(answers(columns, items[0]))
    lay_out(design, rows)
    labels = {name: as_labels(cast(Column, columns[name])) for name in by}
    labels |= {design_column(r): as_labels(x) for r in NAMED if (x := getattr(design, r)) is not None}
    numbers = {
        design_column(r): np.asarray(x, np.float64) for r in NUMBERS if (x := getattr(design, r)) is not None
    }
    names = [*(s.name for s in items), *labels, *numbers]
    if taken := sorted({n for n in names if names.count(n) > 1}):
        raise StatisticsError(
            "name_taken", f"The name {taken[0]!r} is used twice in the file; rename a column."
        )
    last = [labels[n] for n in map(design_column, NAMED[:2]) if n in labels]
    keys = [x.codes for x in [*(labels[name] for name in order), *last]]
    sorting = np.lexsort(keys[::-1]) if keys else np.arange(rows)
    arrays, notes = {}, []
    for spec in items:
        places, categories = _places(columns, spec)
        arrays[spec.name] = places[sorting]
        notes.append(_note(spec, categories, *(words or {}).get(spec.name, ("", {}))))
    for name, x in labels.items():
        arrays[name] = (x.codes[sorting] + 1).astype(code_type(len(x.names)))
    arrays |= {name: x[sorting] for name, x in numbers.items()}
    note = AnswersNote(
        ANSWERS,
        VERSION,
        design.kind,
        design.lonely_psu,
        rows,
        str(Fingerprint()),
        notes,
        {name: [plain_label(n) for n in x.names] for name, x in labels.items()},
        list(by),
        [r for r in (*NAMED, *NUMBERS) if getattr(design, r) is not None],
    )
    fields = [pa.field(name, pa.from_numpy_dtype(array.dtype), False) for name, array in arrays.items()]
    table = with_note(pa.table(list(arrays.values()), schema=pa.schema(fields)), note)
    return with_note(table, msgspec.structs.replace(note, fingerprint=str(unpack(table).fingerprint())))


def _places(columns: Mapping[str, Column | Answers], spec: ItemSpec) -> tuple[np.ndarray, Categories]:
    """The places of an item's answers, and its valid categories in the order of the places."""
    found, categories = encode(answers(columns, spec), spec)
    keep = categories.valid.copy()
    if spec.codes is None:
        keep &= np.bincount(found, minlength=keep.size) > 0
    if np.count_nonzero(keep) > _MOST_CODES:
        raise StatisticsError(
            "too_many_codes", f"Item {spec.name} has more than {_MOST_CODES} different answers to pack."
        )
    place = np.where(keep, np.cumsum(keep), 0).astype(np.uint8)
    return place[found], categories.only(keep)


def _note(spec: ItemSpec, categories: Categories, label: str, words: Mapping[float, str]) -> ItemNote:
    values = [plain(v) for v in categories.values.tolist()]
    texts = [words.get(v, "") for v in values]
    return ItemNote(spec.name, values, categories.scores.tolist(), spec.codes is not None, label, texts)


def unpack(table: pa.Table, only: Sequence[str] | None = None) -> PackedAnswers:
    """The answers of a table that ``pack`` made, or of some rows of it.

    Parameters
    ----------
    only : sequence of items and domains, optional
        Default: all; the table may then lack the other columns.

    Raises
    ------
    StatisticsError
        ``foreign_file``, ``other_version``, ``damaged_file``.
    """
    note = note_of(table.schema.metadata, AnswersNote, ANSWERS)
    wanted = {*(i.name for i in note.items), *note.by} if only is None else set(only)
    columns: dict[str, Any] = {}
    specs = []
    for item in note.items:
        if item.name in wanted:
            specs.append(spec_of(item))
            columns[item.name] = Packed(
                codes(table, item.name, len(item.codes), pa.uint8()), tuple(item.codes)
            )
    by = tuple(name for name in note.by if name in wanted)
    columns |= {name: _labels(table, note, name) for name in by}
    roles: dict[str, Any] = {}
    for role in note.roles:
        name = design_column(role)
        if role in NAMED:
            roles[role] = _labels(table, note, name)
        elif role in NUMBERS:
            roles[role] = column(table, name, pa.float64())
        else:
            raise damaged(f"its design has an unknown part {role}")
    design = Design(**roles, kind=note.kind, lonely_psu=note.lonely_psu)
    return PackedAnswers(columns, tuple(specs), design, by, Fingerprint.read(note.rows, note.fingerprint))


def spec_of(item: ItemNote) -> ItemSpec:
    """How to read a described item."""
    if len(item.scores) != len(item.codes) or len(item.codes) > _MOST_CODES:
        raise damaged(f"the codes and scores of {item.name} do not fit together")
    if len(set(item.codes)) < len(item.codes):
        raise damaged(f"item {item.name} has a code twice")
    return ItemSpec(
        item.name,
        tuple(item.codes) if item.declared else None,  # type: ignore[arg-type]
        dict(zip(item.codes, item.scores, strict=True)),  # type: ignore[arg-type]
        negative_missing=False,
    )


def _labels(table: pa.Table, note: AnswersNote, name: str) -> Labels:
    if name not in note.labels:
        raise damaged(f"nothing says what the codes of {name} are")
    names = tuple(label_of(label) for label in note.labels[name])
    found = codes(table, name, len(names), pa.from_numpy_dtype(code_type(len(names))))
    return Labels(found.astype(np.intp) - 1, names)
