"""The list of questionnaires, the library of ready ones, copies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import found, page_of
from okienko.modules.questionnaires import selectors, services
from okienko.modules.questionnaires.forms.parts import ListFilter, NameForm
from okienko.modules.questionnaires.models import Audience
from okienko.modules.questionnaires.presenting.desk import languages_of
from okienko.modules.questionnaires.presenting.library import library_cards
from okienko.modules.questionnaires.presenting.preview import screens
from okienko.modules.questionnaires.texts import said
from okienko.modules.questionnaires.views.common import go, language_of, may, owner, readable, show

PAGE = 25


@requires("questionnaires.view")
def questionnaires(request: HttpRequest) -> HttpResponse:
    return _list(request, selectors.list_questionnaires(), archive=False)


@requires("questionnaires.view")
def archived(request: HttpRequest) -> HttpResponse:
    return _list(request, selectors.archived_questionnaires(), archive=True)


def _list(request: HttpRequest, rows, *, archive: bool) -> HttpResponse:
    filters = ListFilter(request.GET, audiences=Audience.choices)
    wanted = filters.wanted()
    rows = selectors.narrowed(selectors.visible_to(rows, office=request.office), wanted)
    page = page_of(request, rows, PAGE)
    context = {"page": page, "filters": filters, "narrowed": bool(wanted), "archive": archive}
    return render(
        request, "questionnaires/questionnaires.html", context | {"may": may(request, "copy", "edit")}
    )


@requires("questionnaires.view")
def library(request: HttpRequest) -> HttpResponse:
    context = {"cards": library_cards(), "may": may(request, "copy")}
    return render(request, "questionnaires/library.html", context)


def _chosen(request: HttpRequest) -> selectors.Ready:
    return found(selectors.get_ready(request.GET.get("ktory") or selectors.library()[0].code))


@requires("questionnaires.view")
def library_preview(request: HttpRequest) -> HttpResponse:
    ready = _chosen(request)
    language = language_of(request, ready.definition)
    context = {
        "content": ready.definition,
        "language": language,
        "languages": languages_of(ready.definition),
        "screens": screens(ready.definition, language),
        "ready": ready,
    }
    return render(request, "questionnaires/preview.html", context)


@requires("questionnaires.copy")
def take(request: HttpRequest) -> HttpResponse:
    ready = _chosen(request)
    title = said(ready.definition.title, ready.definition.default_language)
    form = NameForm(request.POST or None, initial={"name": title})
    if request.method == "POST" and form.is_valid():
        row = services.copy_from_library(
            code=ready.code, **form.cleaned_data, **owner(request), by=request.actor, at=timezone.now()
        )
        return go(request, "edit", row.pk)
    return show(request, "questionnaires/take.html", form, heading=_("Take and adapt"), title=title)


@requires("questionnaires.copy")
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    source = readable(request, pk)
    name = (
        source.name
        if request.office and source.office_id is None
        else _("%(name)s – copy") % {"name": source.name}
    )
    form = NameForm(request.POST or None, initial={"name": name[:200]})
    if request.method == "POST" and form.is_valid():
        row = services.copy_questionnaire(
            questionnaire=source, **form.cleaned_data, **owner(request), by=request.actor, at=timezone.now()
        )
        return go(request, "edit", row.pk)
    return show(
        request, "questionnaires/take.html", form, heading=_("Copy a questionnaire"), title=source.name
    )
