"""What the views of questionnaires share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import Change
from okienko.engines.questionnaire import Questionnaire as Definition
from okienko.foundation.web import pages
from okienko.foundation.web.pages import found
from okienko.modules.questionnaires import places, selectors, services
from okienko.modules.questionnaires.drafts import StaleDraft
from okienko.modules.questionnaires.forms.draft import DraftForm, RevisionForm
from okienko.modules.questionnaires.forms.parts import TextsForm
from okienko.modules.questionnaires.models import Questionnaire
from okienko.modules.questionnaires.presenting.desk import desk
from okienko.modules.questionnaires.presenting.giving_back import typed


def readable(request: HttpRequest, pk: int) -> Questionnaire:
    return found(selectors.get_questionnaire(pk, office=request.office))


def own(request: HttpRequest, pk: int) -> Questionnaire:
    """Only its owner edits a questionnaire: an office copies its network's."""
    return found(selectors.get_own(pk, office=request.office, network=request.network))


def owner(request: HttpRequest) -> dict[str, Any]:
    """Whose a copy will be."""
    return {
        "office": request.office,
        "network": request.office.network if request.office else request.network,
    }


def may(request: HttpRequest, *verbs: str) -> dict[str, bool]:
    """What the person may do here: `may.edit` in the template."""
    return {verb: request.actor.can(f"questionnaires.{verb}") for verb in verbs}


def language_of(request: HttpRequest, content: Definition) -> str:
    """The language asked for in the address, if the questionnaire has it."""
    wanted = request.GET.get("jezyk", "")
    return wanted if wanted in content.languages else content.default_language


def part_of(parts: Sequence[Any], code: str) -> Any:
    return found(next((part for part in parts if part.code == code), None))


def go(request: HttpRequest, name: str, *args: Any, tail: str = "") -> HttpResponse:
    return redirect(places.page_url(request, name, *args) + tail)


def edited(request: HttpRequest, row: Questionnaire, form: DraftForm, changes: Sequence[Change]) -> bool:
    """Whether the changes of a valid form stand in the draft; a form that came too late is renewed."""
    if not changes:
        messages.info(request, _("Nothing was changed."))
        return True
    revision = form.cleaned_data["revision"]
    try:
        services.edit(
            questionnaire=row, revision=revision, changes=changes, by=request.actor, at=timezone.now()
        )
    except StaleDraft as refusal:
        form.renewed(row.revision)
        form.add_error(None, refusal)
        form.late = True
        return False
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("Saved."))
    return True


def texts_form(request: HttpRequest, row: Questionnaire, content: Definition, places: list) -> TextsForm:
    """The form of some texts in the language of the address."""
    return TextsForm(
        request.POST or None,
        content=content,
        language=language_of(request, content),
        revision=row.revision,
        places=places,
    )


def written(request: HttpRequest, row: Questionnaire, form: TextsForm) -> bool:
    """Whether a posted, valid form of texts stands in the draft."""
    return request.method == "POST" and form.is_valid() and edited(request, row, form, form.changes())


def gone(request: HttpRequest, parts: Sequence[Any], code: str) -> bool:
    """Whether a colleague deleted what this form edits; then there is no place left to write to."""
    return request.method == "POST" and all(part.code != code for part in parts)


def give_back(request: HttpRequest, row: Questionnaire, content: Definition) -> HttpResponse:
    """The page of a form whose place a colleague deleted: nothing can be saved, and nothing typed is lost."""
    context = {"lines": typed(request.POST), "here": ""}
    form = RevisionForm(revision=row.revision)
    answer = show_desk(request, "questionnaires/given_back.html", row, content, form, **context)
    answer.status_code = 409
    return answer


def show(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """The page of a form: 422 when it comes back refused, 409 when it came too late."""
    answer = pages.show(request, template, form, **context)
    if getattr(form, "late", False):
        answer.status_code = 409
    return answer


def show_desk(
    request: HttpRequest,
    template: str,
    row: Questionnaire,
    content: Definition,
    form: forms.Form,
    **context: Any,
) -> HttpResponse:
    """A page of the editor, with parts and problems around the form."""
    context = {"row": row, "content": content, "desk": desk(content), **context}
    questions, _items, minutes = selectors.size_of(content)
    return show(request, template, form, questions=questions, minutes=minutes, **context)
