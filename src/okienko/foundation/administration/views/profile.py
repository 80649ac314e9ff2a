"""A person's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from okienko.foundation.administration import selectors, services
from okienko.foundation.administration.forms.people import ProfileForm
from okienko.foundation.administration.views.common import saved
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import show


@requires("administration.edit_profile")
def profile(request: HttpRequest) -> HttpResponse:
    user = request.user
    names = ("name", "job_title", "language")
    form = ProfileForm(request.POST or None, initial={name: getattr(user, name) for name in names})

    def write():
        services.edit_profile(**form.cleaned_data, by=request.actor, at=timezone.now())
        # The next page already speaks the chosen language, and so does the word that it is saved.
        translation.activate(form.cleaned_data["language"])

    if saved(request, form, write, _("Your data are saved.")):
        return redirect("administration:profile")
    roles = selectors.roles_of(user)
    return show(request, "administration/profile.html", form, roles=roles)
