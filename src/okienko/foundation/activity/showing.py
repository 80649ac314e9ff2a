"""A job as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okienko.foundation.jobs.models import PENDING, Job, State

LONG_WAIT = timedelta(minutes=3)
TONES = {State.DONE: "ok", State.FAILED: "err"}
# What the list can be narrowed to, by the word in the address.
GROUPS: dict[str, tuple[Any, tuple[State, ...]]] = {
    "": (gettext_lazy("All"), tuple(State)),
    "trwajace": (gettext_lazy("Going on"), PENDING),
    "udane": (gettext_lazy("Done"), (State.DONE,)),
    "nieudane": (gettext_lazy("Failed or stopped"), (State.FAILED, State.CANCELLED)),
}


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of one of these pages in the office or network where the person is."""
    if request.office is not None:
        return reverse(f"activity:{name}", args=[request.office.slug, *args])
    return reverse(f"activity:network_{name}", args=[request.network.slug, *args])


@dataclass(frozen=True)
class ShownJob:
    """`counts`: (label, number) pairs; addresses are empty where there is nothing to go to."""

    job: Job
    text: str
    tone: str
    url: str
    progress_url: str
    cancel_url: str
    retry_url: str
    file_url: str
    link_url: str
    link_label: str
    counts: tuple[tuple[str, int], ...]

    @property
    def known_total(self) -> int:
        return self.job.total or 1

    @property
    def known_done(self) -> int | None:
        """How many of the total; `None` draws a bar that only says that work goes on."""
        return self.job.done if self.job.total else None


def show(request: HttpRequest, job: Job) -> ShownJob:
    result = job.result if isinstance(job.result, dict) else {}
    link = result.get("link") or {}
    link_url = str(link.get("url", ""))
    ended_badly = job.state in (State.FAILED, State.CANCELLED)
    return ShownJob(
        job=job,
        text=words(job, result),
        tone=TONES.get(State(job.state), "plain"),
        url=address(request, "job", job.pk),
        progress_url=address(request, "job_progress", job.pk),
        cancel_url=_if(job.is_pending and not job.cancel_requested, request, "cancel", job.pk),
        retry_url=_if(ended_badly, request, "retry", job.pk),
        file_url=_file_url(request, result.get("file")),
        link_url=link_url if url_has_allowed_host_and_scheme(link_url, None) else "",
        link_label=str(link.get("label", "")),
        counts=tuple((str(label), number) for label, number in result.get("counts", ())),
    )


def words(job: Job, result: dict[str, Any]) -> str:
    """One sentence on how the job stands."""
    match State(job.state):
        case State.QUEUED if job.attempts:
            return _("It did not succeed; it will be tried again in a moment.")
        case State.QUEUED if timezone.now() - job.available_at > LONG_WAIT:
            return _(
                "It has waited for long. If nothing moves, tell the administrator: no worker may be running."
            )
        case State.QUEUED:
            return _("It waits for its turn.")
        case State.RUNNING if job.cancel_requested:
            return _("It is being stopped.")
        case State.RUNNING:
            return job.words or _("The work goes on.")
        case State.DONE:
            return str(result.get("text") or _("It is done."))
        case State.FAILED:
            return job.error or _("It did not succeed.")
        case _:
            return _("It was stopped.")


def _if(condition: bool, request: HttpRequest, act: str, pk: int) -> str:
    return address(request, f"{act}_job", pk) if condition and request.actor.can(f"jobs.{act}") else ""


def _file_url(request: HttpRequest, file: Any) -> str:
    try:
        return address(request, "file", file) if file else ""
    except NoReverseMatch:
        return ""
