"""The frame around a back-office page: navigation, offices to switch to, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices import selectors
from okienko.foundation.offices.actor import Actor
from okienko.foundation.registry import NavItem, Phase, manifests

PHASES = (
    (Phase.LISTEN, _("Listen")),
    (Phase.UNDERSTAND, _("Understand")),
    (Phase.IMPROVE, _("Improve")),
    (Phase.PROVE, _("Prove")),
    (Phase.SETTINGS, _("Office and people")),
)


@dataclass(frozen=True)
class NavLink:
    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class NavPhase:
    code: str
    label: str
    items: tuple[NavLink, ...]

    @property
    def active(self) -> bool:
        return any(item.active for item in self.items)


def shell(request: HttpRequest) -> dict:
    """Empty on public pages: then nothing is asked of the database."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"nav": (), "actor": None, "active_office": None, "active_network": None}
    office, network = request.office, request.network
    return {
        "actor": actor,
        "active_office": office,
        "active_network": network if office is None else None,
        "member_offices": list(selectors.offices_of(request.user)),
        "member_networks": list(selectors.networks_of(request.user)),
        "nav": navigation(request.path, actor, office, network),
        "home_url": home_url(office, network),
    }


def home_url(office, network) -> str:
    if office is not None:
        return reverse("web:office_home", args=[office.slug])
    if network is not None:
        return reverse("web:network_home", args=[network.slug])
    return reverse("web:start")


def navigation(path: str, actor: Actor, office, network) -> tuple[NavPhase, ...]:
    """The phases of the loop with the entries that this person may open here. Empty phases are left out."""
    level, slug = ("office", office.slug) if office else ("network", network.slug) if network else ("", "")
    if not level:
        return ()
    items = sorted(
        (item for manifest in manifests() for item in manifest.navigation), key=lambda item: item.order
    )
    found = []
    for code, label in PHASES:
        links = tuple(
            _link(item, slug, path)
            for item in items
            if item.phase is code and item.level == level and actor.can(item.permission)
        )
        if links:
            found.append(NavPhase(code.value, str(label), links))
    return tuple(found)


def _link(item: NavItem, slug: str, path: str) -> NavLink:
    url = reverse(item.url_name, args=[slug])
    return NavLink(str(item.label), url, path.startswith(url))
