"""The short way to the answering page: no session, no person, no cookie is looked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

from okienko.modules.collection.views.answering import unknown

PATH = "/a/"
ADDRESSES = "okienko.modules.collection.answering_urls"


def answering(get_response):
    """After the security headers, `/a/…` goes straight to its view; what is unknown goes the usual way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PATH):
            return get_response(request)
        try:
            match = resolve(request.path_info, ADDRESSES)
        except Resolver404:
            # Not the usual way either: its pages look for a session and set a cookie.
            response = _elsewhere(request)
        else:
            request.resolver_match = match
            response = match.func(request, *match.args, **match.kwargs)
        response["X-Frame-Options"] = "DENY"
        return response

    return middleware


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """An address copied without its last slash is mended; any other is no survey."""
    path = request.path_info
    if path.endswith("/"):
        return unknown(request)
    try:
        resolve(f"{path}/", ADDRESSES)
    except Resolver404:
        return unknown(request)
    return HttpResponsePermanentRedirect(f"{path}/")
