"""Values stand where they belong."""

from itertools import pairwise

import pytest

from okienko.foundation.charts import (
    Axis,
    BarChart,
    CellFrame,
    Cells,
    ChartError,
    DotChart,
    Estimate,
    HeatMap,
    Hidden,
    LikertChart,
    Matter,
    QuadrantChart,
    Reference,
    Shares,
    StageChart,
    TrendChart,
    axis_cell,
    bracket_cell,
    decimal,
    dot_cell,
    likert_cell,
    likert_frame,
    zone_of,
)
from okienko.foundation.charts.tests.drawn import marks, root, share, words
from okienko.foundation.charts.tests.samples import ZONES

WORDS = {"uid": "x", "title": "t", "description": "d"}


def test_a_dot_and_its_interval_stand_at_their_values() -> None:
    rows = (Estimate("a", 2.0, 1.5, 2.5), Estimate("b", 1.0), Estimate("c", 5.0))
    svg = DotChart(rows=rows, axis=Axis(1, 5, (1, 3, 5)), reference=Reference(3, "środek"), **WORDS).svg()
    two, one, five = (share(mark["cx"]) for mark in marks(svg, "circle"))
    assert two == pytest.approx(one + (five - one) / 4, abs=0.01)
    (interval,) = marks(svg, "line", "ci")
    assert share(interval["x1"]) == pytest.approx(one + (five - one) / 8, abs=0.01)
    assert share(interval["x2"]) == pytest.approx(one + (five - one) * 3 / 8, abs=0.01)
    (line,) = marks(svg, "line", "ref")
    assert share(line["x1"]) == pytest.approx((one + five) / 2, abs=0.01)


def test_a_value_beyond_the_axis_is_drawn_at_its_edge() -> None:
    svg = DotChart(rows=(Estimate("a", 9.0), Estimate("b", 5.0)), axis=Axis(1, 5), **WORDS).svg()
    first, second = marks(svg, "circle")
    assert first["cx"] == second["cx"]


def test_the_axis_shows_the_part_of_the_scale_that_is_used_but_never_more_than_the_scale() -> None:
    svg = DotChart(
        rows=(Estimate("a", 4.95, 4.8, 5.0), Estimate("b", 4.5, 4.4, 4.6)), limits=(1, 5), **WORDS
    ).svg()
    ticks = [float(word.replace(",", ".")) for word in words(svg) if "–" not in word and word not in "ab"]
    assert max(ticks) <= 5
    assert min(ticks) > 4


def test_bars_are_as_long_as_their_values_and_begin_at_zero() -> None:
    svg = BarChart(rows=(Estimate("a", 30), Estimate("b", 10), Estimate("c", 0)), **WORDS).svg()
    long, short, none = marks(svg, "rect", "bar")
    assert share(long["width"]) == pytest.approx(3 * share(short["width"]), abs=0.03)
    assert share(none["width"]) == 0
    assert long["x"] == short["x"] == marks(svg, "line", "axis")[0]["x1"]


def test_a_bar_refuses_a_negative_value() -> None:
    with pytest.raises(ChartError, match="negative"):
        BarChart(rows=(Estimate("a", -1),), **WORDS)


def test_stages_shrink_in_proportion_round_one_centre() -> None:
    svg = StageChart(
        stages=(("wydane", 200), ("zwrócone", 100), ("ważne", 0)), number=decimal(0), **WORDS
    ).svg()
    first, second, last = marks(svg, "rect", "bar")
    assert share(second["width"]) == pytest.approx(share(first["width"]) / 2, abs=0.01)
    middle = [share(bar["x"]) + share(bar["width"]) / 2 for bar in (first, second, last)]
    assert middle == pytest.approx([middle[0]] * 3, abs=0.02)
    assert {"200", "100", "50%", "0%"} <= set(words(svg))


def test_stages_cannot_grow() -> None:
    with pytest.raises(ChartError, match="at most"):
        StageChart(stages=(("wydane", 10), ("zwrócone", 11)), **WORDS)


