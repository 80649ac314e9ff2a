"""Factories of the foundation's rows. Every name is invented."""

from __future__ import annotations

import itertools

from okienko.foundation.accounts.models import User
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

PASSWORD = "bardzo-dlugie-haslo-1"
_numbers = itertools.count(1)


def make_network(name: str = "Sieć Dobrych Urzędów", slug: str = "") -> Network:
    return Network.objects.create(name=name, slug=slug or f"siec-{next(_numbers)}")


def make_office_type(code: str = "urzad-miasta", name: str = "urząd miasta") -> OfficeType:
    return OfficeType.objects.get_or_create(code=code, defaults={"name": name, "name_en": "town hall"})[0]


def make_office(network: Network | None = None, *, name: str = "", slug: str = "", **fields) -> Office:
    number = next(_numbers)
    values = {
        "region": "opolskie",
        "city": "Brzozów Dolny",
        "type": fields.pop("type", None) or make_office_type(),
    }
    return Office.objects.create(
        network=network or make_network(),
        name=name or f"Urząd Miasta nr {number}",
        slug=slug or f"urzad-{number}",
        **(values | fields),
    )


def make_user(name: str, *, email: str = "") -> User:
    return User.objects.create_user(
        email or f"osoba{next(_numbers)}@example.org", name=name, password=PASSWORD
    )


def make_member(office: Office, role: Role, name: str = "Osoba Próbna") -> User:
    user = make_user(name)
    Membership.objects.create(user=user, office=office, role=role)
    return user


def make_network_coordinator(network: Network, name: str = "Osoba Sieciowa") -> User:
    user = make_user(name)
    NetworkMembership.objects.create(user=user, network=network)
    return user


def scope_of(office: Office) -> OfficeScope:
    """The scope that `@requires` opens for a member of the office."""
    return office_scope([office.pk], [office.network_id])


def scope_of_network(network: Network) -> OfficeScope:
    return office_scope(network.offices.values_list("pk", flat=True), [network.pk], writes_network=True)


def make_unit(office: Office, name: str = "") -> Unit:
    return Unit.objects.create(office=office, name=name or f"Wydział {next(_numbers)}")


def make_service_point(office: Office, *, name: str = "", code: str = "", **fields) -> ServicePoint:
    number = next(_numbers)
    return ServicePoint.objects.create(
        office=office, name=name or f"Punkt {number}", code=code or f"punkt-{number}", **fields
    )
