"""Ordering a job."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from okienko.foundation.jobs import transport
from okienko.foundation.jobs.kinds import Run, kind_of
from okienko.foundation.jobs.models import PENDING, Job, RequestedAs
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Network, Office

LONGEST_ID = 100


def enqueue(
    run: Run,
    *,
    by: Actor,
    title: str,
    office: Office | None = None,
    network: Network | None = None,
    key: str = "",
    **ids: Any,
) -> Job:
    """Order a job in the present transaction; it starts only if that is committed.

    Without `office` and `network` it belongs to where `by` acts. `ids` become the keyword arguments of `run`:
    numbers, short strings, dates (as ISO strings), UUIDs (as strings), lists of them. With a `key`, a job of
    the same kind, owner and key that is still pending is returned instead of a second one.
    """
    kind = kind_of(run)
    owner = _owner(by, office, network)
    order = {"kind": kind.code, "key": key, **owner}
    if key and (pending := _pending(order)):
        return pending
    now = timezone.now()
    row = Job(
        **order,
        title=str(title)[:200],
        queue=kind.queue,
        max_attempts=kind.max_attempts,
        params={name: _plain(name, value) for name, value in ids.items()},
        requested_by_id=by.user_id,
        requested_name=by.name,
        requested_as=_requested_as(by),
        created_at=now,
        available_at=now,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if key and (pending := _pending(order)):
            return pending
        raise
    transaction.on_commit(partial(transport.announce, row.pk, row.queue))
    return row


def _pending(order: dict) -> Job | None:
    return Job.objects.filter(**order, state__in=PENDING).first()


def _owner(by: Actor, office: Office | None, network: Network | None) -> dict[str, int | None]:
    if office is not None:
        return {"office_id": office.pk, "network_id": office.network_id}
    if network is not None:
        return {"office_id": None, "network_id": network.pk}
    if by.network_id is None and not by.is_system:
        raise ValueError("the job belongs to no office and no network; say which")
    return {"office_id": by.office_id, "network_id": by.network_id}


def _requested_as(by: Actor) -> str:
    if by.is_system:
        return RequestedAs.SYSTEM
    return RequestedAs.OFFICE if by.office_id is not None else RequestedAs.NETWORK


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(name, item) for item in value]
    if isinstance(value, date | uuid.UUID):
        value = value.isoformat() if isinstance(value, date) else str(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str) and len(value) <= LONGEST_ID:
        return value
    raise TypeError(f"a job takes ids, not data: {name}={value!r}")
