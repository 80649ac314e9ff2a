"""What surveys put on the home pages of an office and of a network."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.ui import words
from okienko.foundation.web.home import LoopNote, Task
from okienko.modules.surveys import selectors
from okienko.modules.surveys.home_start import first_tasks, last_closed
from okienko.modules.surveys.models import OfficeWave, Wave
from okienko.modules.surveys.rules import HomeTask, tasks_of

RIGHTS = {
    "plan": "surveys.plan",
    "open": "surveys.open",
    "ends_soon": "surveys.plan",
    "count_forms": "surveys.record_forms",
    "close": "surveys.close",
    "finish": "surveys.close",
}


def _parts(request: HttpRequest) -> list[OfficeWave]:
    """The office's waves that are planned or open; asked once a page."""
    if not hasattr(request, "surveys_parts"):
        found = selectors.office_waves(states=["planned", "open"]).filter(
            office=request.office, wave__survey__archived_at=None
        )
        request.surveys_parts = list(found.order_by("wave__opens_on", "pk"))
    return request.surveys_parts


def office_tasks(request: HttpRequest) -> list[Task]:
    """What the person herself can do: a clerk counts forms, a coordinator plans, opens and closes."""
    parts, today = _parts(request), timezone.localdate()
    if not any(request.actor.can(right) for right in RIGHTS.values()):
        return []
    if not parts:
        return first_tasks(request)
    facts = selectors.home_facts(parts, today)
    return [
        _task(request, part, task)
        for part in parts
        for task in tasks_of(facts[part.pk], today)
        if request.actor.can(RIGHTS[task.code])
    ]


def _task(request: HttpRequest, part: OfficeWave, task: HomeTask) -> Task:
    title, text, action, name, icon = _WORDS[task.code](part, task)
    address = reverse(f"surveys:{name}", args=[request.office.slug, part.pk])
    return Task(title, text, address, action, icon, task.due, task.overdue)


def _plan(part: OfficeWave, task: HomeTask) -> tuple:
    text = ngettext(
        "%(survey)s: one thing is missing before it can be opened.",
        "%(survey)s: %(n)s things are missing before it can be opened.",
        task.count,
    ) % {"survey": part.wave.survey.name, "n": task.count}
    title = _("Complete the plan of the wave “%(name)s”") % {"name": part.wave.name}
    return title, text, _("Plan"), "wave", "list"


def _open(part: OfficeWave, _task: HomeTask) -> tuple:
    title = _("Open the wave “%(name)s”") % {"name": part.wave.name}
    return title, _("The plan is complete and the first day has come."), _("Open"), "wave", "play"


def _ends_soon(part: OfficeWave, task: HomeTask) -> tuple:
    values = {"name": part.wave.name}
    if task.count == 0:
        title = _("The wave “%(name)s” ends today") % values
    elif task.count == 1:
        title = _("The wave “%(name)s” ends tomorrow") % values
    else:
        title = ngettext(
            "The wave “%(name)s” ends in %(n)s day", "The wave “%(name)s” ends in %(n)s days", task.count
        ) % {**values, "n": task.count}
    text = _("See whether there are enough answers. You can collect longer.")
    return title, text, _("See"), "wave", "clock"


def _count_forms(part: OfficeWave, task: HomeTask) -> tuple:
    text = ngettext(
        "%(name)s: one point waits for its number.",
        "%(name)s: %(n)s points wait for their numbers.",
        task.count,
    ) % {"name": part.wave.name, "n": task.count}
    return _("Enter how many forms came back"), text, _("Enter"), "forms", "form"


def _close(part: OfficeWave, task: HomeTask) -> tuple:
    title = _("Close the wave “%(name)s”")
    if task.code == "finish":
        title = _("Finish typing in and close the wave “%(name)s”")
    text = _("Clients answer no more. The results appear when the wave is closed.")
    return title % {"name": part.wave.name}, text, _("See"), "wave", "lock"


_WORDS = {
    "plan": _plan,
    "open": _open,
    "ends_soon": _ends_soon,
    "count_forms": _count_forms,
    "close": _close,
    "finish": _close,
}


def office_loop(request: HttpRequest) -> LoopNote:
    """Listen: which survey is running, or what comes next."""
    parts = _parts(request)
    running = [part for part in parts if part.state == "open"]
    listing = reverse("surveys:surveys", args=[request.office.slug])
    if len(running) > 1:
        answers = sum(selectors.answers_of([part.pk for part in running]).values())
        text = ngettext("%(n)s survey is running", "%(n)s surveys are running", len(running)) % {
            "n": len(running)
        }
        return LoopNote("listen", f"{text}: {_answers(answers)}.", listing, _("See surveys"), here=True)
    if running:
        return _running(request, running[0])
    if parts:
        text = _("The wave “%(name)s” begins on %(day)s.") % {
            "name": parts[0].wave.name,
            "day": words.day(parts[0].wave.opens_on),
        }
        return LoopNote("listen", text, _address(request, parts[0]), _("See the plan"))
    return _nothing_planned(request, listing)


