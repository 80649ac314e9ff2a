"""Typing in of paper forms: batches, forms, the second typing of a sample, the end of a batch."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import Submission, compile_validator, items
from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import ServicePoint
from okienko.modules.collection.models import EntryBatch, EntryForm, Mode, Response
from okienko.modules.collection.point_figures import count_at_point
from okienko.modules.collection.rules.comparing import compare_typings, settled
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys import selectors as surveys

CHUNK = 1000


@dataclass(frozen=True)
class Pile:
    """A pile of paper forms as it lies on the table."""

    service_point: ServicePoint | None
    day: date
    expected: int
    spoiled: int = 0
    double_every: int = 10


@dataclass(frozen=True)
class Typed:
    """What the screen sent: checked answers, the language of the sheet, the screen's one-time key."""

    submission: Submission
    language: str
    key: uuid.UUID


@command("collection.prepare_batch")
def create_batch(*, office_wave: Any, pile: Pile, by: Actor, at: datetime) -> EntryBatch:
    """A new pile; its number in the wave is written on the paper that holds it together."""
    office_wave = _open_wave(office_wave.pk)
    _check_pile(office_wave, pile, at)
    last = EntryBatch.objects.filter(office_wave=office_wave).aggregate(last=Max("number"))["last"] or 0
    batch = EntryBatch(
        office_id=office_wave.office_id,
        office_wave=office_wave,
        number=last + 1,
        created_by_id=by.user_id,
        created_at=at,
        **_fields(pile),
    )
    batch.save(force_insert=True)
    note(target=batch, after=_said(pile))
    return batch


@command("collection.prepare_batch")
def change_batch(*, batch: EntryBatch, pile: Pile, by: Actor, at: datetime) -> EntryBatch:
    """Correct the description of the pile, for instance after the spoiled forms were counted again."""
    batch = _open_batch(batch)
    _check_pile(batch.office_wave, pile, at)
    note(target=batch, after=_said(pile))
    for name, value in _fields(pile).items():
        setattr(batch, name, value)
    batch.save(update_fields=list(_fields(pile)))
    return batch


@command("collection.prepare_batch")
def delete_batch(*, batch: EntryBatch, by: Actor, at: datetime) -> None:
    """Take back a pile that was set up by mistake; only while nothing is typed in it."""
    batch = _open_batch(batch)
    if batch.forms.exists():
        raise ValidationError(_("Forms are typed in this batch. Delete them first, or keep the batch."))
    note(before={"batch": batch.number})
    batch.delete()


@command("collection.type_form")
def type_form(*, batch: EntryBatch, typed: Typed, by: Actor, at: datetime) -> EntryForm:
    """Keep one typed form under the next number; the same screen sent twice is one form."""
    batch = _open_batch(batch)
    sent = batch.forms.filter(key=typed.key).first()
    if sent is not None:
        note(target=sent, after={"sent_again": True})
        return sent
    _check_typed(typed.submission)
    last = batch.forms.aggregate(last=Max("number"))["last"] or 0
    form = EntryForm(
        office_id=batch.office_id, batch=batch, number=last + 1, key=typed.key, typed_by_id=by.user_id
    )
    _put(form, typed)
    form.save(force_insert=True)
    note(target=form, after={"batch": batch.number, "form": form.number})
    return form


@command("collection.type_form")
def correct_form(*, form: EntryForm, typed: Typed, by: Actor, at: datetime) -> EntryForm:
    """Type a form over; an earlier comparison no longer holds and is made again."""
    batch, form = _locked(form)
    _check_typed(typed.submission)
    note(target=form, after={"batch": batch.number, "form": form.number})
    _put(form, typed)
    if form.second_answers is not None:
        _compare(form)
    form.save()
    return form


@command("collection.type_form")
def retype_form(*, form: EntryForm, submission: Submission, by: Actor, at: datetime) -> EntryForm:
    """The second typing of a form. The rate of misreading is measured at the first comparison only."""
    batch, form = _locked(form)
    _check_typed(submission)
    form.second_answers, form.second_by_id = _codes(submission), by.user_id
    found = _compare(form)
    if form.compared is None:
        form.differed, form.compared = len(found.differences), found.compared
    form.save()
    note(
        target=form, after={"batch": batch.number, "form": form.number, "differences": len(form.differences)}
    )
    return form


@command("collection.settle_form")
def settle_form(*, form: EntryForm, chosen: Mapping[str, str], by: Actor, at: datetime) -> EntryForm:
    """Say for each item that differs which typing is right: `first` or `second`."""
    batch, form = _locked(form)
    left = [code for code in form.differences if chosen.get(code) not in ("first", "second")]
    if left:
        raise ValidationError(_("Choose the right answer for every question that differs."))
    values = settled(form.answers, form.second_answers or {}, form.differences, chosen)
    validator = compile_validator(questionnaires.definition(batch.office_wave.wave.version))
    submission = validator.validate({**values, **form.texts})
    _check_typed(submission)
    note(target=form, after={"form": form.number, "settled": len(form.differences)})
    form.answers, form.texts, form.differences = _codes(submission), _words(submission), []
    form.save()
    return form


