"""The check of a file and its import, for nobody to wait on."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.engines.questionnaire import items
from okienko.foundation.files.tables import TableFault
from okienko.foundation.jobs.api import JobContext, JobFault, job
from okienko.modules.collection import selectors_imports as selectors
from okienko.modules.collection.models import ImportRun
from okienko.modules.collection.rules.converting import Converted, convert
from okienko.modules.collection.rules.mapping import MappingFault, check, from_stored
from okienko.modules.collection.services import imports as services


@job(kind="collection.check_import", max_attempts=2)
def check_import(context: JobContext, *, number: int) -> dict:
    """Look for every problem; the answer is on the import's own page."""
    row = _run(number)
    found = converted(context, row)
    problems = [
        {"row": p.row, "column": p.column, "code": p.code, "params": p.params} for p in found.problems
    ]
    services.record_check(
        run=row,
        rows=len(found.rows),
        count=found.count,
        problems=problems,
        by=context.by,
        at=context.at,
    )
    if found.count:
        words = ngettext("%(n)d problem was found.", "%(n)d problems were found.", found.count)
    else:
        words = ngettext("%(n)d row can be imported.", "%(n)d rows can be imported.", len(found.rows))
    return {"text": words % {"n": found.count or len(found.rows)}, "link": _back(context, row)}


@job(kind="collection.import_answers", max_attempts=3)
def import_answers(context: JobContext, *, number: int, again: bool = False) -> None:
    """All rows or none, once."""
    row = _run(number)
    found = converted(context, row)
    if found.count:
        raise JobFault(_("The file has problems, so nothing was imported. Check it again."))
    try:
        with context.sealed():
            services.import_answers(run=row, rows=found.rows, again=again, by=context.by, at=context.at)
            words = ngettext("%(n)d answer is imported.", "%(n)d answers are imported.", len(found.rows))
            context.result = {"text": words % {"n": len(found.rows)}, "link": _back(context, row)}
    except ValidationError as refusal:
        raise JobFault(" ".join(refusal.messages)) from None


def converted(context: JobContext, row: ImportRun) -> Converted:
    context.progress(0, None, _("Reading the file"))
    mapping = from_stored(row.mapping)
    frame = selectors.frame_of(row.office_wave)
    try:
        table = selectors.read_file(row)
        check(mapping, table.header, {item.code for item in items(frame.questionnaire)})
    except selectors.FileGone:
        raise JobFault(_("The file has been deleted after its time. Send it again.")) from None
    except TableFault as fault:
        raise JobFault(" ".join(problem.message for problem in fault.problems[:5])) from None
    except MappingFault as fault:
        raise JobFault(str(fault)) from None
    total = len(table.rows)
    numbered = zip(table.row_numbers, table.rows, strict=True)
    return convert(
        table.header,
        numbered,
        mapping,
        frame,
        lambda done: context.progress(done, total, _("Checking the rows")),
    )


def _run(pk: int) -> ImportRun:
    row = selectors.get_run(pk)
    if row is None:
        raise JobFault(_("This import has been deleted."))
    return row


def _back(context: JobContext, row: ImportRun) -> dict:
    return {
        "url": reverse("collection:import", args=[context.office.slug, row.pk]),
        "label": _("Go on with the import"),
    }
