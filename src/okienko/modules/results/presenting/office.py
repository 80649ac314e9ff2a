"""Everything that an office's page of a closed wave shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from okienko.foundation.charts import NARROW
from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Document, ItemResult
from okienko.modules.results.presenting import charts, influence, rows, sentences
from okienko.modules.results.presenting.figures import cut_note, moved, percent_span, span
from okienko.modules.results.presenting.method import aside, facts, method
from okienko.modules.results.presenting.rows import Row, svg
from okienko.modules.results.presenting.words import Words, listed, why_hidden, why_no_interval

# So many strong and weak questions are on the page; all are on that of questions and in the report.
APART = 3


def office_page(document: Document, words: Words) -> dict:
    """The context of the page; all figures come from the frozen document."""
    context = {
        "headline": sentences.headline(document),
        "lead": sentences.lead(document, words),
        "facts": facts(document),
        "method": method(document),
        "aside": aside(document),
        "inference": document.inference,
    }
    if document.hidden is not None:
        return context | {"hidden": why_hidden(document.hidden)}
    strong = rows.contrast_rows(sentences.strengths(document), words, most=APART)
    weak = rows.contrast_rows(sentences.weaknesses(document), words, most=APART)
    zones = rows.quadrant_zones(document, words)
    return context | {
        "overall": _overall(document, words),
        "trend": _pictures("trend", document, words),
        "trend_rows": trend_rows(document),
        "areas_heading": sentences.areas_heading(document, words),
        "areas": rows.area_rows(document, words),
        "has_importance": any(area.importance for area in document.areas),
        "previous_wave": document.previous_wave if document.pair_known else "",
        "driver_mean": document.driver_mean,
        "stem": words.stem.strip(),
        "strong": strong,
        "weak": weak,
        "strong_note": cut_note(row.interval for row in strong),
        "weak_note": cut_note(row.interval for row in weak),
        "quadrant": _pictures("quadrant", document, words),
        "quadrant_heading": _quadrant_heading(zones),
        "quadrant_note": cut_note(row.note for zone in zones for row in zone.rows),
        "zones": zones,
        "equal_share": ui.percent(1 / len(document.drivers)) if document.drivers else "",
        "drivers": rows.driver_rows(document, words),
        "explained": influence.explained(document),
        "influence": influence.notes(document),
        "groups": (found := groups(document, words)),
        "contents": _contents(document, found),
    }


def _contents(document: Document, found: Sequence[dict]) -> list[tuple[str, str]]:
    """What is on the page: anchor and name."""
    parts = [
        ("r1", _("Overall rating"), True),
        ("r2", _("Areas"), any(area.mean is not None for area in document.areas)),
        ("r-strong", _("Strengths and weaknesses"), document.inference != "none"),
        ("wplyw", _("What decides the rating"), bool(document.drivers)),
    ]
    parts += [(f"g-{group['code']}", _("Groups"), True) for group in found[:1]]
    return [(anchor, name) for anchor, name, there in parts if there]


def groups(document: Document, words: Words) -> list[dict]:
    return [
        {
            "code": domain.code,
            "title": words.domain(domain.code),
            "table": rows.group_rows(document, domain, words),
        }
        for domain in document.domains
        if document.overall is not None
    ]


def _overall(document: Document, words: Words) -> dict | None:
    item = document.index
    if item is None:
        return None
    shown: dict = {"question": words.label(item.code), "scale": words.scale(item.code)}
    low, high = shown["scale"]
    shown["ends"] = (words.answer(item.code, low), words.answer(item.code, high))
    if item.hidden is not None:
        return shown | {"hidden": why_hidden(item.hidden)}
    if item.mean is None:
        return shown | {"hidden": _("nobody answered this question.")}
    return shown | {
        "mean": item.mean,
        "interval": span(item.mean),
        "change": sentences.change_sentence(document),
        "no_interval": why_no_interval(item.mean),
        "figures": (figures := indices(document)),
        "note": cut_note([span(item.mean), *_intervals([*figures, *trend_rows(document)])]),
    }


def indices(document: Document) -> list[Row]:
    """The shares and indices beside the mean, each with what it is."""
    item, found = document.index, []
    for name, figure in (
        (_("Satisfied (two best answers)"), item.top),
        (_("Dissatisfied (two worst)"), item.bottom),
    ):
        if figure is not None:
            found.append(Row(name, value=ui.percent(figure.estimate), interval=percent_span(figure)))
    if document.nps is not None:
        what = _("readiness to recommend, from −100 to 100: per cent of 9–10 less per cent of 0–6")
        value = ui.signed(document.nps.estimate, 0)
        found.append(Row("NPS", what, value=value, interval=span(document.nps, 0)))
    if document.csi is not None:
        what = _("satisfaction index, from 0 to 100: all areas together, weighted")
        value = ui.number(document.csi.estimate, 1)
        found.append(Row("CSI", what, value=value, interval=span(document.csi, 1)))
    return found


def trend_rows(document: Document) -> list[Row]:
    """The waves, the newest first."""
    return [
        Row(
            name=each.wave,
            value=ui.number(each.figure.estimate, 2),
            interval=span(each.figure),
            n=ui.number(each.figure.n),
        )
        for each in reversed(document.trend)
    ]


def _pictures(name: str, document: Document, words: Words) -> dict | None:
    chart = charts.chart_of(name, document, words)
    if chart is None:
        return None
    return {"wide": svg(chart.svg()), "narrow": svg(chart.svg(NARROW))}


def _quadrant_heading(zones: Sequence[rows.Zone]) -> str:
    first = next((zone for zone in zones if zone.first), None)
    if first is None:
        return _("Nothing is both influential and rated low")
    return _("Improve first: %(what)s") % {"what": listed([row.name for row in first.rows[:3]])}


def questions_page(document: Document, words: Words) -> dict:
    """All questions with their means; those without a mean by name."""
    others = [
        Row(f"{words.number(item.code)}. {words.label(item.code)}", code=item.code)
        for item in document.items
        if words.items[item.code].kind != "ordinal"
    ]
    return {
        "table": rows.question_rows(document, words),
        "others": others,
        "stem": words.stem.strip(),
        "previous_wave": document.previous_wave if document.pair_known else "",
    }


def question_page(document: Document, words: Words, code: str) -> dict | None:
    """One question: its exact words, the frequency table, what was not an answer, the mean."""
    item = document.item(code)
    if item is None:
        return None
    page: dict = {
        "code": code,
        "chart_name": f"question-{code}",
        "number": words.number(code),
        "label": words.label(code),
    }
    if item.hidden is not None:
        return page | {"hidden": why_hidden(item.hidden)}
    groups_ = rows.question_groups(document, code, words)
    return page | {
        "rows": rows.share_rows(item, words),
        "missing": rows.missing_rows(item),
        "picture": _pictures(f"question-{code}", document, words),
        "mean": item.mean,
        "interval": span(item.mean) if item.mean is not None else "",
        "note": _question_note(item, groups_),
        "scale": words.scale(code),
        "top": _shown_share(item.top),
        "bottom": _shown_share(item.bottom),
        "change": item.change,
        "change_words": sentences.change_words(item.change),
        "change_value": moved(item.change),
        "previous_wave": document.previous_wave,
        "groups": groups_,
        "inference": document.inference,
    }


def _question_note(item: ItemResult, groups_: Sequence[tuple[str, Sequence[Row]]]) -> str:
    measured = [figure for figure in (item.mean, item.top, item.bottom) if figure is not None]
    in_groups = [interval for _title, lines in groups_ for interval in _intervals(lines)]
    return cut_note([*map(span, measured), *map(percent_span, item.shares), *in_groups])


def _intervals(found: Sequence[Row]) -> list[str]:
    return [row.interval for row in found]


def _shown_share(figure) -> tuple[str, str] | None:
    return None if figure is None else (ui.percent(figure.estimate), percent_span(figure))


def group_page(document: Document, words: Words, code: str) -> dict | None:
    """One dimension: the overall rating in each group, and every question by group."""
    domain = next((each for each in document.domains if each.code == code), None)
    if domain is None:
        return None
    return {
        "code": code,
        "chart_name": f"group-{code}",
        "title": words.domain(code),
        "table": rows.group_rows(document, domain, words),
        "picture": _pictures(f"group-{code}", document, words),
        "matrix": (matrix := rows.group_matrix(document, domain, words)),
        "matrix_note": cut_note(interval for *_name, cells in matrix.rows for _mean, interval in cells),
        "stem": words.stem.strip(),
        "inference": document.inference,
    }


def report_start(document: Document, words: Words) -> dict:
    """What the figures say already, for whoever is about to write the report."""
    context = {"overall": None, "inference": document.inference, "facts": facts(document)[:2], "found": []}
    if document.hidden is not None:
        return context
    zones = rows.quadrant_zones(document, words)
    first = next((zone.rows for zone in zones if zone.first), ())
    strong, weak = sentences.strengths(document), sentences.weaknesses(document)
    found = [
        (_("Improve first"), [row.name for row in first[:3]]),
        (_("Weaknesses"), [words.short(item.code) for item in weak[:3]]),
        (_("Strengths"), [words.short(item.code) for item in strong[:3]]),
    ]
    return context | {
        "overall": _overall(document, words),
        "found": [(title, listed(names)) for title, names in found if names],
    }


def home_piece(document: Document, words: Words) -> dict:
    """The standing on the office's home page: figure, sentence, trend."""
    return {
        "sentence": sentences.headline(document),
        "overall": _overall(document, words) if document.hidden is None else None,
        "trend": _pictures("trend", document, words),
        "facts": facts(document)[:2],
        "inference": document.inference,
    }
