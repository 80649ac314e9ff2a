"""What must hold for any answers: sums add up, order and scale of weights do not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okienko.engines.statistics import (
    Csi,
    Cube,
    Design,
    Estimates,
    ItemSpec,
    LonelyPsu,
    build_cube,
    change,
    combine,
    composite,
    contrasts,
    csi,
    mean,
    nps,
    shares,
)
from okienko.engines.statistics.counting import tally
from okienko.engines.statistics.tables import DenseTable, RowTable

ITEMS = [ItemSpec("q1", (1, 2, 3, 4, 5)), ItemSpec("q2", (1, 2, 3, 4, 5)), ItemSpec("r", tuple(range(11)))]
FIGURES = ("n", "estimate", "se", "lower", "upper", "df", "deff")


@st.composite
def samples(draw: st.DrawFn) -> dict[str, np.ndarray]:
    """Answers in a stratified sample of clusters; sizes vary so that both forms of tables occur."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    psus = draw(st.integers(4, 12))
    size = draw(st.sampled_from([psus, 3 * psus, 40 * psus]))
    psu = np.concatenate([np.arange(psus), random.integers(0, psus, size)])
    rows = psu.size
    mood = random.normal(0, 1, psus)[psu]

    def scale() -> np.ndarray:
        answers = np.clip(np.round(3.5 + mood + random.normal(0, 1, rows)), 1, 5).astype(int)
        return np.where(random.random(rows) < 0.1, -1, answers)

    return {
        "q1": scale(),
        "q2": scale(),
        "r": np.where(random.random(rows) < 0.1, -2, random.integers(0, 11, rows)),
        "office": psu % 2,
        "age": random.integers(0, 3, rows),
        "wave": np.concatenate([[1, 2], random.integers(1, 3, rows - 2)]),
        "psu": psu,
        "stratum": psu % 4 // 2,
        "weight": np.round(random.lognormal(0, 0.5, rows), 3),
    }


def design(data: dict[str, np.ndarray], factor: float = 1.0) -> Design:
    return Design(
        weight=factor * data["weight"],
        stratum=data["stratum"],
        psu=data["psu"],
        lonely_psu=LonelyPsu.ADJUST,
    )


def cube(data: dict[str, np.ndarray], factor: float = 1.0) -> Cube:
    return build_cube(data, ITEMS, design(data, factor), by=["office", "age", "wave"])


def everything(of: Cube) -> list[Estimates]:
    return [
        mean(of, "q1"),
        mean(of, "q2", by=("office", "age")),
        shares(of, "q1", by="office"),
        nps(of, "r", by="age"),
        csi(of, Csi(("q1", "q2"), 1, 5, importance=("q2", "q1")), by="office"),
        composite(of, ("q1", "q2"), (2, 1), by="age"),
        change(of, "q1", (1, 2), by="office"),
    ]


