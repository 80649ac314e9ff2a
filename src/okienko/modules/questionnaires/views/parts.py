"""Buttons of the editor, deletion, languages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okienko.engines.questionnaire.changes import AddLanguage, DeleteArea, DeleteScale, RemoveLanguage
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import carried_out
from okienko.modules.questionnaires import selectors, services
from okienko.modules.questionnaires.acts import act, deletion, essential
from okienko.modules.questionnaires.forms.draft import RevisionForm
from okienko.modules.questionnaires.forms.parts import AddLanguageForm
from okienko.modules.questionnaires.presenting.deleting import deleting
from okienko.modules.questionnaires.views.common import edited, go, own, show_desk

_AFTER = {RemoveLanguage: "languages", DeleteScale: "scales", DeleteArea: "scales"}


@requires("questionnaires.edit")
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    wanted = act(request.POST.get("do", ""))
    form = RevisionForm(request.POST, revision=row.revision)
    if wanted is None or not form.is_valid():
        messages.error(request, _("This button is not known here. Open the page again."))
    else:
        revision = form.cleaned_data["revision"]
        carried_out(
            request,
            lambda: services.edit(
                questionnaire=row, revision=revision, changes=[wanted], by=request.actor, at=timezone.now()
            ),
            _("Saved."),
        )
    return _back(request, row)


def _back(request: HttpRequest, row) -> HttpResponse:
    """To the part or question at which the button stood."""
    content, here = selectors.draft(row), request.POST.get("here", "")
    if any(section.code == here for section in content.sections):
        return go(request, "edit_section", row.pk, here)
    if any(question.code == here for question in content.questions()):
        return go(request, "edit_question", row.pk, here)
    return go(request, "edit", row.pk)


@requires("questionnaires.edit")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    what = request.GET.get("co", "")
    wanted = deletion(what, content)
    if wanted is None:
        messages.error(request, _("This is no longer in the questionnaire."))
        return go(request, "edit", row.pk)
    needed = essential(wanted, content)
    form = RevisionForm(request.POST or None, revision=row.revision)
    if request.method == "POST" and form.is_valid() and not needed:
        revision = form.cleaned_data["revision"]
        write = {"questionnaire": row, "revision": revision, "changes": [wanted]}
        carried_out(
            request, lambda: services.edit(**write, by=request.actor, at=timezone.now()), _("Deleted.")
        )
        return go(request, _AFTER.get(type(wanted), "edit"), row.pk)
    context = {"row": row, "form": RevisionForm(revision=row.revision), "needed": needed}
    return render(request, "questionnaires/delete.html", context | {"deleting": deleting(wanted, content)})


@requires("questionnaires.edit")
def languages(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    form = AddLanguageForm(request.POST or None, content=content, revision=row.revision)
    if request.method == "POST" and form.is_valid():
        if edited(request, row, form, [AddLanguage(form.cleaned_data["language"])]):
            return go(request, "languages", row.pk)
    return show_desk(request, "questionnaires/languages.html", row, content, form, here="")
