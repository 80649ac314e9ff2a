"""Every route says who may come in: a permission that exists, or why it is open to anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.http import HttpResponse
from django.urls import path

from okienko.foundation.registry import permissions
from okienko.foundation.web.access import public, requires
from tests.architecture.routes import Route, own_routes, walk


def unguarded(routes: Iterable[Route]) -> list[str]:
    return [route.pattern for route in routes if not route.permission and not route.public_reason]


def unknown_permissions(routes: Iterable[Route], known: Iterable[str]) -> list[str]:
    known = set(known)
    return [f"{r.pattern}: {r.permission}" for r in routes if r.permission and r.permission not in known]


def misplaced(routes: Iterable[Route]) -> list[str]:
    """Pages of offices and networks that are elsewhere, and routes without a name."""
    found = []
    for route in routes:
        if route.permission and "office" in route.names and not route.pattern.startswith("u/<slug:office>/"):
            found.append(f"{route.pattern}: an office's page is below u/<slug:office>/")
        if (
            route.permission
            and "network" in route.names
            and not route.pattern.startswith("siec/<slug:network>/")
        ):
            found.append(f"{route.pattern}: a network's page is below siec/<slug:network>/")
        if ":" not in route.name:
            found.append(f"{route.pattern}: has no name in a namespace")
    return found


def odd_words(routes: Iterable[Route]) -> list[str]:
    """Words of addresses are lower-case ASCII, names are identifiers."""
    found = []
    for route in routes:
        words = re.sub(r"<[^>]*>", "x", route.pattern)
        if not re.fullmatch(r"[a-z0-9/._-]*", words) or not re.fullmatch(r"[a-z_:]+", route.name):
            found.append(f"{route.pattern} ({route.name})")
    return found


def test_every_route_carries_a_permission_or_a_public_reason():
    assert unguarded(own_routes()) == []


def test_every_permission_of_a_route_is_declared():
    assert unknown_permissions(own_routes(), permissions()) == []


def test_every_route_is_where_its_owner_is():
    assert misplaced(own_routes()) == []


def test_addresses_are_plain_words():
    assert odd_words(own_routes()) == []


def test_route_names_are_used_once():
    names = [route.name for route in own_routes()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_planted_routes_are_seen():
    def bare(request):
        return HttpResponse()

    guarded = requires("planted.never_declared")(bare)
    opened = public(reason="a test")(bare)
    routes = list(
        walk(
            [
                path("u/<slug:office>/goly/", bare, name="bare"),
                path("u/<slug:office>/Łąka/", guarded, name="guarded"),
                path("biuro/<slug:office>/", guarded, name="elsewhere"),
                path("x/<slug:network>/", guarded),
                path("y/<slug:office>/", opened, name="opened"),
            ],
            space="planted",
        )
    )
    assert unguarded(routes) == ["u/<slug:office>/goly/"]
    unknown = unknown_permissions(routes, permissions())
    assert unknown[0] == "u/<slug:office>/Łąka/: planted.never_declared"
    assert len(unknown) == 3
    assert odd_words(routes) == ["u/<slug:office>/Łąka/ (planted:guarded)"]
    assert misplaced(routes) == [
        "biuro/<slug:office>/: an office's page is below u/<slug:office>/",
        "x/<slug:network>/: a network's page is below siec/<slug:network>/",
        "x/<slug:network>/: has no name in a namespace",
    ]
