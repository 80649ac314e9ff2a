"""What the home pages say of jobs: those of the person that have failed."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.activity.showing import address
from okienko.foundation.jobs import selectors
from okienko.foundation.web.home import Task

SHOWN_FOR = timedelta(days=3)
MOST = 3


def failed_jobs(request: HttpRequest) -> list[Task]:
    """The person's own jobs that failed lately and were not done since."""
    failed = selectors.recent_failures(request.actor, timezone.now() - SHOWN_FOR)[:MOST]
    return [
        Task(
            title=_("It did not succeed: %(job)s") % {"job": job.title},
            text=job.error,
            url=address(request, "job", job.pk),
            action=_("See why"),
            icon="attention",
        )
        for job in failed
    ]
