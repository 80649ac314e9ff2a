"""The nightly deletion."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.jobs.api import JobContext, JobFault, job
from okienko.foundation.retention.purging import purge_expired


@job(kind="retention.purge")
def purge(job: JobContext) -> dict:
    """Started twice, it finds nothing more to delete the second time."""
    runs = purge_expired(timezone.now())
    failed = [run.code for run in runs if run.error]
    if failed:
        raise JobFault(_("Not deleted: %(codes)s. See the server log.") % {"codes": ", ".join(failed)})
    return {"deleted": {run.code: run.deleted for run in runs}}
