"""Whoever adds up the answers, every figure agrees with R's ``survey``: parts, DuckDB, Spark, ClickHouse."""

import json

import numpy as np
import pytest

from okienko.engines.statistics import Cube, Design, ItemSpec, LonelyPsu, change, contrasts, estimate
from okienko.engines.statistics.cells import count_cells, gather
from okienko.engines.statistics.relational import CountQuery, StoredItem
from tests.engines.statistics.reference_data import GROUPS, ITEMS, cases, columns, cube_of
from tests.engines.statistics.relational_engines import OPENERS, arrow, cube_elsewhere
from tests.engines.statistics.test_against_r import assert_figures_agree, measure_of

# The sockets of PySpark are closed by nobody.
OF_SPARK = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ENGINES = ["parts", *(pytest.param(n, marks=OF_SPARK if n == "spark" else []) for n in OPENERS)]
DIMENSIONS = ("office", "age", "wave")


def countable() -> list[dict]:
    """Cases of designs whose units have names, with items whose codes can be listed."""
    named = [c for c in cases() if "psu" in (c.get("design") or {}) and not c["data"].startswith("api")]
    return [c for c in named if c["statistic"] not in ("drivers", "correlations")]


def in_parts(data: dict, query: CountQuery, rule: LonelyPsu) -> Cube:
    """Rows in any order, torn into parts of unequal size."""
    order = np.random.default_rng(7).permutation(data["q1"].size)
    specs = [item.spec for item in query.items]
    parts = []
    for rows in np.split(order, [50, 60, order.size // 2]):
        part = {name: column[rows] for name, column in data.items()}
        design = Design(**{role: part[column] for role, column in query.roles.items()})
        parts.append(
            count_cells(part, specs, design, by=query.by, groups=query.groups, squares=query.squares)
        )
    return gather(parts, rule)


def cube_by(engine: str, case: dict) -> Cube:
    """The cube of a case's data and design, by all its dimensions."""
    data = dict(columns(case["data"]))
    roles = dict(case["design"])
    rule = LonelyPsu(roles.pop("lonely_psu", "fail"))
    names = [name for name in ITEMS if name in data]
    if "emphasis" in data:
        data["named"] = np.where(data["emphasis"] == 1, 1, 0)
        names.append("named")
    items = tuple(StoredItem(ItemSpec(name)) for name in names)
    by = tuple(name for name in DIMENSIONS if name in data)
    query = CountQuery(items, roles, by, GROUPS if "q1" in data else {}, squares=True)
    if engine == "parts":
        return in_parts(data, query, rule)
    found = cube_elsewhere(engine, arrow(data), query, rule)
    assert found is not None
    return found


def figures(case: dict, cube: Cube) -> list:
    by, measure = tuple(case.get("by", ())), measure_of(case)
    if case["statistic"] == "change":
        return [
            change(cube, measure, tuple(case["waves"]), by=by).only(**dict(row["by"])) for row in case["rows"]
        ]
    if case["statistic"] == "contrasts":
        split = case["split"]
        found = contrasts(cube.subset(**{split: [1, 2, 3, 4]}), case["item"], split)
        differences = {(c.first, c.second): c.difference for c in found}
        return [differences[tuple(row["pair"])] for row in case["rows"]]
    found = estimate(cube, measure, by=by, method=case.get("method", "t"))
    return [found.only(**dict(row["by"])) if row["n"] else None for row in case["rows"]]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_gives_the_figures_of_r(engine: str) -> None:
    cubes: dict[str, Cube] = {}
    checked = 0
    for case in countable():
        key = json.dumps([case["data"], case["design"]])
        if key not in cubes:
            cubes[key] = cube_by(engine, case)
        for row, ours in zip(case["rows"], figures(case, cubes[key]), strict=True):
            if ours is not None:
                assert_figures_agree(row, ours, case.get("tolerance", 1e-9))
                checked += 1
    assert checked > 200


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_gives_the_cube_of_the_local_one(engine: str) -> None:
    case = next(c for c in countable() if c["data"] == "synthetic")
    ours, theirs = cube_of(case, DIMENSIONS), cube_by(engine, case)
    assert theirs.rows == ours.rows
    assert theirs.units.first.names == ours.units.first.names
    assert {n: d.names for n, d in theirs.dims.items()} == {n: d.names for n, d in ours.dims.items()}
    for item in ours.tables:
        for code in ours.table(item).categories.values[ours.table(item).categories.listed]:
            mine, other = (c.table(item).categories.indicator([code]) for c in (ours, theirs))
            assert theirs.table(item).counted(other).sum() == ours.table(item).counted(mine).sum()
            sums = theirs.table(item).weighted(other).sum(), ours.table(item).weighted(mine).sum()
            assert sums[0] == pytest.approx(sums[1], rel=1e-13)
