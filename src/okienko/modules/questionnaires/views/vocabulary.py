"""Scales and areas: the list, new ones, the words of a scale."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from okienko.engines.questionnaire import Questionnaire
from okienko.foundation.web.access import requires
from okienko.modules.questionnaires import selectors
from okienko.modules.questionnaires.adding import new_area, new_scale
from okienko.modules.questionnaires.forms.draft import RevisionForm
from okienko.modules.questionnaires.forms.vocabulary import AddAreaForm, AddScaleForm, scale_places
from okienko.modules.questionnaires.presenting import vocabulary
from okienko.modules.questionnaires.views.common import (
    edited,
    give_back,
    go,
    gone,
    own,
    part_of,
    show_desk,
    texts_form,
    written,
)


@requires("questionnaires.edit")
def scales(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    form = RevisionForm(revision=row.revision)
    context = {"scales": vocabulary.scales(content), "areas": vocabulary.areas(content), "here": ""}
    return show_desk(request, "questionnaires/scales.html", row, content, form, **context)


@requires("questionnaires.edit")
def add_scale(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    form = AddScaleForm(request.POST or None, content=content, revision=row.revision)
    if request.method == "POST" and form.is_valid():
        change = new_scale(content, selectors.earlier_definitions(row), form.values(), form.words())
        if edited(request, row, form, [change]):
            return _translated(request, row.pk, content, change.scale.code)
    return show_desk(request, "questionnaires/add_scale.html", row, content, form, here="")


def _translated(request: HttpRequest, pk: int, content: Questionnaire, code: str) -> HttpResponse:
    """To the words of the next language, if the questionnaire has another one."""
    others = [language for language in content.languages if language != content.default_language]
    if others:
        return go(request, "edit_scale", pk, code, tail=f"?jezyk={others[0]}")
    return go(request, "scales", pk)


@requires("questionnaires.edit")
def edit_scale(request: HttpRequest, pk: int, scale: str) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    if gone(request, content.scales, scale):
        return give_back(request, row, content)
    found = part_of(content.scales, scale)
    form = texts_form(request, row, content, scale_places(found))
    if written(request, row, form):
        return go(request, "edit_scale", row.pk, found.code, tail=f"?jezyk={form.language}")
    entry = next(entry for entry in vocabulary.scales(content) if entry.code == found.code)
    context = {"language": form.language, "scale": entry, "here": ""}
    return show_desk(request, "questionnaires/edit_scale.html", row, content, form, **context)


@requires("questionnaires.edit")
def add_area(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    form = AddAreaForm(request.POST or None, content=content, revision=row.revision)
    if request.method == "POST" and form.is_valid():
        change = new_area(content, selectors.earlier_definitions(row), form.names())
        if edited(request, row, form, [change]):
            return go(request, "scales", row.pk)
    return show_desk(request, "questionnaires/add_area.html", row, content, form, here="")