@command("collection.type_form")
def delete_form(*, form: EntryForm, by: Actor, at: datetime) -> None:
    """Take a typed form out of an open batch."""
    batch, form = _locked(form)
    note(target=batch, before={"form": form.number})
    form.delete()


@command("collection.close_batch")
def close_batch(*, batch: EntryBatch, by: Actor, at: datetime) -> EntryBatch:
    """Turn the forms into answers in random order and forget which form is which answer."""
    batch = _open_batch(batch)
    forms = list(batch.forms.order_by("number"))
    if any(form.differences for form in forms):
        raise ValidationError(
            _("Some forms differ between the two typings. Settle them, then close the batch.")
        )
    rows = [_response(batch, form) for form in forms]
    random.SystemRandom().shuffle(rows)
    Response.objects.bulk_create(rows, batch_size=CHUNK)
    # what is left of a form is that it was typed and compared, not what stood in it
    batch.forms.update(answers={}, texts={}, second_answers=None)
    batch.closed_at = at
    batch.save(update_fields=["closed_at"])
    if not surveys.stays_open(batch.office_wave_id):
        raise ValidationError(
            _("The wave was closed in the meantime, so the forms of this batch do not count.")
        )
    note(target=batch, after={"batch": batch.number, "forms": len(rows), "spoiled": batch.spoiled})
    count_at_point(batch, by, at)
    return batch


def _open_wave(pk: int) -> Any:
    office_wave = surveys.get_office_wave(pk)
    if office_wave is None:
        raise PermissionDenied
    office_wave.check_scope()
    if not surveys.may_type(office_wave):
        raise ValidationError(_("This wave is not open, so no paper forms can be typed in."))
    return office_wave


def _open_batch(batch: EntryBatch) -> EntryBatch:
    """The batch as it is now, held until the command ends."""
    found = EntryBatch.objects.select_for_update(of=("self",)).filter(pk=batch.pk).first()
    if found is None:
        raise PermissionDenied
    if found.closed_at is not None:
        raise ValidationError(_("This batch is closed: its forms are already among the answers."))
    found.office_wave = _open_wave(found.office_wave_id)
    return found


def _locked(form: EntryForm) -> tuple[EntryBatch, EntryForm]:
    batch = _open_batch(form.batch)
    found = batch.forms.filter(pk=form.pk).first()
    if found is None:
        raise ValidationError(_("This form has been deleted in the meantime."))
    return batch, found


def _check_pile(office_wave: Any, pile: Pile, at: datetime) -> None:
    wave = office_wave.wave
    if not wave.opens_on <= pile.day <= wave.closes_on or pile.day > timezone.localdate(at):
        text = _("The day must lie within the wave, %(first)s–%(last)s, and not in the future.")
        dates = {"first": f"{wave.opens_on:%d.%m.%Y}", "last": f"{wave.closes_on:%d.%m.%Y}"}
        raise ValidationError({"day": text % dates})
    points = {plan.service_point_id for plan in surveys.points_of(office_wave)}
    if pile.service_point is not None and pile.service_point.pk not in points:
        raise ValidationError({"service_point": _("This service point takes no part in the wave.")})
    if pile.spoiled > pile.expected:
        raise ValidationError({"spoiled": _("More forms are spoiled than lie in the pile.")})


def _check_typed(submission: Submission) -> None:
    if not any(value != -4 for value in submission.values.values()):
        raise ValidationError(
            _("Nothing is typed in. A form without a single answer is counted among the spoiled ones.")
        )


def _fields(pile: Pile) -> dict:
    return {name: getattr(pile, name) for name in Pile.__dataclass_fields__}


def _said(pile: Pile) -> dict:
    return {"day": pile.day.isoformat(), "expected": pile.expected, "spoiled": pile.spoiled}


def _codes(submission: Submission) -> dict:
    return {code: value for code, value in submission.values.items() if not isinstance(value, str)}


def _words(submission: Submission) -> dict:
    return {code: value for code, value in submission.values.items() if isinstance(value, str)}


def _put(form: EntryForm, typed: Typed) -> None:
    form.answers, form.texts = _codes(typed.submission), _words(typed.submission)
    form.language = typed.language


def _compare(form: EntryForm):
    version = form.batch.office_wave.wave.version
    codes = [
        item.code for item in items(questionnaires.definition(version)) if item.kind not in ("text", "date")
    ]
    found = compare_typings(form.answers, form.second_answers, codes)
    form.differences = list(found.differences)
    return found


def _response(batch: EntryBatch, form: EntryForm) -> Response:
    return Response(
        id=uuid.uuid4(),
        office_id=batch.office_id,
        office_wave_id=batch.office_wave_id,
        service_point_id=batch.service_point_id,
        mode=Mode.PAPER,
        language=form.language,
        day=batch.day,
        answers=form.answers,
        texts=form.texts,
    )
