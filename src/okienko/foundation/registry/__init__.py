"""What modules declare of themselves: permissions, navigation, addresses, slots, schedules, personal data."""

from okienko.foundation.registry.loading import (
    UnknownPermission,
    manifests,
    noted,
    permission,
    permissions,
    roles_with,
    slot,
)
from okienko.foundation.registry.manifest import (
    ModuleManifest,
    NavItem,
    Noted,
    Permission,
    PersonalData,
    Phase,
    Role,
    Schedule,
    Slot,
)

__all__ = [
    "ModuleManifest",
    "NavItem",
    "Noted",
    "Permission",
    "PersonalData",
    "Phase",
    "Role",
    "Schedule",
    "Slot",
    "UnknownPermission",
    "manifests",
    "noted",
    "permission",
    "permissions",
    "roles_with",
    "slot",
]
