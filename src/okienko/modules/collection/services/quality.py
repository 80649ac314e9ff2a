"""A coordinator leaves doubtful answers out of the results, and takes them in again; always with a reason."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.collection.models import Exclusion, Flag, Response
from okienko.modules.collection.selectors import exclusions
from okienko.modules.collection.selectors_quality import flagged_rows, is_frozen
from okienko.modules.surveys import selectors as surveys

CHUNK = 500


@command("collection.exclude")
def exclude(*, office_wave: Model, flag: str, reason: str, by: Actor, at: datetime) -> Exclusion:
    """All answers that carry the flag now stop counting. They are kept."""
    _check_open(office_wave)
    reason = reason.strip()
    if flag not in Flag.values or not reason:
        raise ValidationError({"reason": _("Say why these answers should not count.")})
    keys, flagged = flagged_rows(office_wave)
    count = int(flagged[Flag(flag)].sum())
    if not count:
        raise ValidationError(_("No answer has this mark any more. Nothing was changed."))
    values = {"reason": reason, "made_by_id": by.user_id, "made_at": at}
    row, _made = Exclusion.objects.update_or_create(
        office_id=office_wave.office_id, office_wave=office_wave, flag=flag, defaults=values
    )
    _count_again(office_wave, keys, flagged)
    note(target=office_wave, after={"flag": flag, "reason": reason, "answers": count})
    return row


@command("collection.include")
def include(*, office_wave: Model, flag: str, by: Actor, at: datetime) -> int:
    """Answers with the flag count again, unless they carry another flag that is left out."""
    _check_open(office_wave)
    gone, _kinds = Exclusion.objects.filter(office_wave=office_wave, flag=flag).delete()
    keys, flagged = flagged_rows(office_wave)
    _count_again(office_wave, keys, flagged)
    note(target=office_wave, before={"flag": flag} if gone else {})
    return gone


def _check_open(office_wave: Model) -> None:
    """Refuse where results stand on the answers; they cannot be released until this command ends."""
    surveys.office_waves().select_for_update(of=("self",)).get(pk=office_wave.pk)
    if is_frozen(office_wave):
        raise ValidationError(
            _(
                "Results have already been released from these answers, so which of them count"
                " can no longer change."
            )
        )


def _count_again(office_wave: Model, keys: list, flagged: dict) -> None:
    """Set every answer's state from the exclusions that are in force."""
    out = np.zeros(len(keys), dtype=bool)
    for row in exclusions(office_wave):
        out |= flagged[Flag(row.flag)]
    Response.objects.filter(office_wave=office_wave, excluded=True).update(excluded=False)
    gone = [key for key, excluded in zip(keys, out, strict=True) if excluded]
    for start in range(0, len(gone), CHUNK):
        Response.objects.filter(pk__in=gone[start : start + CHUNK]).update(excluded=True)
