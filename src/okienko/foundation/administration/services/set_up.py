"""The first-run set-up of an empty installation."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okienko.foundation.administration import setup_code
from okienko.foundation.administration.models import Installation
from okienko.foundation.administration.values import SetUpPlan
from okienko.foundation.administration.writing import create_named, create_person, create_point
from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Membership, Network, NetworkMembership, Office
from okienko.foundation.offices.rules import Refused
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.offices.selectors import installation_is_empty
from okienko.foundation.registry import Role


class AlreadySetUp(Refused):
    """Somebody else has set the installation up; it happens once."""


@command("administration.set_up")
def set_up(*, plan: SetUpPlan, code: str, by: Actor, at: datetime) -> Membership:
    """The first network, office, service points and coordinator, all or nothing, and only once."""
    if not setup_code.matches(code):
        raise AlreadySetUp(_("The set-up code is not valid any more."))
    _claim(at)
    network = create_named(Network, "slug", "siec", name=plan.network_name)
    office = create_named(Office, "slug", "urzad", network=network, **vars(plan.office))
    with all_offices("first-run set-up"):
        for details in plan.points:
            create_point(office, details)
    user = create_person(plan.person)
    member = Membership.objects.create(user=user, office=office, role=Role.COORDINATOR)
    if plan.leads_network:
        NetworkMembership.objects.create(user=user, network=network)
    note(target=office, after={"network": network.name, "coordinator": user.name})
    transaction.on_commit(setup_code.forget)
    return member


def _claim(at: datetime) -> None:
    """The single row is the lock: a second set-up waits for the first one's end and is then refused."""
    refusal = AlreadySetUp(_("Okienko has been set up already. Please sign in."))
    try:
        with transaction.atomic():
            Installation.objects.create(set_up_at=at)
    except IntegrityError:
        raise refusal from None
    if not installation_is_empty():
        raise refusal
