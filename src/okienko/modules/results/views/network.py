"""The network's pages: all offices of a wave side by side, and one office's published page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from okienko.foundation.web.access import requires
from okienko.modules.results import selectors
from okienko.modules.results.forms import ComparisonFilter
from okienko.modules.results.presenting.comparison import (
    choices,
    comparison_page,
    drawn,
    frame_of,
    lines,
)
from okienko.modules.results.presenting.network import compare
from okienko.modules.results.presenting.office import office_page
from okienko.modules.results.views.common import opened
from okienko.modules.surveys import selectors as surveys

PAGE = 50


@requires("results.view_network")
def comparisons(request: HttpRequest) -> HttpResponse:
    """The newest wave that has results, else what to wait for."""
    waves = selectors.waves_with_results()
    if waves:
        return redirect("results:comparison", request.network.slug, waves[0].pk)
    return render(request, "results/no_comparison.html", {})


def comparison_of(request: HttpRequest, wave: int) -> tuple:
    """A wave of the network and its offices compared; "not found" for another network's."""
    found = surveys.get_wave(wave)
    if found is None or found.office_id is not None or found.network_id != request.network.pk:
        raise Http404
    return found, compare(selectors.of_wave(found.pk), selectors.before(found))


@requires("results.view_network")
def comparison(request: HttpRequest, wave: int) -> HttpResponse:
    found, compared = comparison_of(request, wave)
    types, regions = choices(compared)
    filters = ComparisonFilter(request.GET, types=types, regions=regions)
    frame = frame_of(compared)
    page = Paginator(lines(compared, filters.chosen()), PAGE).get_page(request.GET.get("page"))
    context = comparison_page(found, compared, selectors.parts_of(found), frame) | {
        "wave": found,
        "waves": selectors.waves_with_results(),
        "filters": filters,
        "page": page,
        "rows": drawn(page.object_list, frame),
    }
    return render(request, "results/comparison.html", context)


@requires("results.view_network")
def office_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What the office itself sees of its figures, the same frozen cells; not its own surveys."""
    results, document, words = opened(request, pk)
    if results.wave.office_id is not None:
        raise Http404
    context = office_page(document, words) | {"results": results, "document": document}
    return render(request, "results/network_result.html", context)
