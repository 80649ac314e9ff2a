"""Reads about offices and people. Offices and memberships are global; units and points are scoped."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import (
    Membership,
    Network,
    NetworkMembership,
    Office,
    OfficeType,
    ServicePoint,
    Unit,
)
from okienko.foundation.offices.scope import OfficeScope, office_scope
from okienko.foundation.registry import Role


@dataclass(frozen=True)
class Access:
    """What a person may enter: an office or a network, as whom, and with which scope."""

    actor: Actor
    scope: OfficeScope
    office: Office | None = None
    network: Network | None = None


def office_access(user, slug: str) -> Access | None:
    """The person's way into an office; `None` for strangers, who must not learn that it exists."""
    member = (
        Membership.objects.select_related("office__network", "office__type")
        .filter(user=user, office__slug=slug, office__is_active=True)
        .first()
    )
    if member is None:
        return None
    office = member.office
    roles = frozenset({Role(member.role), Role.PERSON})
    actor = Actor(user.pk, user.name, roles, office.pk, office.network_id)
    return Access(actor, office_scope([office.pk], [office.network_id]), office, office.network)


def network_access(user, slug: str) -> Access | None:
    """The person's way into a network's own pages, which see all of its offices."""
    member = NetworkMembership.objects.select_related("network").filter(user=user, network__slug=slug).first()
    if member is None:
        return None
    network = member.network
    offices = network.offices.values_list("pk", flat=True)
    actor = Actor(user.pk, user.name, frozenset({Role(member.role), Role.PERSON}), None, network.pk)
    return Access(actor, office_scope(offices, [network.pk], writes_network=True), None, network)


def person_access(user) -> Access:
    """A signed-in person on pages that are only about herself."""
    return Access(Actor(user.pk, user.name, frozenset({Role.PERSON})), office_scope([]))


def offices_of(user) -> QuerySet[Office]:
    """The offices whose member the person is, for the switcher."""
    return Office.objects.filter(memberships__user=user, is_active=True).order_by("name")


def networks_of(user) -> QuerySet[Network]:
    return Network.objects.filter(memberships__user=user).order_by("name")


def offices_of_network(network: Network) -> QuerySet[Office]:
    return Office.objects.filter(network=network).select_related("type").order_by("name")


def get_office(slug: str) -> Office | None:
    return Office.objects.select_related("network", "type").filter(slug=slug).first()


def office_types() -> QuerySet[OfficeType]:
    return OfficeType.objects.all()


def people_of(office: Office) -> QuerySet[Membership]:
    return Membership.objects.select_related("user").filter(office=office).order_by("role", "user__name")


def units() -> QuerySet[Unit]:
    return Unit.objects.all()


def service_points(*, active_only: bool = True) -> QuerySet[ServicePoint]:
    points = ServicePoint.objects.select_related("unit")
    return points.filter(is_active=True) if active_only else points


def installation_is_empty() -> bool:
    """True until the first office is set up; then the first-run page is closed for good."""
    return not Network.objects.exists()
