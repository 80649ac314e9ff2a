"""When a question, a part or an answer is shown: a condition in words, built from comparisons."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from okienko.foundation.web.access import requires
from okienko.modules.questionnaires import selectors
from okienko.modules.questionnaires.conditioning import Place, joined, parts_of, place_of, subjects
from okienko.modules.questionnaires.forms.conditions import ComparisonForm, SubjectForm
from okienko.modules.questionnaires.forms.draft import RevisionForm
from okienko.modules.questionnaires.texts import clause
from okienko.modules.questionnaires.views.common import edited, go, own, show_desk


@requires("questionnaires.edit")
def condition(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    content = selectors.draft(row)
    place = place_of(content, request.GET.get("miejsce", ""))
    if place is None:
        messages.error(request, _("This is no longer in the questionnaire."))
        return go(request, "edit", row.pk)
    earlier = subjects(content, place)
    subject = next((found for found in earlier if found.code == request.GET.get("pytanie")), None)
    data = request.POST or None
    if subject is None:
        form = RevisionForm(data, revision=row.revision)
    else:
        form = ComparisonForm(data, content=content, subject=subject, revision=row.revision)
    if request.method == "POST" and form.is_valid():
        if edited(request, row, form, [place.change(_wanted(request, place, form))]):
            return go(request, "condition", row.pk, tail="?" + urlencode({"miejsce": place.address}))
    mode, parts = parts_of(place.condition)
    context = {
        "place": place,
        "mode": mode,
        "lines": [clause(content, part) for part in parts],
        "chooser": SubjectForm(initial={"pytanie": subject.code if subject else None}, subjects=earlier),
        "earlier": earlier,
        "subject": subject,
        "here": place.code,
    }
    return show_desk(request, "questionnaires/condition.html", row, content, form, **context)


def _wanted(request: HttpRequest, place: Place, form):
    """The condition after the pressed button: one more part, one less, or joined in another way."""
    mode, parts = parts_of(place.condition)
    if isinstance(form, ComparisonForm):
        return joined(mode, (*parts, form.comparison()))
    pressed, _sep, number = request.POST.get("do", "").partition(":")
    if pressed == "without" and number.isascii() and number.isdecimal():
        return joined(mode, tuple(part for place, part in enumerate(parts) if place != int(number[:6])))
    return joined(pressed if pressed in ("all", "any") else mode, parts)
