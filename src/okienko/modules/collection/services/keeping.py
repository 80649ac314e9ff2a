"""What is kept for a while only."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.collection.models import SubmissionKey


@command("collection.purge_keys")
def purge_keys(*, by: Actor, at: datetime) -> int:
    """Delete the hashes of submission keys after their 48 hours."""
    count, _kinds = SubmissionKey.objects.filter(expires_on__lt=timezone.localdate(at)).delete()
    note(after={"deleted": count})
    return count
