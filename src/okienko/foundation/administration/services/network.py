"""A network's own data: its name, offices, kinds of offices, coordinators."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from okienko.foundation.administration.values import OfficeDetails
from okienko.foundation.administration.writing import NotYours, change, create_named, own_office
from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Network, NetworkMembership, Office, OfficeType
from okienko.foundation.offices.rules import Refused
from okienko.foundation.registry import Role


@command("administration.edit_network")
def edit_network(*, name: str, by: Actor, at: datetime) -> Network:
    """The network's name. Its address word stays."""
    network = Network.objects.select_for_update().get(pk=by.network_id)
    change(network, {"name": name})
    return network


@command("administration.add_office")
def add_office(*, details: OfficeDetails, by: Actor, at: datetime) -> Office:
    """Another office of the actor's network. Nobody works in it until its coordinator is invited."""
    office = create_named(Office, "slug", "urzad", network_id=by.network_id, **vars(details))
    note(target=office, after={"name": office.name})
    return office


@command("administration.switch_office")
def switch_office(*, office: Office, active: bool, by: Actor, at: datetime) -> Office:
    """Close an office to its people, or open it again. Nothing of it is deleted."""
    row = own_office(by, office)
    change(row, {"is_active": active})
    return row


@command("administration.add_office_type")
def add_office_type(*, name: str, name_en: str, by: Actor, at: datetime) -> OfficeType:
    """A kind of office that the list lacks; every network of the installation may use it."""
    if OfficeType.objects.filter(name__iexact=name).exists():
        raise Refused(_("There is such a type already."))
    kind = create_named(OfficeType, "code", "typ", name=name, name_en=name_en)
    note(target=kind, after={"name": name, "name_en": name_en})
    return kind


@command("administration.remove_network_coordinator")
def remove_network_coordinator(*, member: NetworkMembership, by: Actor, at: datetime) -> Network:
    """Take the role away; the last coordinator stays."""
    network = Network.objects.select_for_update().get(pk=by.network_id)
    if member.network_id != network.pk:
        raise NotYours(f"network membership {member.pk}")
    if network.memberships.exclude(pk=member.pk).count() == 0:
        raise Refused(_("A network needs a coordinator. Invite somebody first."))
    note(target=network, before={"person": member.user.name}, after={"person": None})
    NetworkMembership.objects.filter(pk=member.pk).delete()
    return network


@command("administration.start_network")
def start_network(*, name: str, by: Actor, at: datetime) -> Network:
    """The coordinator of an office on its own begins to run a network and invites other offices."""
    network = Network.objects.select_for_update().get(pk=by.network_id)
    if network.memberships.exists() or network.offices.count() != 1:
        raise Refused(_("The network has a coordinator already."))
    before = {"name": network.name}
    network.name = name
    network.save()
    NetworkMembership.objects.create(user_id=by.user_id, network=network, role=Role.NETWORK_COORDINATOR)
    note(target=network, before=before, after={"name": name, "coordinator": by.name})
    return network
