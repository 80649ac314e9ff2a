"""Background work: computing the results of a closed wave, printing a report."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from okienko.foundation.jobs.api import JobContext, JobFault, job
from okienko.foundation.print import compile_pdf
from okienko.modules.results import selectors, services
from okienko.modules.results.printing.report import printed
from okienko.modules.surveys import selectors as surveys


@job(kind="results.release")
def release(context: JobContext, *, part: int) -> dict:
    """Compute and freeze the results of an office's wave; a second run changes nothing."""
    context.progress(0, 1, _("Computing the results"))
    office_wave = surveys.get_office_wave(part)
    services.release_results(office_wave=office_wave, by=context.by, at=context.at)
    return {"text": _("The results of the wave “%(wave)s” are ready.") % {"wave": office_wave.wave.name}}


@job(kind="results.print_report")
def print_report(context: JobContext, *, report: int) -> None:
    """Print the report as a tagged PDF and keep the file."""
    context.progress(0, 2, _("Putting the report together"))
    row = selectors.get_report(report)
    if row is None:
        raise JobFault(_("The report is no longer there."))
    data, images = printed(row)
    context.progress(1, 2, _("Printing"))
    content = compile_pdf("report", data, images=images, at=row.changed_at)
    name = f"raport-{row.office.slug}-{row.results.wave_id}-{row.version}.pdf"
    with context.sealed():
        try:
            kept = services.keep_report(
                report=row, revision=row.revision, content=content, name=name, by=context.by, at=context.at
            )
        except ValidationError as error:
            raise JobFault(error.messages[0]) from error
        context.result = {"text": _("The report is printed."), "file": str(kept.file_id)}
