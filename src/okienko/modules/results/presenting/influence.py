"""How the influence of the questions was counted, in words beside the figures."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Document
from okienko.modules.results.presenting.figures import percent_span, span


def explained(document: Document) -> str:
    """How much of the differences the questions explain together, with its interval."""
    figure = document.explained
    if figure is None:
        return ""
    interval = percent_span(figure)
    return f"{ui.percent(figure.estimate)} ({interval})" if interval else ui.percent(figure.estimate)


def notes(document: Document) -> list[str]:
    """Sentences below the table of influence; none where there is no table."""
    if not document.drivers:
        return []
    found = [_what(document), _interval(document), _clipped(document), _index(document)]
    return [text for text in found if text]


def _what(document: Document) -> str:
    answers = document.explained.n if document.explained else document.fieldwork.answers
    return _(
        "Influence is the part of a question in what all of them together explain of the overall rating"
        " (Johnson's relative weights, answers: %(n)s). It tells what goes together, not what causes what."
    ) % {"n": ui.number(answers)}


def _interval(document: Document) -> str:
    figure = document.explained
    if figure is None or figure.df is None or figure.lower is None:
        return ""
    if document.fieldwork.sample_kind == "systematic":
        said = _(
            "The intervals show how the figures move when one drawn day is left out (jackknife, df %(df)s)."
        )
    else:
        said = _(
            "The intervals show how the figures move when a part of the people is left out"
            " (jackknife, df %(df)s)."
        )
    return said % {"df": ui.number(figure.df, 0)}


def _clipped(document: Document) -> str:
    if not document.drivers_clipped:
        return ""
    return _(
        "Too few people answered the same questions and the correlations contradicted one another, so they"
        " were brought to the nearest ones that are possible. Read the influence with caution."
    )


def _index(document: Document) -> str:
    figure = document.csi_derived
    if figure is None:
        return ""
    return _(
        "With influence as weights the CSI would be %(value)s (%(span)s). The interval allows for the weights"
        " coming from the same answers. This is another measure, not to be compared with the CSI."
    ) % {"value": ui.number(figure.estimate, 1), "span": span(figure, 1)}


def why_none(document: Document) -> str:
    """Why no influence is shown; empty where it is, or where nobody asks for it."""
    if not document.drivers_note:
        return ""
    if document.drivers_note == "too_few":
        return _("Influence is computed from 60 answers on.")
    if document.drivers_note == "not_probability_sample":
        return _("Influence is computed for probability samples only.")
    return _("Influence is not shown: its interval cannot be computed from these answers.")
