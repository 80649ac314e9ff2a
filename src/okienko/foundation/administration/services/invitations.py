"""Invitations of colleagues: mailed, re-sent, withdrawn, accepted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from okienko.foundation.accounts.models import User
from okienko.foundation.administration import inviting
from okienko.foundation.administration.values import NewPerson
from okienko.foundation.administration.writing import create_person, own_office
from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Invitation, Membership, Network, NetworkMembership, Office
from okienko.foundation.offices.rules import Refused, roles_to_give
from okienko.foundation.registry import Role


@command("administration.invite")
def invite(*, office: Office, name: str, email: str, role: Role, by: Actor, at: datetime) -> Invitation:
    """A letter that offers a colleague a role in the actor's office."""
    row = own_office(by, office)
    held = Membership.objects.filter(office=row).values_list("role", flat=True)
    if role not in roles_to_give(held):
        raise Refused(_("This role cannot be given. Choose another one."))
    return inviting.send(Invitation(office=row, name=name, email=email, role=role), by, at)


@command("administration.invite_coordinator")
def invite_coordinator(*, office: Office, name: str, email: str, by: Actor, at: datetime) -> Invitation:
    """A letter that offers the coordinator's role; whoever holds it now becomes an employee on acceptance."""
    row = own_office(by, office)
    return inviting.send(Invitation(office=row, name=name, email=email, role=Role.COORDINATOR), by, at)


@command("administration.invite_network_coordinator")
def invite_network_coordinator(*, name: str, email: str, by: Actor, at: datetime) -> Invitation:
    """A letter that offers to coordinate the actor's network."""
    network = Network.objects.select_for_update().get(pk=by.network_id)
    invitation = Invitation(network=network, name=name, email=email, role=Role.NETWORK_COORDINATOR)
    return inviting.send(invitation, by, at)


@command("administration.resend_invitation")
def resend_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """A new letter with a new link and another seven days; the old link opens nothing."""
    row = inviting.lock(invitation, by)
    inviting.check_pending(row)
    note(target=row, before={"expires_at": row.expires_at})
    return inviting.mail_again(row, at)


@command("administration.withdraw_invitation")
def withdraw_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """The link stops working at once."""
    row = inviting.lock(invitation, by)
    inviting.check_pending(row)
    row.withdrawn_at = at
    row.save()
    note(target=row, before={"role": row.role})
    return row


@command("administration.accept_invitation")
def accept_invitation(*, token: str, user: User, by: Actor, at: datetime) -> Invitation:
    """A signed-in person takes the role; the letter must have gone to her own address."""
    row = inviting.lock_open(token, at)
    if row.email != user.email or by.user_id != user.pk:
        raise Refused(_("This invitation is for another e-mail address."))
    if row.network_id:
        NetworkMembership.objects.get_or_create(user=user, network=row.network)
    else:
        inviting.take_role(row, user)
    row.accepted_at = at
    row.save()
    note(target=row, after={"role": row.role, "person": user.name})
    return row


@command("administration.register")
def register(*, token: str, person: NewPerson, by: Actor, at: datetime) -> User:
    """A person without an account makes one from the letter and takes the role."""
    row = inviting.lock_open(token, at)
    if User.objects.filter(email=row.email).exists() or person.email != row.email:
        raise Refused(_("There is an account with this address already. Sign in to accept the invitation."))
    user = create_person(person)
    actor = Actor(user.pk, user.name, frozenset({Role.PERSON}), by.office_id, by.network_id)
    accept_invitation(token=token, user=user, by=actor, at=at)
    note(target=user, after={"email": user.email})
    return user
