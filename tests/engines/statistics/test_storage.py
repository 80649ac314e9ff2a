"""Stored answers and cubes come back as they were, add up, and are refused when they are something else."""

import dataclasses
from itertools import pairwise

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Cube,
    Design,
    ItemSpec,
    LonelyPsu,
    StatisticsError,
    build_cube,
    mean,
    shares,
)
from okienko.engines.statistics.cells import count_cells, gather
from okienko.engines.statistics.storage import (
    Fingerprint,
    StoredCube,
    columns_of,
    cube_table,
    kind_of,
    pack,
    put_together,
    read_cube,
    unpack,
)
from okienko.engines.statistics.storage.description import KEY

ITEMS = [
    ItemSpec("q1", (1, 2, 3, 4, 5)),
    ItemSpec("q2", missing=(99,)),
    ItemSpec("nps", scores={0: 0, 9: 9, 10: 10}),
]
BY = ("office", "age")
Data = dict[str, np.ndarray]


@st.composite
def answers(draw: st.DrawFn) -> Data:
    """Answers with gaps, in PSUs of a few strata; labels are numbers and texts."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = draw(st.integers(8, 300))
    psu = random.integers(0, draw(st.integers(2, 12)), rows)
    return {
        "q1": np.where(random.random(rows) < 0.2, -1, random.integers(1, 6, rows)),
        "q2": np.where(random.random(rows) < 0.1, np.nan, random.choice([1.0, 2.5, 7.0, 99.0], rows)),
        "nps": random.choice([0, 9, 10, 12], rows),
        "office": random.choice(np.array(["Brzozów", "Świt", ""], object), rows),
        "age": random.integers(0, 3, rows),
        "stratum": psu % 3,
        "psu": np.array([f"{p % 3}/{p}" for p in psu], object),
        "weight": np.round(random.lognormal(0, 0.5, rows), 3),
    }


def design(data: Data) -> Design:
    return Design(data["weight"], data["stratum"], data["psu"], lonely_psu=LonelyPsu.ADJUST)


def packed(data: Data) -> pa.Table:
    return pack(data, ITEMS, design(data), by=BY, order=("office",))


def cube_of(data: Data, squares: bool = False) -> Cube:
    return build_cube(data, ITEMS, design(data), by=BY, groups={"any": ["q1", "q2"]}, squares=squares)


def taken(data: Data, rows: np.ndarray) -> Data:
    return {name: column[rows] for name, column in data.items()}


def assert_same_figures(one: Cube, other: Cube) -> None:
    assert one.rows == other.rows
    for item in ("q1", "q2", "nps"):
        for figure in (lambda c, i=item: mean(c, i, by=BY), lambda c, i=item: shares(c, i, by="office")):
            ours, theirs = figure(one), figure(other)
            assert [(e.by, e.value, e.n, e.note) for e in ours] == [
                (e.by, e.value, e.n, e.note) for e in theirs
            ]
            for name in ("estimate", "se", "lower", "upper", "df"):
                np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-9, atol=1e-12)


@settings(max_examples=40)
@given(answers())
def test_packed_answers_give_the_figures_of_the_answers(data: Data) -> None:
    found = unpack(packed(data))
    columns = dict(found.columns)
    again = build_cube(columns, found.items, found.design, by=found.by, groups={"any": ["q1", "q2"]})
    # A code that nobody chose and that was not declared is not kept.
    assert_same_figures(cube_of(data), again)
    assert found.fingerprint() == found.stored
    assert found.rows == data["q1"].size


@settings(max_examples=40)
@given(answers(), st.randoms(use_true_random=False))
def test_the_checksum_knows_rows_and_not_their_order(data: Data, random: object) -> None:
    rows = data["q1"].size
    order = np.array(random.sample(range(rows), rows))
    whole = unpack(packed(data)).stored
    assert unpack(packed(taken(data, order))).stored == whole
    other = dict(data)
    other["q1"] = data["q1"].copy()
    other["q1"][0] = 1 if data["q1"][0] != 1 else 2
    assert unpack(packed(other)).stored != whole


@settings(max_examples=40)
@given(answers(), st.integers(1, 7))
def test_checksums_of_days_add_up(data: Data, cut: int) -> None:
    first = np.arange(data["q1"].size) < cut
    days = [unpack(packed(taken(data, rows))).stored for rows in (first, ~first)]
    assert days[0] + days[1] == unpack(packed(data)).stored
    assert Fingerprint.read(days[0].rows, str(days[0])) == days[0]


@settings(max_examples=40)
@given(answers(), st.booleans())
def test_a_cube_comes_back_as_it_was(data: Data, squares: bool) -> None:
    cube = cube_of(data, squares)
    table = cube_table(cube, Fingerprint(cube.rows, (1, 2)))
    found = read_cube(table)
    assert found.fingerprint == Fingerprint(cube.rows, (1, 2))
    assert found.cube.units.first.names == cube.units.first.names
    assert found.cube.groups == cube.groups
    assert {n: d.names for n, d in found.cube.dims.items()} == {n: d.names for n, d in cube.dims.items()}
    assert_same_figures(cube, found.cube)
    part = read_cube(table.select(columns_of(table.schema.metadata, ["q2"])))
    assert mean(part.cube, "q2", by="office")[:] == mean(found.cube, "q2", by="office")[:]
    assert part.cube.items == ("q2",)


@settings(max_examples=40)
@given(answers(), st.integers(1, 4))
def test_cubes_of_days_add_up_to_that_of_the_wave(data: Data, days: int) -> None:
    """Days are PSUs; here a PSU may even fall into two of them."""
    random = np.random.default_rng(days)
    day = random.integers(0, days, data["q1"].size)
    stored = [
        read_cube(cube_table(cube_of(taken(data, day == d)), Fingerprint(int((day == d).sum()), (1, 0))))
        for d in range(days)
        if (day == d).any()
    ]
    total = put_together(stored)
    assert total.fingerprint == Fingerprint(data["q1"].size, (len(stored), 0))
    assert_same_figures(cube_of(data), total.cube)
    again = read_cube(cube_table(total.cube, total.fingerprint))
    assert again.cube.unit.size == total.cube.unit.size


@settings(max_examples=40)
@given(answers(), st.lists(st.integers(0, 300), max_size=4))
def test_parts_of_any_size_add_up(data: Data, cuts: list[int]) -> None:
    rows = data["q1"].size
    edges = sorted({0, rows, *(c for c in cuts if c < rows)})
    parts = []
    for low, high in pairwise(edges):
        part = taken(data, np.arange(low, high))
        parts.append(count_cells(part, ITEMS, design(part), by=BY, groups={"any": ["q1", "q2"]}))
    assert_same_figures(cube_of(data), gather(parts, LonelyPsu.ADJUST))


def test_what_the_file_holds_is_plain() -> None:
    data = {"q": np.array([5, 1, -1, 3]), "psu": np.array([7, 7, 2, 2]), "weight": np.ones(4)}
    words = {"q": ("Jak oceniasz obsługę?", {1: "źle", 5: "dobrze"})}
    table = pack(data, [ItemSpec("q", (1, 3, 5))], Design(data["weight"], psu=data["psu"]), words=words)
    assert kind_of(table.schema.metadata) == "answers"
    assert table.schema.field("q").type == pa.uint8()
    assert not any(field.nullable for field in table.schema)
    assert table["design_psu"].to_pylist() == [1, 1, 2, 2]
    assert table["q"].to_pylist() == [0, 2, 3, 1]
    (item,) = msgspec.json.decode(table.schema.metadata[KEY])["items"]
    assert (item["codes"], item["label"], item["texts"]) == ([1, 3, 5], words["q"][0], ["źle", "", "dobrze"])


def test_populations_and_two_stages_are_kept() -> None:
    random = np.random.default_rng(4)
    psu = np.repeat(np.arange(12), 6)
    data = {"q": random.integers(1, 6, 72), "psu2": np.repeat(np.arange(36), 2)}
    laid = Design(None, psu % 2, psu, np.full(72, 40.0), data["psu2"], np.full(72, 9.0))
    cube = build_cube(data, ["q"], laid)
    found = unpack(pack(data, [ItemSpec("q")], laid))
    again = build_cube(dict(found.columns), found.items, found.design)
    stored = read_cube(cube_table(cube, Fingerprint(72)))
    for other in (again, stored.cube):
        assert mean(other, "q")[0].se == pytest.approx(mean(cube, "q")[0].se, rel=1e-12)


def stored_cube() -> pa.Table:
    random = np.random.default_rng(1)
    data = {
        "q": random.integers(1, 4, 60),
        "psu": np.repeat(np.arange(6), 10),
        "office": np.repeat([1, 2], 30),
    }
    return cube_table(build_cube(data, ["q"], Design(psu=data["psu"]), by=["office"]), Fingerprint(60))


def stored_answers() -> pa.Table:
    data = {"q": np.array([1, 2, 3, 3]), "office": np.array([1, 1, 2, 2])}
    return pack(data, [ItemSpec("q")], Design(psu=np.array([1, 1, 2, 2])), by=["office"])


def renoted(table: pa.Table, **changed: object) -> pa.Table:
    note = msgspec.json.decode(table.schema.metadata[KEY]) | changed
    return table.replace_schema_metadata({KEY: msgspec.json.encode(note)})


def replaced(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values)


@pytest.mark.parametrize("change", [
    lambda t: t.drop_columns(["q"]),
    lambda t: replaced(t, "q", pa.array([1, 2, 3, 9], pa.uint8())),
    lambda t: replaced(t, "q", pa.array([1, 2, 3, 3], pa.int64())),
    lambda t: replaced(t, "q", pa.array([1, None, 3, 3], pa.uint8())),
    lambda t: replaced(t, "office", pa.array([1, 1, 2, 7], pa.uint8())),
    lambda t: renoted(t, labels={}),
    lambda t: renoted(t, roles=["psu", "moon"]),
    lambda t: renoted(t, rows=-4),
    lambda t: renoted(t, fingerprint="xyz"),
    lambda t: renoted(t, kind="guess"),
    lambda t: renoted(t, items=[{"name": "q", "codes": [1, 1, 2], "scores": [1, 1, 2], "declared": True}]),
    lambda t: renoted(t, items=[{"name": "q", "codes": [1, 2, 3], "scores": [1], "declared": False}]),
    lambda t: t.replace_schema_metadata({KEY: b"{"}),
    lambda t: t.replace_schema_metadata({KEY: b"[]"}),
])  # fmt: skip
def test_answers_that_are_not_what_they_say_are_refused(change) -> None:
    with pytest.raises(StatisticsError) as found:
        unpack(change(stored_answers()))
    assert found.value.code == "damaged_file"


@pytest.mark.parametrize("change", [
    lambda t: t.drop_columns(["unit"]),
    lambda t: replaced(t, "unit", pa.array(np.full(t.num_rows, 99), pa.uint32())),
    lambda t: replaced(t, "n_0_1", pa.array(np.full(t.num_rows, 1000), pa.uint32())),
    lambda t: replaced(t, "n_0_1", pa.array(np.ones(t.num_rows), pa.float64())),
    lambda t: replaced(t, "by_0", pa.array(np.full(t.num_rows, 9), pa.uint8())),
    lambda t: t.drop_columns(["n_0_2"]),
    lambda t: renoted(t, tables=[]),
    lambda t: renoted(t, first={"parent": [0, 0], "population": [1], "names": None, "parents": ["all"]}),
    lambda t: renoted(t, first={"parent": [0, 5], "population": [None], "names": None, "parents": ["all"]}),
    lambda t: renoted(t, first={"parent": [0] * 6, "population": [], "names": None, "parents": ["all"]}),
    lambda t: renoted(t, fingerprint=""),
])  # fmt: skip
def test_a_cube_that_is_not_what_it_says_is_refused(change) -> None:
    with pytest.raises(StatisticsError) as found:
        read_cube(change(stored_cube()))
    assert found.value.code == "damaged_file"


def test_foreign_and_other_versions_are_named() -> None:
    for read, table in (
        (unpack, stored_cube()),
        (read_cube, stored_answers()),
        (read_cube, pa.table({"q": [1]})),
    ):
        with pytest.raises(StatisticsError) as found:
            read(table)
        assert found.value.code == "foreign_file"
    for version, advice in ((0, "make the file again"), (2, "newer program")):
        with pytest.raises(StatisticsError, match=advice) as found:
            read_cube(renoted(stored_cube(), version=version))
        assert found.value.code == "other_version"


def test_what_cannot_be_stored_says_why() -> None:
    psu = Design(psu=np.arange(400) % 9)
    with pytest.raises(StatisticsError) as found:
        pack({"q": np.arange(400)}, [ItemSpec("q")], psu)
    assert found.value.code == "too_many_codes"
    with pytest.raises(StatisticsError) as found:
        cube_table(build_cube({"q": np.arange(400)}, ["q"], psu), Fingerprint(400))
    assert found.value.code == "too_many_codes"
    with pytest.raises(StatisticsError) as found:
        pack(
            {"q": np.ones(4), "design_psu": np.ones(4)},
            [ItemSpec("q"), ItemSpec("design_psu")],
            Design(psu=np.ones(4)),
        )
    assert found.value.code == "name_taken"
    with pytest.raises(StatisticsError) as found:
        put_together([])
    assert found.value.code == "no_rows"


def test_answers_without_psus_are_stored_row_by_row() -> None:
    data = {"q": np.array([1, 2, 2, 3, 3, 3])}
    cube = build_cube(data, ["q"])
    found = read_cube(cube_table(cube, Fingerprint(6)))
    assert mean(found.cube, "q")[:] == mean(cube, "q")[:]
    with pytest.raises(StatisticsError) as refused:
        put_together([StoredCube(cube, Fingerprint()), dataclasses.replace(found)])
    assert refused.value.code == "units_without_names"
