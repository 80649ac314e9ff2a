"""Finds the manifests of the installed apps and answers questions about them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from okienko.foundation.registry.manifest import ModuleManifest, Noted, Permission, Role, Slot


class UnknownPermission(LookupError):
    """A permission is used that no manifest declares: a programming error, found at start-up."""


@cache
def manifests() -> tuple[ModuleManifest, ...]:
    """Every installed module's manifest, foundation first, then in the modules' own order."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("okienko.") and find_spec(f"{config.name}.module"):
            found.append(import_module(f"{config.name}.module").manifest)
    return tuple(sorted(found, key=lambda manifest: manifest.order))


@cache
def permissions() -> dict[str, Permission]:
    return {item.code: item for manifest in manifests() for item in manifest.permissions}


def permission(code: str) -> Permission:
    try:
        return permissions()[code]
    except KeyError as error:
        raise UnknownPermission(f"no manifest declares the permission {code!r}") from error


def noted(code: str, name: str) -> Noted | None:
    """What the module of a command says of a name in its audit entries; None: the name speaks for itself."""
    return _noted().get((code.partition(".")[0], name))


@cache
def _noted() -> dict[tuple[str, str], Noted]:
    return {(manifest.label, name): said for manifest in manifests() for name, said in manifest.noted.items()}


def roles_with(code: str) -> frozenset[Role]:
    return permission(code).roles


@cache
def slot(name: str) -> tuple[Slot, ...]:
    """The providers that modules registered for a place, in order."""
    found = [item for manifest in manifests() for item in manifest.slots if item.name == name]
    return tuple(sorted(found, key=lambda item: item.order))


def check_manifests() -> None:
    """Fail at start-up on a permission declared twice or a navigation entry without its permission."""
    seen: set[str] = set()
    for manifest in manifests():
        for item in manifest.permissions:
            if item.code in seen:
                raise UnknownPermission(f"the permission {item.code!r} is declared twice")
            seen.add(item.code)
    for manifest in manifests():
        for entry in manifest.navigation:
            permission(entry.permission)
