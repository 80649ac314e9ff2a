"""The `[weighting]` of `design.toml`: margins of the population that the weights are fitted to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from okienko.engines.statistics import (
    Bounds,
    Calibrated,
    Cube,
    Design,
    Diagnostics,
    Distance,
    Fitting,
    Margin,
    MissingValue,
    base_weights,
    calibrate,
)
from okienko.engines.statistics.labels import Column
from okienko.interfaces.cli.fault import CommandFault

if TYPE_CHECKING:
    from okienko.interfaces.cli.estimate_data import DataFile

KEYS = ("method", "bounds", "trim", "missing", "within", "base", "interval", "margin")
MARGIN_KEYS = ("columns", "shares", "totals", "missing")
BASES = ("weight", "inclusion", "response_correction")


class WeightingFault(CommandFault):
    """`[weighting]` that cannot be used; the command ends with 2."""

    def __init__(self, text: str) -> None:
        super().__init__(text, code=2)


@dataclass(frozen=True)
class Weighting:
    """What `[weighting]` asks for."""

    margins: tuple[Margin, ...]
    fitting: Fitting
    within: str | None = None
    base: str = "weight"
    interval: str | None = None

    @property
    def dimensions(self) -> list[str]:
        """Columns that the weights are fitted by."""
        names = [name for margin in self.margins for name in margin.names]
        return list(dict.fromkeys([*names, *([self.within] if self.within else [])]))

    def within_waves(self, wave: str) -> Weighting:
        """The same, fitted in each wave on its own unless the margins know of waves."""
        return self if self.within or wave in self.dimensions else replace(self, within=wave)

    def laid_over(self, data: DataFile, design: Design) -> tuple[Design, dict[str, Column]]:
        """The design with its base weights, and the columns that the weights are fitted by."""
        interval = data.numbers(self.interval) if self.interval else None
        if self.base != "weight" or interval is not None:
            corrected = self.base == "response_correction"
            found = base_weights(
                replace(design, weight=None),
                data.table.num_rows,
                interval=interval,
                correct_response=corrected,
            )
            design = replace(design, weight=found.weight)
        columns: dict[str, Column] = {name: data.labels(name) for name in self.dimensions}
        if self.fitting.bounds.weight is not None and design.weight is not None:
            # A bound of the weights can be held only where a cell of the cube has one base weight.
            columns[" base weight"] = design.weight
        return design, columns

    def fitted(self, cube: Cube) -> Calibrated:
        """The cube with fitted weights."""
        margins = [_labelled(margin, cube) for margin in self.margins]
        return calibrate(cube, margins, self.fitting, within=self.within)


def _labelled(margin: Margin, cube: Cube) -> Margin:
    """The keys of a TOML table are texts; the labels of a column may be numbers."""
    known = [{str(name): name for name in cube.dimension(d).names} for d in margin.names]
    population = {
        tuple(names.get(text, text) for names, text in zip(known, category, strict=True)): people
        for category, people in margin.population.items()
        if isinstance(category, tuple)
    }
    return replace(margin, population=population)


def read_weighting(path: Path, table: Mapping[str, Any] | None) -> Weighting | None:
    """Check the table; `WeightingFault` names the key."""
    if table is None:
        return None
    margins = table.get("margin", [])
    if not isinstance(margins, list) or not margins:
        raise WeightingFault(
            f"{path}: [weighting] needs [[weighting.margin]] with columns and shares or totals"
        )
    missing = _one_of(path, "missing", table.get("missing", "refuse"), MissingValue)
    bounds = Bounds(*(_pair(path, key, table.get(key)) for key in ("bounds", "trim")))
    base = _one_of(path, "base", table.get("base", "weight"), BASES)
    interval = table.get("interval")
    if interval is not None and base != "inclusion":
        raise WeightingFault(f'{path}: [weighting] interval needs base = "inclusion"')
    return Weighting(
        tuple(_margin(path, number, margin, missing) for number, margin in enumerate(margins, 1)),
        Fitting(Distance(_one_of(path, "method", table.get("method", "raking"), Distance)), bounds),
        _column(path, "within", table.get("within")),
        base,
        _column(path, "interval", interval),
    )


def _margin(path: Path, number: int, table: object, missing: str) -> Margin:
    where = f"{path}: [[weighting.margin]] no. {number}"
    if not isinstance(table, dict):
        raise WeightingFault(f"{where} must be a table")
    for key in table:
        if key not in MARGIN_KEYS:
            raise WeightingFault(f"{where}: unknown key {key!r}; known: {', '.join(MARGIN_KEYS)}")
    columns = table.get("columns")
    columns = [columns] if isinstance(columns, str) else columns
    if not isinstance(columns, list) or not columns or not all(isinstance(c, str) and c for c in columns):
        raise WeightingFault(f'{where} needs columns = ["sex"], the names of one or more columns')
    given = [key for key in ("shares", "totals") if key in table]
    if len(given) != 1:
        raise WeightingFault(f"{where} needs either shares or totals of the population")
    population = dict(_cells(where, table[given[0]], len(columns)))
    rule = _one_of(path, "missing", table.get("missing", missing), MissingValue)
    return Margin(tuple(columns), population, given[0] == "shares", MissingValue(rule))


def _cells(where: str, table: object, depth: int) -> Iterator[tuple[tuple[str, ...], float]]:
    """Nested tables, one level for each column."""
    if not isinstance(table, dict) or not table:
        raise WeightingFault(f"{where}: the population must be a table with a level for each column")
    for label, value in table.items():
        if depth > 1:
            for rest, people in _cells(where, value, depth - 1):
                yield (label, *rest), people
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield (label,), float(value)
        else:
            raise WeightingFault(f"{where}: the population of {label!r} must be a number, not {value!r}")


def _one_of(path: Path, key: str, value: object, known: Sequence[str] | type) -> str:
    names = [str(name) for name in known]
    if value not in names:
        raise WeightingFault(f"{path}: [weighting] {key} must be one of {', '.join(names)}, not {value!r}")
    return str(value)


def _column(path: Path, key: str, value: object) -> str | None:
    if value is not None and (not isinstance(value, str) or not value):
        raise WeightingFault(f"{path}: [weighting] {key} must be the name of a column in quotation marks")
    return value


def _pair(path: Path, key: str, value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(v, int | float) for v in value):
        raise WeightingFault(f"{path}: [weighting] {key} must be two numbers such as [0.3, 3]")
    return float(value[0]), float(value[1])


def remark(fit: Diagnostics) -> str:
    """What the fitting did to one group that was fitted on its own."""
    where = "" if fit.within is None else f" ({fit.within})"
    return (
        f"weights{where}: margins met in {fit.iterations} steps, largest miss {fit.largest_miss:.1e}; "
        f"fitted to base weights {fit.ratio_lower:.3g} to {fit.ratio_upper:.3g}, {fit.trimmed} at a bound; "
        f"effective answers {fit.effective_before:.1f} before and {fit.effective_after:.1f} after, "
        f"deff of weights {fit.deff:.3f}"
    )


def as_json(fits: Sequence[Diagnostics]) -> str:
    """Everything that is known of the fit; what is not known is null."""
    plain = [_plain(asdict(fit)) for fit in fits]
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_diagnostics(path: str | None, fits: Sequence[Diagnostics]) -> None:
    """Write the file that was asked for."""
    if path is None:
        return
    if not fits:
        raise WeightingFault("--diagnostics needs [weighting] in the file of the design")
    try:
        Path(path).write_text(as_json(fits), encoding="utf-8")
    except OSError as error:
        raise WeightingFault(f"{path}: cannot be written ({error.strerror})") from None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
