"""The public declaration in two languages, and its settings."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from okienko.foundation.declaration import selectors, services
from okienko.foundation.declaration.forms import DeclarationForm
from okienko.foundation.declaration.models import Declaration
from okienko.foundation.declaration.reminding import edit_url, subject_of
from okienko.foundation.declaration.rules import review_due
from okienko.foundation.declaration.selectors import Subject
from okienko.foundation.offices.scope import OfficeScope, office_scope
from okienko.foundation.web.access import public, requires

LAW = "the act on digital accessibility requires a declaration that anybody can read"


def _scope(request: HttpRequest, kwargs: dict) -> OfficeScope:
    """The scope of the one declaration that the address names."""
    slug = kwargs.pop("office", None)
    subject = selectors.office_subject(slug) if slug else selectors.installation_subject()
    if subject is None and slug:
        raise Http404
    request.subject = subject
    return subject.scope if subject else office_scope([])


@public(reason=LAW, scope=_scope)
def show(request: HttpRequest) -> HttpResponse:
    return _page(request, "pl")


@public(reason=LAW, scope=_scope)
def show_en(request: HttpRequest) -> HttpResponse:
    return _page(request, "en")


def _page(request: HttpRequest, language: str) -> HttpResponse:
    """Each language version has its own address; the reader's own choice does not change the page."""
    subject: Subject | None = request.subject
    found = selectors.declaration_of(subject) if subject else None
    complete = found is not None and not found.missing()
    links = selectors.offices_with_pages(subject.network) if subject and not subject.office else ()
    context = {
        "subject": subject,
        "declaration": found if complete else None,
        "site_url": settings.SITE_URL,
        "offices": links,
        "language": language,
    }
    with translation.override(language):
        request.LANGUAGE_CODE = language
        return render(request, "declaration/public.html", context)


@requires("declaration.edit")
def edit(request: HttpRequest) -> HttpResponse:
    return _edit(request)


@requires("declaration.edit")
def network_edit(request: HttpRequest) -> HttpResponse:
    return _edit(request)


def _edit(request: HttpRequest) -> HttpResponse:
    subject = subject_of(request)
    row = selectors.declaration_of(subject) or Declaration()
    lacking = [row._meta.get_field(name).verbose_name for name in row.missing()]
    reviewed_on = row.reviewed_on
    form = DeclarationForm(request.POST or None, instance=row, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        saved = services.save_declaration(values=form.cleaned_data, by=request.actor, at=timezone.now())
        text = (
            _("Saved. Some parts are still missing.")
            if saved.missing()
            else _("The declaration is published.")
        )
        messages.success(request, text)
        return redirect(edit_url(request))
    context = {"form": form, "lacking": lacking, "subject": subject}
    if not lacking:
        context |= {"reviewed_on": reviewed_on, "due": review_due(reviewed_on)}
    return render(request, "declaration/edit.html", context, status=422 if form.is_bound else 200)
