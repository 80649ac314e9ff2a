"""Charts of a wave, each by its name: the page, the file to download and the PDF draw the same."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from okienko.foundation.charts import (
    BarChart,
    Chart,
    DotChart,
    Estimate,
    Hidden,
    LikertChart,
    Matter,
    QuadrantChart,
    Reference,
    Shares,
    TrendChart,
    decimal,
    percent,
)
from okienko.modules.results.document import Document, Figure, GroupMean
from okienko.modules.results.document import Hidden as HiddenCell
from okienko.modules.results.presenting.words import Words, why_hidden

SHOWN_DRIVERS = 13


def chart_of(name: str, document: Document, words: Words) -> Chart | None:
    """The chart of that name, or None when this wave has no such figures."""
    if document.hidden is not None:
        return None
    kind, _sep, code = name.partition("-")
    maker = _MAKERS.get(kind)
    return maker(document, words, code) if maker else None


def names_of(document: Document) -> list[str]:
    """All charts of the page that can be downloaded."""
    return ["trend", "areas", "means", "quadrant", "drivers", *(f"group-{d.code}" for d in document.domains)]


def point(label: str, figure: Figure | GroupMean, *, emphasis: bool = False) -> Estimate:
    low, high = figure.lower, figure.upper
    if low is None or high is None:
        low = high = None
    return Estimate(label, figure.estimate, low, high, figure.n, emphasis)


def _number(words: Words):
    return decimal(2, words.language)


def trend(document: Document, words: Words, _code: str = "") -> Chart | None:
    if len(document.trend) < 2 or document.overall is None:
        return None
    last = len(document.trend) - 1
    rows = tuple(
        point(each.wave, each.figure, emphasis=number == last) for number, each in enumerate(document.trend)
    )
    return TrendChart(
        uid="trend",
        title=_("Overall rating, wave by wave"),
        description="; ".join(f"{row.label}: {_number(words)(row.value)}" for row in rows),
        number=_number(words),
        columns=(_("Wave"), _("Mean"), _("Interval (95 per cent)"), "n"),
        rows=rows,
        limits=words.scale(document.overall),
    )


def spread(document: Document, words: Words, _code: str = "") -> Chart | None:
    """How the answers of each area are spread."""
    kept = [area for area in document.areas if area.spread and area.mean is not None]
    if not kept:
        return None
    first = kept[0].items[0]
    kept = [area for area in kept if len(area.spread) == len(kept[0].spread)]
    return LikertChart(
        uid="areas",
        title=_("Answers by area"),
        description=_("Bad ratings on the left of the line, good ones on the right."),
        columns=(_("Area"), *(words.answer(first, each.value) for each in kept[0].spread), "n"),
        answers=tuple(words.answer(first, each.value) for each in kept[0].spread),
        share=percent(0, words.language),
        rows=tuple(
            Shares(words.area(area.code), tuple(each.share for each in area.spread), area.mean.n)
            for area in kept
        ),
    )


def means(document: Document, words: Words, _code: str = "") -> Chart | None:
    """The mean of each area."""
    kept = [area for area in document.areas if area.mean is not None]
    if not kept:
        return None
    return DotChart(
        uid="means",
        title=_("Mean of each area"),
        description="; ".join(
            f"{words.area(area.code)}: {_number(words)(area.mean.estimate)}" for area in kept
        ),
        number=_number(words),
        columns=(_("Area"), _("Mean"), _("Interval (95 per cent)"), "n"),
        rows=tuple(point(words.area(area.code), area.mean) for area in kept),
        limits=words.scale(kept[0].items[0]),
        reference=mean_line(document, words),
    )


def mean_line(document: Document, words: Words) -> Reference | None:
    if document.driver_mean is None:
        return None
    said = _("mean of the questions: %(mean)s") % {"mean": _number(words)(document.driver_mean)}
    return Reference(document.driver_mean, said)


def matters(document: Document, words: Words) -> list[tuple[str, Matter]]:
    """Question → satisfaction and influence, the most influential first."""
    found = []
    for driver in document.drivers[:SHOWN_DRIVERS]:
        item = document.item(driver.item)
        if item is not None and item.mean is not None:
            estimate = point(words.short(driver.item), item.mean)
            found.append((driver.item, Matter(estimate, max(driver.share, 0.0))))
    return found


def borders(document: Document) -> tuple[float, float] | None:
    """Where the quadrants meet: the mean of the questions, and an equal share of influence."""
    if document.driver_mean is None or not document.drivers:
        return None
    return document.driver_mean, 1 / len(document.drivers)


def zones() -> tuple[str, str, str, str]:
    return _("Improve first"), _("Keep"), _("Improve later"), _("Good as it is")


def quadrant(document: Document, words: Words, _code: str = "") -> Chart | None:
    rows, middle = matters(document, words), borders(document)
    if not rows or middle is None:
        return None
    return QuadrantChart(
        uid="quadrant",
        title=_("Influence and satisfaction"),
        description=_("On top what the overall rating depends on most; on the right what is rated well."),
        number=_number(words),
        columns=(_("Question"), _("Mean"), _("Interval (95 per cent)"), _("Influence"), "n"),
        rows=tuple(matter for _code, matter in rows),
        across=middle[0],
        up=middle[1],
        zones=zones(),
        axis_names=(_("satisfaction (mean)"), _("influence")),
        weight=percent(0, words.language),
        limits=words.scale(document.overall),
        key=False,
    )


def drivers(document: Document, words: Words, _code: str = "") -> Chart | None:
    if not document.drivers:
        return None
    rows = tuple(
        Estimate(words.short(each.item), max(each.share, 0.0), each.lower, each.upper)
        for each in document.drivers
    )
    return BarChart(
        uid="drivers",
        title=_("What the overall rating depends on"),
        description=_("Share of each question in what explains the overall rating."),
        number=percent(0, words.language),
        columns=(_("Question"), _("Influence"), _("Interval (95 per cent)"), "n"),
        rows=rows,
    )


def group(document: Document, words: Words, code: str) -> Chart | None:
    """The overall rating in each group of one dimension."""
    domain = next((each for each in document.domains if each.code == code), None)
    if domain is None or document.overall is None:
        return None
    rows = []
    for cell in domain.cells:
        label = words.cell(code, cell)
        if cell.overall is not None:
            rows.append(point(label, cell.overall))
        elif cell.hidden is not None:
            rows.append(Hidden(label, why_hidden(cell.hidden)))
        elif cell.n:
            # few of the group, or none of it, answered: which of the two is not told
            rows.append(Hidden(label, why_hidden(HiddenCell("primary", document.fieldwork.threshold))))
        else:
            rows.append(Hidden(label, _("Nobody in this group answered the question.")))
    if document.published:
        rows.append(point(_("Whole office"), document.index.mean, emphasis=True))
    return DotChart(
        uid=f"group-{code.replace('_', '-')}",
        title=words.domain(code),
        description=_("Overall rating by group."),
        number=_number(words),
        columns=(_("Group"), _("Mean"), _("Interval (95 per cent)"), "n"),
        rows=tuple(rows),
        limits=words.scale(document.overall),
    )


def question(document: Document, words: Words, code: str) -> Chart | None:
    """The share of each answer to a question."""
    item = document.item(code)
    if item is None or not item.shares:
        return None
    rows = tuple(
        Estimate(words.answer(code, each.value), each.share, each.lower, each.upper) for each in item.shares
    )
    return BarChart(
        uid=f"question-{code.replace('_', '-')}",
        title=words.label(code),
        description=_("Share of each answer among those who answered."),
        number=percent(0, words.language),
        columns=(_("Answer"), "%", _("Interval (95 per cent)"), "n"),
        rows=rows,
    )


_MAKERS: dict[str, Callable[[Document, Words, str], Chart | None]] = {
    "trend": trend,
    "areas": spread,
    "means": means,
    "quadrant": quadrant,
    "drivers": drivers,
    "group": group,
    "question": question,
}
