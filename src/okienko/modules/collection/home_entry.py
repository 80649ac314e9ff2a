"""Paper forms on the home page of those who type them in: only what can be done now."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.web.home import Task
from okienko.modules.collection import selectors_entry as selectors
from okienko.modules.collection.models import EntryBatch
from okienko.modules.collection.selectors_entry import BatchState


def home_tasks(request: HttpRequest) -> list[Task]:
    """A task per open batch; no batch, no task: whether forms came in, only the clerk's desk knows."""
    if not request.actor.can("collection.type_form"):
        return []
    return [_task(request, batch, state) for batch, state in selectors.open_batches(request.office)]


def _task(request: HttpRequest, batch: EntryBatch, state: BatchState) -> Task:
    title, name, action = _next(state)
    where = [batch.office_wave.wave.name]
    if batch.service_point:
        where.append(batch.service_point.name)
    text = _("Batch %(number)s: %(where)s.") % {"number": batch.number, "where": ", ".join(where)}
    address = reverse(f"collection:{name}", args=[request.office.slug, batch.pk])
    return Task(title, text, address, action, "form", batch.office_wave.wave.entry_until)


def _next(state: BatchState) -> tuple[str, str, str]:
    """What the batch needs, the page for it, and the words of the button."""
    if state.left > 0:
        title = ngettext("Type in %(n)s paper form", "Type in %(n)s paper forms", state.left)
        return title % {"n": state.left}, "type_form", _("Type in")
    waiting = len(set(state.due) | set(state.unsettled))
    if waiting:
        title = ngettext("Check %(n)s typed form", "Check %(n)s typed forms", waiting)
        return title % {"n": waiting}, "batch", _("Check")
    return _("Close the finished batch of forms"), "batch", _("See")
