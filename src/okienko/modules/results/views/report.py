"""The report on a closed wave: written by the coordinator, printed, handed over, decided by the head."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okienko.foundation.jobs import selectors as jobs
from okienko.foundation.jobs.api import enqueue
from okienko.foundation.web.access import requires
from okienko.modules.results import selectors, services
from okienko.modules.results.forms import DecisionForm, ReportForm
from okienko.modules.results.jobs import print_report
from okienko.modules.results.models import Report, ResultSet
from okienko.modules.results.presenting.office import report_start
from okienko.modules.results.presenting.sentences import headline
from okienko.modules.results.presenting.words import words_of
from okienko.modules.results.views.common import blame, report_of

RIGHTS = ("write_report", "hand_over", "decide", "keep_report")


@requires("results.view")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    results, row = report_of(request, pk)
    document = selectors.document_of(results)
    begun = {} if row else report_start(document, words_of(results))
    context = begun | {
        "results": results,
        "report": row,
        "versions": selectors.reports_of(results),
        "headline": headline(document),
        "printing": jobs.pending_job("results.print_report", f"report-{row.pk}") if row else None,
        "has_head": selectors.has_head(request.office),
        "may_invite": request.actor.can("administration.invite"),
        "may": {right: request.actor.can(f"results.{right}") for right in RIGHTS},
    }
    return render(request, "results/report.html", context)


@requires("results.write_report")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    results, row = report_of(request, pk)
    form = ReportForm(request.POST or None, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.write_report(
                results=results,
                text=form.text(),
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The report is saved."))
            return _to_report(request, results)
    context = {"results": results, "report": row, "form": form}
    return render(request, "results/write.html", context, status=422 if form.is_bound else 200)


def _initial(row: Report | None) -> dict:
    """A new version begins with the words of the last one."""
    if row is None:
        return {}
    names = ("conclusions", "proposal", "owner", "due", "next_survey")
    values = {name: getattr(row, name) for name in names}
    return values | {"revision": row.revision if row.is_draft else None}


@requires("results.keep_report")
@require_POST
def make_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    results, row = report_of(request, pk)
    if row is None:
        messages.error(request, _("Write the report first: a PDF without conclusions helps nobody decide."))
        return _to_report(request, results)
    job = _order(request, row)
    return redirect("activity:job", request.office.slug, job.pk)


def _order(request: HttpRequest, row: Report):
    title = _("Report on the wave “%(wave)s”") % {"wave": row.results.wave.name}
    return enqueue(print_report, by=request.actor, title=title, key=f"report-{row.pk}", report=row.pk)


@requires("results.hand_over")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    results, row = report_of(request, pk)
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            handed = services.hand_over(report=row, by=request.actor, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            if row.is_draft and row.missing:
                return redirect("results:write", request.office.slug, results.pk)
        else:
            _order(request, selectors.get_report(handed.pk))
            messages.success(request, _("The report waits for the decision of the head of the office."))
        return _to_report(request, results)
    context = {
        "results": results,
        "report": row,
        "has_head": selectors.has_head(request.office),
        "may_invite": request.actor.can("administration.invite"),
    }
    return render(request, "results/hand_over.html", context)


@requires("results.decide")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    results, row = report_of(request, pk)
    if row is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide(report=row, made=form.made(), by=request.actor, at=timezone.now())
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            _order(request, selectors.get_report(row.pk))
            messages.success(request, _("Your decision is recorded."))
            return _to_report(request, results)
    context = {"results": results, "report": row, "form": form}
    return render(request, "results/decide.html", context, status=422 if form.is_bound else 200)


def _to_report(request: HttpRequest, results: ResultSet) -> HttpResponse:
    return redirect("results:report", request.office.slug, results.pk)
