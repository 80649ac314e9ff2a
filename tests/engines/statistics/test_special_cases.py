"""Degenerate answers are named, never given a wrong number; sample kinds are kept apart."""

import numpy as np
import pytest

from okienko.engines.statistics import (
    REST,
    Composite,
    Csi,
    Design,
    Difference,
    Estimate,
    ItemSpec,
    Labels,
    LonelyPsu,
    Mean,
    Nps,
    SampleKind,
    StatisticsError,
    bottom_box,
    build_cube,
    change,
    combine,
    composite,
    contrasts,
    csi,
    effective_n,
    estimate,
    importance_satisfaction,
    is_rating,
    mean,
    naming,
    nps,
    p_value,
    share,
    shares,
    top_box,
)

FIVE = (1, 2, 3, 4, 5)


def answered(*answers: int, **design: object):
    return build_cube({"q": np.array(answers)}, [ItemSpec("q", FIVE)], Design(**design))


def no_interval(found: Estimate) -> bool:
    return found.lower is None and found.upper is None


@pytest.mark.parametrize(("answer", "edge"), [(5, 1.0), (1, 0.0)])
def test_a_share_of_0_or_1_gets_the_exact_interval(answer: int, edge: float) -> None:
    (found,) = share(answered(*[answer] * 20), "q", (4, 5))
    assert (found.estimate, found.se, found.note, found.method) == (edge, 0.0, "share_0_or_1", "beta")
    # The exact binomial interval of 0 or 20 out of 20 (Clopper and Pearson).
    bound = 1 - 0.025 ** (1 / 20)
    assert (found.lower, found.upper) == pytest.approx((0, bound) if edge == 0 else (1 - bound, 1))
    for method in ("t", "logit"):
        (found,) = share(answered(*[answer] * 20), "q", (4, 5), method=method)
        assert no_interval(found)
        assert found.note == "share_0_or_1"


def test_equal_answers_give_a_mean_without_an_interval() -> None:
    (found,) = mean(answered(4, 4, 4), "q")
    assert (found.estimate, found.se, found.note, found.deff) == (4.0, 0.0, "no_variance", None)
    assert no_interval(found)


def test_no_answers_and_one_answer() -> None:
    data = {"q": np.array([-1, -2, 3, 4, 4]), "o": np.array(["A", "A", "B", "C", "C"])}
    of = build_cube(data, [ItemSpec("q", FIVE)], by=["o"])
    none, one, two = mean(of, "q", by="o")
    assert (none.n, none.estimate, none.se, none.note) == (0, None, None, "no_answers")
    assert (one.n, one.estimate, one.df, one.note) == (1, 3.0, 0.0, "no_degrees_of_freedom")
    assert no_interval(one)
    assert (two.n, two.note) == (2, "no_variance")


def test_degrees_of_freedom_count_only_psus_with_answers() -> None:
    """The trap: four PSUs in two strata, but the item was answered in three of them."""
    of = build_cube(
        {"q": np.array([1, 5, 3, 4, -1, -1])},
        [ItemSpec("q", FIVE)],
        Design(stratum=np.array([1, 1, 1, 2, 2, 2]), psu=np.array([1, 1, 2, 3, 3, 4])),
    )
    assert mean(of, "q").only().df == 1


def test_a_lonely_psu_is_named_and_gives_no_error() -> None:
    design = {"stratum": np.array([1, 1, 1, 2]), "psu": np.array([1, 2, 3, 4])}
    (found,) = mean(answered(1, 2, 3, 4, **design), "q")
    assert (found.estimate, found.se, found.note) == (2.5, None, "lonely_psu")
    assert no_interval(found)
    (removed,) = mean(answered(1, 2, 3, 4, **design, lonely_psu=LonelyPsu.REMOVE), "q")
    assert removed.se > 0
    # Drawn completely, a stratum of one PSU has no sampling error and nothing to fail at.
    (certain,) = mean(answered(1, 2, 3, 4, **design, fpc=np.array([9, 9, 9, 1])), "q")
    assert certain.se > 0
    assert certain.note != "lonely_psu"


def test_a_lonely_stratum_without_answers_harms_nobody() -> None:
    of = build_cube(
        {"q": np.array([1, 2, 3, -1]), "o": np.array([1, 1, 1, 2])},
        [ItemSpec("q", FIVE)],
        Design(stratum=np.array([1, 1, 1, 2]), psu=np.array([1, 2, 3, 4])),
        by=["o"],
    )
    assert mean(of, "q").only().note != "lonely_psu"


