"""The editor: the whole questionnaire, one part, one question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from okienko.foundation.web.access import requires
from okienko.modules.questionnaires import selectors
from okienko.modules.questionnaires.acts import act
from okienko.modules.questionnaires.adding import addition
from okienko.modules.questionnaires.forms.parts import section_places, whole_places
from okienko.modules.questionnaires.forms.question import QuestionForm
from okienko.modules.questionnaires.presenting.preview import asked
from okienko.modules.questionnaires.texts import KINDS, clause
from okienko.modules.questionnaires.views.common import (
    edited,
    give_back,
    go,
    gone,
    language_of,
    own,
    part_of,
    show_desk,
    texts_form,
    written,
)


@requires("questionnaires.edit")
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    form = texts_form(request, row, content, whole_places(content))
    if written(request, row, form):
        return go(request, "edit", row.pk, tail=f"?jezyk={form.language}")
    context = {"language": form.language, "here": ""}
    return show_desk(request, "questionnaires/edit_whole.html", row, content, form, **context)


@requires("questionnaires.edit")
def section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    if gone(request, content.sections, section):
        return give_back(request, row, content)
    part = part_of(content.sections, section)
    form = texts_form(request, row, content, section_places(part))
    if written(request, row, form):
        return go(request, "edit_section", row.pk, part.code, tail=f"?jezyk={form.language}")
    when = clause(content, part.condition)
    context = {"language": form.language, "part": part, "here": part.code, "when": when}
    return show_desk(request, "questionnaires/edit_section.html", row, content, form, **context)


@requires("questionnaires.edit")
def question(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    if gone(request, content.questions(), question):
        return give_back(request, row, content)
    found = part_of(content.questions(), question)
    language = language_of(request, content)
    form = QuestionForm(
        request.POST or None, content=content, question=found, language=language, revision=row.revision
    )
    pressed = request.POST.get("also", "")
    if request.method == "POST" and form.is_valid():
        more = [
            change for change in (act(pressed), addition(row, content, found, form.cleaned_data)) if change
        ]
        if edited(request, row, form, [*form.changes(), *more]):
            tail = f"?jezyk={language}" + ("#odpowiedzi" if more else "")
            return go(request, "edit_question", row.pk, found.code, tail=tail)
    context = {
        "question": found,
        "kind": KINDS[found.kind],
        "language": language,
        "here": found.code,
        "shown": asked(content, found.code, language),
        "when": clause(content, found.condition),
    }
    return show_desk(request, "questionnaires/edit_question.html", row, content, form, **context)
