"""Charts: accessible pictures of figures as SVG strings, each with its table.

Give a frozen chart its words and figures; `.svg()` is the picture for a page and for the PDF,
`.svg(file=True)` the one to download, `.svg(NARROW)` the one for a phone, `.table()` the same in figures.
"""

from okienko.foundation.charts.axis import Axis, round_axis, spans
from okienko.foundation.charts.bars import BarChart, StageChart
from okienko.foundation.charts.cells import (
    CellFrame,
    axis_cell,
    bracket_cell,
    dot_cell,
    likert_cell,
    likert_frame,
)
from okienko.foundation.charts.dots import DotChart
from okienko.foundation.charts.funnel import FunnelChart, Limit
from okienko.foundation.charts.heatmap import Cells, HeatMap
from okienko.foundation.charts.likert import LikertChart, Shares
from okienko.foundation.charts.model import (
    NARROW,
    PRINT,
    WIDE,
    Chart,
    ChartError,
    Estimate,
    Hidden,
    Point,
    Reference,
    Size,
    Table,
)
from okienko.foundation.charts.numbers import decimal, interval, percent, signed
from okienko.foundation.charts.quadrant import Matter, QuadrantChart, zone_of
from okienko.foundation.charts.trend import TrendChart

__all__ = [
    "NARROW",
    "PRINT",
    "WIDE",
    "Axis",
    "BarChart",
    "CellFrame",
    "Cells",
    "Chart",
    "ChartError",
    "DotChart",
    "Estimate",
    "FunnelChart",
    "HeatMap",
    "Hidden",
    "LikertChart",
    "Limit",
    "Matter",
    "Point",
    "QuadrantChart",
    "Reference",
    "Shares",
    "Size",
    "StageChart",
    "Table",
    "TrendChart",
    "axis_cell",
    "bracket_cell",
    "decimal",
    "dot_cell",
    "interval",
    "likert_cell",
    "likert_frame",
    "percent",
    "round_axis",
    "signed",
    "spans",
    "zone_of",
]
