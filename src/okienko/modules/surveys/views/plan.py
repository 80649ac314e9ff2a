"""Sections of the plan of a wave: who, how many, where, on which days; and the counting of forms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.offices.selectors import service_points
from okienko.foundation.web.access import requires
from okienko.modules.surveys import selectors, services
from okienko.modules.surveys.forms import (
    FormCountsForm,
    PeopleForm,
    PointsForm,
    PointSizesForm,
    ShiftDaysForm,
    ShiftForm,
    SizeForm,
)
from okienko.modules.surveys.models import OfficeWave
from okienko.modules.surveys.views.common import carried_out, found, may, office_wave_of, posted, saved, show


def _back(request: HttpRequest, part: OfficeWave) -> HttpResponse:
    return redirect("surveys:wave", request.office.slug, part.pk)


@requires("surveys.plan")
def people(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    form = PeopleForm(posted(request), initial=PeopleForm.initial_of(part))

    def write():
        services.plan_people(office_wave=part, people=form.people(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The section “Who is asked” is saved.")):
        return _back(request, part)
    return show(request, "surveys/people.html", form, part=part)


@requires("surveys.plan")
def size(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    form = SizeForm(posted(request), initial=SizeForm.initial_of(part))

    def write():
        services.plan_size(office_wave=part, **form.cleaned_data, by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The section “How many answers” is saved.")):
        return _back(request, part)
    return show(request, "surveys/size.html", form, part=part, advice=selectors.size_advice(part))


@requires("surveys.plan")
def points(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    chosen = [plan.service_point_id for plan in selectors.points_of(part)]
    form = PointsForm(posted(request), initial={"points": chosen}, points=service_points())

    def write():
        services.set_points(
            office_wave=part,
            points=list(form.cleaned_data["points"]),
            by=request.actor,
            at=timezone.now(),
        )

    if saved(request, form, write, _("The points are saved. Each has a link of its own.")):
        return redirect("surveys:point_sizes", request.office.slug, part.pk)
    return show(request, "surveys/points.html", form, part=part, any_point=service_points().exists())


@requires("surveys.plan")
def point_sizes(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    plans = selectors.points_of(part)
    form = PointSizesForm(posted(request), plans=plans)

    def write():
        services.plan_points(office_wave=part, sizes=form.sizes(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The section “Where” is saved.")):
        return _back(request, part)
    advice = selectors.interval_advice(part)
    return show(request, "surveys/point_sizes.html", form, part=part, advice=advice)


@requires("surveys.record_forms")
def forms(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    form = FormCountsForm(posted(request), plans=selectors.points_of(part))

    def write():
        services.record_forms(office_wave=part, counts=form.counts(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The numbers of forms are saved.")):
        return _back(request, part)
    return show(request, "surveys/forms.html", form, part=part)


@requires("surveys.view")
def shifts(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    rights = may(request, "surveys.plan")
    return render(
        request,
        "surveys/shifts.html",
        {"part": part, "days": selectors.shift_days(part), "may": rights, "today": timezone.localdate()},
    )


@requires("surveys.plan")
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    form = ShiftDaysForm(
        posted(request), plans=selectors.points_of(part), initial=selectors.shift_counts(part)
    )

    def write():
        services.draw_shifts(office_wave=part, days=form.days(), by=request.actor, at=timezone.now())

    if saved(request, form, write, _("The days are drawn.")):
        return redirect("surveys:shifts", request.office.slug, part.pk)
    return show(request, "surveys/draw.html", form, part=part)


@requires("surveys.plan")
def add_shift(request: HttpRequest, pk: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    form = ShiftForm(posted(request), plans=selectors.points_of(part))

    def write():
        services.add_shift(
            plan=form.cleaned_data["point"], when=form.when(), by=request.actor, at=timezone.now()
        )

    if saved(request, form, write, _("The shift is added.")):
        return redirect("surveys:shifts", request.office.slug, part.pk)
    return show(request, "surveys/shift_form.html", form, part=part)


@requires("surveys.plan")
def remove_shift(request: HttpRequest, pk: int, shift: int) -> HttpResponse:
    part = office_wave_of(request, pk)
    row = found(selectors.get_shift(shift, part))
    if request.method == "POST":
        carried_out(
            request,
            lambda: services.remove_shift(shift=row, by=request.actor, at=timezone.now()),
            _("The shift is gone."),
        )
        return redirect("surveys:shifts", request.office.slug, part.pk)
    return render(request, "surveys/remove_shift.html", {"part": part, "shift": row})
