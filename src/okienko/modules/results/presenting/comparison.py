"""The network's page: a sentence, figures of the field work, and a line for every office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from okienko.foundation.charts import (
    CellFrame,
    Estimate,
    axis_cell,
    bracket_cell,
    decimal,
    dot_cell,
    round_axis,
    spans,
)
from okienko.foundation.ui import words as ui
from okienko.modules.results.models import ResultSet
from okienko.modules.results.presenting.figures import cut_note, moved, shift, span
from okienko.modules.results.presenting.network import Comparison, Mean, Ranked, brackets
from okienko.modules.results.presenting.rows import said, svg
from okienko.modules.results.presenting.sentences import change_words
from okienko.modules.results.presenting.words import listed
from okienko.modules.surveys import selectors as surveys

# So many offices are named in a sentence; the list has them all.
NAMED = 6


@dataclass(frozen=True)
class Line:
    """An office in the list. `places` is empty where it is not ranked; `why` says what there is instead."""

    results: ResultSet
    places: str = ""
    dot: SafeString | str = ""
    bracket: SafeString | str = ""
    value: str = ""
    interval: str = ""
    change: str = ""
    change_note: str = ""
    n: str = ""
    why: str = ""

    @property
    def loose(self) -> str:
        """Why an office that is shown has no place."""
        if self.places or self.why:
            return ""
        return _("not a probability sample") if self.results.inference == "none" else _("no interval")


def places(best: int, worst: int) -> str:
    return str(best) if best == worst else f"{best}–{worst}"


def frame_of(compared: Comparison) -> CellFrame | None:
    shown = [row.results for row in compared.ranked] + list(compared.unranked)
    if not shown:
        return None
    points = [_point(row) for row in shown]
    mean = compared.mean.estimate if compared.mean else None
    language = (get_language() or "pl")[:2]
    return CellFrame(round_axis(spans(points)), decimal(2, language), height=40, reference=mean)


def _point(row: ResultSet) -> Estimate:
    ends = (row.lower, row.upper) if row.lower is not None and row.upper is not None else (None, None)
    return Estimate(row.office.name, row.estimate, *ends, row.n)


def lines(compared: Comparison, chosen: Mapping[str, str]) -> list[Line]:
    """The chosen lines in the chosen order, not drawn yet; places stay those in the whole network.

    The ranked offices from the highest (or the lowest), then those that are not ranked, then those that are
    hidden, both by name: an order would be a ranking.
    """
    fits = [number for number, row in enumerate(compared.ranked) if _fits(row.results, chosen)]
    if chosen["kolejnosc"] == "ocena":
        fits.reverse()
    kept = [_ranked_line(compared.ranked[number]) for number in fits]
    if chosen["kolejnosc"] != "nazwa":
        # Brackets join neighbours, so they need the order of the ratings; in another order there are none.
        pieces, columns = brackets(compared.pairs[np.ix_(fits, fits)])
        kept = [
            replace(row, bracket=svg(bracket_cell(piece, columns)))
            for row, piece in zip(kept, pieces, strict=True)
        ]
    why = _("Too few answers: the result is hidden.")
    kept += [Line(row) for row in compared.unranked if _fits(row, chosen)]
    kept += [Line(row, why=why) for row in compared.hidden if _fits(row, chosen)]
    if chosen["kolejnosc"] == "nazwa":
        kept.sort(key=lambda row: row.results.office.name)
    return kept


def _ranked_line(row: Ranked) -> Line:
    return Line(row.results, places(row.best, row.worst))


def drawn(rows: Sequence[Line], frame: CellFrame | None) -> list[Line]:
    """The lines of one page with their figures and dots; a hidden one has none."""
    return [row if row.why or frame is None else _drawn(row, frame) for row in rows]


def _drawn(line: Line, frame: CellFrame) -> Line:
    row = line.results
    point = _point(row)
    significant = row.change is not None and row.change_p is not None and row.change_p < 0.05
    return replace(
        line,
        dot=svg(dot_cell(point, frame, said(point))),
        value=ui.number(row.estimate, 2),
        interval=_interval(row),
        change=ui.signed(shift(row.change), 2) if row.change is not None else "",
        change_note=_("significant") if significant else "",
        n=ui.number(row.n),
    )


def _interval(row: ResultSet) -> str:
    """Without a probability sample the interval is named as one from a model."""
    interval = span(row)
    return f"{_('interval from a model:')} {interval}" if interval and row.inference == "none" else interval


def choices(compared: Comparison) -> tuple[list[tuple[int, str]], list[tuple[str, str]]]:
    """Types and regions that occur among the offices."""
    offices = [row.results.office for row in compared.ranked]
    offices += [row.office for row in (*compared.unranked, *compared.hidden)]
    types = {office.type_id: office.type.name for office in offices if office.type_id}
    regions = {office.region: office.get_region_display() for office in offices if office.region}
    return sorted(types.items(), key=lambda pair: pair[1]), sorted(regions.items(), key=lambda pair: pair[1])


def _fits(row: ResultSet, chosen: Mapping[str, str]) -> bool:
    office = row.office
    return (
        chosen["q"].strip().lower() in office.name.lower()
        and chosen["rodzaj"] in ("", str(office.type_id))
        and chosen["region"] in ("", office.region)
    )


def comparison_page(wave, compared: Comparison, parts: Sequence, frame: CellFrame | None) -> dict:
    """Sentence, lead, field work, axis."""
    ready = {row.results.office_id for row in compared.ranked}
    ready |= {row.office_id for row in (*compared.unranked, *compared.hidden)}
    waiting = [part for part in parts if part.office_id not in ready]
    counted = surveys.answers_of([part.pk for part in waiting])
    answers = sum(row.results.answers for row in compared.ranked)
    answers += sum(row.answers for row in (*compared.unranked, *compared.hidden))
    return {
        "headline": headline(compared),
        "lead": mean_sentence(compared.mean),
        "unranked": unranked_sentence(compared),
        "note": _note(compared),
        "mean": compared.mean,
        "axis": svg(axis_cell(frame)) if frame else "",
        "answers": answers + sum(counted.values()),
        "target": sum(part.target or 0 for part in parts),
        "offices": len(parts),
        "ready": len(ready),
        "waiting": [(part.office, _state(part, wave), counted.get(part.pk, 0)) for part in waiting],
        "compared": compared,
    }


def _note(compared: Comparison) -> str:
    """What an asterisk beside an interval says: of the network's mean, or of any office."""
    shown = [row.results for row in compared.ranked] + list(compared.unranked)
    return cut_note(map(span, [*shown, compared.mean] if compared.mean else shown))


