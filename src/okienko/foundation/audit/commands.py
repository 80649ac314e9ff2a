"""`@command`: one name for the permission, the write and the word in the audit trail."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from django.db import models, transaction

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Office

F = TypeVar("F", bound=Callable[..., Any])
COMMANDS: dict[str, list[str]] = {}


@dataclass
class _Note:
    target: models.Model | None = None
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)


_note: ContextVar[_Note | None] = ContextVar("audit_note", default=None)


def note(
    *, target: models.Model | None = None, before: dict | None = None, after: dict | None = None
) -> None:
    """Inside a command: say what the audit entry should show."""
    entry = _note.get()
    if entry is None:
        raise RuntimeError("note() is called inside a @command only")
    entry.target = target or entry.target
    entry.before.update(before or {})
    entry.after.update(after or {})


def command(permission: str) -> Callable[[F], F]:
    """A write: keyword-only, `by: Actor` checked for `permission`, one transaction, one audit entry."""

    def decorate(function: F) -> F:
        _check_signature(function)
        COMMANDS.setdefault(permission, []).append(f"{function.__module__}.{function.__qualname__}")

        @wraps(function)
        def run(**kwargs):
            by: Actor = kwargs["by"]
            by.require(permission)
            token = _note.set(entry := _Note())
            try:
                with transaction.atomic():
                    result = function(**kwargs)
                    _write(permission, by, entry, result, kwargs)
            finally:
                _note.reset(token)
            return result

        run.command = permission
        return run

    return decorate


def respondent_command(function: F) -> F:
    """A write by an anonymous respondent: no actor, no audit entry, no log (see `docs/privacy.md`)."""

    @wraps(function)
    def run(**kwargs):
        return function(**kwargs)

    run.command = "respondent"
    return run


def _check_signature(function: Callable) -> None:
    parameters = inspect.signature(function).parameters
    if "by" not in parameters:
        raise TypeError(f"{function.__qualname__}: a command takes `by: Actor`")
    loose = [name for name, item in parameters.items() if item.kind is not item.KEYWORD_ONLY]
    if loose:
        raise TypeError(f"{function.__qualname__}: a command's parameters are keyword-only, not {loose}")


def _write(permission: str, by: Actor, entry: _Note, result: Any, kwargs: dict) -> None:
    candidates = [entry.target, result, *kwargs.values()]
    target = next((item for item in candidates if isinstance(item, models.Model)), None)
    office, network = _owner(target, by)
    AuditEntry.objects.create(
        code=permission,
        user_id=by.user_id,
        actor_name=by.name,
        network_id=network,
        office_id=office,
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_label=str(target)[:200] if target is not None else "",
        before=entry.before,
        after=entry.after,
    )


def _owner(target: models.Model | None, by: Actor) -> tuple[int | None, int | None]:
    """Whose history the entry belongs to: the actor's office or network, else the target's.

    An office that a network coordinator changes reads it in its own history, other offices do not.
    """
    if isinstance(target, Office):
        return target.pk, target.network_id
    office = by.office_id or getattr(target, "office_id", None)
    network = by.network_id or getattr(target, "network_id", None)
    return office, network
