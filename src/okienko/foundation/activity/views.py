"""Jobs of an office or a network, their progress and results, and downloads."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.activity.showing import GROUPS, ShownJob, address, show
from okienko.foundation.files import selectors as files
from okienko.foundation.files.serving import file_response, may_download
from okienko.foundation.jobs import selectors, services
from okienko.foundation.jobs.api import JobFault
from okienko.foundation.web.access import requires

PER_PAGE = 25


def _shown(request: HttpRequest, pk: int) -> ShownJob:
    job = selectors.get_job(request.actor, pk)
    if job is None:
        raise Http404
    return show(request, job)


@requires("jobs.view")
def jobs(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("stan", "")
    group = chosen if chosen in GROUPS else ""
    found = selectors.jobs_for(request.actor, GROUPS[group][1])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [show(request, job) for job in page.object_list]
    context = {"page": page, "rows": rows, "group": group, "groups": GROUPS}
    return render(request, "activity/jobs.html", context)


@requires("jobs.view")
def job(request: HttpRequest, pk: int) -> HttpResponse:
    return render(
        request, "activity/job.html", {"shown": _shown(request, pk), "list_url": address(request, "jobs")}
    )


@requires("jobs.view")
def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that the page of a job asks for again and again; without script, the page itself."""
    shown = _shown(request, pk)
    if not request.htmx:
        return redirect(shown.url)
    response = render(request, "activity/_job.html", {"shown": shown})
    response["Cache-Control"] = "no-store"
    return response


@requires("jobs.cancel")
def cancel_job(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _shown(request, pk)
    if request.method == "POST":
        services.cancel_job(job=shown.job, by=request.actor, at=timezone.now())
        return redirect(shown.url)
    return render(request, "activity/cancel.html", {"shown": shown})


@requires("jobs.retry")
def retry_job(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _shown(request, pk)
    if request.method == "POST":
        try:
            services.retry_job(job=shown.job, by=request.actor, at=timezone.now())
        except JobFault as fault:
            messages.error(request, str(fault))
        return redirect(shown.url)
    return render(request, "activity/retry.html", {"shown": shown})


@requires("files.download")
def file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The content of a kept file, for whoever may do what the file is for."""
    found = files.get_file(request.actor, pk)
    if found is None:
        raise Http404
    if not may_download(request.actor, found):
        raise PermissionDenied(found.purpose_code)
    try:
        return file_response(found)
    except FileNotFoundError as error:
        raise Http404(_("The file is no longer here.")) from error