def _nothing_planned(request: HttpRequest, listing: str) -> LoopNote:
    """Between two waves, or before the first survey."""
    last = last_closed(request)
    if last is not None:
        values = {"name": last.wave.name, "day": words.day(last.last_day)}
        text = _("No survey is running. The wave “%(name)s” ended on %(day)s.") % values
        survey = reverse("surveys:survey", args=[request.office.slug, last.wave.survey_id])
        mine = last.wave.office_id is not None and request.actor.can("surveys.plan")
        return LoopNote("listen", text, survey, _("Plan the next wave") if mine else _("See the survey"))
    action = _("Prepare a survey") if request.actor.can("surveys.plan") else _("See surveys")
    return LoopNote("listen", _("No survey is running."), listing, action)


def _running(request: HttpRequest, part: OfficeWave) -> LoopNote:
    text = _("%(survey)s: %(answers)s. Collecting until %(day)s.") % {
        "survey": part.wave.survey.name,
        "answers": _answers(selectors.answers_of([part.pk])[part.pk]),
        "day": words.day(part.wave.closes_on),
    }
    return LoopNote("listen", text, _address(request, part), _("See how it goes"), here=True)


def _address(request: HttpRequest, part: OfficeWave) -> str:
    return reverse("surveys:wave", args=[request.office.slug, part.pk])


def _answers(number: int) -> str:
    return ngettext("%(n)s answer", "%(n)s answers", number) % {"n": words.number(number)}


def _network_waves(request: HttpRequest) -> list[Wave]:
    if not hasattr(request, "surveys_waves"):
        found = selectors.waves().filter(
            network=request.network, office=None, state__in=["planned", "open"], survey__archived_at=None
        )
        request.surveys_waves = list(found.order_by("opens_on", "pk"))
    return request.surveys_waves


def network_tasks(request: HttpRequest) -> Iterator[Task]:
    """Waves to open, waves that end, and offices that need help in the open ones."""
    today = timezone.localdate()
    for wave in _network_waves(request):
        address = reverse("surveys:network_wave", args=[request.network.slug, wave.pk])
        if wave.state == "planned":
            if wave.opens_on <= today:
                title = _("Open the wave “%(name)s”") % {"name": wave.name}
                text = _("Its first day has come. Offices cannot begin before you open it.")
                yield Task(title, text, address, _("See"), "play", wave.opens_on, wave.opens_on < today)
            continue
        yield from _help(wave, address, today)
        if today > wave.closes_on:
            title = _("Close the wave “%(name)s”") % {"name": wave.name}
            text = _("Clients answer no more. It closes by itself when the time for typing is over.")
            yield Task(title, text, address, _("See"), "lock", wave.entry_until)


def _help(wave: Wave, address: str, today) -> Iterator[Task]:
    behind = selectors.field_totals(selectors.field_rows(wave, today)).to_help
    if not behind:
        return
    title = ngettext("%(n)s office needs help", "%(n)s offices need help", len(behind)) % {"n": len(behind)}
    names = ", ".join(row.office_name for row in behind[:3]) + (" …" if len(behind) > 3 else "")
    text = f"{wave.name}: {names}"
    yield Task(title, text, f"{address}?tempo=pomoc#offices", _("See"), "people", wave.closes_on)


def network_loop(request: HttpRequest) -> LoopNote:
    running = selectors.wave_rows(selectors.waves().filter(pk__in=_open_ids(request)))
    listing = reverse("surveys:network_surveys", args=[request.network.slug])
    if not running:
        return LoopNote("listen", _("No wave of the network is open."), listing, _("See surveys"))
    row = running[0]
    text = _("%(survey)s, %(wave)s: %(answers)s. Collecting until %(day)s.") % {
        "survey": row.wave.survey.name,
        "wave": row.wave.name,
        "answers": _answers(row.answers),
        "day": words.day(row.wave.closes_on),
    }
    address = reverse("surveys:network_wave", args=[request.network.slug, row.wave.pk])
    return LoopNote("listen", text, address, _("See offices"), here=True)


def _open_ids(request: HttpRequest) -> list[int]:
    return [wave.pk for wave in _network_waves(request) if wave.state == "open"]
