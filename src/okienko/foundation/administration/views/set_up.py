"""The first-run set-up: a code, then four steps, each on a page of its own. The last one writes all.

What has been typed waits in the session; the password does not: it is asked in the last step.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from okienko.foundation.administration import services, setup_plan
from okienko.foundation.administration.forms.set_up import CodeForm
from okienko.foundation.administration.services.set_up import AlreadySetUp
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.selectors import installation_is_empty
from okienko.foundation.web.access import public
from okienko.foundation.web.pages import show

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _only_when_empty() -> None:
    if not installation_is_empty():
        raise Http404


@public(reason="nobody has an account before the first office is set up; the one-time code guards it")
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """What will be asked, and the code."""
    _only_when_empty()
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("kod", "")[:40]})
    if request.method == "POST" and form.is_valid():
        request.session[setup_plan.KEY] = {"code": form.cleaned_data["code"]}
        return redirect("administration:set_up_step", setup_plan.STEPS[0].slug)
    return show(request, "administration/set_up/start.html", form, steps=setup_plan.STEPS)


@public(reason="nobody has an account before the first office is set up; the one-time code guards it")
@never_cache
def set_up_step(request: HttpRequest, step: str) -> HttpResponse:
    _only_when_empty()
    answers = request.session.get(setup_plan.KEY, {})
    number = setup_plan.number_of(step)
    if number is None:
        raise Http404
    if (reached := setup_plan.reached(answers)) < number:
        return _back_to(reached)
    form = setup_plan.form_of(step, answers, request.POST if request.method == "POST" else None)
    back = setup_plan.before(step)
    context = {"step": step, "steps": setup_plan.links(), "number": number, "back": back}
    if "more" in request.POST:
        form = setup_plan.with_another_point(answers, request.POST)
        return render(request, "administration/set_up/punkty.html", {"form": form, **context})
    if request.method == "POST" and form.is_valid():
        return _finish(request, answers, form) if step == "konto" else _next(request, answers, step)
    return show(request, f"administration/set_up/{step}.html", form, **context)


def _back_to(reached: int) -> HttpResponse:
    if reached == 0:
        return redirect("administration:set_up")
    return redirect("administration:set_up_step", setup_plan.STEPS[reached - 1].slug)


def _next(request: HttpRequest, answers: dict, step: str) -> HttpResponse:
    kept = {key: value for key, value in request.POST.items() if key != "csrfmiddlewaretoken"}
    request.session[setup_plan.KEY] = answers | {step: kept}
    number = setup_plan.number_of(step)
    return redirect("administration:set_up_step", setup_plan.STEPS[number].slug)


def _finish(request: HttpRequest, answers: dict, form) -> HttpResponse:
    plan = setup_plan.plan_of(answers, form.new_person())
    by = system_actor(plan.person.name)
    try:
        member = services.set_up(plan=plan, code=answers["code"], by=by, at=timezone.now())
    except AlreadySetUp as refusal:
        messages.error(request, str(refusal))
        return redirect("account_login")
    request.session.pop(setup_plan.KEY)
    login(request, member.user, backend=BACKEND)
    messages.success(request, _("Your office is ready. Now prepare the first survey or invite colleagues."))
    return redirect(reverse("web:office_home", args=[member.office.slug]))
