"""A questionnaire to look at: its state, previews, versions, paper forms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from okienko.engines.questionnaire import Questionnaire as Definition
from okienko.engines.questionnaire import errors
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import found
from okienko.modules.questionnaires import printing, selectors
from okienko.modules.questionnaires.drafts import fingerprint
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion
from okienko.modules.questionnaires.presenting.desk import languages_of
from okienko.modules.questionnaires.presenting.preview import screens
from okienko.modules.questionnaires.presenting.versions import changes
from okienko.modules.questionnaires.views.common import language_of, may, readable


@requires("questionnaires.view")
def questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    row = readable(request, pk)
    content = selectors.draft(row)
    versions = list(selectors.versions(row))
    questions, items, minutes = selectors.size_of(content)
    own = row.office_id == (request.office.pk if request.office else None)
    context = {
        "row": row,
        "own": own,
        "versions": versions,
        "ahead": not versions or versions[0].sha256 != fingerprint(content),
        "errors": len(errors(content)),
        "languages": languages_of(content),
        "size": {"questions": questions, "items": items, "minutes": minutes},
        "may": may(request, "copy", "edit", "publish", "archive") | {"history": _history(request)},
    }
    return render(request, "questionnaires/questionnaire.html", context)


def _history(request: HttpRequest) -> bool:
    return request.actor.can("administration.history" if request.office else "administration.network_history")


@requires("questionnaires.view")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    row = readable(request, pk)
    return _preview(request, row, selectors.draft(row), None)


@requires("questionnaires.view")
def version_preview(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    version = _version(request, pk, number)
    return _preview(request, version.questionnaire, selectors.definition(version), version)


def _preview(
    request: HttpRequest, row: Questionnaire, content: Definition, version: QuestionnaireVersion | None
) -> HttpResponse:
    language = language_of(request, content)
    context = {
        "row": row,
        "version": version,
        "content": content,
        "language": language,
        "languages": languages_of(content),
        "screens": screens(content, language),
    }
    return render(request, "questionnaires/preview.html", context)


def _version(request: HttpRequest, pk: int, number: int) -> QuestionnaireVersion:
    return found(selectors.version_by_number(readable(request, pk), number))


@requires("questionnaires.view")
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    shown = _version(request, pk, number)
    earlier = selectors.version_by_number(shown.questionnaire, number - 1)
    content = selectors.definition(shown)
    context = {
        "row": shown.questionnaire,
        "version": shown,
        "earlier": earlier,
        "changes": changes(selectors.definition(earlier) if earlier else None, content),
        "languages": languages_of(content),
    }
    return render(request, "questionnaires/version.html", context)


@requires("questionnaires.view")
def version_form(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    shown = _version(request, pk, number)
    pdf = printing.form_pdf(shown, request.GET.get("jezyk", ""), office=_office(request))
    return _pdf(pdf, f"formularz-{pk}-wersja-{number}.pdf")


@requires("questionnaires.view")
def draft_form(request: HttpRequest, pk: int) -> HttpResponse:
    row = readable(request, pk)
    language = request.GET.get("jezyk", "")
    pdf = printing.draft_pdf(row, language, office=_office(request), at=timezone.now())
    return _pdf(pdf, f"formularz-{pk}-szkic.pdf")


def _office(request: HttpRequest) -> str:
    return request.office.name if request.office else ""


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
