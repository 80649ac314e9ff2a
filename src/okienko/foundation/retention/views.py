"""The register of personal data: in short for everybody, with the deletions for those who work here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from okienko.foundation.retention import selectors
from okienko.foundation.web.access import public, requires

_SHOWN = 30


@public(reason="everybody may know which personal data are kept, why and how long; it shows none")
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "retention/public.html", {"entries": selectors.entries()})


@requires("retention.register")
def office_register(request: HttpRequest) -> HttpResponse:
    return _register(request)


@requires("retention.network_register")
def network_register(request: HttpRequest) -> HttpResponse:
    return _register(request)


def _register(request: HttpRequest) -> HttpResponse:
    labels = {entry.code: entry.label for entry in selectors.entries()}
    deletions = [(labels.get(run.code, run.code), run) for run in selectors.deletions()[:_SHOWN]]
    context = {"rows": selectors.register(timezone.now()), "deletions": deletions}
    return render(request, "retention/register.html", context)
