"""A network's surveys: list, calendar, one survey, new and changed ones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.offices.selectors import offices_of_network
from okienko.foundation.web.access import requires
from okienko.modules.surveys import selectors, services
from okienko.modules.surveys.forms import NetworkWaveForm, SurveyFilter, SurveyForm
from okienko.modules.surveys.views.common import carried_out, may, own_survey_of, page_of, posted, saved, show

RIGHTS = ("surveys.plan_network", "surveys.archive_network", "administration.network_history")


@requires("surveys.view_network")
def network_surveys(request: HttpRequest) -> HttpResponse:
    filters = SurveyFilter(request.GET)
    rows = selectors.network_survey_rows(request.network, filters.wanted())
    context = {"page": page_of(request, rows), "filters": filters, "narrowed": bool(filters.wanted())}
    return render(request, "surveys/network_surveys.html", context | {"may": may(request, *RIGHTS)})


@requires("surveys.view_network")
def calendar(request: HttpRequest) -> HttpResponse:
    """All waves of the network by their first day, the latest first."""
    found = selectors.waves().filter(network=request.network, office=None)
    page = page_of(request, found)
    rows = selectors.wave_rows(page.object_list)
    return render(
        request, "surveys/calendar.html", {"page": page, "rows": rows, "today": timezone.localdate()}
    )


@requires("surveys.view_network")
def network_survey(request: HttpRequest, pk: int) -> HttpResponse:
    survey = own_survey_of(request, pk)
    context = {
        "survey": survey,
        "rows": selectors.wave_rows(selectors.waves(survey=survey)),
        "may": may(request, *RIGHTS),
    }
    return render(request, "surveys/network_survey.html", context)


@requires("surveys.plan_network")
def network_create(request: HttpRequest) -> HttpResponse:
    questionnaires = selectors.questionnaires_for()
    form = SurveyForm(posted(request), questionnaires=questionnaires)
    made = []

    def write():
        made.append(
            services.create_network_survey(
                network=request.network,
                questionnaire=form.cleaned_data["questionnaire"],
                description=form.description(),
                by=request.actor,
                at=timezone.now(),
            )
        )

    if saved(request, form, write, _("The survey is saved. Now plan its first wave.")):
        return redirect("surveys:network_plan_wave", request.network.slug, made[0].pk)
    return show(request, "surveys/survey_form.html", form, survey=None, questionnaires=questionnaires)


@requires("surveys.plan_network")
def network_change(request: HttpRequest, pk: int) -> HttpResponse:
    survey = own_survey_of(request, pk)
    questionnaires = selectors.questionnaires_for()
    form = SurveyForm(posted(request), initial=SurveyForm.initial_of(survey), questionnaires=questionnaires)

    def write():
        services.change_network_survey(
            survey=survey,
            questionnaire=form.cleaned_data["questionnaire"],
            description=form.description(),
            by=request.actor,
            at=timezone.now(),
        )

    if saved(request, form, write, _("The survey is saved.")):
        return redirect("surveys:network_survey", request.network.slug, survey.pk)
    return show(request, "surveys/survey_form.html", form, survey=survey, questionnaires=questionnaires)


@requires("surveys.archive_network")
def network_archive(request: HttpRequest, pk: int) -> HttpResponse:
    survey = own_survey_of(request, pk)
    if request.method == "POST":
        old = survey.archived_at
        act = services.restore_network_survey if old else services.archive_network_survey
        message = _("The survey is in use again.") if old else _("The survey is archived.")
        carried_out(request, lambda: act(survey=survey, by=request.actor, at=timezone.now()), message)
        return redirect("surveys:network_survey", request.network.slug, survey.pk)
    return render(request, "surveys/archive.html", {"survey": survey})


@requires("surveys.plan_network")
def network_plan_wave(request: HttpRequest, pk: int) -> HttpResponse:
    survey = own_survey_of(request, pk)
    offices = offices_of_network(request.network).filter(is_active=True)
    last = selectors.waves(survey=survey).first()
    chosen = selectors.participating(last) if last else {office.pk for office in offices}
    initial = NetworkWaveForm.initial_after(last) | {"offices": [str(pk) for pk in chosen]}
    form = NetworkWaveForm(posted(request), initial=initial, offices=offices)
    made = []

    def write():
        made.append(
            services.plan_network_wave(
                survey=survey,
                dates=form.dates(),
                offices=form.chosen(),
                by=request.actor,
                at=timezone.now(),
            )
        )

    if saved(request, form, write, _("The wave is planned. Its offices see it now.")):
        return redirect("surveys:network_wave", request.network.slug, made[0].pk)
    return show(request, "surveys/wave_form.html", form, survey=survey, last=last)
