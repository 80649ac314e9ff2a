"""The task on a home page: fill the declaration in, or review it by 31 March."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.declaration import selectors
from okienko.foundation.web.home import Task


def edit_url(request: HttpRequest) -> str:
    if request.office is not None:
        return reverse("declaration:edit", args=[request.office.slug])
    return reverse("declaration:network_edit", args=[request.network.slug])


def subject_of(request: HttpRequest) -> selectors.Subject:
    """The office of an office's page, the network of a network's page."""
    office = request.office
    return selectors.Subject(office.network if office else request.network, office)


def tasks(request: HttpRequest) -> Iterable[Task]:
    if not request.actor.can("declaration.edit"):
        return ()
    found = selectors.reminder(subject_of(request), timezone.localdate())
    if found is None:
        return ()
    if found.due is None:
        title = _("The accessibility declaration is not filled in")
        text = _(
            "The law asks every public website for one. Until then the public page says that there is none."
        )
        action = _("Fill it in")
    else:
        title = _("The accessibility declaration needs its yearly review")
        text = _("Check whether it is still true and write the date of the review.")
        action = _("Review it")
    return (Task(title, text, edit_url(request), action, "file", found.due, found.overdue),)
