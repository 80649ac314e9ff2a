"""One paper form per screen: typed, corrected, typed a second time, compared."""

from __future__ import annotations

import uuid
from functools import lru_cache

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import Submission, compile_validator, problem_text
from okienko.foundation.web.access import requires
from okienko.modules.collection import selectors_entry as selectors
from okienko.modules.collection.answering.form import language_name
from okienko.modules.collection.entry_sheet import as_fields, sheet_of
from okienko.modules.collection.models import EntryBatch, EntryForm
from okienko.modules.collection.presenting_entry import differences_of
from okienko.modules.collection.services import entry as services
from okienko.modules.collection.views.common import found
from okienko.modules.collection.views.entry import batch_of
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys import selectors as surveys


@lru_cache(maxsize=16)
def _validator(version_id: int, sha256: str):
    return compile_validator(questionnaires.definition(questionnaires.get_version(version_id)))


def _definition(batch: EntryBatch):
    return questionnaires.definition(batch.office_wave.wave.version)


def _open(pk: int) -> EntryBatch:
    batch = batch_of(pk)
    if batch.closed_at is not None or not surveys.may_type(batch.office_wave):
        raise Http404
    return batch


def _form(batch: EntryBatch, number: int) -> EntryForm:
    return found(selectors.get_form(batch, number))


def _read(request: HttpRequest, batch: EntryBatch) -> Submission:
    version = batch.office_wave.wave.version
    return _validator(version.pk, version.sha256).read_form(dict(request.POST.lists()), required=False)


def _typed(request: HttpRequest, batch: EntryBatch, submission: Submission) -> services.Typed:
    languages = _definition(batch).languages
    language = request.POST.get("jezyk", "")
    try:
        key = uuid.UUID(request.POST.get("klucz", ""))
    except ValueError:
        raise Http404 from None
    return services.Typed(submission, language if language in languages else languages[0], key)


def _page(request: HttpRequest, batch: EntryBatch, number: int, **context) -> HttpResponse:
    """The screen; `fields` are shown in it, `refused` is the submission that could not be kept."""
    questionnaire, language = _definition(batch), get_language() or "pl"
    refused: Submission | None = context.pop("refused", None)
    problems = {p.item: problem_text(p, language) for p in refused.problems} if refused else {}
    sheet = sheet_of(questionnaire, language, context.pop("fields", {}), problems)
    values = {
        "batch": batch,
        "number": number,
        "sheet": sheet,
        "problems": problems,
        "state": selectors.batch_state(batch),
        "languages": [(code, language_name(code)) for code in questionnaire.languages],
        "language": questionnaire.default_language,
        "key": uuid.uuid4(),
    }
    status = 422 if refused or context.get("fault") else 200
    return render(request, "collection/entry/type.html", values | context, status=status)


@requires("collection.type_form")
def type_form(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _open(pk)
    number = selectors.next_number(batch)
    language = request.GET.get("jezyk") or _definition(batch).default_language
    if request.method != "POST":
        return _page(request, batch, number, language=language)
    submission = _read(request, batch)
    typed = _typed(request, batch, submission)
    again = {"fields": dict(request.POST.lists()), "key": typed.key, "language": typed.language}
    if not submission.ok:
        return _page(request, batch, number, refused=submission, **again)
    try:
        kept = services.type_form(batch=batch, typed=typed, by=request.actor, at=timezone.now())
    except ValidationError as refusal:
        return _page(request, batch, number, fault=" ".join(refusal.messages), **again)
    if str(kept.number) != request.POST.get("numer"):
        text = _(
            "The form was saved as number %(number)s: somebody else types this batch too. "
            "Write it on the sheet."
        )
        messages.warning(request, text % {"number": kept.number})
    answer = redirect("collection:type_form", request.office.slug, batch.pk)
    answer["Location"] += f"?zapisano={kept.number}&jezyk={typed.language}"
    return answer


@requires("collection.type_form")
def correct_form(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    batch = _open(pk)
    form = _form(batch, number)
    context = {"form": form, "correcting": True, "language": form.language}
    if request.method != "POST":
        fields = as_fields(_definition(batch), form.answers | form.texts)
        return _page(request, batch, number, fields=fields, **context)
    submission = _read(request, batch)
    context["fields"] = dict(request.POST.lists())
    if not submission.ok:
        return _page(request, batch, number, refused=submission, **context)
    try:
        typed = _typed(request, batch, submission)
        services.correct_form(form=form, typed=typed, by=request.actor, at=timezone.now())
    except ValidationError as refusal:
        return _page(request, batch, number, fault=" ".join(refusal.messages), **context)
    return redirect("collection:batch", request.office.slug, batch.pk)


@requires("collection.type_form")
def retype_form(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    batch = _open(pk)
    form = _form(batch, number)
    context = {"second": True, "same_person": form.typed_by_id == request.actor.user_id}
    if request.method != "POST":
        return _page(request, batch, number, **context)
    submission = _read(request, batch)
    context["fields"] = dict(request.POST.lists())
    if not submission.ok:
        return _page(request, batch, number, refused=submission, **context)
    try:
        form = services.retype_form(form=form, submission=submission, by=request.actor, at=timezone.now())
    except ValidationError as refusal:
        return _page(request, batch, number, fault=" ".join(refusal.messages), **context)
    return _after_retyping(request, batch, form)


def _after_retyping(request: HttpRequest, batch: EntryBatch, form: EntryForm) -> HttpResponse:
    """To the comparison when something differs, else straight to the next form that is due."""
    if form.differences:
        return redirect("collection:settle_form", request.office.slug, batch.pk, form.number)
    messages.success(request, _("Form %(number)s: both typings agree.") % {"number": form.number})
    due = selectors.batch_state(batch).due
    if due:
        return redirect("collection:retype_form", request.office.slug, batch.pk, due[0])
    return redirect("collection:batch", request.office.slug, batch.pk)


@requires("collection.settle_form")
def settle_form(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    batch = _open(pk)
    form = _form(batch, number)
    context = {"batch": batch, "form": form, "fault": ""}
    if request.method == "POST":
        try:
            chosen = {code: request.POST.get(code, "") for code in form.differences}
            services.settle_form(form=form, chosen=chosen, by=request.actor, at=timezone.now())
            return redirect("collection:batch", request.office.slug, batch.pk)
        except ValidationError as refusal:
            context["fault"] = " ".join(refusal.messages)
    context["rows"] = differences_of(_definition(batch), form, get_language() or "pl")
    return render(request, "collection/entry/settle.html", context, status=422 if context["fault"] else 200)


@requires("collection.type_form")
def delete_form(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    batch = _open(pk)
    form = _form(batch, number)
    if request.method == "POST":
        services.delete_form(form=form, by=request.actor, at=timezone.now())
        return redirect("collection:batch", request.office.slug, batch.pk)
    return render(request, "collection/entry/delete_form.html", {"batch": batch, "form": form})
