"""The first sentence of the page and those around it: what the figures say, and what they do not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Change, Document, ItemResult
from okienko.modules.results.presenting.figures import shift
from okienko.modules.results.presenting.words import Words, listed

ALPHA = 0.05


def headline(document: Document) -> str:
    """The page in one sentence."""
    if document.hidden is not None:
        if document.fieldwork.answers == 0:
            return _("Nobody answered in this wave.")
        return _("Too few people answered for results to be shown.")
    item = document.index
    if item is None:
        return _("Results of the wave “%(wave)s”") % {"wave": document.wave}
    if item.hidden is not None or item.mean is None:
        return _("Too few people rated the service as a whole.")
    now = ui.number(item.mean.estimate, 2)
    if document.inference == "none":
        return _("Those who answered rated the service at %(now)s.") % {"now": now}
    if item.change is None and document.previous_wave:
        return _("Satisfaction is %(now)s. It cannot be compared with the wave before.") % {"now": now}
    if item.change is None:
        return _("The first result: satisfaction is %(now)s.") % {"now": now}
    return _moved(item.change, item.change.earlier + item.change.difference)


def _moved(change: Change, now: float) -> str:
    values = {"before": ui.number(change.earlier, 2), "now": ui.number(now, 2)}
    if change.p is None:
        return _("It was %(before)s, it is %(now)s. This change cannot be tested.") % values
    if change.significant and change.difference > 0:
        return _("Satisfaction rose from %(before)s to %(now)s. The change is significant.") % values
    if change.significant:
        return _("Satisfaction fell from %(before)s to %(now)s. The change is significant.") % values
    if values["before"] == values["now"]:
        return _("Satisfaction has not changed: %(now)s.") % values
    return (
        _("Satisfaction was %(before)s and is %(now)s. The difference is within the margin of error.")
        % values
    )


def change_words(change: Change | None) -> str:
    """`significant`, `within the margin of error`; empty without a change."""
    if change is None:
        return ""
    if change.p is None:
        return _("not testable")
    return _("significant") if change.significant else _("within the margin of error")


def change_sentence(document: Document) -> str:
    """How much the overall figure moved, with the interval of the change."""
    item = document.index
    change = item.change if item else None
    if change is None:
        return ""
    amount = shift(change.difference)
    values = {"amount": ui.number(abs(amount), 2), "wave": document.previous_wave}
    if not amount:
        said = _("As much as in the wave “%(wave)s”") % values
    elif amount > 0:
        said = _("%(amount)s more than in the wave “%(wave)s”") % values
    else:
        said = _("%(amount)s less than in the wave “%(wave)s”") % values
    if change.lower is None or change.upper is None:
        return said + "."
    span = {"low": ui.signed(change.lower, 2), "high": ui.signed(change.upper, 2)}
    return said + " " + _("(the change is from %(low)s to %(high)s).") % span


def strengths(document: Document) -> list[ItemResult]:
    """Questions that are above the mean of all questions, statistically; the highest first."""
    found = [item for item in document.items if _apart(item) and item.contrast.difference > 0]
    return sorted(found, key=lambda item: -item.contrast.difference)


def weaknesses(document: Document) -> list[ItemResult]:
    """Questions that are below the mean of all questions, statistically; the lowest first."""
    found = [item for item in document.items if _apart(item) and item.contrast.difference < 0]
    return sorted(found, key=lambda item: item.contrast.difference)


def _apart(item: ItemResult) -> bool:
    return item.mean is not None and item.contrast is not None and item.contrast.significant


def lead(document: Document, words: Words) -> str:
    """Two or three sentences: what weighs most, what is weak, what is strong."""
    if document.hidden is not None or not document.published:
        return ""
    if document.inference == "none":
        return _(
            "This is not a probability sample: whoever wanted answered. The figures describe those people"
            " only, not all clients, so no change is called significant and offices are not compared."
        )
    said = []
    weak, strong = weaknesses(document), strengths(document)
    if document.drivers and _stands_out(document.drivers):
        name = words.short(document.drivers[0].item)
        said.append(_("The overall rating depends most on: %(what)s.") % {"what": name})
    if weak:
        said.append(_("Rated lowest: %(what)s.") % {"what": _named(weak[:2], words)})
    if strong:
        said.append(_("Rated highest: %(what)s.") % {"what": _named(strong[:2], words)})
    measured = any(item.mean is not None and item.mean.lower is not None for item in document.items)
    if not weak and not strong and not measured:
        said.append(_("The questions cannot be told apart: there is no margin of error."))
    elif not weak and not strong:
        said.append(_("No question stands out: the differences between them are within the margin of error."))
    return " ".join(said)


def _stands_out(drivers) -> bool:
    """Whether the first influence is above an equal share for certain; else no question is named first."""
    return drivers[0].lower is not None and drivers[0].lower > 1 / len(drivers)


def _named(found: list[ItemResult], words: Words) -> str:
    return listed([f"{words.short(each.code)} ({ui.number(each.mean.estimate, 2)})" for each in found])


def areas_heading(document: Document, words: Words) -> str:
    """Which area is first and which last, if they can be told apart."""
    rated = sorted((a for a in document.areas if a.mean is not None), key=lambda area: -area.mean.estimate)
    if len(rated) < 2 or document.inference == "none":
        return _("Areas")
    first, last = rated[0].mean, rated[-1].mean
    if first.lower is None or last.upper is None:
        return _("Areas: without a margin of error they cannot be compared")
    if first.lower <= last.upper:
        return _("Areas: the differences are within the margin of error")
    names = {"first": words.area(rated[0].code), "last": words.area(rated[-1].code)}
    return _("Highest: %(first)s. Lowest: %(last)s.") % names


def sample_words(document: Document) -> str:
    """How the people were chosen, in a few words."""
    kind, field = document.fieldwork.sample_kind, document.fieldwork
    if field.doubt:
        return _("planned as random, but not drawn")
    if document.inference == "census" or kind == "census":
        return _("everybody was asked")
    if kind == "random_list":
        return _("random, from a list")
    if document.inference == "design":
        return _("random, %(n)s days at points") % {"n": field.psus}
    return _("whoever wanted answered")
