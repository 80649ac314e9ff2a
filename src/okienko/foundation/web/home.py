"""What home pages show. Modules fill them through slots, so that a lower floor knows nothing of them.

Slots: `office.home.tasks(request) -> Iterable[Task]`, `office.home.standing(request) -> Fragment | None`,
`office.home.next(request) -> Fragment | None`, `office.home.loop(request) -> Iterable[LoopNote]`, and the
same with `network.home.`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from okienko.foundation.registry import slot


@dataclass(frozen=True)
class Task:
    """Something that needs the person: what, why, one action, and by when."""

    title: str
    text: str
    url: str
    action: str
    icon: str = "clock"
    due: date | None = None
    overdue: bool = False


@dataclass(frozen=True)
class LoopNote:
    """A phase of the loop in one or two sentences, with its link."""

    phase: str
    text: str
    url: str
    action: str
    here: bool = False


@dataclass(frozen=True)
class Fragment:
    """A piece of a page that a higher module renders with its own template."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


def gather(name: str, request) -> list:
    """All that the slot's providers give, in order; single pieces and sequences alike."""
    found: list = []
    for item in slot(name):
        given = item.provider(request)
        if given is None:
            continue
        found.extend(given if isinstance(given, Iterable) else [given])
    return found
