"""The vocabulary of a module's manifest. Plain frozen values; importing this file needs no Django model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a person is in an office, in a network, or merely as somebody who is signed in."""

    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    HEAD = "head"
    CLERK = "clerk"
    ANALYST = "analyst"
    MEMBER = "member"
    NETWORK_COORDINATOR = "network_coordinator"
    PERSON = "person"


OFFICE_ROLES = (Role.COORDINATOR, Role.DEPUTY, Role.HEAD, Role.CLERK, Role.ANALYST, Role.MEMBER)
LEADS = frozenset({Role.COORDINATOR, Role.DEPUTY})
STAFF = frozenset(OFFICE_ROLES)
NETWORK = frozenset({Role.NETWORK_COORDINATOR})


class Phase(StrEnum):
    """The loop, in the order of the window's panes."""

    LISTEN = "listen"
    UNDERSTAND = "understand"
    IMPROVE = "improve"
    PROVE = "prove"
    SETTINGS = "settings"


@dataclass(frozen=True)
class Permission:
    """`code` is also the name of the command and the word in the audit trail."""

    code: str
    label: Any
    roles: frozenset[Role]


@dataclass(frozen=True)
class NavItem:
    """An entry of the left navigation, on an office's (`level="office"`) or a network's pages."""

    phase: Phase
    label: Any
    url_name: str
    permission: str
    order: int = 50
    level: str = "office"


@dataclass(frozen=True)
class Slot:
    """A place on a lower page that this module fills, e.g. `office.home.tasks`."""

    name: str
    provider: Callable[..., Any]
    order: int = 50


@dataclass(frozen=True)
class Schedule:
    """A job that runs by itself: `cron` in the installation's time zone, `job` a dotted path."""

    name: str
    cron: str
    job: str
    label: Any


@dataclass(frozen=True)
class PersonalData:
    """An entry of the register of personal data; `purge(before)` deletes what is older and says how many."""

    code: str
    label: Any
    purpose: Any
    basis: Any
    retention_days: int | None
    retention: Any
    purge: str = ""


@dataclass(frozen=True)
class Noted:
    """Words of the history for one name that a module's commands note; `values` for those that are codes."""

    label: Any
    values: Mapping[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ModuleManifest:
    label: str
    name: Any
    permissions: tuple[Permission, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    urls: str = ""
    slots: tuple[Slot, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    demo: str = ""
    order: int = 50
    settings: Mapping[str, Any] = field(default_factory=dict)
    noted: Mapping[str, Noted] = field(default_factory=dict)
