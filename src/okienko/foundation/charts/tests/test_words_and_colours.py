import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okienko.foundation.charts import Axis, decimal, interval, percent, round_axis, signed, tokens
from okienko.foundation.charts.axis import tick_words
from okienko.foundation.charts.likert import steps_of
from okienko.foundation.charts.svg import esc, text_width, wrap
from okienko.foundation.charts.tokens import contrast

THEME = Path(__file__).resolve().parents[5] / "assets" / "scss" / "_tokens.scss"


def test_numbers_are_written_as_the_language_does() -> None:
    assert decimal(2)(4.116) == "4,12"
    assert decimal(0)(1234) == "1234"
    assert decimal(1)(12345.67) == "12\u00a0345,7"
    assert decimal(1, "en")(12345.67) == "12,345.7"
    assert decimal(2)(-0.05) == "\u22120,05"
    assert decimal(1)(-0.04) == "0,0"
    assert percent()(0.456) == "46%"
    assert signed(decimal(2))(0.21) == "+0,21"
    assert signed(decimal(2))(0.001) == "0,00"
    assert signed(decimal(2))(-0.21) == "\u22120,21"


def test_an_interval_never_lets_a_minus_meet_a_dash() -> None:
    assert interval(4.03, 4.21, decimal(2)) == "4,03–4,21"
    assert interval(0.29, 0.39, percent()) == "29–39%"
    assert interval(-0.05, 0.12, decimal(2)) == "\u22120,05 … 0,12"


def test_ticks_drop_the_zeros_that_they_share_and_no_other() -> None:
    assert tick_words((3.8, 4.0, 4.2), decimal(2)) == ["3,8", "4,0", "4,2"]
    assert tick_words((1, 2), decimal(2)) == ["1", "2"]
    assert tick_words((0, 10, 20), decimal(0)) == ["0", "10", "20"]
    assert tick_words((1000, 2000), decimal(0, "en")) == ["1,000", "2,000"]
    assert tick_words((0.1, 0.2), percent()) == ["10%", "20%"]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_a_round_axis_holds_every_value_with_few_ticks(values: list[float]) -> None:
    axis = round_axis(values)
    assert all(axis.holds(value) for value in values)
    assert 2 <= len(axis.ticks) <= 9
    assert all(axis.holds(tick) for tick in axis.ticks)


def test_an_axis_of_equal_values_has_a_length() -> None:
    assert isinstance(round_axis([4.0, 4.0], limits=(1, 5)), Axis)
    assert isinstance(round_axis([0.0], from_zero=True), Axis)
    assert isinstance(round_axis([5.0], limits=(1, 5)), Axis)


@given(st.text(max_size=200), st.floats(40, 400))
def test_wrapped_lines_fit_and_keep_every_letter(text: str, room: float) -> None:
    lines = wrap(text, room)
    assert all(text_width(line) <= room + text_width("-") for line in lines)
    plain = "".join(text.split()).replace("-", "")
    assert "".join(lines).replace("-", "").replace(" ", "") == plain.replace(" ", "")


def test_escaping_leaves_no_sign_of_markup() -> None:
    assert esc("<a b=\"c\" d='e'>&\x00\u202e") == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;"


@pytest.mark.parametrize(
    ("count", "steps"), [(2, (1, 5)), (3, (1, 3, 5)), (4, (1, 2, 4, 5)), (5, (1, 2, 3, 4, 5))]
)
def test_short_scales_use_the_whole_colour_scale(count: int, steps: tuple[int, ...]) -> None:
    assert steps_of(count) == steps


@pytest.mark.parametrize("count", range(2, 12))
def test_colours_of_a_scale_mirror_each_other(count: int) -> None:
    steps = steps_of(count)
    assert list(steps) == sorted(steps)
    assert (steps[0], steps[-1]) == (1, 5)
    if count != 8:  # eight answers cannot mirror on five colours without a fourth border
        assert [6 - step for step in reversed(steps)] == list(steps)


@pytest.mark.parametrize("ground", [tokens.SHEET, tokens.PAPER, tokens.AMBER_TINT])
def test_words_and_marks_stand_out_from_their_ground(ground: str) -> None:
    assert contrast(tokens.INK, ground) >= 7
    assert contrast(tokens.INK_2, ground) >= 4.5
    for mark in (tokens.DOT, tokens.TREND, tokens.REFERENCE, tokens.INTERVAL):
        assert contrast(mark, ground) >= 3
    assert contrast(tokens.BAND_EDGE, tokens.PAPER) >= 3


def test_every_step_of_the_scale_has_an_edge_and_ink_that_can_be_seen() -> None:
    for fill, edge, ink in tokens.SATISFACTION:
        assert contrast(ink, fill) >= 4.5
        assert contrast(edge, tokens.SHEET) >= 3
    assert contrast(tokens.INK, tokens.BAND) >= 4.5
    assert contrast(tokens.ON_BRAND, tokens.TREND) >= 4.5


def test_drawings_have_the_colours_of_the_theme() -> None:
    found = re.findall(r"(--[\w-]+):\s*(#[0-9a-fA-F]{3,6});", THEME.read_text(encoding="utf-8"))
    theme = dict(reversed(found))  # the light values come first

    def full(colour: str) -> str:
        digits = colour.removeprefix("#")
        return "#" + ("".join(d * 2 for d in digits) if len(digits) == 3 else digits).upper()

    same = {
        "--ok-ink": tokens.INK, "--ok-ink-2": tokens.INK_2,
        "--ok-sheet": tokens.SHEET, "--fig-dot": tokens.DOT,
        "--fig-interval": tokens.INTERVAL, "--fig-band": tokens.BAND, "--fig-band-edge": tokens.BAND_EDGE,
        "--fig-trend": tokens.TREND, "--fig-ref": tokens.REFERENCE, "--fig-grid": tokens.GRID,
    }  # fmt: skip
    for step, (fill, edge, ink) in enumerate(tokens.SATISFACTION, 1):
        same |= {f"--sat-{step}": fill, f"--sat-{step}-edge": edge, f"--sat-{step}-on": ink}
    assert {name: full(theme[name]) for name in same} == same
