"""Remarks: taken out of the answers when a wave closes, read and masked by the coordinator, then shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from random import SystemRandom

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.modules.collection.models import Remark, RemarkState, Response
from okienko.modules.collection.redaction import clean, find, hide_words, redact, words
from okienko.modules.collection.selectors_remarks import text_items

CHUNK = 500


@command("collection.extract_remarks")
def extract_remarks(*, office_wave: Model, by: Actor, at: datetime) -> int:
    """Move every text out of the answers of a closed wave, in random order. Twice finds nothing more."""
    if office_wave.state != "closed":
        raise ValidationError(_("Remarks are read when the wave is closed."))
    codes = text_items(office_wave)
    found: list[Remark] = []
    emptied: list[Response] = []
    rows = Response.objects.filter(office_wave=office_wave).exclude(texts={}).only("pk", "office_id", "texts")
    for row in rows.iterator(CHUNK):
        taken = [code for code in row.texts if code in codes]
        # a doubtful answer's remark is read like any other: what counts is what it says
        found += [_remark(office_wave, code, row.texts[code]) for code in taken if row.texts[code].strip()]
        row.texts = {code: text for code, text in row.texts.items() if code not in codes}
        if taken:
            emptied.append(row)
    chance = SystemRandom()
    chance.shuffle(found)
    chance.shuffle(emptied)
    Remark.objects.bulk_create(found, batch_size=CHUNK)
    Response.objects.bulk_update(emptied, ["texts"], batch_size=CHUNK)
    note(target=office_wave, after={"remarks": len(found)})
    return len(found)


def _remark(office_wave: Model, item: str, text: str) -> Remark:
    text = clean(text.strip())
    return Remark(
        office_id=office_wave.office_id,
        office_wave=office_wave,
        item=item,
        text=text,
        masked=redact(text),
        masked_by_machine=len(find(text)),
    )


@command("collection.approve_remarks")
def approve_remarks(*, remarks: Sequence[Remark], by: Actor, at: datetime) -> int:
    """Show these remarks, masked, to everybody who may see the results."""
    return _set_state(remarks, RemarkState.APPROVED)


@command("collection.hide_remarks")
def hide_remarks(*, remarks: Sequence[Remark], by: Actor, at: datetime) -> int:
    """Show these remarks to nobody; they are kept, and may be shown later."""
    return _set_state(remarks, RemarkState.HIDDEN)


def _set_state(remarks: Sequence[Remark], state: str) -> int:
    count = Remark.objects.filter(pk__in=[row.pk for row in remarks]).update(state=state)
    if remarks:
        note(target=remarks[0].office_wave)
    note(after={"state": str(state), "remarks": count})
    return count


@command("collection.mask_remark")
def mask_remark(*, remark: Remark, places: Collection[int], by: Actor, at: datetime) -> Remark:
    """Hide exactly the words at these places of the original."""
    if not remark.text:
        raise ValidationError(
            _("The original words were deleted after a year; the masking can no longer change.")
        )
    last = len(words(remark.text))
    if any(not 0 <= place < last for place in places):
        raise ValidationError(_("The remark has changed meanwhile. Choose the words again."))
    remark.masked = hide_words(remark.text, places)
    remark.save(update_fields=["masked"])
    note(target=remark, after={"hidden_words": len(set(places))})
    return remark
