import pytest

from okienko.foundation.charts import NARROW, PRINT, WIDE, Chart, ChartError, DotChart, Estimate, Hidden, Size
from okienko.foundation.charts.tests.drawn import SVG, marks, root, words
from okienko.foundation.charts.tests.samples import empty_charts, every_chart

HOSTILE = "</text><script>alert(1)</script>\"'&<![CDATA[ ]]> \u202e\x07 x"
TAGS = {"svg", "title", "desc", "defs", "pattern", "line", "rect", "circle", "polygon", "text"}


def names(chart: Chart) -> str:
    return type(chart).__name__


@pytest.mark.parametrize("size", [WIDE, NARROW, PRINT], ids=["wide", "narrow", "print"])
@pytest.mark.parametrize("chart", every_chart(), ids=names)
def test_a_drawing_is_a_named_image_with_a_description(chart: Chart, size: Size) -> None:
    drawing = root(chart.svg(size))
    ids = {element.get("id"): element.text for element in drawing.iter() if element.get("id")}
    assert drawing.get("role") == "img"
    title, description = drawing.get("aria-labelledby").split()
    assert ids[title] == chart.title
    assert ids[description] == chart.description


@pytest.mark.parametrize("chart", every_chart(), ids=names)
def test_both_sizes_may_stand_on_one_page(chart: Chart) -> None:
    wide, narrow = (
        [element.get("id") for element in root(chart.svg(size)).iter() if element.get("id")]
        for size in (WIDE, NARROW)
    )
    assert len(wide) == len(set(wide))
    assert not set(wide) & set(narrow)


@pytest.mark.parametrize("size", [WIDE, NARROW, PRINT], ids=["wide", "narrow", "print"])
@pytest.mark.parametrize("chart", every_chart(HOSTILE, HOSTILE), ids=names)
def test_hostile_words_stay_words(chart: Chart, size: Size) -> None:
    svg = chart.svg(size)
    elements = list(root(svg).iter())
    assert {element.tag.removeprefix(SVG) for element in elements} <= TAGS
    attributes = {name for element in elements for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name in {"style", "href"}}
    assert "\u202e" not in svg
    assert "\x07" not in svg
    assert "alert(1)" in "".join(words(svg)).replace("-", "")


@pytest.mark.parametrize("chart", every_chart(), ids=names)
def test_only_the_file_scales_as_a_whole(chart: Chart) -> None:
    page, file = root(chart.svg()), root(chart.svg(file=True))
    assert page.get("viewBox") is None
    assert file.get("viewBox") == f"0 0 {file.get('width')} {file.get('height')}"
    assert [element.tag for element in page.iter()] == [element.tag for element in file.iter()]


@pytest.mark.parametrize("size", [WIDE, NARROW, PRINT], ids=["wide", "narrow", "print"])
@pytest.mark.parametrize("chart", every_chart(), ids=names)
def test_every_mark_lies_inside_the_drawing(chart: Chart, size: Size) -> None:
    drawing = root(chart.svg(size))
    height = float(drawing.get("height"))
    for element in drawing.iter():
        if element.tag in (SVG + "defs", SVG + "pattern") or "hatch-line" in element.get("class", ""):
            continue
        for name in ("x", "x1", "x2", "cx"):
            if (value := element.get(name, "")).endswith("%"):
                assert -0.01 <= float(value[:-1]) <= 100.01, (element.tag, dict(element.attrib))
        for name in ("y", "y1", "y2", "cy"):
            if name in element.attrib:
                assert -0.01 <= float(element.get(name)) <= height, (element.tag, dict(element.attrib))


@pytest.mark.parametrize("chart", [c for c in every_chart() if type(c).__name__ != "StageChart"], ids=names)
def test_a_hidden_place_is_hatched_and_says_why(chart: Chart) -> None:
    svg = chart.svg()
    said = " ".join(words(svg))
    assert "mniej niż 10 odpowiedzi" in said
    if type(chart).__name__ not in ("QuadrantChart", "FunnelChart"):
        assert len(marks(svg, "rect", "hatch")) == 1
    assert any("mniej niż 10 odpowiedzi" in cell for row in chart.table().rows for cell in row)


def test_a_hidden_place_cannot_carry_a_figure() -> None:
    assert set(Hidden.__dataclass_fields__) == {"label", "reason"}
    with pytest.raises(ChartError, match="why it is hidden"):
        Hidden("Kasa", "  ")


def test_drawing_a_hidden_place_does_not_depend_on_what_is_hidden() -> None:
    # The axis must not stretch to a figure that is not shown.
    shown = (Estimate("a", 4.0, 3.9, 4.1), Estimate("b", 4.2, 4.1, 4.3))
    with_gap = DotChart(uid="x", title="t", description="d", rows=(*shown, Hidden("c", "Ukryte")))
    without = DotChart(uid="x", title="t", description="d", rows=shown)
    places = [mark["cx"] for mark in marks(with_gap.svg(), "circle")]
    assert places == [mark["cx"] for mark in marks(without.svg(), "circle")]


@pytest.mark.parametrize("size", [WIDE, NARROW, PRINT], ids=["wide", "narrow", "print"])
@pytest.mark.parametrize("chart", empty_charts(), ids=names)
def test_a_chart_without_rows_says_so(chart: Chart, size: Size) -> None:
    assert words(chart.svg(size)) == ["Fala jeszcze trwa."]
    assert chart.table().rows == ()


@pytest.mark.parametrize("chart", every_chart(), ids=names)
def test_the_table_names_every_row(chart: Chart) -> None:
    table = chart.table()
    assert table.rows
    assert len({len(row) for row in table.rows}) == 1
    assert all(isinstance(cell, str) for row in table.rows for cell in row)
    assert all(row[0] for row in table.rows)


def test_a_chart_needs_a_title_a_description_and_a_plain_uid() -> None:
    for wrong in ({"title": " "}, {"description": ""}, {"uid": 'x" onload="'}, {"uid": "1a"}):
        given = {"uid": "a", "title": "t", "description": "d"} | wrong
        with pytest.raises(ChartError):
            DotChart(rows=(), **given)
