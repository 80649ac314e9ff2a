"""An office's results: the list of waves, a wave, its questions and groups."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okienko.foundation.web.access import requires
from okienko.modules.results import selectors, services
from okienko.modules.results.presenting.listing import waves_of
from okienko.modules.results.presenting.office import group_page, office_page, question_page, questions_page
from okienko.modules.results.presenting.remarks import remarks_of
from okienko.modules.results.views.common import opened, results_of
from okienko.modules.results.weighting.selectors import waiting
from okienko.modules.surveys import selectors as surveys


@requires("results.view")
def results(request: HttpRequest) -> HttpResponse:
    found = list(selectors.result_sets().filter(office=request.office).order_by("-wave__closes_on", "-pk"))
    parts = list(surveys.office_waves(states=["open", "closed"]).filter(office=request.office))
    context = {"waves": waves_of(found, parts), "may_release": request.actor.can("results.release")}
    return render(request, "results/list.html", context)


@requires("results.release")
@require_POST
def release(request: HttpRequest, part: int) -> HttpResponse:
    office_wave = surveys.get_office_wave(part)
    if office_wave is None:
        raise Http404
    try:
        made = services.release_results(office_wave=office_wave, by=request.actor, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        if waiting([part]) and request.actor.can("results.weight"):
            return redirect("results:weights", request.office.slug, part)
        return redirect("results:results", request.office.slug)
    messages.success(request, _("The results are ready."))
    return redirect("results:result", request.office.slug, made.pk)


@requires("results.view")
def result(request: HttpRequest, pk: int) -> HttpResponse:
    results_, document, words = opened(request, pk)
    context = office_page(document, words) | {
        "results": results_,
        "document": document,
        "remarks": remarks_of(results_),
        "report": selectors.latest_report(results_),
        "may_write": request.actor.can("results.write_report"),
    }
    return render(request, "results/result.html", context)


@requires("results.view")
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    results_, document, words = opened(request, pk)
    context = {"results": results_, "document": document} | questions_page(document, words)
    return render(request, "results/questions.html", context)


@requires("results.view")
def question(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    results_, document, words = opened(request, pk)
    found = question_page(document, words, code)
    if found is None:
        raise Http404
    return render(request, "results/question.html", {"results": results_, "document": document} | found)


@requires("results.view")
def group(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    results_, document, words = opened(request, pk)
    found = group_page(document, words, code)
    if found is None:
        raise Http404
    return render(request, "results/group.html", {"results": results_, "document": document} | found)


@requires("results.view")
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    results_ = results_of(request, pk)
    context = {"results": results_, "remarks": remarks_of(results_, most=None)}
    return render(request, "results/remarks.html", context)
