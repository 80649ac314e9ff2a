"""Who may get which role. An office has one coordinator, who can only be replaced, and at most one deputy."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from okienko.foundation.registry import Role

# The coordinator's role is handed over, never given.
ROLES_TO_GIVE = (Role.DEPUTY, Role.HEAD, Role.ANALYST, Role.CLERK, Role.MEMBER)


class Refused(ValueError):
    """What the person wants cannot be done as things stand; the message says what to do instead."""


class RoleRefused(Refused):
    """The office would be left without its coordinator, or with two deputies."""


def roles_to_give(taken: Iterable[str]) -> list[Role]:
    """The roles that somebody may be given, when the office's people hold the roles `taken`."""
    held = set(taken)
    return [role for role in ROLES_TO_GIVE if role is not Role.DEPUTY or Role.DEPUTY not in held]


def check_role_change(*, old: str, new: str, others: Iterable[str]) -> None:
    """Refuse what would leave no coordinator or two deputies; `others`: roles of the other people."""
    if old == Role.COORDINATOR and new != Role.COORDINATOR:
        raise RoleRefused(_("An office needs a coordinator. Hand the role over to somebody first."))
    if new == Role.COORDINATOR and old != Role.COORDINATOR:
        raise RoleRefused(_("The coordinator's role is not given but handed over."))
    if new == Role.DEPUTY and Role.DEPUTY in set(others):
        raise RoleRefused(_("The office has a deputy already. Change that person's role first."))


def check_removal(role: str) -> None:
    if role == Role.COORDINATOR:
        raise RoleRefused(_("The coordinator cannot be removed. Hand the role over to somebody first."))
