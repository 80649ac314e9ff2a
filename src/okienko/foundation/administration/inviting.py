"""Steps of inviting and accepting that the services share. Each runs inside a command's transaction."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from okienko.foundation.accounts.models import User
from okienko.foundation.administration import mail, tokens
from okienko.foundation.administration.rules import (
    INVITATION_LIFE,
    MOST_INVITATIONS_PENDING,
    InvitationState,
    invitation_state,
)
from okienko.foundation.administration.writing import NotYours
from okienko.foundation.audit.commands import note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Invitation, Membership, NetworkMembership, Office
from okienko.foundation.offices.rules import Refused
from okienko.foundation.registry import Role


def state_of(invitation: Invitation, at: datetime) -> InvitationState:
    return invitation_state(
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        expires_at=invitation.expires_at,
        at=at,
    )


def send(invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Save a new invitation and mail it once the transaction has ended well."""
    invitation.email = invitation.email.strip().lower()
    place = {"office": invitation.office, "network": invitation.network}
    pending = Invitation.objects.filter(**place, accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    if pending.filter(email=invitation.email).exists():
        raise Refused(_("This address has an invitation already. You can send it again or withdraw it."))
    if pending.count() >= MOST_INVITATIONS_PENDING:
        raise Refused(_("Too many invitations wait for an answer. Withdraw those that nobody needs."))
    if _is_in(invitation):
        raise Refused(_("This person has this role or another one here already."))
    invitation.invited_by_id, invitation.created_at = by.user_id, at
    note(target=invitation, after={"role": invitation.role})
    return mail_again(invitation, at)


def _is_in(invitation: Invitation) -> bool:
    if invitation.network_id:
        people = NetworkMembership.objects.filter(network_id=invitation.network_id)
    else:
        people = Membership.objects.filter(office_id=invitation.office_id)
        if invitation.role == Role.COORDINATOR:
            people = people.filter(role=Role.COORDINATOR)
    return people.filter(user__email=invitation.email).exists()


def mail_again(invitation: Invitation, at: datetime) -> Invitation:
    """A fresh token and term; the letter leaves when the transaction has ended well."""
    token = tokens.new_token()
    invitation.token_hash = tokens.hash_token(token)
    invitation.expires_at, invitation.mailed_at = at + INVITATION_LIFE, None
    invitation.save()
    mail.send_invitation(invitation, token, at)
    return invitation


def lock(invitation: Invitation, by: Actor) -> Invitation:
    """The invitation, read again under a lock, when it is of the actor's office or network."""
    row = Invitation.objects.select_for_update(of=("self",)).select_related("office", "network")
    row = row.get(pk=invitation.pk)
    if by.office_id:
        mine = row.office_id == by.office_id
    else:
        mine = by.network_id in (row.network_id, row.office and row.office.network_id)
    if not mine:
        raise NotYours(f"invitation {row.pk}")
    return row


def check_pending(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(_("This invitation has been accepted or withdrawn meanwhile."))


def lock_open(token: str, at: datetime) -> Invitation:
    """The invitation of a token that still works, locked, so that it is accepted once."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("office__network", "network")
    row = rows.filter(token_hash=tokens.hash_token(token)).first()
    if row is None or state_of(row, at) is not InvitationState.OPEN:
        raise Refused(_("This invitation does not work any more."))
    return row


def take_role(invitation: Invitation, user: User) -> None:
    """The role in an office. A coordinator who is replaced becomes an employee and gets a letter."""
    office = Office.objects.select_for_update().get(pk=invitation.office_id)
    people = list(Membership.objects.select_related("user", "office").filter(office=office))
    own = next((person for person in people if person.user_id == user.pk), None)
    holder = next((person for person in people if person.role == invitation.role), None)
    if own is not None and own.role == Role.COORDINATOR:
        return
    role = invitation.role
    if holder is not None and holder is not own:
        if role == Role.COORDINATOR:
            holder.role = Role.MEMBER
            holder.save(update_fields=["role"])
        elif role == Role.DEPUTY:
            # Somebody became the deputy since the letter left; two there cannot be.
            role = own.role if own else Role.MEMBER
    own = own or Membership(user=user, office=office)
    own.role = role
    own.save()
    if role == Role.COORDINATOR and holder is not None:
        mail.send_hand_over(office=office, to=own, before=holder)
