"""`@requires` and `@public`: every route carries one of them (a test looks)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from okienko.foundation.offices import selectors
from okienko.foundation.offices.scope import OfficeScope, open_scope
from okienko.foundation.offices.selectors import Access

View = Callable[..., HttpResponse]


def requires(permission: str) -> Callable[[View], View]:
    """Only for a signed-in person who holds `permission` where the address says.

    `office` in the address: a member of that office (`request.office`); `network`: its coordinator
    (`request.network`); neither: anybody signed in. Strangers get 404, members without the right 403.
    The view receives neither keyword; the office scope is open while it runs.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not (request.user.is_authenticated and request.user.is_active):
                return redirect_to_login(request.get_full_path())
            access = _access(request.user, kwargs.pop("office", None), kwargs.pop("network", None))
            request.actor, request.office, request.network = access.actor, access.office, access.network
            if not access.actor.can(permission):
                raise PermissionDenied(permission)
            with open_scope(access.scope):
                return view(request, *args, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate


def _access(user: Any, office: str | None, network: str | None) -> Access:
    if office is not None:
        access = selectors.office_access(user, office)
    elif network is not None:
        access = selectors.network_access(user, network)
    else:
        access = selectors.person_access(user)
    if access is None:
        raise Http404
    return access


def public(
    *, reason: str, scope: Callable[[HttpRequest, dict], OfficeScope] | None = None
) -> Callable[[View], View]:
    """For anybody, and why. `scope(request, kwargs)` opens what the address itself proves a right to."""
    if not reason.strip():
        raise ValueError("a public route needs a reason")

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if scope is None:
                return view(request, *args, **kwargs)
            with open_scope(scope(request, kwargs)):
                return view(request, *args, **kwargs)

        opened.public_reason = reason
        return opened

    return decorate
