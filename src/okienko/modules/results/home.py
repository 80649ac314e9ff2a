"""What results put on the home pages of an office and of the network."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.web.home import Fragment, LoopNote, Task
from okienko.modules.results import selectors
from okienko.modules.results.document import Document
from okienko.modules.results.models import Report, ResultSet
from okienko.modules.results.presenting.comparison import mean_change
from okienko.modules.results.presenting.figures import span
from okienko.modules.results.presenting.network import Comparison, compare
from okienko.modules.results.presenting.office import home_piece
from okienko.modules.results.presenting.words import words_of


def _latest(request: HttpRequest) -> ResultSet | None:
    """The office's newest results; asked once a page."""
    if not hasattr(request, "results_latest"):
        request.results_latest = selectors.latest(request.office)
    return request.results_latest


def _document(request: HttpRequest) -> Document:
    if not hasattr(request, "results_document"):
        request.results_document = selectors.document_of(_latest(request))
    return request.results_document


def office_tasks(request: HttpRequest) -> list[Task]:
    """The coordinator writes and hands over; the head decides."""
    found = _latest(request) if _works(request) else None
    if found is None:
        return []
    report = selectors.latest_report(found)
    address = reverse("results:report", args=[request.office.slug, found.pk])
    task = _task(request, found, report, address)
    return [task] if task else []


def _works(request: HttpRequest) -> bool:
    return request.actor.can("results.write_report") or request.actor.can("results.decide")


def _task(request: HttpRequest, found: ResultSet, report: Report | None, address: str) -> Task | None:
    values = {"wave": found.wave.name}
    if report is None and request.actor.can("results.write_report"):
        text = _("The results are ready. Say what they mean and what you propose.")
        return Task(_("Write the conclusions: %(wave)s") % values, text, address, _("Write"), "document")
    if report is None:
        return None
    if report.is_draft and request.actor.can("results.hand_over"):
        text = _("Your draft is saved. The head of the office does not see it as finished yet.")
        return Task(
            _("Hand over the report: %(wave)s") % values, text, address, _("Read and hand over"), "document"
        )
    if report.state == "handed" and request.actor.can("results.decide"):
        text = _("The coordinator proposes a decision. The first page says everything.")
        return Task(
            _("Decide on the report: %(wave)s") % values, text, address, _("Read and decide"), "document"
        )
    return None


def office_standing(request: HttpRequest) -> Fragment | None:
    """The index with its interval and the trend."""
    if not request.actor.can("results.view"):
        return None
    found = _latest(request)
    if found is None:
        return None
    context = home_piece(_document(request), words_of(found))
    address = reverse("results:result", args=[request.office.slug, found.pk])
    return Fragment("results/home_standing.html", context | {"url": address, "results": found})


def office_loop(request: HttpRequest) -> LoopNote | None:
    if not request.actor.can("results.view"):
        return None
    found = _latest(request)
    listing = reverse("results:results", args=[request.office.slug])
    if found is None:
        return LoopNote(
            "understand", _("There are no results yet: no wave has been closed."), listing, _("Results")
        )
    address = reverse("results:result", args=[request.office.slug, found.pk])
    return LoopNote("understand", _areas(_document(request)), address, _("Read the results"))


def _areas(document: Document) -> str:
    moved = [area.change for area in document.areas if area.change is not None]
    if not moved:
        return _("The results of the wave “%(wave)s” are ready.") % {"wave": document.wave}
    up = sum(change.significant and change.difference > 0 for change in moved)
    down = sum(change.significant and change.difference < 0 for change in moved)
    if not up and not down:
        return _("No area has changed significantly since the last wave.")
    rose = ngettext("%(n)s area rose", "%(n)s areas rose", up) % {"n": up} if up else _("no area rose")
    fell = ngettext("%(n)s fell", "%(n)s fell", down) % {"n": down} if down else _("none fell")
    return _("Since the last wave: %(rose)s, %(fell)s.") % {"rose": rose, "fell": fell}


def _comparison(request: HttpRequest) -> tuple | None:
    """The newest wave of the network with results, compared; once a page."""
    if not hasattr(request, "results_comparison"):
        waves = selectors.waves_with_results() if request.actor.can("results.view_network") else []
        found = (
            (waves[0], compare(selectors.of_wave(waves[0].pk), selectors.before(waves[0]))) if waves else None
        )
        request.results_comparison = found
    return request.results_comparison


def network_standing(request: HttpRequest) -> Fragment | None:
    found = _comparison(request)
    if found is None or found[1].mean is None:
        return None
    wave, compared = found
    context = {
        "wave": wave,
        "mean": compared.mean,
        "compared": compared,
        "change": mean_change(compared.mean),
        "interval": span(compared.mean),
        "url": reverse("results:comparison", args=[request.network.slug, wave.pk]),
    }
    return Fragment("results/home_network.html", context)


def network_loop(request: HttpRequest) -> LoopNote:
    found = _comparison(request)
    if found is None:
        listing = reverse("results:network", args=[request.network.slug])
        return LoopNote("understand", _("There are no results to compare yet."), listing, _("Comparisons"))
    wave, compared = found
    address = reverse("results:comparison", args=[request.network.slug, wave.pk])
    return LoopNote("understand", _ready(wave.name, compared), address, _("Compare offices"))


def _ready(wave: str, compared: Comparison) -> str:
    count = len(compared.ranked) + len(compared.unranked)
    return ngettext("%(wave)s: %(n)s office has results.", "%(wave)s: %(n)s offices have results.", count) % {
        "wave": wave,
        "n": count,
    }