def test_a_distribution_is_centred_on_the_middle_answer() -> None:
    answers = ("1", "2", "3", "4", "5")
    rows = (Shares("a", (0.1, 0.1, 0.2, 0.3, 0.3)), Shares("b", (0.0, 0.0, 1.0, 0.0, 0.0)))
    svg = LikertChart(answers=answers, rows=rows, **WORDS).svg()
    axis = share(marks(svg, "line", "axis")[0]["x1"])
    for middle in (mark for mark in marks(svg, "rect", "c3") if mark["x"].endswith("%")):
        assert share(middle["x"]) + share(middle["width"]) / 2 == pytest.approx(axis, abs=0.02)
    first = [mark for step in "12345" for mark in marks(svg, "rect", f"c{step}") if mark["x"].endswith("%")]
    assert sum(share(mark["width"]) for mark in first) == pytest.approx(
        2 * share(marks(svg, "rect", "c3")[2]["width"]), abs=0.1
    )


def test_an_even_scale_is_divided_between_its_halves() -> None:
    svg = LikertChart(
        answers=("nie", "raczej nie", "raczej tak", "tak"), rows=(Shares("a", (0.25,) * 4),), **WORDS
    ).svg()
    axis = share(marks(svg, "line", "axis")[0]["x1"])
    third = next(mark for mark in marks(svg, "rect", "c4") if mark["x"].endswith("%"))
    assert share(third["x"]) == pytest.approx(axis, abs=0.02)


@pytest.mark.parametrize("shares", [(0.5, 0.4), (0.5, -0.1, 0.6), (0.3, 0.3, 0.3)])
def test_shares_must_add_up(shares: tuple[float, ...]) -> None:
    with pytest.raises(ChartError):
        LikertChart(answers=("a", "b", "c"), rows=(Shares("x", shares),), **WORDS)


def test_a_trend_rises_with_its_values_and_stops_at_gaps() -> None:
    rows = (
        Estimate("1", 3.0, 2.9, 3.1),
        Estimate("2", 3.5, 3.4, 3.6),
        Hidden("3", "Ukryte"),
        Estimate("4", 3.2),
    )
    svg = TrendChart(rows=rows, **WORDS).svg()
    low, high, last = marks(svg, "circle")
    assert float(high["cy"]) < float(last["cy"]) < float(low["cy"])
    assert share(low["cx"]) < share(high["cx"]) < share(last["cx"])
    (joined,) = marks(svg, "line", "trend")
    assert (joined["x1"], joined["x2"]) == (low["cx"], high["cx"])


def test_a_trend_is_not_joined_over_a_changed_question() -> None:
    rows = tuple(Estimate(str(k), 3 + k / 10, 2.9 + k / 10, 3.1 + k / 10) for k in range(4))
    whole = TrendChart(rows=rows, **WORDS).svg()
    broken = TrendChart(rows=rows, breaks=frozenset({2}), break_words="inne pytanie", **WORDS).svg()
    assert len(marks(whole, "line", "trend")) == 3
    assert len(marks(broken, "line", "trend")) == 2
    assert "inne pytanie" in words(broken)


def quadrant(*matters: tuple[float, float]) -> str:
    rows = tuple(Matter(Estimate(f"m{k}", x, x - 0.1, x + 0.1), y) for k, (x, y) in enumerate(matters))
    chart = QuadrantChart(
        rows=rows, across=4.0, up=0.05, zones=ZONES, axis_names=("zadowolenie", "wpływ"), **WORDS
    )
    return chart.svg()


def test_a_matter_stands_right_when_clients_are_satisfied_and_up_when_it_weighs() -> None:
    svg = quadrant((3.5, 0.15), (4.5, 0.02))
    weak, strong = marks(svg, "circle", "qd")
    assert share(weak["cx"]) < share(strong["cx"])
    assert float(weak["cy"]) < float(strong["cy"])
    (zone,) = marks(svg, "rect", "zone")
    assert share(zone["x"]) < share(weak["cx"]) < share(zone["x"]) + share(zone["width"])
    assert float(weak["cy"]) < float(zone["y"]) + float(zone["height"]) < float(strong["cy"])


