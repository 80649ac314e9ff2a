"""Work on answers that nobody waits for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.jobs.api import JobContext, job
from okienko.modules.collection import import_jobs  # noqa: F401 (found through this file)
from okienko.modules.collection.answering.order import forget_order
from okienko.modules.collection.services import keeping, remarks
from okienko.modules.surveys import selectors as surveys

# a night without a worker must not leave a day in the order in which its answers came
DAYS_AGAIN = 8


@job(kind="collection.forget_order", max_attempts=3)
def forget_order_of_answers(context: JobContext) -> dict:
    """Every night: no row order, no old submission keys."""
    day = timezone.localdate(context.at)
    purged = keeping.purge_keys(by=context.by, at=context.at)
    return {"shuffled": forget_order(day - timedelta(days=DAYS_AGAIN)), "purged": purged}


@job(kind="collection.extract_remarks")
def extract_remarks(context: JobContext, *, part: int) -> None:
    """Take the remarks of a closed wave out of its answers; a second run finds nothing more."""
    context.progress(0, 1, _("Reading remarks"))
    office_wave = surveys.get_office_wave(part)
    with context.sealed():
        count = remarks.extract_remarks(office_wave=office_wave, by=context.by, at=context.at)
        text = ngettext(
            "%(count)d remark is ready to be read.", "%(count)d remarks are ready to be read.", count
        )
        context.result = {"text": text % {"count": count}}