def assert_same(one: list[Estimates], other: list[Estimates]) -> None:
    for a, b in zip(one, other, strict=True):
        assert (a.item, a.value, a.by, a.note) == (b.item, b.value, b.by, b.note)
        for figure in FIGURES:
            np.testing.assert_allclose(getattr(a, figure), getattr(b, figure), rtol=1e-9, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(data: dict[str, np.ndarray], random: object) -> None:
    order = np.array(random.sample(range(data["psu"].size), data["psu"].size))
    assert_same(everything(cube(data)), everything(cube({k: v[order] for k, v in data.items()})))


@settings(max_examples=40, deadline=None)
@given(samples(), st.sampled_from([0.001, 7.3, 1e6]))
def test_weights_times_a_constant_change_nothing(data: dict[str, np.ndarray], factor: float) -> None:
    assert_same(everything(cube(data)), everything(cube(data, factor)))


@settings(max_examples=40, deadline=None)
@given(samples(), st.integers(2, 4))
def test_cubes_of_parts_of_the_psus_add_up_to_the_whole(data: dict[str, np.ndarray], parts: int) -> None:
    share = data["psu"] % parts
    cubes = [cube({k: v[share == p] for k, v in data.items()}) for p in range(parts)]
    assert_same(everything(cube(data)), everything(combine(cubes, same_units=True)))


@settings(max_examples=40, deadline=None)
@given(samples())
def test_cubes_of_rows_torn_apart_anywhere_add_up_to_the_whole(data: dict[str, np.ndarray]) -> None:
    half = np.arange(data["psu"].size) < data["psu"].size // 2
    halves = [cube({k: v[part] for k, v in data.items()}) for part in (half, ~half)]
    assert_same(everything(cube(data)), everything(combine(halves, same_units=True)))


@settings(max_examples=40, deadline=None)
@given(samples())
def test_dense_tables_and_rows_say_the_same(data: dict[str, np.ndarray]) -> None:
    rows = cube(data)
    n = data["psu"].size
    encoded = {i.name: np.where(data[i.name] < 0, 11, data[i.name]) for i in ITEMS}
    codes, every = [encoded[i.name].astype(np.uint8) for i in ITEMS], [np.ones(12, bool)] * 3
    sums = tally(codes, every, np.arange(n), n, data["weight"], True)
    table = {}
    for spec, s in zip(ITEMS, sums, strict=True):
        values = np.arange(12)
        valid = np.isin(values, spec.codes)
        limits = rows.table(spec.name).categories.limits
        categories = type(rows.table("q1").categories)(
            values, valid, np.where(valid, values, 0.0), valid, limits
        )
        table[spec.name] = DenseTable(categories, s.weight, s.count, s.square)
    if isinstance(rows.table("q1"), RowTable):
        dense = Cube(rows.units, rows.unit, rows.dims, table, {}, n)
        assert_same(everything(rows), everything(dense))


@settings(max_examples=40, deadline=None)
@given(samples())
def test_shares_add_up_to_one_and_their_errors_cancel(data: dict[str, np.ndarray]) -> None:
    figures = list(shares(cube(data), "q1", by="office", method="t"))
    for office in {e.by["office"] for e in figures}:
        mine = [e for e in figures if e.by["office"] == office and e.estimate is not None]
        if mine:
            assert sum(e.estimate for e in mine) == pytest.approx(1)
            assert all(0 <= e.estimate <= 1 for e in mine)


@settings(max_examples=40, deadline=None)
@given(samples())
def test_rows_outside_a_domain_change_only_its_error(data: dict[str, np.ndarray]) -> None:
    """Other answers outside the domain change nothing at all; the PSUs there still count in n_h."""
    other = dict(data)
    outside = data["office"] == 1
    other["q1"] = np.where(outside, 1, data["q1"])
    one = mean(cube(data), "q1", by="office").only(office=0)
    assert one == mean(cube(other), "q1", by="office").only(office=0)
    within = mean(cube(data).subset(office=0), "q1").only()
    assert (within.estimate, within.se, within.df) == (one.estimate, one.se, one.df)


@settings(max_examples=40, deadline=None)
@given(samples())
def test_a_change_is_the_difference_of_the_waves(data: dict[str, np.ndarray]) -> None:
    of = cube(data)
    waves = mean(of, "q1", by="wave")
    (moved,) = change(of, "q1", (1, 2))
    if None not in (moved.estimate, *[e.estimate for e in waves]):
        assert moved.estimate == pytest.approx(waves[1].estimate - waves[0].estimate, abs=1e-12)
        (contrast,) = contrasts(of, "q1", "wave")
        assert contrast.difference.estimate == pytest.approx(-moved.estimate, abs=1e-12)
        assert contrast.difference.se == pytest.approx(moved.se, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.booleans(), st.booleans())
def test_the_pass_counts_as_an_honest_loop_does(seed: int, items: int, ordered: bool, weighted: bool) -> None:
    random = np.random.default_rng(seed)
    rows, cells = int(random.integers(1, 400)), int(random.integers(1, 30))
    sizes = [int(k) for k in random.integers(2, 13, items)]
    columns = [random.integers(0, k, rows).astype(np.uint8) for k in sizes]
    cell = random.integers(0, cells, rows)
    cell = np.sort(cell) if ordered else cell
    weight = random.uniform(0.1, 3, rows) if weighted else None
    every = [np.ones(k, bool) for k in sizes]
    for sums, column, size in zip(
        tally(columns, every, cell, cells, weight, True), columns, sizes, strict=True
    ):
        expected = np.zeros((3, cells, size))
        for i in range(rows):
            w = 1.0 if weight is None else weight[i]
            expected[:, cell[i], column[i]] += (w, 1, w * w)
        np.testing.assert_allclose(sums.weight, expected[0], rtol=1e-12)
        np.testing.assert_array_equal(sums.count, expected[1])
        np.testing.assert_allclose(sums.square, expected[2], rtol=1e-12)


def test_a_large_sorted_sample_goes_through_many_blocks() -> None:
    random = np.random.default_rng(3)
    rows = 200_000
    psu = np.sort(random.integers(0, 900, rows))
    data = {f"q{j}": random.integers(0, 6, rows).astype(np.uint8) for j in range(3)}
    of = build_cube(data, [ItemSpec(name, missing=(0,)) for name in data], Design(psu=psu))
    for name, column in data.items():
        table = of.table(name)
        assert isinstance(table, DenseTable)
        np.testing.assert_array_equal(table.count.sum(axis=0), np.bincount(column, minlength=6))
        assert mean(of, name).only().estimate == pytest.approx(column[column > 0].mean(), rel=1e-12)