def _state(part, wave) -> str:
    if part.state == "open":
        return _("Collecting until %(day)s. The result appears when the wave is closed.") % {
            "day": ui.day(wave.closes_on)
        }
    if part.state == "planned":
        return _("The survey has not begun.")
    return _("Closed; the results are being computed.") if part.opened_at else _("The survey never began.")


def headline(compared: Comparison) -> str:
    """How many offices are above the rest of the network, below it, and not to be told from it."""
    if not compared.ranked:
        return _("No office has results that can be compared yet")
    if compared.alike == len(compared.ranked):
        return _all_alike(compared.alike)
    said = [_above(compared.above), _below(compared.below), _alike(compared.alike)]
    return " ".join(text for text in said if text)


def _all_alike(count: int) -> str:
    return ngettext(
        "%(n)s office has results; there is nothing to compare it with.",
        "None of %(n)s offices can be told apart from the rest of the network.",
        count,
    ) % {"n": count}


def _above(count: int) -> str:
    if not count:
        return _("No office is above the rest of the network.")
    return ngettext(
        "%(n)s office is above the rest of the network.",
        "%(n)s offices are above the rest of the network.",
        count,
    ) % {"n": count}


def _below(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)s is below it.", "%(n)s are below it.", count) % {"n": count}


def _alike(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)s cannot be told apart from it.", "%(n)s cannot be told apart from it.", count) % {
        "n": count
    }


def unranked_sentence(compared: Comparison) -> str:
    """Which offices had no probability sample, or no margin of error, and so have no place; by name."""
    loose = [row for row in compared.unranked if row.inference == "none"]
    unsure = [row for row in compared.unranked if row.inference != "none"]
    said = []
    if loose:
        said.append(
            _(
                "Without a place, for the sample was not drawn: %(offices)s. The figures there describe only"
                " those who answered."
            )
            % {"offices": _names(loose)}
        )
    if unsure:
        said.append(
            _("Without a place, for there is no margin of error: %(offices)s.") % {"offices": _names(unsure)}
        )
    return " ".join(said)


def _names(rows: Sequence[ResultSet]) -> str:
    names = [row.office.name for row in rows[:NAMED]]
    if more := len(rows) - len(names):
        names.append(ngettext("%(n)s more", "%(n)s more", more) % {"n": more})
    return listed(names)


def mean_change(mean: Mean) -> str:
    """The change of the network's mean with its interval and what it says; empty without one."""
    change = mean.change
    if change is None:
        return ""
    parts = [change_words(change)]
    if change.lower is not None and change.upper is not None:
        ends = {"low": ui.signed(change.lower, 2), "high": ui.signed(change.upper, 2)}
        parts.insert(0, _("from %(low)s to %(high)s") % ends)
    return f"{moved(change)} ({', '.join(parts)})"


def mean_sentence(mean: Mean | None) -> str:
    if mean is None:
        return ""
    text = _("The mean of the network is %(mean)s") % {"mean": ui.number(mean.estimate, 2)}
    if interval := span(mean):
        text += f" ({interval})"
    if mean.change is not None:
        text += _(", %(change)s since the last wave") % {"change": mean_change(mean)}
    return text + ". " + _("It is recomputed from all answers, not from the means of the offices.")
