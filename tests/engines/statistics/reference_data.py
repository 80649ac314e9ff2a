"""Reading the reference data and figures that ``references/make_references.R`` wrote."""

import csv
import json
from functools import cache
from pathlib import Path

import numpy as np

from okienko.engines.statistics import Design, ItemSpec, LonelyPsu, build_cube

FOLDER = Path(__file__).parent / "references"
ITEMS = ("q1", "q2", "q3", "i1", "i2", "i3", "nps", "emphasis")
GROUPS = {"csi": ("q1", "q2", "q3")}


@cache
def columns(name: str) -> dict[str, np.ndarray]:
    """Columns of a reference data set; NA is NaN."""
    return read_csv(FOLDER / f"{name}.csv")


def read_csv(path: Path) -> dict[str, np.ndarray]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: _column([row[name] for row in rows]) for name in rows[0]}


def _column(values: list[str]) -> np.ndarray:
    try:
        return np.array([float("nan") if v == "NA" else float(v) for v in values])
    except ValueError:
        return np.array(values)


@cache
def cases() -> tuple[dict, ...]:
    """All reference cases."""
    return tuple(json.loads((FOLDER / "references.json").read_text(encoding="utf-8"))["cases"])


def design_of(case: dict, data: dict[str, np.ndarray]) -> Design:
    named = dict(case["design"] or {})
    rule = LonelyPsu(named.pop("lonely_psu", "fail"))
    return Design(**{role: data[column] for role, column in named.items()}, lonely_psu=rule)


def cube_of(case: dict, by: tuple[str, ...] = ()):
    """The cube of a case, with every item that the data set has."""
    data = dict(columns(case["data"]))
    items = [name for name in (*ITEMS, "api00") if name in data]
    if "emphasis" in data:
        data["named"] = np.where(data["emphasis"] == 1, 1, 0)
        items.append("named")
    groups = GROUPS if "q1" in data else None
    return build_cube(data, [ItemSpec(i) for i in items], design_of(case, data), by=by, groups=groups)
