"""An office's surveys: list, one survey, new and changed ones, the archive."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.web.access import requires
from okienko.modules.surveys import selectors, services
from okienko.modules.surveys.forms import SurveyFilter, SurveyForm, WaveForm
from okienko.modules.surveys.views.common import (
    carried_out,
    found,
    may,
    own_survey_of,
    page_of,
    posted,
    saved,
    show,
)


@requires("surveys.view")
def surveys(request: HttpRequest) -> HttpResponse:
    filters = SurveyFilter(request.GET)
    rows = selectors.survey_rows(request.office, filters.wanted(), request.GET.get("sort", ""))
    context = {"page": page_of(request, rows), "filters": filters, "narrowed": bool(filters.wanted())}
    context["questionnaires"] = not rows and selectors.questionnaires_for(office=request.office).exists()
    return render(request, "surveys/surveys.html", context | {"may": may(request, "surveys.plan")})


@requires("surveys.view")
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(selectors.get_survey(pk))
    context = {
        "survey": row,
        "own": row.office_id is not None,
        "rows": selectors.part_rows(request.office, row),
        "may": may(request, "surveys.plan", "surveys.archive", "administration.history"),
    }
    return render(request, "surveys/survey.html", context)


@requires("surveys.plan")
def create(request: HttpRequest) -> HttpResponse:
    questionnaires = selectors.questionnaires_for(office=request.office)
    form = SurveyForm(posted(request), questionnaires=questionnaires)
    made = []

    def write():
        made.append(
            services.create_survey(
                office=request.office,
                questionnaire=form.cleaned_data["questionnaire"],
                description=form.description(),
                by=request.actor,
                at=timezone.now(),
            )
        )

    if saved(request, form, write, _("The survey is saved. Now plan its first wave.")):
        return redirect("surveys:plan_wave", request.office.slug, made[0].pk)
    return show(request, "surveys/survey_form.html", form, survey=None, questionnaires=questionnaires)


@requires("surveys.plan")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_survey_of(request, pk)
    questionnaires = selectors.questionnaires_for(office=request.office)
    initial = SurveyForm.initial_of(row)
    form = SurveyForm(posted(request), initial=initial, questionnaires=questionnaires)

    def write():
        services.change_survey(
            survey=row,
            questionnaire=form.cleaned_data["questionnaire"],
            description=form.description(),
            by=request.actor,
            at=timezone.now(),
        )

    if saved(request, form, write, _("The survey is saved.")):
        return redirect("surveys:survey", request.office.slug, row.pk)
    return show(request, "surveys/survey_form.html", form, survey=row, questionnaires=questionnaires)


@requires("surveys.archive")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_survey_of(request, pk)
    if request.method == "POST":
        act = services.restore_survey if row.archived_at else services.archive_survey
        message = _("The survey is in use again.") if row.archived_at else _("The survey is archived.")
        carried_out(request, lambda: act(survey=row, by=request.actor, at=timezone.now()), message)
        return redirect("surveys:survey", request.office.slug, row.pk)
    return render(request, "surveys/archive.html", {"survey": row})


@requires("surveys.plan")
def plan_wave(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_survey_of(request, pk)
    last = selectors.waves(survey=row).first()
    form = WaveForm(posted(request), initial=WaveForm.initial_after(last))

    def write():
        services.plan_wave(survey=row, dates=form.dates(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The wave is planned. Settle the sections one by one.")):
        part = selectors.part_rows(request.office, row)[0].part
        return redirect("surveys:wave", request.office.slug, part.pk)
    return show(request, "surveys/wave_form.html", form, survey=row, last=last)
