"""`okienko estimate`: drivers, the index they weigh, places."""

from collections.abc import Callable

import pytest

from tests.engines.statistics.reference_data import FOLDER
from tests.engines.statistics.test_drivers import references

FULL = '[design]\nweight = "weight"\nstratum = "stratum"\npsu = "psu"\n'
SCALE = "[scale]\nmin = 1\nmax = 5\n"
SYNTHETIC = str(FOLDER / "synthetic.csv")
ITEMS = [word for item in references()["items"] for word in ("--item", item)]
OUTCOME = ["--outcome", references()["outcome"]]


@pytest.mark.parametrize(("statistic", "method"), [("drivers", "johnson"), ("shapley", "shapley")])
def test_drivers_are_those_of_r(figures: Callable, statistic: str, method: str) -> None:
    rows = figures(SYNTHETIC, FULL, *ITEMS, *OUTCOME, "--statistic", statistic)
    case = next(c for c in references()["jackknife"] if c["name"] == f"plain {method}")
    expected = case["figures"]["estimate"], case["figures"]["se"]
    names = [f"{method}_weight"] * 4 + [f"{method}_share"] * 4 + ["r_squared"]
    order = {"r_squared": 2, f"{method}_share": 1, f"{method}_weight": 0}
    rows = sorted(rows, key=lambda r: order[r["statistic"]])
    assert [r["statistic"] for r in rows] == names
    assert [r["estimate"] for r in rows] == pytest.approx(expected[0], rel=1e-9)
    assert [r["se"] for r in rows] == pytest.approx(expected[1], rel=1e-9)


def test_the_derived_index_has_the_weights_of_all_groups(figures: Callable) -> None:
    design = FULL.replace("[design]", '[design]\nfpc = "nh"') + SCALE
    rows = figures(SYNTHETIC, design, *ITEMS, *OUTCOME, "--by", "office", "--statistic", "csi-derived")
    case = next(c for c in references()["indices"] if c["office"] == 2 and not c["own"])
    (index,) = [r for r in rows if r["by"] == {"office": 2} and r["statistic"] == "csi_derived"]
    assert (index["estimate"], index["se"]) == pytest.approx(
        (case["figures"]["estimate"], case["figures"]["se"]), rel=1e-9
    )
    weights = [r["estimate"] for r in rows if r["by"] == {"office": 2} and r["statistic"] == "csi_weight"]
    assert sum(weights) == pytest.approx(1)


@pytest.mark.parametrize(
    "ranking", [(), ("--ranking", "intervals"), ("--ranking", "simulated", "--seed", "7")]
)
def test_places_come_with_means_groups_and_smoothed_means(
    figures: Callable, ranking: tuple[str, ...]
) -> None:
    design = FULL.replace('stratum = "stratum"\npsu = "psu"\n', "")
    rows = figures(SYNTHETIC, design, "--item", "q1", "--by", "office", "--statistic", "ranks", *ranking)
    of = {name: {r["by"]["office"]: r for r in rows if r["statistic"] == name} for name in ("mean", "place")}
    # In office 5 everybody answered alike: there is no interval, and so no place.
    assert of["place"][5]["estimate"] is None
    known = sorted((r for o, r in of["mean"].items() if o != 5), key=lambda r: -r["estimate"])
    places = [of["place"][r["by"]["office"]] for r in known]
    assert [p["estimate"] for p in places] == list(range(1, 8))
    assert all(p["lower"] <= p["estimate"] <= p["upper"] for p in places)
    members = {r["by"]["office"] for r in rows if r["statistic"] == "group"}
    assert members == set(of["mean"]) - {5}
    assert sum(r["statistic"] == "smoothed_mean" for r in rows) == 7
    (between,) = [r for r in rows if r["statistic"] == "variance_between"]
    assert (between["n"], between["by"]) == (7, {"office": ""})
    assert between["lower"] <= between["estimate"] <= between["upper"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--item", "q1", "--statistic", "drivers"), "--outcome COLUMN is needed"),
        (("--item", "q1", "--statistic", "mean", "--outcome", "q2"), "and by no other"),
        (("--item", "q1", "--statistic", "drivers", "--outcome", "q1"), "both --item and --outcome"),
        (("--item", "q1", "--statistic", "drivers", "--outcome", "q2", "--method", "t"), "--method does not"),
        (("--item", "q1", "--statistic", "csi-derived", "--outcome", "q2"), "needs [scale]"),
        (("--item", "q1", "--statistic", "ranks"), "needs one --by"),
        (("--item", "q1", "--statistic", "ranks", "--by", "office", "age"), "needs one --by"),
        (("--item", "q1", "--statistic", "mean", "--seed", "1"), "belong to --statistic ranks"),
        (
            ("--item", "q1", "--statistic", "ranks", "--by", "office", "--ranking", "simulated"),
            "needs --seed",
        ),
        (("--item", "q1", "--statistic", "ranks", "--by", "office", "--seed", "1"), "needs --seed"),
    ],
)
def test_what_does_not_fit_is_refused(run: Callable, arguments: tuple[str, ...], said: str) -> None:
    code, out, errors = run(SYNTHETIC, FULL, *arguments)
    assert (code, out) == (2, "")
    assert said in errors


def test_more_drivers_than_shapley_can_count_are_sent_to_johnson(run: Callable, answers: Callable) -> None:
    names = [f"q{j}" for j in range(17)]
    lines = "\n".join(",".join(str((i * j + i) % 5 + 1) for j in range(17)) for i in range(30))
    data = answers(",".join(names) + "\n" + lines + "\n")
    items = [word for name in names[1:] for word in ("--item", name)]
    code, _out, errors = run(data, "", *items, "--outcome", "q0", "--statistic", "shapley")
    assert code == 2
    assert "Johnson" in errors


def test_a_lonely_psu_is_refused_by_name(run: Callable) -> None:
    lonely = str(FOLDER / "lonely.csv")
    code, _out, errors = run(lonely, FULL, *ITEMS, *OUTCOME, "--statistic", "drivers")
    assert code == 2
    assert "lonely_psu" in errors
