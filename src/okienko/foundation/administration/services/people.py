"""Who is what in an office. One coordinator, who hands over; at most one deputy."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from okienko.foundation.administration import mail
from okienko.foundation.administration.writing import NotYours
from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Membership, Office
from okienko.foundation.offices.rules import RoleRefused, check_removal, check_role_change
from okienko.foundation.registry import Role


@command("administration.change_role")
def change_role(*, member: Membership, role: Role, by: Actor, at: datetime) -> Membership:
    """Another role for one of the office's people; never the coordinator's, which is handed over."""
    row, others = _locked(by, member)
    check_role_change(old=row.role, new=role, others=[other.role for other in others])
    note(target=row, before={"role": row.role}, after={"role": str(role)})
    row.role = role
    row.save()
    return row


@command("administration.hand_over")
def hand_over(*, successor: Membership, becomes: Role, by: Actor, at: datetime) -> Membership:
    """Make `successor` the coordinator; the present one takes the role `becomes`. Both get a letter."""
    row, others = _locked(by, successor)
    present = next((other for other in others if other.role == Role.COORDINATOR), None)
    if present is None:
        raise RoleRefused(_("This person coordinates the office already."))
    if becomes not in (Role.DEPUTY, Role.HEAD, Role.ANALYST, Role.CLERK, Role.MEMBER):
        raise RoleRefused(_("Choose the role that the present coordinator takes."))
    if becomes == Role.DEPUTY and any(other.role == Role.DEPUTY for other in others):
        raise RoleRefused(_("The office has a deputy already. Change that person's role first."))
    note(target=row, before={"coordinator": present.user.name}, after={"coordinator": row.user.name})
    # The office may have only one of each at any moment, so the present coordinator steps aside first.
    _give(present, Role.MEMBER)
    _give(row, Role.COORDINATOR)
    _give(present, becomes)
    mail.send_hand_over(office=row.office, to=row, before=present)
    return row


@command("administration.remove_person")
def remove_person(*, member: Membership, by: Actor, at: datetime) -> Office:
    """Take a person's role in the office away. The account stays hers; what she did stays in the history."""
    row, _others = _locked(by, member)
    check_removal(row.role)
    office = row.office
    note(target=office, before={"person": row.user.name, "role": row.role}, after={"person": None})
    row.delete()
    return office


def _give(member: Membership, role: Role) -> None:
    member.role = role
    member.save(update_fields=["role"])


def _locked(by: Actor, member: Membership) -> tuple[Membership, list[Membership]]:
    """The member and the office's other people, read again; two changes of one office wait in line."""
    Office.objects.select_for_update().get(pk=by.office_id)
    people = Membership.objects.select_related("user", "office").filter(office_id=by.office_id)
    row = next((person for person in people if person.pk == member.pk), None)
    if row is None:
        if member.office_id != by.office_id:
            raise NotYours(f"membership {member.pk}")
        raise RoleRefused(_("This person does not work in the office any more."))
    return row, [person for person in people if person.pk != row.pk]
