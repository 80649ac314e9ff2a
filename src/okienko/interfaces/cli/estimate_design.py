"""Reading `design.toml`: the sampling design, the codes that are not answers, the scale, the weighting."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from okienko.engines.statistics import LonelyPsu, SampleKind
from okienko.interfaces.cli.estimate_weighting import KEYS, Weighting, read_weighting
from okienko.interfaces.cli.fault import CommandFault

COLUMNS = ("weight", "stratum", "psu", "fpc", "psu2", "fpc2", "wave")
TABLES = {
    "design": (*COLUMNS, "lonely_psu", "kind"),
    "missing": ("default", "items"),
    "scale": ("min", "max"),
    "importance": None,  # any item: its fixed weight in the index
    "weighting": KEYS,
}


class InputFault(CommandFault):
    """A file or an argument that no correct figure can be made from; the command ends with 2."""

    def __init__(self, text: str) -> None:
        super().__init__(text, code=2)


@dataclass(frozen=True)
class DesignFile:
    """What `design.toml` says; `columns` maps a role (weight, psu …) to the column that plays it."""

    columns: dict[str, str] = field(default_factory=dict)
    lonely_psu: LonelyPsu = LonelyPsu.FAIL
    kind: SampleKind = SampleKind.PROBABILITY
    missing: tuple[float, ...] = ()
    missing_items: dict[str, tuple[float, ...]] = field(default_factory=dict)
    scale: tuple[float, float] | None = None
    importance: dict[str, float] = field(default_factory=dict)
    weighting: Weighting | None = None

    def seen_by(self, statistic: str) -> DesignFile:
        """For a change, weights fitted in each wave on its own unless the margins know of waves."""
        if statistic != "change" or self.weighting is None or "wave" not in self.columns:
            return self
        return replace(self, weighting=self.weighting.within_waves(self.columns["wave"]))

    def missing_of(self, item: str) -> tuple[float, ...]:
        """Codes of an item that are not answers."""
        return self.missing_items.get(item, self.missing)


def refuse_weighting(asked: argparse.Namespace, design: DesignFile) -> None:
    """Refuse fitted weights for a statistic whose errors take weights as given."""
    if design.weighting is not None:
        raise InputFault(
            f"{asked.statistic} has no error that knows of fitted weights; leave [weighting] out"
        )


def read_design(path: Path) -> DesignFile:
    """Read and check the file; `InputFault` names the key."""
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except FileNotFoundError:
        raise InputFault(
            f"{path}: there is no such file; --design takes the file that describes the sample"
        ) from None
    except OSError as error:
        raise InputFault(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFault(f"{path}: is not valid TOML: {error}") from None
    _refuse_unknown(path, content)
    design, missing = content.get("design", {}), content.get("missing", {})
    items = missing.get("items", {})
    if not isinstance(items, dict):
        raise InputFault(f"{path}: [missing.items] needs lines such as q4_01 = [99]")
    columns = {role: _text(path, f"[design] {role}", design[role]) for role in COLUMNS if role in design}
    if "psu2" in columns and "psu" not in columns:
        raise InputFault(f"{path}: [design] psu2 needs psu, the units drawn before them")
    return DesignFile(
        columns,
        _choice(path, "lonely_psu", design.get("lonely_psu", "fail"), LonelyPsu),
        _choice(path, "kind", design.get("kind", "probability"), SampleKind),
        _codes(path, "[missing] default", missing.get("default", [])),
        {name: _codes(path, f"[missing.items] {name}", codes) for name, codes in items.items()},
        _scale(path, content.get("scale")),
        {name: _weight(path, name, value) for name, value in content.get("importance", {}).items()},
        read_weighting(path, content.get("weighting")),
    )


def _refuse_unknown(path: Path, content: Mapping[str, Any]) -> None:
    for table, keys in content.items():
        if table not in TABLES:
            raise InputFault(f"{path}: unknown [{table}]; known: {', '.join(f'[{t}]' for t in TABLES)}")
        if not isinstance(keys, dict):
            raise InputFault(f"{path}: {table} must be a table: [{table}]")
        known = TABLES[table]
        for key in keys:
            if known is not None and key not in known:
                raise InputFault(f"{path}: unknown key {key!r} in [{table}]; known: {', '.join(known)}")


def _text(path: Path, where: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise InputFault(f"{path}: {where} must be the name of a column in quotation marks")
    return value


def _choice(path: Path, key: str, value: object, kinds: type[LonelyPsu] | type[SampleKind]) -> Any:
    if value not in [str(k) for k in kinds]:
        raise InputFault(f"{path}: [design] {key} must be one of {', '.join(kinds)}, not {value!r}")
    return kinds(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _codes(path: Path, where: str, value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or not all(_is_number(v) for v in value):
        raise InputFault(f"{path}: {where} must be a list of codes such as [9]")
    return tuple(value)


def _scale(path: Path, table: Mapping[str, Any] | None) -> tuple[float, float] | None:
    if table is None:
        return None
    low, high = table.get("min"), table.get("max")
    if not _is_number(low) or not _is_number(high) or not low < high:
        raise InputFault(f"{path}: [scale] needs both min and max, numbers, min below max")
    return low, high


def _weight(path: Path, name: str, value: object) -> float:
    if not _is_number(value) or value < 0:
        raise InputFault(f"{path}: [importance] {name} must be a number from zero up")
    return value
