"""Reads of kept files. All under the active office scope."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from okienko.foundation.files.models import StoredFile
from okienko.foundation.offices.actor import Actor


def files_for(actor: Actor) -> QuerySet[StoredFile]:
    """The files of where the person is; in a network, of its offices' files only those made for her."""
    if actor.office_id is not None:
        return StoredFile.objects.filter(office=actor.office_id)
    own = Q(created_by=actor.user_id) & Q(created_by__isnull=False)
    return StoredFile.objects.filter(Q(network=actor.network_id) & (Q(office__isnull=True) | own))


def get_file(actor: Actor, pk: UUID | str) -> StoredFile | None:
    """A file by its id, or `None` if it is not there or not for where the person is."""
    return files_for(actor).filter(pk=pk).first()


def expired(today: date) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(expires_on__lt=today)
