"""Scheduled deletion of invitations that nobody needs and of accounts without a role."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, Q, RestrictedError
from django.db.models.functions import Coalesce

from okienko.foundation.accounts.models import User
from okienko.foundation.offices.models import Invitation

# A domain that no letter reaches (RFC 2606).
_NOBODY = "konto.invalid"


def purge_invitations(before: datetime) -> int:
    """Delete invitations that were accepted, withdrawn or ran out before `before`."""
    ended = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    count, _kinds = Invitation.objects.filter(ended).delete()
    return count


def purge_accounts(before: datetime) -> int:
    """Delete accounts without any role whose last sign-in was before `before`.

    A row that other rows still name is emptied of all that is personal instead.
    """
    idle = User.objects.filter(memberships=None, network_memberships=None).exclude(email__endswith=_NOBODY)
    people = list(idle.annotate(seen=Coalesce("last_login", "date_joined")).filter(seen__lt=before))
    for user in people:
        try:
            with transaction.atomic():
                user.delete()
        except (ProtectedError, RestrictedError):
            _empty(user)
    return len(people)


def _empty(user: User) -> None:
    user.name, user.job_title, user.email = "–", "", f"{user.pk}@{_NOBODY}"
    user.is_active, user.last_login = False, None
    user.set_unusable_password()
    user.save()
    for related in ("emailaddress_set", "authenticator_set", "usersession_set"):
        getattr(user, related).all().delete()
