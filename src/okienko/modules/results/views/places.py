"""The network's page of places: ranges, groups that cannot be told apart, smoothed means."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from okienko.foundation.web.access import requires
from okienko.modules.results.presenting.places import notes, places_page, shown, standing
from okienko.modules.results.views.network import PAGE, comparison_of


@requires("results.view_network")
def places(request: HttpRequest, wave: int) -> HttpResponse:
    found, compared = comparison_of(request, wave)
    places_ = standing(compared)
    page = Paginator(places_.lines, PAGE).get_page(request.GET.get("page"))
    context = places_page(places_) | {
        "wave": found,
        "page": page,
        "rows": shown(page.object_list, places_),
        "method": notes(),
        "unranked": compared.unranked,
    }
    return render(request, "results/places.html", context)
