"""How the columns of a file become answers: read from a TOML or JSON file, from a screen, or guessed."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from okienko.engines.questionnaire import Item

ROLES = ("day", "service_point", "language", "weight", "stratum", "psu")
KEYS = {"columns", "items", "values", "missing", "empty", "day", "ignore", "language"}
# what the same column is called in files that people send
ROLE_WORDS = {
    "day": ("day", "date", "dzien", "data"),
    "service_point": ("service_point", "point", "punkt", "punkt_obslugi"),
    "language": ("language", "lang", "jezyk"),
    "weight": ("weight", "waga", "w"),
    "stratum": ("stratum", "strata", "warstwa"),
    "psu": ("psu", "cluster", "jps"),
}
EMPTY = ("", "NA", "N/A", "NULL")
SIMILAR = 0.88


class MappingFault(ValueError):
    """The mapping cannot be used; the text names the key."""


@dataclass(frozen=True)
class FileMapping:
    """`items`: item → column. `columns`: role → column. `values`: item → text of the file → code.

    `missing`: codes that are not answers, unless the item has its own in `missing_items`.
    """

    items: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    missing_items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    empty: tuple[str, ...] = EMPTY
    day: str = ""

    def missing_of(self, item: str) -> frozenset[str]:
        return frozenset(self.missing_items.get(item, self.missing))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_stored(stored: Mapping[str, Any]) -> FileMapping:
    """A mapping as `as_json` gave it; other keys of the row (choices of reading) are left alone."""
    known = {name: stored[name] for name in FileMapping.__dataclass_fields__ if name in stored}
    for name in ("missing", "empty"):
        if name in known:
            known[name] = tuple(known[name])
    known["missing_items"] = {item: tuple(codes) for item, codes in known.get("missing_items", {}).items()}
    return FileMapping(**known)


def from_file(content: Mapping[str, Any], header: Sequence[str], items: Sequence[Item]) -> FileMapping:
    """A mapping file. An item that it does not name takes the column of the same name."""
    _refuse_unknown(content, KEYS, "")
    codes = {item.code for item in items}
    given = _texts(content.get("items", {}), "items")
    for item in given:
        if item not in codes:
            raise MappingFault(f"[items] {item}: the questionnaire has no such item")
    ignored = set(content.get("ignore", []))
    same = {code: code for code in codes if code in header and code not in ignored and code not in given}
    columns = _texts(content.get("columns", {}), "columns")
    _refuse_unknown(columns, set(ROLES), "columns")
    missing = _table(content.get("missing", {}), "missing")
    _refuse_unknown(missing, {"default", "items"}, "missing")
    found = FileMapping(
        items=same | given,
        columns=columns,
        values={item: _codes_of(item, table) for item, table in content.get("values", {}).items()},
        missing=_words(missing.get("default", []), "missing.default"),
        missing_items={
            item: _words(words, f"missing.items.{item}")
            for item, words in _table(missing.get("items", {}), "missing.items").items()
        },
        empty=("", *_words(content.get("empty", list(EMPTY)), "empty")),
        day=str(content.get("day", "")),
    )
    check(found, header, codes)
    return found


def check(mapping: FileMapping, header: Sequence[str], codes: set[str] | frozenset[str]) -> None:
    """Refuse columns that are not in the file, items that are not asked, and one column used twice."""
    for target, column in [*mapping.items.items(), *mapping.columns.items()]:
        if column not in header:
            raise MappingFault(f"{target}: the file has no column {column!r}")
    for item in [*mapping.items, *mapping.values, *mapping.missing_items]:
        if item not in codes:
            raise MappingFault(f"{item}: the questionnaire has no such item")
    if not mapping.items:
        raise MappingFault("no column is an answer; say which column belongs to which question")


def guess(header: Sequence[str], items: Sequence[Item]) -> FileMapping:
    """Columns that are called like an item's code, like a role, or much like an item's words."""
    taken: dict[str, str] = {}
    by_code = {plain(item.code): item.code for item in items}
    by_words = {plain(text): item.code for item in items for text in item.label.values()}
    roles = {word: role for role, words in ROLE_WORDS.items() for word in words}
    columns: dict[str, str] = {}
    for column in header:
        name = plain(column)
        item = by_code.get(name) or by_words.get(name) or _similar(name, by_words)
        if item and item not in taken:
            taken[item] = column
        elif name in roles and roles[name] not in columns:
            columns[roles[name]] = column
    return FileMapping(items=taken, columns=columns)


def plain(text: str) -> str:
    """Lower case, without accents, one underscore between words."""
    flat = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    letters = "".join(char for char in flat if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "_", letters.lower()).strip("_")


def _similar(name: str, by_words: Mapping[str, str]) -> str | None:
    if len(name) < 8:
        return None
    close = difflib.get_close_matches(name, by_words, n=1, cutoff=SIMILAR)
    return by_words[close[0]] if close else None


def _refuse_unknown(content: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in content:
        if key not in known:
            place = f"[{where}] " if where else ""
            raise MappingFault(f"{place}{key}: not known; known: {', '.join(sorted(known))}")


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise MappingFault(f"{where} must be a table")
    return value


def _texts(value: Any, where: str) -> dict[str, str]:
    table = _table(value, where)
    if not all(isinstance(text, str) for text in table.values()):
        raise MappingFault(f'[{where}]: every line is name = "column"')
    return dict(table)


def _words(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise MappingFault(f"{where} must be a list such as [9]")
    return tuple(str(word) for word in value)


def _codes_of(item: str, value: Any) -> dict[str, int]:
    table = _table(value, f"values.{item}")
    if not all(isinstance(code, int) and not isinstance(code, bool) for code in table.values()):
        raise MappingFault(f'[values.{item}]: every line is "text of the file" = code')
    return dict(table)
