"""Answers of a wave in counts, and which of them are left out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.web.access import requires
from okienko.modules.collection import selectors_quality as selectors
from okienko.modules.collection.forms.answers import ReasonForm
from okienko.modules.collection.models import Flag
from okienko.modules.collection.presenting_answers import standing_page
from okienko.modules.collection.services import quality as services
from okienko.modules.collection.views.common import blame, found
from okienko.modules.surveys import selectors as surveys


@requires("collection.view_quality")
def quality(request: HttpRequest, pk: int) -> HttpResponse:
    part = found(surveys.get_office_wave(pk))
    frozen = selectors.is_frozen(part)
    context = standing_page(part, selectors.standing(part))
    may_change = not frozen and request.actor.can("collection.exclude")
    return render(
        request,
        "collection/quality/answers.html",
        context | {"part": part, "frozen": frozen, "may_change": may_change},
    )


def _flag(value: str) -> Flag:
    if value not in Flag.values:
        raise Http404
    return Flag(value)


@requires("collection.exclude")
def exclude(request: HttpRequest, pk: int, flag: str) -> HttpResponse:
    part, mark = found(surveys.get_office_wave(pk)), _flag(flag)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.exclude(
                office_wave=part, flag=mark, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("These answers no longer count. They are kept and can be taken in again.")
            )
            return redirect("collection:quality", request.office.slug, part.pk)
    context = {"part": part, "flag": mark, "form": form}
    return render(request, "collection/quality/exclude.html", context, status=422 if form.is_bound else 200)


@requires("collection.include")
def include(request: HttpRequest, pk: int, flag: str) -> HttpResponse:
    part, mark = found(surveys.get_office_wave(pk)), _flag(flag)
    if request.method != "POST":
        return render(request, "collection/quality/include.html", {"part": part, "flag": mark})
    try:
        services.include(office_wave=part, flag=mark, by=request.actor, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("These answers count again."))
    return redirect("collection:quality", request.office.slug, part.pk)
