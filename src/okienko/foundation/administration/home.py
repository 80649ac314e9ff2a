"""What administration asks of the network's coordinator on the home page."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.administration import selectors
from okienko.foundation.web.home import Task


def network_tasks(request: HttpRequest) -> Iterable[Task]:
    """Offices that cannot work, because nobody has been asked to coordinate them."""
    count = selectors.offices_without_coordinator(request.network, timezone.now())
    if not count:
        return ()
    title = ngettext("%(count)d office has no coordinator", "%(count)d offices have no coordinator", count)
    text = _("Nobody can prepare surveys there. Invite a person who knows the office.")
    url = reverse("administration:network_offices", args=[request.network.slug])
    return (Task(title % {"count": count}, text, url, _("See the offices"), "people"),)
