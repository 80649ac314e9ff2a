"""New parts and questions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from okienko.foundation.web.access import requires
from okienko.modules.questionnaires import selectors
from okienko.modules.questionnaires.adding import new_question, new_section
from okienko.modules.questionnaires.forms.parts import AddQuestionForm, AddSectionForm
from okienko.modules.questionnaires.views.common import edited, give_back, go, gone, own, part_of, show_desk


@requires("questionnaires.edit")
def section(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    form = AddSectionForm(request.POST or None, revision=row.revision)
    if request.method == "POST" and form.is_valid():
        change = new_section(content, selectors.earlier_definitions(row), form.cleaned_data["title"])
        if edited(request, row, form, [change]):
            return go(request, "edit_section", row.pk, change.section.code)
    return show_desk(request, "questionnaires/add_section.html", row, content, form, here="")


@requires("questionnaires.edit")
def question(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    if gone(request, content.sections, section):
        return give_back(request, row, content)
    part = part_of(content.sections, section)
    form = AddQuestionForm(request.POST or None, content=content, section=part, revision=row.revision)
    if request.method == "POST" and form.is_valid():
        earlier = selectors.earlier_definitions(row)
        change = new_question(content, earlier, part.code, form.cleaned_data, form.lines())
        if edited(request, row, form, [change]):
            return go(request, "edit_question", row.pk, change.question.code)
    return show_desk(
        request, "questionnaires/add_question.html", row, content, form, here=part.code, part=part
    )
