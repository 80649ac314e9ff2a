"""Name, publication and archive of a questionnaire."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import errors
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import carried_out
from okienko.modules.questionnaires import selectors, services
from okienko.modules.questionnaires.drafts import NothingNew
from okienko.modules.questionnaires.forms.draft import RevisionForm
from okienko.modules.questionnaires.forms.parts import NameForm
from okienko.modules.questionnaires.presenting.versions import changes
from okienko.modules.questionnaires.views.common import go, own, show


@requires("questionnaires.edit")
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    form = NameForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        services.rename(questionnaire=row, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("The name is changed."))
        return go(request, "questionnaire", row.pk)
    return show(request, "questionnaires/rename.html", form, row=row)


@requires("questionnaires.publish")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    if request.method == "POST":
        form = RevisionForm(request.POST, revision=row.revision)
        if form.is_valid():
            _publish(request, row, form.cleaned_data["revision"])
        return go(request, "questionnaire", row.pk)
    content, latest = selectors.draft(row), selectors.latest_version(row)
    context = {
        "row": row,
        "form": RevisionForm(revision=row.revision),
        "errors": len(errors(content)),
        "next": latest.number + 1 if latest else 1,
        "changes": changes(selectors.definition(latest) if latest else None, content),
        "latest": latest,
    }
    return render(request, "questionnaires/publish.html", context)


def _publish(request: HttpRequest, row, revision: int) -> None:
    try:
        version = services.publish(questionnaire=row, revision=revision, by=request.actor, at=timezone.now())
    except NothingNew as told:
        messages.info(request, told.messages[0])
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(
            request,
            _("Version %(number)s is published. A survey can use it now.") % {"number": version.number},
        )


@requires("questionnaires.archive")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    if request.method == "POST":
        act = services.restore if row.archived_at else services.archive
        message = (
            _("The questionnaire is in use again.")
            if row.archived_at
            else _("The questionnaire is archived.")
        )
        carried_out(request, lambda: act(questionnaire=row, by=request.actor, at=timezone.now()), message)
        return go(request, "questionnaire", row.pk)
    return render(request, "questionnaires/archive.html", {"row": row})
