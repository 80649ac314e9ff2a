"""Reads of administration: offices, people, invitations, history. Units and points obey the office scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from okienko.foundation.accounts.models import User
from okienko.foundation.administration.tokens import hash_token
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import (
    Invitation,
    Membership,
    Network,
    NetworkMembership,
    Office,
    OfficeType,
    ServicePoint,
    Unit,
)
from okienko.foundation.offices.scope import active_scope
from okienko.foundation.offices.scoped import NetworkOwned, OfficeOwned
from okienko.foundation.registry import Role
from okienko.foundation.registry.manifest import OFFICE_ROLES

_ORDER = {role.value: place for place, role in enumerate(OFFICE_ROLES)}


@dataclass(frozen=True)
class PendingInvitation:
    """An invitation that nobody has answered. `expired`: its link opens nothing until it is sent again."""

    row: Invitation
    expired: bool


def units() -> QuerySet[Unit]:
    return Unit.objects.order_by("-is_active", "name")


def unit(pk: int) -> Unit | None:
    return Unit.objects.filter(pk=pk).first()


def points() -> QuerySet[ServicePoint]:
    return ServicePoint.objects.select_related("unit").order_by("-is_active", "name")


def point(pk: int) -> ServicePoint | None:
    return ServicePoint.objects.select_related("unit").filter(pk=pk).first()


def stands_alone(office: Office) -> bool:
    """Whether nobody coordinates the office's network and no other office is in it."""
    network = office.network
    return not network.memberships.exists() and network.offices.count() == 1


def office_types() -> QuerySet[OfficeType]:
    return OfficeType.objects.order_by("name")


def people(office: Office) -> list[Membership]:
    """The office's people: coordinator, deputy, head, then the others by name."""
    rows = Membership.objects.select_related("user").filter(office=office)
    return sorted(rows, key=lambda row: (_ORDER.get(row.role, 99), row.user.name.casefold()))


def member(office: Office, pk: int) -> Membership | None:
    return Membership.objects.select_related("user", "office").filter(office=office, pk=pk).first()


def coordinator_of(office: Office) -> Membership | None:
    return Membership.objects.select_related("user").filter(office=office, role=Role.COORDINATOR).first()


def pending_invitations(
    *, at: datetime, office: Office | None = None, network: Network | None = None
) -> list[PendingInvitation]:
    """Invitations of one office or one network that still wait for an answer, newest first."""
    rows = Invitation.objects.select_related("invited_by").filter(office=office, network=network)
    rows = rows.filter(accepted_at=None, withdrawn_at=None)
    return [PendingInvitation(row, row.expires_at <= at) for row in rows]


def invitation(pk: int, *, office: Office | None = None, network: Network | None = None) -> Invitation | None:
    """An invitation of the office; or of the network or one of its offices."""
    mine = Q(office=office) if office else Q(network=network) | Q(office__network=network)
    return Invitation.objects.select_related("office", "network").filter(mine, pk=pk).first()


def invitation_by_token(token: str) -> Invitation | None:
    rows = Invitation.objects.select_related("office__network", "network", "invited_by")
    return rows.filter(token_hash=hash_token(token)).first()


def has_account(email: str) -> bool:
    return User.objects.filter(email=email).exists()


def roles_of(user: User) -> list[Membership | NetworkMembership]:
    """All roles of a person, with the offices and networks."""
    offices = Membership.objects.select_related("office").filter(user=user).order_by("office__name")
    networks = NetworkMembership.objects.select_related("network").filter(user=user).order_by("network__name")
    return [*offices, *networks]


def network_coordinators(network: Network) -> QuerySet[NetworkMembership]:
    rows = NetworkMembership.objects.select_related("user").filter(network=network)
    return rows.order_by("user__name")


def network_coordinator(network: Network, pk: int) -> NetworkMembership | None:
    return network_coordinators(network).filter(pk=pk).first()


def network_offices(network: Network, *, text: str = "", kind: str = "", sort: str = "") -> QuerySet[Office]:
    """The network's offices with their coordinators' names and the number of people."""
    rows = Office.objects.select_related("type").filter(network=network)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(city__icontains=text))
    if kind:
        rows = rows.filter(type__code=kind)
    who = Membership.objects.filter(office=OuterRef("pk"), role=Role.COORDINATOR).values("user__name")[:1]
    rows = rows.annotate(coordinator=Subquery(who), people=Count("memberships"))
    keys = {"name": "name", "type": "type__name", "region": "region", "people": "people"}
    key = keys.get(sort.removeprefix("-"), "name")
    return rows.order_by(f"-{key}" if sort.startswith("-") else key, "name")


def offices_without_coordinator(network: Network, at: datetime) -> int:
    """Open offices that nobody coordinates and nobody has been asked to."""
    asked = Invitation.objects.filter(role=Role.COORDINATOR, accepted_at=None, withdrawn_at=None)
    rows = Office.objects.filter(network=network, is_active=True)
    rows = rows.exclude(memberships__role=Role.COORDINATOR)
    return rows.exclude(pk__in=asked.filter(expires_at__gt=at).values("office")).count()


def network_office(network: Network, pk: int) -> Office | None:
    return Office.objects.select_related("type", "network").filter(network=network, pk=pk).first()


def history(*, office: Office | None = None, network: Network | None = None) -> QuerySet[AuditEntry]:
    """What was done in an office, or in a network and all its offices. Both obey the scope besides."""
    rows = AuditEntry.objects.select_related("office")
    return rows.filter(office=office) if office else rows.filter(network=network)


def history_words(entries: QuerySet[AuditEntry]) -> tuple[list[str], list[str]]:
    """The actions and the people that occur."""
    codes = entries.order_by().values_list("code", flat=True).distinct()
    names = entries.order_by("actor_name").values_list("actor_name", flat=True).distinct()
    return list(codes), list(names)


def narrowed(entries: QuerySet[AuditEntry], wanted: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """`wanted`: any of `akcja`, `osoba`, `od`, `do`."""
    fields = {"akcja": "code", "osoba": "actor_name", "od": "at__date__gte", "do": "at__date__lte"}
    return entries.filter(**{fields[name]: value for name, value in wanted.items()})


def about(entries: QuerySet[AuditEntry], kind: str, pk: str) -> QuerySet[AuditEntry]:
    return entries.filter(target_type=kind, target_id=pk)


def label_of(entries: QuerySet[AuditEntry], kind: str, pk: str) -> str | None:
    """What the object was called last, or is called now; `None` when there is no such object here."""
    return about(entries, kind, pk).values_list("target_label", flat=True).first() or _present_label(kind, pk)


def _present_label(kind: str, pk: str) -> str | None:
    """An object that nobody has touched yet; only of tables that the scope guards."""
    try:
        model = apps.get_model(kind)
        if issubclass(model, OfficeOwned | NetworkOwned):
            row = model.objects.filter(pk=pk).first()
        elif model is Office and active_scope().holds_office(int(pk)):
            row = Office.objects.filter(pk=pk).first()
        else:
            return None
    except (LookupError, ValueError, ValidationError):
        return None
    return str(row) if row is not None else None
