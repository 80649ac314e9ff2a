"""What was done, by whom and when: in an office, in a network, or to one object."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from okienko.foundation.administration import history as words
from okienko.foundation.administration import selectors
from okienko.foundation.administration.forms.network import HistoryFilter
from okienko.foundation.web.access import requires
from okienko.foundation.web.pages import found, page_of


@requires("administration.history")
def history(request: HttpRequest) -> HttpResponse:
    return _list(request, selectors.history(office=request.office))


@requires("administration.network_history")
def network_history(request: HttpRequest) -> HttpResponse:
    return _list(request, selectors.history(network=request.network))


@requires("administration.history")
def object_history(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    return _object(request, selectors.history(office=request.office), kind, pk)


@requires("administration.network_history")
def network_object_history(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    return _object(request, selectors.history(network=request.network), kind, pk)


def _list(request: HttpRequest, entries) -> HttpResponse:
    codes, people = selectors.history_words(entries)
    actions = sorted(((code, words.deed(code)) for code in codes), key=lambda pair: pair[1])
    form = HistoryFilter(
        request.GET or None, actions=actions, people=[(name, words.who(name)) for name in people]
    )
    wanted = form.wanted() if form.is_bound else {}
    page = page_of(request, selectors.narrowed(entries, wanted))
    context = {"form": form, "page": page, "rows": words.rows(page), "narrowed": bool(wanted)}
    return render(request, "administration/history.html", context)


def _object(request: HttpRequest, entries, kind: str, pk: str) -> HttpResponse:
    label = found(selectors.label_of(entries, kind, pk))
    page = page_of(request, selectors.about(entries, kind, pk))
    context = {"page": page, "rows": words.rows(page, with_target=False), "label": label}
    return render(request, "administration/object_history.html", context)
