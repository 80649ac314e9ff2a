"""Import of answers from a file: kept, mapped, checked, written as a whole, undone as a whole."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from okienko.foundation.audit.commands import command, note
from okienko.foundation.files.api import keep_bytes, keep_upload
from okienko.foundation.offices.actor import Actor
from okienko.modules.collection.models import ImportRun, ImportState, Mode, Response
from okienko.modules.collection.rules.converting import NewAnswer
from okienko.modules.surveys import selectors as surveys

PURPOSE = "collection.import"
CHUNK = 2000


@dataclass(frozen=True)
class Kept:
    """A file that was read from a disk."""

    content: bytes
    name: str
    mapping: dict[str, Any]


@command("collection.import")
def start_import(*, office_wave: Any, upload: UploadedFile, by: Actor, at: datetime) -> ImportRun:
    """Keep what a person has sent; nothing is read into the wave yet."""
    office_wave = _open_wave(office_wave.pk)
    stored = keep_upload(upload, purpose=PURPOSE, by=by, at=at, office=office_wave.office)
    return _new_run(office_wave, stored, by, at)


@command("collection.import")
def import_whole(
    *,
    office_wave: Any,
    file: Kept,
    rows: Sequence[NewAnswer],
    again: bool = False,
    by: Actor,
    at: datetime,
) -> ImportRun:
    """Everything in one step, for the command line: the file is kept, its checked rows are written."""
    office_wave = _open_wave(office_wave.pk)
    stored = keep_bytes(
        file.content, name=file.name, purpose=PURPOSE, by=by, at=at, office=office_wave.office
    )
    run = _new_run(office_wave, stored, by, at)
    run.mapping, run.state = file.mapping, ImportState.CHECKED
    run.save(update_fields=["mapping", "state"])
    return _write(run, rows, again, at)


@command("collection.import")
def save_mapping(*, run: ImportRun, mapping: dict[str, Any], by: Actor, at: datetime) -> ImportRun:
    """Say which column is which; whatever was checked before has to be checked again."""
    run = _locked(run, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    note(target=run, after={"columns": len(mapping.get("items", {}))})
    run.mapping, run.state, run.problems, run.rows = mapping, ImportState.UPLOADED, [], 0
    run.save(update_fields=["mapping", "state", "problems", "rows"])
    return run


@command("collection.import")
def record_check(
    *, run: ImportRun, rows: int, count: int, problems: list[dict], by: Actor, at: datetime
) -> ImportRun:
    """What the check has found: ready to be imported, or problems."""
    run = _locked(run, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    run.state = ImportState.FAILED if count else ImportState.CHECKED
    run.rows, run.problems = rows, problems
    note(target=run, after={"rows": rows, "problems": count})
    run.save(update_fields=["state", "rows", "problems"])
    return run


@command("collection.import")
def import_answers(
    *, run: ImportRun, rows: Sequence[NewAnswer], again: bool = False, by: Actor, at: datetime
) -> ImportRun:
    """Write all rows, in random order, or none. The same file twice only when it is wanted (`again`)."""
    return _write(_locked(run, ImportState.CHECKED), rows, again, at)


@command("collection.undo_import")
def undo_import(*, run: ImportRun, by: Actor, at: datetime) -> ImportRun:
    """Take out exactly the rows that this import brought; not once the wave is closed."""
    run = _locked(run, ImportState.DONE)
    _open_wave(run.office_wave_id)
    count, _kinds = Response.objects.filter(import_run=run).delete()
    if not surveys.stays_open(run.office_wave_id):
        raise ValidationError(_("This wave is not open, so its answers can no longer be changed."))
    run.state, run.undone_at = ImportState.UNDONE, at
    note(target=run, before={"rows": count})
    run.save(update_fields=["state", "undone_at"])
    return run


def _new_run(office_wave: Any, stored, by: Actor, at: datetime) -> ImportRun:
    run = ImportRun(
        office_id=office_wave.office_id,
        office_wave=office_wave,
        file_name=stored.name,
        file_sha256=stored.sha256,
        file_id=str(stored.pk),
        created_by_id=by.user_id,
        created_at=at,
    )
    run.save(force_insert=True)
    note(target=run, after={"file": run.file_name})
    return run


def _earlier(run: ImportRun):
    return ImportRun.objects.filter(
        office_wave=run.office_wave_id, file_sha256=run.file_sha256, state=ImportState.DONE
    ).exclude(pk=run.pk)


def _open_wave(pk: int) -> Any:
    office_wave = surveys.get_office_wave(pk)
    if office_wave is None:
        raise PermissionDenied
    office_wave.check_scope()
    if not surveys.may_type(office_wave):
        raise ValidationError(_("This wave is not open, so its answers can no longer be changed."))
    return office_wave


def _locked(run: ImportRun, *states: str) -> ImportRun:
    found = ImportRun.objects.select_for_update(of=("self",)).filter(pk=run.pk).first()
    if found is None:
        raise PermissionDenied
    found.check_scope()
    if found.state not in states:
        raise ValidationError(
            _("This import is %(state)s, so this cannot be done.") % {"state": found.get_state_display()}
        )
    return found


def _response(run: ImportRun, office_wave: Any, row: NewAnswer) -> Response:
    return Response(
        id=uuid.uuid4(),
        office_id=office_wave.office_id,
        office_wave_id=office_wave.pk,
        service_point_id=row.service_point_id,
        mode=Mode.IMPORT,
        language=row.language,
        day=row.day,
        answers=row.answers,
        texts=row.texts,
        stratum=row.stratum,
        psu=row.psu,
        weight=row.weight,
        import_run=run,
    )


def _write(run: ImportRun, rows: Sequence[NewAnswer], again: bool, at: datetime) -> ImportRun:
    office_wave = _open_wave(run.office_wave_id)
    if not again and _earlier(run).exists():
        raise ValidationError(
            _("This very file has been imported into this wave before. Undo that import first, or say that "
              "the answers are to be counted twice.")
        )  # fmt: skip
    found = [_response(run, office_wave, row) for row in rows]
    random.SystemRandom().shuffle(found)
    for start in range(0, len(found), CHUNK):
        Response.objects.bulk_create(found[start : start + CHUNK])
    if not surveys.stays_open(office_wave.pk):
        raise ValidationError(_("The wave was closed in the meantime, so nothing was imported."))
    run.state, run.rows, run.done_at = ImportState.DONE, len(found), at
    note(target=run, after={"rows": len(found), "file": run.file_name})
    run.save(update_fields=["state", "rows", "done_at"])
    return run