def test_a_census_counts_respondents_against_their_population() -> None:
    answers = np.array([1, 2, 3, 4, 5, 5])
    half = build_cube(
        {"q": answers}, ["q"], Design(kind=SampleKind.CENSUS, fpc=np.full(6, 12), psu=np.zeros(6))
    )
    whole = build_cube({"q": answers}, ["q"], Design(kind=SampleKind.CENSUS, fpc=np.full(6, 6)))
    simple = mean(build_cube({"q": answers}, ["q"]), "q").only()
    assert mean(half, "q").only().se == pytest.approx(simple.se * np.sqrt(0.5))
    everybody = mean(whole, "q").only()
    assert (everybody.se, everybody.lower, everybody.upper) == (0, everybody.estimate, everybody.estimate)
    with pytest.raises(StatisticsError, match="population"):
        build_cube({"q": answers}, ["q"], Design(kind=SampleKind.CENSUS))


def test_a_sample_that_is_no_probability_sample_has_no_margin_and_no_test() -> None:
    random = np.random.default_rng(1)
    data = {"q": random.integers(1, 6, 80), "o": np.repeat([1, 2], 40)}
    of = build_cube(
        data,
        [ItemSpec("q", FIVE)],
        Design(kind=SampleKind.NON_PROBABILITY, psu=np.repeat(np.arange(8), 10)),
        by=["o"],
    )
    (found,) = mean(of, "q")
    assert found.note == "not_probability_sample"
    assert {found.se, found.lower, found.df, found.deff} == {None}
    (compared,) = contrasts(of, "q", "o")
    assert (compared.p, compared.p_holm) == (None, None)
    from_rows = mean(build_cube(data, [ItemSpec("q", FIVE)]), "q").only()
    (model,) = mean(of, "q", method="model")
    assert (model.note, model.method) == ("model_based", "model")
    assert model.se == pytest.approx(from_rows.se)


def test_top_and_bottom_boxes_follow_the_scores() -> None:
    """On a reversed scale 1 is the best answer."""
    turned = ItemSpec("q", FIVE, scores={1: 5, 2: 4, 3: 3, 4: 2, 5: 1})
    of = build_cube({"q": np.array([1, 1, 2, 5])}, [turned])
    assert top_box(of, "q").only().estimate == 0.75
    assert bottom_box(of, "q", count=1).only().estimate == 0.25
    assert mean(of, "q").only().estimate == 3.75
    assert top_box(of, "q", count=1).only().statistic == "top1"


def test_codes_nobody_chose_are_listed_when_declared() -> None:
    declared = shares(answered(5, 5, 4), "q")
    assert [e.value for e in declared] == [1, 2, 3, 4, 5]
    assert [e.estimate for e in declared] == pytest.approx([0, 0, 0, 1 / 3, 2 / 3])
    seen = build_cube({"q": np.array([5, 5, 4, -2])}, ["q"])
    assert [e.value for e in shares(seen, "q")] == [4, 5]


def test_is_rating_counts_everybody_asked() -> None:
    first = np.array([7, 99, -1, 7, -4, 3])
    second = np.array([3, -1, -1, 3, -4, 7])
    assert naming([first, second], 7).tolist() == [1, 0, 0, 1, -4, 1]
    data = {"q": np.array([5, 2, 4, -1, 3, 1]), "named": naming([first, second], 7)}
    of = build_cube(data, [ItemSpec("q", FIVE), ItemSpec("named", (0, 1))])
    found = is_rating(of, "q", "named").only()
    assert found.estimate == pytest.approx(3 / 5 * (1 - 2 / 5))
    assert found.n == 5


def test_pairs_of_importance_and_satisfaction() -> None:
    data = {"s": np.array([3, 4, 5, 2]), "i": np.array([5, 5, 4, 4])}
    (pair,) = importance_satisfaction(build_cube(data, ["s", "i"]), [("s", "i")])
    assert pair.gap.only().estimate == pytest.approx(1.0)
    # Respondents answer both, so the gap's error is that of the paired differences.
    paired = np.std([2, 1, -1, 2], ddof=1) / 2
    assert pair.gap.only().se == pytest.approx(paired)


