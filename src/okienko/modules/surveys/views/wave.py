"""A wave in an office: its plan or its progress, dates, opening, closing, giving up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.web.access import requires
from okienko.modules.surveys import selectors, services
from okienko.modules.surveys.forms import ExtensionForm, NoteForm, WaveForm
from okienko.modules.surveys.models import OfficeWave
from okienko.modules.surveys.presenting import plan_rows, wave_sentence
from okienko.modules.surveys.rules import blocking, plan_steps
from okienko.modules.surveys.texts import KINDS, problem_text
from okienko.modules.surveys.views.common import (
    carried_out,
    may,
    office_wave_of,
    own_wave_of,
    posted,
    saved,
    show,
)

RIGHTS = (
    "surveys.plan",
    "surveys.open",
    "surveys.close",
    "surveys.extend",
    "surveys.links",
    "surveys.record_forms",
    "administration.history",
)


@requires("surveys.view")
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    context = {"part": part, "own": part.wave.office_id is not None, "may": may(request, *RIGHTS)}
    if part.state == "planned":
        return render(request, "surveys/plan.html", context | _plan(request, part))
    return render(request, "surveys/wave.html", context | _progress(request, part))


def _plan(request: HttpRequest, part: OfficeWave) -> dict:
    facts = selectors.plan_facts(part, timezone.localdate())
    return {
        "rows": plan_rows(part, facts, editable=request.actor.can("surveys.plan")),
        "ready": not blocking(plan_steps(facts)),
        "facts": facts,
        "earlier": _still_open(part) if facts.earlier_wave_open else None,
    }


def _still_open(part: OfficeWave) -> OfficeWave | None:
    rows = selectors.part_rows(part.office, part.wave.survey)
    return next((row.part for row in rows if row.part.state == "open"), None)


def _progress(request: HttpRequest, part: OfficeWave) -> dict:
    today = timezone.localdate()
    figures = selectors.response_figures(part)
    return {
        "sentence": wave_sentence(part, figures.answers, today),
        "kind": KINDS.get(part.sample_kind),
        "figures": figures,
        "margin": selectors.margin_of(part, figures.answers),
        "typed": selectors.typed_rows(part, figures),
        "actions": selectors.wave_actions(request, part),
        "shifts_today": selectors.shifts_of(part).filter(day=today),
        "today": today,
        "links": selectors.links_of(part).filter(is_active=True).count(),
    }


@requires("surveys.view")
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """The calendar: changed while planned, extended while open, only read later or in a network's wave."""
    part = office_wave_of(request, pk)
    planned, own = part.state == "planned", part.wave.office_id is not None
    right = "surveys.plan" if planned else "surveys.extend"
    if not own or part.state == "closed" or not request.actor.can(right):
        return render(request, "surveys/dates.html", {"part": part, "own": own})
    return _change_dates(request, part) if planned else _extend(request, part)


def _change_dates(request: HttpRequest, part: OfficeWave) -> HttpResponse:
    form = WaveForm(posted(request), initial=WaveForm.initial_of(part.wave))

    def write():
        services.change_wave(wave=part.wave, dates=form.dates(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The calendar is saved.")):
        return redirect("surveys:wave", request.office.slug, part.pk)
    return show(request, "surveys/wave_form.html", form, survey=part.wave.survey, part=part)


def _extend(request: HttpRequest, part: OfficeWave) -> HttpResponse:
    initial = {"closes_on": part.wave.closes_on, "entry_until": part.wave.entry_until}
    form = ExtensionForm(posted(request), initial=initial)

    def write():
        services.extend_wave(wave=part.wave, **form.cleaned_data, by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The wave lasts longer now. Its links and posters stay the same.")):
        return redirect("surveys:wave", request.office.slug, part.pk)
    return show(request, "surveys/extend.html", form, part=part)


@requires("surveys.open")
def open_wave(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    if request.method == "POST":

        def write():
            services.open_office_wave(office_wave=part, by=request.actor, at=timezone.now())

        carried_out(request, write, _("The wave is open: clients can answer."))
        return redirect("surveys:wave", request.office.slug, part.pk)
    facts = selectors.plan_facts(part, timezone.localdate())
    problems = [problem_text(problem) for problem in blocking(plan_steps(facts))]
    return render(request, "surveys/open.html", {"part": part, "facts": facts, "problems": problems})


@requires("surveys.close")
def close_wave(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    if request.method == "POST":

        def write():
            services.close_office_wave(office_wave=part, by=request.actor, at=timezone.now())

        carried_out(request, write, _("The wave is closed. Its results are being worked out."))
        return redirect("surveys:wave", request.office.slug, part.pk)
    context = {
        "part": part,
        "warnings": selectors.closing_warnings([part.pk]),
        "figures": selectors.response_figures(part),
    }
    return render(request, "surveys/close.html", context)


@requires("surveys.plan")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    part = own_wave_of(request, pk)
    survey = part.wave.survey
    if request.method == "POST":

        def write():
            services.drop_wave(wave=part.wave, by=request.actor, at=timezone.now())

        done = carried_out(request, write, _("The planned wave is gone."))
        if done:
            return redirect("surveys:survey", request.office.slug, survey.pk)
        return redirect("surveys:wave", request.office.slug, part.pk)
    return render(request, "surveys/drop.html", {"part": part})


@requires("surveys.plan")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    form = NoteForm(posted(request), initial={"text": part.note})

    def write():
        services.write_note(
            office_wave=part, text=form.cleaned_data["text"], by=request.actor, at=timezone.now()
        )

    if saved(request, form, write, _("The remarks are saved.")):
        return redirect("surveys:wave", request.office.slug, part.pk)
    return show(request, "surveys/note.html", form, part=part)
