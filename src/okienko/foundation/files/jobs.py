"""Nightly: files whose time has come are deleted, and content without a row is swept up."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.files import api, selectors
from okienko.foundation.files.models import StoredFile
from okienko.foundation.jobs.api import JobContext, job

log = structlog.get_logger("okienko.files")
# Content is written before its row is committed; a long transaction is not an orphan.
ORPHAN_AGE = timedelta(days=1)


@job(kind="files.delete_expired")
def delete_expired(context: JobContext) -> dict:
    deleted = _delete_expired(context)
    context.progress(deleted, None, _("Sweeping up"))
    swept = _sweep()
    log.info("files.deleted", expired=deleted, orphans=swept)
    return {"counts": [[_("files deleted"), deleted], [_("remains swept up"), swept]]}


def _delete_expired(context: JobContext) -> int:
    count = 0
    for file in selectors.expired(timezone.localdate(context.at)).iterator():
        api.discard(file)
        count += 1
        context.progress(count, None, _("Deleting files"))
    return count


def _sweep() -> int:
    known = set(StoredFile.objects.values_list("content_name", flat=True))
    border = timezone.now() - ORPHAN_AGE
    count = 0
    for name in list(api.all_content_names()):
        if name not in known and default_storage.get_modified_time(name) < border:
            default_storage.delete(name)
            count += 1
    return count
