"""Reads of imports: runs, the file behind one, what the wave allows."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from okienko.engines.questionnaire import items
from okienko.foundation.files.api import read_content
from okienko.foundation.files.models import StoredFile
from okienko.foundation.files.tables import Choices, Table, read_table
from okienko.foundation.jobs import selectors as jobs
from okienko.foundation.jobs.models import Job, State
from okienko.foundation.offices.actor import Actor
from okienko.modules.collection.models import ImportRun, ImportState
from okienko.modules.collection.rules.converting import Frame
from okienko.modules.collection.rules.mapping import FileMapping, guess, plain
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys import selectors as surveys


class FileGone(LookupError):
    """The file has been deleted after its time; it has to be sent again."""


def runs(office_wave: Any) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(office_wave=office_wave).select_related("created_by")


def get_run(pk: int) -> ImportRun | None:
    rows = ImportRun.objects.select_related("office_wave__wave__survey", "office_wave__wave__version")
    return rows.select_related("office_wave__office").filter(pk=pk).first()


def job_key(run: ImportRun) -> str:
    return f"import-{run.pk}"


def latest_job(actor: Actor, run: ImportRun) -> Job | None:
    """The check or the import that is going on, or has failed last; None when the page says it all."""
    kinds = ("collection.check_import", "collection.import_answers")
    pending = (jobs.pending_job(kind, job_key(run)) for kind in kinds)
    if going_on := next(filter(None, pending), None):
        return going_on
    last = jobs.jobs_for(actor).filter(kind__in=kinds, key=job_key(run)).order_by("-pk").first()
    return last if last is not None and last.state == State.FAILED else None


def definition_of(office_wave: Any):
    return questionnaires.definition(office_wave.wave.version)


def same_file(run: ImportRun) -> ImportRun | None:
    """An import of the very same file that is among the answers of this wave."""
    rows = ImportRun.objects.filter(
        office_wave=run.office_wave_id, file_sha256=run.file_sha256, state=ImportState.DONE
    )
    return rows.exclude(pk=run.pk).first()


def earlier_mapping(run: ImportRun, header: list[str]) -> dict | None:
    """The mapping of the office's last import into the same survey whose columns are all in this file."""
    rows = ImportRun.objects.filter(office_wave__wave__survey=run.office_wave.wave.survey_id).exclude(
        pk=run.pk
    )
    for row in rows.exclude(mapping={}).order_by("-created_at")[:10]:
        wanted = {*row.mapping.get("items", {}).values(), *row.mapping.get("columns", {}).values()}
        if wanted and wanted <= set(header):
            return row.mapping
    return None


def read_file(run: ImportRun, head: int | None = None) -> Table:
    """The table in the stored file, as the person chose to read it; raises `TableFault`."""
    stored = StoredFile.objects.filter(pk=run.file_id or None).first()
    if stored is None:
        raise FileGone
    chosen = run.mapping.get("choices", {})
    choices = Choices(**chosen) if any(chosen.values()) else None
    return read_table(read_content(stored), stored.name, head=head, choices=choices)


def frame_of(office_wave: Any) -> Frame:
    points: dict[str, int] = {}
    for plan in surveys.points_of(office_wave):
        points[plain(plan.service_point.name)] = plan.service_point_id
        points[plain(plan.service_point.code)] = plan.service_point_id
    wave = office_wave.wave
    return Frame(definition_of(office_wave), wave.opens_on, wave.closes_on, points, get_language() or "pl")


def guessed(run: ImportRun, header: list[str]) -> FileMapping:
    return guess(header, items(definition_of(run.office_wave)))
