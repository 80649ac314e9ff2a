"""Who acts: a person with the roles that she has here, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from okienko.foundation.registry import Role, roles_with


@dataclass(frozen=True)
class Actor:
    """A person in the office or network of the present page. `roles` hold only there."""

    user_id: int | None
    name: str
    roles: frozenset[Role]
    office_id: int | None = None
    network_id: int | None = None
    is_system: bool = False

    def can(self, permission: str) -> bool:
        return self.is_system or bool(self.roles & roles_with(permission))

    def require(self, permission: str) -> None:
        if not self.can(permission):
            raise PermissionDenied(permission)


def system_actor(name: str, *, office_id: int | None = None, network_id: int | None = None) -> Actor:
    """For scheduled work and the command line; the name goes to the audit trail."""
    return Actor(None, name, frozenset(), office_id, network_id, is_system=True)
