"""Remarks: the coordinator reads them, masks words, and decides which are shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from okienko.foundation.web.access import requires
from okienko.modules.collection import selectors_remarks as selectors
from okienko.modules.collection.forms.answers import WordsForm
from okienko.modules.collection.models import RemarkState
from okienko.modules.collection.presenting_answers import remark_cards
from okienko.modules.collection.services import remarks as services
from okienko.modules.collection.views.common import blame, found, page_of
from okienko.modules.surveys import selectors as surveys

PAGE = 20
DECISIONS = {"approve": services.approve_remarks, "hide": services.hide_remarks}


@requires("collection.review_remarks")
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    part = found(surveys.get_office_wave(pk))
    counts = selectors.remark_states(part)
    state = request.GET.get("stan", RemarkState.NEW)
    if state not in RemarkState.values:
        raise Http404
    page = page_of(request, selectors.remarks(part, state), PAGE)
    context = {
        "part": part,
        "counts": counts,
        "total": sum(counts.values()),
        "state": state,
        "states": [(value, label, counts[value]) for value, label in RemarkState.choices],
        "page": page,
        "cards": remark_cards(page.object_list, selectors.text_items(part)),
    }
    return render(request, "collection/remarks/remarks.html", context)


@requires("collection.review_remarks")
@require_POST
def decide_remarks(request: HttpRequest, pk: int) -> HttpResponse:
    part = found(surveys.get_office_wave(pk))
    decide = DECISIONS.get(request.POST.get("do", ""))
    state = request.POST.get("stan", RemarkState.NEW)
    if decide is None or state not in RemarkState.values:
        raise Http404
    chosen = selectors.chosen_remarks(part, request.POST.getlist("remark")[:PAGE])
    count = decide(remarks=chosen, by=request.actor, at=timezone.now()) if chosen else 0
    messages.success(
        request, ngettext("%(count)d remark decided.", "%(count)d remarks decided.", count) % {"count": count}
    )
    return redirect(f"{reverse('collection:remarks', args=[request.office.slug, part.pk])}?stan={state}")


@requires("collection.mask_remark")
def mask_remark(request: HttpRequest, pk: int, remark: UUID) -> HttpResponse:
    part = found(surveys.get_office_wave(pk))
    row = found(selectors.get_remark(part, remark))
    form = WordsForm(request.POST if request.method == "POST" else None, remark=row)
    if form.is_valid():
        try:
            services.mask_remark(
                remark=row, places=form.cleaned_data["places"], by=request.actor, at=timezone.now()
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            address = reverse("collection:remarks", args=[request.office.slug, part.pk])
            return redirect(f"{address}?stan={row.state}#u{row.pk}")
    context = {"part": part, "card": remark_cards([row], selectors.text_items(part))[0], "form": form}
    return render(request, "collection/remarks/mask.html", context, status=422 if form.is_bound else 200)
