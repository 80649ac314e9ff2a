"""Request log (never for the answering paths) and the signed-in person's language."""

from __future__ import annotations

import time

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import translation

log = structlog.get_logger("okienko.request")
UNLOGGED = ("/a/", "/static/", "/zdrowie")
# What follows these is a key that somebody got by mail; a log is read by others.
SECRET = ("/zaproszenie/", "/konto/password/reset/key/", "/konto/confirm-email/")


def request_log(get_response):
    """One line a request. Answering leaves none: a time beside an answer could point at a person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(UNLOGGED):
            return get_response(request)
        started = time.perf_counter()
        response = get_response(request)
        log.info(
            "request",
            method=request.method,
            path=_loggable(request.path),
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000),
            user=getattr(getattr(request, "user", None), "pk", None),
        )
        return response

    return middleware


def _loggable(path: str) -> str:
    return next((f"{prefix}…" for prefix in SECRET if path.startswith(prefix)), path)


def person_language(get_response):
    """A signed-in person sees the language that she chose; a respondent's page sets its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(UNLOGGED) or not request.user.is_authenticated:
            return get_response(request)
        with translation.override(request.user.language):
            request.LANGUAGE_CODE = request.user.language
            response = get_response(request)
        # On a shared computer the Back button after sign-out must show nothing.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