def test_numbers_that_would_cover_each_other_are_moved_apart_within_their_field() -> None:
    svg = quadrant((4.2, 0.041), (4.2, 0.042), (4.2, 0.043), (3.2, 0.2))
    dots = marks(svg, "circle", "qd")
    heights = sorted(float(dot["cy"]) for dot in dots[:3])
    assert min(b - a for a, b in pairwise(heights)) > 19
    border = float(marks(svg, "line", "ref")[1]["y1"])
    assert all(height > border for height in heights)
    flat = [line for line in marks(svg, "line", "cap") if line["y1"] == line["y2"]]
    assert len(flat) == 4
    assert len({line["y1"] for line in flat}) == 4  # intervals stay at their true places


def test_fields_are_told_by_both_borders() -> None:
    fields = [
        zone_of(Matter(Estimate("m", x), y), 4.0, 0.05) for x, y in ((3, 0.1), (5, 0.1), (3, 0.01), (5, 0.01))
    ]
    assert fields == [0, 1, 2, 3]


def test_a_heat_map_colours_by_the_borders() -> None:
    rows = (Cells("a", (3.0, 3.4, 3.9, 4.39, 4.4)),)
    chart = HeatMap(headings=tuple("abcde"), rows=rows, steps=(3.4, 3.8, 4.1, 4.4), **WORDS)
    assert [chart.step_of(value) for value in (3.0, 3.4, 3.9, 4.39, 4.4)] == [1, 2, 3, 4, 5]
    assert all(len(marks(chart.svg(), "rect", f"c{step}")) == 1 for step in range(1, 6))


def test_cells_share_the_axis_of_their_heading() -> None:
    frame = CellFrame(Axis(1, 5, (1, 3, 5)), decimal(1), reference=3.0)
    svg = dot_cell(Estimate("a", 3.0, 2.0, 4.0), frame, 'średnia 3,0 "x"')
    assert marks(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'), "circle")[0]["cx"] == "50%"
    assert 'aria-label="średnia 3,0 &quot;x&quot;"' in svg
    assert "50%" in axis_cell(frame)
    assert "aria-hidden" in axis_cell(frame)


def test_a_cell_of_an_amount_has_a_stem_from_zero() -> None:
    frame = CellFrame(Axis(0, 1), decimal(1), stem=True)
    svg = dot_cell(Estimate("a", 0.5), frame, "x").replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    (stem,) = marks(svg, "line", "stem")
    assert (stem["x1"], stem["x2"]) == ("2%", "50%")


def test_cells_of_distributions_share_their_centre() -> None:
    rows = (Shares("a", (0.5, 0.0, 0.5)), Shares("b", (0.0, 0.2, 0.8)))
    sides = likert_frame(rows)
    for row in rows:
        svg = likert_cell(row, sides, "słowa").replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        bars = marks(svg, "rect")
        assert share(bars[-1]["x"]) + share(bars[-1]["width"]) <= 99.6
        axis = share(marks(svg, "line", "axis")[0]["x1"])
        assert axis == pytest.approx(1 + 98 * sides[0] / sum(sides), abs=0.01)


def test_brackets_begin_and_end_in_the_middle_of_a_row() -> None:
    svg = bracket_cell([(0, True, False), (1, False, False)], 2)
    drawing = root(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'))
    assert [(line.get("y1"), line.get("y2")) for line in drawing] == [
        ("50%", "104%"),
        ("50%", "50%"),
        ("0", "104%"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": float("nan")},
        {"value": 1, "low": 0},
        {"value": 1, "low": 2, "high": 0},
        {"value": float("inf")},
    ],
)
def test_an_estimate_must_be_whole(wrong: dict[str, float]) -> None:
    with pytest.raises(ChartError):
        Estimate("a", **wrong)