def test_an_index_without_answers_to_one_item_is_none() -> None:
    data = {"a": np.array([5, 4, -1, -1]), "b": np.array([3, 4, 2, 5]), "o": np.array([1, 1, 2, 2])}
    of = build_cube(data, [ItemSpec("a", FIVE), ItemSpec("b", FIVE)], by=["o"])
    with_both, without = composite(of, ("a", "b"), by="o")
    assert with_both.estimate == 4.0
    assert (without.estimate, without.note) == (None, "no_answers")
    assert csi(of, Csi(("a", "b"), 1, 5), by="o")[1].note == "no_answers"


def test_change_works_for_every_measure() -> None:
    random = np.random.default_rng(2)
    data = {"a": random.integers(1, 6, 200), "b": random.integers(1, 6, 200), "wave": np.repeat([1, 2], 100)}
    of = build_cube(data, [ItemSpec("a", FIVE), ItemSpec("b", FIVE)], by=["wave"])
    for measure in (Csi(("a", "b"), 1, 5, weights=(2, 1)), Composite(("a", "b"))):
        waves = estimate(of, measure, by="wave")
        (moved,) = change(of, measure, (1, 2))
        assert moved.statistic == "change"
        assert moved.estimate == pytest.approx(waves[1].estimate - waves[0].estimate)
        assert 0 < p_value(moved) < 1


def test_waves_and_offices_of_their_own_combine() -> None:
    random = np.random.default_rng(3)

    def office(size: int, items: tuple[str, ...]):
        data = {name: random.integers(1, 6, size) for name in items}
        design = Design(psu=np.arange(size) // 5, stratum=np.arange(size) // 20)
        return build_cube(data, [ItemSpec(name, FIVE) for name in items], design)

    first, second = office(60, ("a", "b")), office(40, ("a",))
    both = combine([first, second], dimension="office", labels=("A", "B"))
    for label, alone in (("A", first), ("B", second)):
        together, own = mean(both, "a", by="office").only(office=label), mean(alone, "a").only()
        assert (together.estimate, together.df) == (own.estimate, own.df)
        assert together.se == pytest.approx(own.se, rel=1e-12)
    assert mean(both, "b", by="office").only(office="B").note == "no_answers"
    difference = contrasts(both, "a", "office")[0].difference
    ses = [mean(c, "a").only().se for c in (first, second)]
    assert difference.se == pytest.approx(np.hypot(*ses), rel=1e-12)


def test_each_office_against_the_rest_of_the_network() -> None:
    data = {"q": np.array([1, 2, 5, 4, 3, 3]), "o": np.repeat(["A", "B", "C"], 2)}
    found = contrasts(build_cube(data, [ItemSpec("q", FIVE)], by=["o"]), "q", "o", against=REST)
    assert [(c.first, c.second) for c in found] == [("A", None), ("B", None), ("C", None)]
    assert found[0].difference.estimate == pytest.approx(1.5 - 3.75)
    against_b = contrasts(build_cube(data, [ItemSpec("q", FIVE)], by=["o"]), "q", "o", against="B")
    assert [(c.first, c.second) for c in against_b] == [("A", "B"), ("C", "B")]


@pytest.mark.parametrize("repeats", [1, 50])
def test_unequal_weights_leave_a_smaller_effective_n(repeats: int) -> None:
    answers, weights = np.tile([1, 2, 5, -1], repeats), np.tile([1.0, 1, 4, 9], repeats)
    design = Design(weight=weights, psu=np.arange(answers.size) % 4)
    of = build_cube({"q": answers}, [ItemSpec("q", FIVE)], design, squares=True)
    assert effective_n(of, "q") == [({}, pytest.approx(repeats * 36 / 18))]
    assert effective_n(answered(-1, -1), "q") == [({}, None)]
    if repeats > 1:
        assert effective_n(build_cube({"q": answers}, ["q"], design), "q") == [({}, None)]


def test_labels_keep_their_order() -> None:
    data = {"q": np.array([1, 2, 3]), "size": Labels.of([2, 0, 2], ("mała", "średnia", "duża"))}
    found = mean(build_cube(data, ["q"], by=["size"]), "q", by="size")
    assert [e.by["size"] for e in found] == ["mała", "duża"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: mean(answered(1, 2), "other"), "no_such_item"),
        (lambda: mean(answered(1, 2), "q", by="office"), "no_such_dimension"),
        (lambda: mean(answered(1, 2), "q", confidence=95), "bad_confidence"),
        (
            lambda: estimate(answered(1, 2), Difference(Mean("q"), Mean("q"), "d"), method="logit"),
            "method_not_for_statistic",
        ),
        (lambda: share(answered(1, 2), "q", 5, method="exact"), "unknown_method"),
        (lambda: answered(1, 7), "unknown_code"),
        (lambda: build_cube({"q": np.array(["a"])}, ["q"]), "not_numeric"),
        (lambda: build_cube({"q": np.array([1, np.inf])}, ["q"]), "not_numeric"),
        (lambda: build_cube({"q": np.array([1, 2])}, ["q"], by=["o"]), "no_such_column"),
        (lambda: build_cube({"q": np.array([1, 2]), "o": np.array([1])}, ["q"], by=["o"]), "bad_shape"),
        (lambda: build_cube({"q": np.array([], int)}, ["q"]), "no_rows"),
        (lambda: answered(1, 2, weight=np.array([1, np.nan])), "bad_weight"),
        (lambda: answered(1, 2, weight=np.array([1, np.inf])), "bad_weight"),
        (lambda: answered(1, 2, weight=np.array([1, 0])), "bad_weight"),
        (lambda: answered(1, 2, weight=np.array([1, -1])), "bad_weight"),
        (lambda: answered(1, 2, weight=np.array([1.0])), "bad_shape"),
        (lambda: answered(1, 2, psu=np.array([1, np.nan])), "missing_design_value"),
        (lambda: answered(1, 2, fpc=np.array([1, 1])), "fpc_below_sample"),
        (lambda: answered(1, 2, fpc=np.array([5, 6])), "fpc_varies"),
        (lambda: answered(1, 2, fpc=np.array([5, 0])), "bad_fpc"),
        (lambda: answered(1, 2, fpc=np.array([0.5, 6])), "bad_fpc"),
        (lambda: nps(build_cube({"q": np.array([11, 2])}, ["q"]), "q"), "nps_scale"),
        (lambda: csi(answered(1, 5), Csi(("q",), 1, 4)), "outside_scale"),
        (lambda: csi(answered(1, 5), Csi(("q",), 5, 1)), "bad_scale"),
        (lambda: csi(answered(1, 5), Csi(("q",), 1, 5, weights=(1, 2))), "weights_mismatch"),
        (lambda: csi(answered(1, 5), Csi(("q",), 1, 5, weights=(0,))), "bad_weights"),
        (lambda: csi(answered(1, 5), Csi(("q",), 1, 5, importance=("q", "q"))), "importance_mismatch"),
        (lambda: composite(answered(1, 5), ()), "no_items"),
        (lambda: combine([]), "no_rows"),
        (lambda: combine([answered(1, 2)] * 2, same_units=True), "units_without_names"),
    ],
)
def test_what_cannot_be_computed_is_refused_by_name(make: object, code: str) -> None:
    with pytest.raises(StatisticsError) as refused:
        make()
    assert refused.value.code == code


