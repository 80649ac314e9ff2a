"""One chart of every kind, with hidden places, for tests that hold for all of them."""

from okienko.foundation.charts import (
    BarChart,
    Cells,
    Chart,
    DotChart,
    Estimate,
    FunnelChart,
    HeatMap,
    Hidden,
    LikertChart,
    Limit,
    Matter,
    QuadrantChart,
    Reference,
    Shares,
    StageChart,
    TrendChart,
    decimal,
    percent,
)

ZONES = ("Poprawić najpierw", "Utrzymać", "Poprawić później", "Wystarczy jak dziś")


def every_chart(label: str = "Kompetencje", reason: str = "Ukryte: mniej niż 10 odpowiedzi.") -> list[Chart]:
    """All kinds; `label` stands in every place that takes words from outside."""
    words = {"title": label, "description": f"Opis: {label}", "columns": (label, "a", "b", "c")}
    good, weak = Estimate(label, 4.2, 4.1, 4.3, 408, note=label), Estimate("Terminowość", 3.8, 3.7, 3.9, 406)
    hidden = Hidden(label, reason)
    return [
        BarChart(uid="bar", rows=(Estimate(label, 0.34, 0.29, 0.39), hidden), number=percent(), **words),
        StageChart(uid="stage", stages=((label, 655), ("zwrócone", 430)), number=decimal(0), **words),
        LikertChart(
            uid="likert",
            answers=(label, "źle", "średnio", "dobrze", "bardzo dobrze"),
            rows=(Shares(label, (0.02, 0.04, 0.1, 0.38, 0.46), 408, label), hidden),
            **words,
        ),
        DotChart(uid="dots", rows=(good, hidden, weak), reference=Reference(4.0, label), **words),
        TrendChart(
            uid="trend",
            rows=(good, weak, hidden, weak),
            breaks=frozenset({1}),
            break_words=label,
            reference=Reference(4.0, label),
            **words,
        ),
        QuadrantChart(
            uid="quad",
            rows=(Matter(good, 0.16), Matter(weak, 0.03, 0.02, 0.04), hidden),
            across=4.0,
            up=0.05,
            zones=(label, *ZONES[1:]),
            axis_names=(label, label),
            **words,
        ),
        FunnelChart(
            uid="funnel",
            rows=(Estimate(label, 4.2, 4.1, 4.3, 120, emphasis=True), weak, hidden),
            centre=Reference(4.0, label),
            limits=(Limit(50, 3.7, 4.3), Limit(400, 3.9, 4.1)),
            axis_names=(label, label),
            **words,
        ),
        HeatMap(
            uid="heat",
            headings=(label, "Wizerunek"),
            rows=(Cells(label, (4.5, Hidden("x", reason)), label),),
            steps=(3.4, 3.8, 4.1, 4.4),
            legend=(label, "b", "c", "d", "e"),
            **words,
        ),
    ]


def empty_charts() -> list[Chart]:
    """All kinds without a row."""
    words = {"title": "Tytuł", "description": "Opis", "empty": "Fala jeszcze trwa."}
    axis = {"axis_names": ("a", "b")}
    return [
        BarChart(uid="bar", rows=(), **words),
        StageChart(uid="stage", stages=(), **words),
        LikertChart(uid="likert", answers=("nie", "tak"), rows=(), **words),
        DotChart(uid="dots", rows=(), **words),
        TrendChart(uid="trend", rows=(), **words),
        QuadrantChart(uid="quad", rows=(), across=4, up=0.05, zones=ZONES, **axis, **words),
        FunnelChart(uid="funnel", rows=(), centre=Reference(4, "x"), limits=(), **axis, **words),
        HeatMap(uid="heat", headings=(), rows=(), steps=(1, 2, 3, 4), **words),
    ]
