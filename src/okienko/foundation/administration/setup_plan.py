"""The steps of the first-run set-up: their forms, what has been answered, and the plan that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from okienko.foundation.administration.forms.office import OfficeCoreForm
from okienko.foundation.administration.forms.set_up import (
    MOST_POINTS,
    AccountForm,
    FirstPointsForm,
    NetworkForm,
)
from okienko.foundation.administration.values import NewPerson, PointDetails, SetUpPlan

KEY = "first_run"


@dataclass(frozen=True)
class Step:
    slug: str
    label: Any

    @property
    def url(self) -> str:
        return reverse("administration:set_up_step", args=[self.slug])


STEPS = (
    Step("urzad", _("Your office")),
    Step("punkty", _("Where you serve clients")),
    Step("siec", _("Only you or a network")),
    Step("konto", _("Your account")),
)


def links() -> list[Step]:
    return list(STEPS)


def before(slug: str) -> str:
    """Where "back" leads."""
    number = number_of(slug) or 1
    return STEPS[number - 2].url if number > 1 else reverse("administration:set_up")


def number_of(slug: str) -> int | None:
    """1 for the first step; `None` when there is no such step."""
    return next((number for number, step in enumerate(STEPS, 1) if step.slug == slug), None)


def reached(answers: Mapping[str, Any]) -> int:
    """The furthest step that may be opened: all before it are answered well; 0 without the code."""
    if not answers.get("code"):
        return 0
    for number, step in enumerate(STEPS, 1):
        if step.slug not in answers or not form_of(step.slug, answers).is_valid():
            return number
    return len(STEPS)


def form_of(slug: str, answers: Mapping[str, Any], posted: Mapping[str, Any] | None = None) -> Any:
    """The step's form: with what is posted, else with what was answered before, else empty."""
    data = posted if posted is not None else answers.get(slug)
    if slug == "urzad":
        return OfficeCoreForm(data)
    if slug == "punkty":
        return _points(answers, data)
    if slug == "siec":
        return NetworkForm(data, initial={"serves": NetworkForm.ALONE})
    return AccountForm(data)


def _points(answers: Mapping[str, Any], data: Mapping[str, Any] | None) -> Any:
    return FirstPointsForm(data, city=answers.get("urzad", {}).get("city", ""))


def with_another_point(answers: Mapping[str, Any], posted: Mapping[str, Any]) -> Any:
    """What has been typed and an empty row below, without complaints about what is not there yet."""
    bound = _points(answers, posted)
    rows = [{name: form[name].value() for name in form.fields} for form in bound.forms]
    return FirstPointsForm(city=bound.city, rows=[*rows, {}][:MOST_POINTS])


def plan_of(answers: Mapping[str, Any], person: NewPerson) -> SetUpPlan:
    """All steps together; each was valid before the last one could be opened."""
    forms = {step.slug: form_of(step.slug, answers) for step in STEPS[:-1]}
    for form in forms.values():
        form.is_valid()
    office = forms["urzad"].details()
    points = [PointDetails(**form.cleaned_data) for form in forms["punkty"].filled]
    network = forms["siec"].cleaned_data
    many = network["serves"] == NetworkForm.MANY
    return SetUpPlan(person, office, points, network["network_name"] if many else office.name, many)