def test_added_days_must_fit_the_population() -> None:
    def day(psu: int, population: int):
        return answered(1, 5, psu=np.full(2, psu), stratum=np.ones(2), fpc=np.full(2, population))

    with pytest.raises(StatisticsError) as varies:
        combine([day(1, 5), day(2, 6)], same_units=True)
    with pytest.raises(StatisticsError) as exceeded:
        combine([day(1, 2), day(2, 2), day(3, 2)], same_units=True)
    assert (varies.value.code, exceeded.value.code) == ("fpc_varies", "fpc_below_sample")
    joined = combine([day(1, 3), day(2, 3)], same_units=True)
    assert joined.units.first.sampled.tolist() == [2]


@pytest.mark.parametrize(
    "design", [{}, {"stratum": [1, 1, 2, 2], "psu": [1, 2, 3, 4]}], ids=["plain", "psus"]
)
def test_a_dimension_without_any_row_has_no_domains(design: dict) -> None:
    columns = {"q": np.array([1, 2, 4, 5]), "group": Labels.of([-1] * 4, ["a", "b"])}
    parts = {name: np.array(column) for name, column in design.items()}
    cube = build_cube(columns, [ItemSpec("q", FIVE)], Design(**parts), by=["group"])
    measures = [Composite(("q",), item="all"), Csi(("q",), 1, 5), Mean("q"), Nps("q")]
    assert [list(estimate(cube, measure, by="group")) for measure in measures] == [[]] * len(measures)
    for method in (None, "t", "logit", "beta"):
        assert not list(shares(cube, "q", by="group", method=method))
    assert not list(contrasts(cube, Mean("q"), "group"))
    (whole,) = mean(cube, "q")
    assert (whole.n, whole.estimate) == (4, 3.0)
