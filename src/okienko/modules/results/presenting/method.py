"""How it was counted, in plain sentences made from the frozen figures."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Document, GroupMean
from okienko.modules.results.presenting import weights
from okienko.modules.results.presenting.figures import rounding_words, span
from okienko.modules.results.presenting.influence import why_none
from okienko.modules.results.presenting.sentences import sample_words


def facts(document: Document) -> list[tuple[str, str]]:
    """Response figures beside the index."""
    field = document.fieldwork
    found = [(_("Answers"), ui.number(field.answers))]
    if field.issued:
        found.append((_("Forms handed out"), ui.number(field.issued)))
    if field.returned is not None:
        found.append((_("Forms returned"), ui.number(field.returned)))
    if field.spoiled:
        found.append((_("Spoiled forms"), ui.number(field.spoiled)))
    if field.return_rate is not None:
        found.append((_("Return rate"), ui.percent(field.return_rate)))
    if field.population:
        name = _("Clients in the period") if field.audience == "clients" else _("Population")
        found.append((name, ui.number(field.population)))
    if field.aside.any:
        found.append((_("Kept apart from the sample"), _counted(field.aside.count, field.threshold)))
    found.append((_("Sample"), sample_words(document)))
    return found


def method(document: Document) -> list[str]:
    """Paragraphs of the note on the method."""
    return [text for text in (*fieldwork(document), _figures(document), _guard(document)) if text]


def fieldwork(document: Document) -> list[str]:
    """When people answered, how they were chosen, who is kept apart, and how answers are weighted."""
    said = (_when(document), _sample(document), aside(document), weights.note(document))
    return [text for text in said if text]


def _when(document: Document) -> str:
    field = document.fieldwork
    span = ui.days(date.fromisoformat(field.opens_on), date.fromisoformat(field.closes_on))
    said = _("Answers were collected on %(days)s; %(n)s count.") % {
        "days": span,
        "n": ui.number(field.answers),
    }
    if field.excluded:
        said += " " + _("%(n)s were left out as unreliable.") % {"n": ui.number(field.excluded)}
    return said


def _sample(document: Document) -> str:
    field = document.fieldwork
    if document.inference == "none":
        return (_doubt(document) + " " if field.doubt else "") + _(
            "Whoever wanted answered, so this is not a probability sample. The grey interval comes from a"
            " model as if the answers had been drawn at random; it says nothing of the clients"
            " who did not answer."
        )
    if document.inference == "census":
        return _(
            "All %(n)s persons were asked. The margin of error allows for those who did not answer, on the"
            " assumption that they think as the others do."
        ) % {"n": ui.number(field.population)} + _by_link(document)
    if field.sample_kind == "random_list":
        said = _("People were drawn at random from a list. The margin of error follows from their number.")
        return said + _by_link(document)
    said = _(
        "Clients were asked on %(days)s drawn days at %(points)s service points. The standard error allows"
        " for the points (strata) and the days (primary sampling units)."
    ) % {"days": field.psus, "points": field.strata}
    if field.weighted:
        said += " " + _("Answers are weighted by the number of clients at each point.")
    return said


def _by_link(document: Document) -> str:
    """A link does not say who follows it: what the figures take for granted."""
    count = document.fieldwork.modes.get("web", 0)
    if count == 0:
        return ""
    if count is None:
        return " " + _("Some answers came through a link. We take it that only those who were asked used it.")
    return " " + ngettext(
        "%(n)s answer came through a link. We take it that only those who were asked used it.",
        "%(n)s answers came through a link. We take it that only those who were asked used it.",
        count,
    ) % {"n": ui.number(count)}


def _counted(count: int | None, threshold: int) -> str:
    return ui.number(count) if count is not None else fewer(threshold)


def fewer(threshold: int) -> str:
    return _("fewer than %(n)s") % {"n": ui.number(threshold)}


def _doubt(document: Document) -> str:
    if document.fieldwork.doubt == "not_drawn":
        return _("The sample was to be drawn, but the plan has no drawn days.")
    return _("The sample was to be drawn, but no answer comes of a drawn day at a planned point.")


def aside(document: Document) -> str:
    """Who answered beside the draw, what was done with it, and how they rate; empty where there is nobody."""
    found = document.fieldwork.aside
    if not found.any:
        return ""
    known = (
        (found.web, _("through an open link")),
        (found.elsewhere, _("on days or at points that were not drawn")),
    )
    kinds = [name if count is None else f"{name}: {ui.number(count)}" for count, name in known if count != 0]
    if found.count is None:
        kinds.append(_("together: %(count)s") % {"count": fewer(document.fieldwork.threshold)})
    said = _(
        "Answers that came beside the draw are kept apart (%(kinds)s). Those people chose themselves, so no"
        " other figure counts them."
    ) % {"kinds": ", ".join(kinds)}
    return f"{said} {_rated_aside(found.overall)}".strip()


def _rated_aside(figure: GroupMean | None) -> str:
    if figure is None:
        return ""
    values = {"mean": ui.number(figure.estimate, 2), "n": ui.number(figure.n), "span": span(figure)}
    if not values["span"]:
        return _("Their mean overall rating is %(mean)s (answers: %(n)s).") % values
    return (
        _("Their mean overall rating is %(mean)s (answers: %(n)s, interval from a model: %(span)s).") % values
    )


def _figures(document: Document) -> str:
    said = []
    mean = document.index.mean if document.published else None
    if mean is not None and mean.df is not None and document.inference != "none":
        said.append(_("Intervals are 95%%; degrees of freedom: %(df)s.") % {"df": ui.number(mean.df, 0)})
    change = document.index.change if document.index else None
    if change is not None and change.p is not None:
        p = ui.number(change.p, 3) if change.p >= 0.001 else _("below %(p)s") % {"p": ui.number(0.001, 3)}
        said.append(
            _(
                "The change since the last wave is a test of the difference of two means (p: %(p)s)."
                " Changes of areas and of questions, and what is strong or weak, are corrected by"
                " Holm's method."
            )
            % {"p": p}
        )
    if document.pair_known:
        said.append(rounding_words())
    if document.drivers:
        said.append(
            _("Influence is Johnson's relative weight; its interval comes from leaving out days in turn.")
        )
    if document.drivers_clipped:
        said.append(
            _("Too few people answered all questions together, so the table of correlations was corrected.")
        )
    said.append(why_none(document))
    said.append(_csi(document))
    return " ".join(each for each in said if each)


def _csi(document: Document) -> str:
    if document.csi is None:
        return ""
    by = {
        "fixed": _("weights fixed by the network"),
        "stated": _("weights: the importance that clients gave to the areas"),
        "equal": _("all areas count the same"),
    }
    return _("CSI is the weighted mean of the questions on a scale of 0 to 100 (%(weights)s).") % {
        "weights": by.get(document.csi_weights, "")
    }


def _guard(document: Document) -> str:
    return _(
        "Results of groups of fewer than %(n)s answers are hidden, and with them those from which they could"
        " be worked out. The same figures are in the page, the files and the report."
    ) % {"n": document.fieldwork.threshold}
