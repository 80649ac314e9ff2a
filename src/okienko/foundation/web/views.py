"""The start page, home pages, health, language, and error pages."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from okienko.foundation.offices import selectors
from okienko.foundation.web.access import public, requires
from okienko.foundation.web.home import gather


@public(reason="the first address anybody opens; it shows nothing of any office")
def start(request: HttpRequest) -> HttpResponse:
    """Sends each person where she belongs: set-up, sign-in, her office, or the choice of offices."""
    if not request.user.is_authenticated:
        empty = selectors.installation_is_empty()
        return redirect("administration:set_up" if empty else settings.LOGIN_URL)
    return _choose(request)


@requires("web.start")
def _choose(request: HttpRequest) -> HttpResponse:
    offices, networks = selectors.offices_of(request.user), selectors.networks_of(request.user)
    if len(offices) == 1 and not networks:
        return redirect("web:office_home", offices[0].slug)
    if len(networks) == 1 and not offices:
        return redirect("web:network_home", networks[0].slug)
    return render(request, "web/choose.html", {"offices": offices, "networks": networks})


@public(reason="load balancers and run.py ask whether the server and its database answer")
def health(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever is wrong with the database, the answer is the same
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


@requires("web.office_home")
def office_home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/office_home.html", _pieces("office", request))


@requires("web.network_home")
def network_home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/network_home.html", _pieces("network", request))


def _pieces(level: str, request: HttpRequest) -> dict:
    names = ("tasks", "standing", "next", "loop", "more")
    return {name: gather(f"{level}.home.{name}", request) for name in names}


@public(reason="anybody chooses the language of the public pages")
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = redirect(back)
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=31_536_000,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: the frame's context asks the database, which may be what broke.
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "csrf.html", status=403)
