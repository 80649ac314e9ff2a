"""The living style page: every component in its states, drawn by the components themselves."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from okienko.foundation.ui import samples
from okienko.foundation.web.access import public, requires


@requires("ui.style")
def style(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/style/page.html", samples.page(request.GET))


@public(reason="developers look at the components; it exists only while debugging and shows no data")
def style_for_developers(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    return render(request, "ui/style/page.html", samples.page(request.GET) | samples.frame())
