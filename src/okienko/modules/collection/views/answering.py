"""The answering page: GET shows it, POST goes on, back, changes the language, or stores the answer.

No cookie, no session, no log line, no template: the bytes come from `answering`.
"""

from __future__ import annotations

from concurrent.futures import TimeoutError as WriterTimeout
from dataclasses import replace

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from okienko.foundation.offices.scope import OfficeScope, office_scope
from okienko.foundation.web.access import public
from okienko.modules.collection.answering.bursts import count, is_burst
from okienko.modules.collection.answering.door import DoorClosed, find_link, find_version, look_again
from okienko.modules.collection.answering.keys import KeyState, check_key, new_key, stored_hash
from okienko.modules.collection.answering.page import thanks_page
from okienko.modules.collection.answering.store import Outcome, drop_connection, is_stored
from okienko.modules.collection.answering.visit import Visit
from okienko.modules.collection.answering.words import day_in_words, word
from okienko.modules.collection.services.answering import store_answer
from okienko.modules.collection.views.answering_pages import (
    frame_of,
    language_of,
    one,
    respond,
    sent_fields,
    thanked,
)
from okienko.modules.collection.views.refusing import closed, down, message, refusal

REASON = "a respondent answers a survey; the random token of the link proves what may be seen"


def _scope(request: HttpRequest, kwargs: dict) -> OfficeScope:
    try:
        request.link = link = find_link(kwargs["token"])
    except DoorClosed:
        request.link, request.door_closed = None, True
        return OfficeScope()
    return office_scope([link.office_id], [link.network_id]) if link else OfficeScope()


@csrf_exempt  # the signed one-time key is the guard; a cookie would be personal data
@require_http_methods(["GET", "HEAD", "POST"])
@public(reason=REASON, scope=_scope)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The answering page of a link."""
    request.sent = sent_fields(request) if request.method == "POST" else None
    refused = refusal(request)
    if refused is not None:
        return refused
    try:
        version = find_version(request.link)
    except DoorClosed:
        return down(request)
    visit = Visit.of(request.link, version, frame_of(request.link, version.languages))
    data = request.sent
    if data is None:
        language = language_of(request, version.languages, request.GET.get("j", ""))
        page = visit.first(language, new_key(token, timezone.now()), whole="w" in request.GET)
        return respond(page, language)
    if isinstance(data, str):
        return message(request, data, 413 if data == "too_big" else 400)
    visit = visit.with_fields(data, language_of(request, version.languages, one(data, "j")))
    return _proceed(request, visit, token)


@require_http_methods(["GET", "HEAD"])
@public(reason=REASON, scope=_scope)
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Shown after an answer was stored; it says nothing about whose."""
    link = request.link
    if link is None:
        return refusal(request) or message(request, "unknown", 404)
    try:
        version = find_version(link)
    except (DoorClosed, AssertionError):
        return message(request, "down", 503)
    language = language_of(request, version.languages, request.GET.get("j", ""))
    until = day_in_words(link.last_day, language)
    frame = frame_of(link, version.languages)
    return respond(thanks_page(frame, language, version.form(language).thanks, until), language)


def unknown(request: HttpRequest) -> HttpResponse:
    """For an address below `/a/` that is no link's."""
    return message(request, "unknown", 404)


def _proceed(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """What the pressed button asks for."""
    now = timezone.now()
    state = check_key(visit.key, token, now)
    if state is not KeyState.VALID:
        return _fresh(request, visit, token, state, now)
    if visit.go != "send":
        moved = visit.move()
        if moved is not None:
            return respond(moved, visit.language)
    submission, page = visit.complete()
    if page is not None:
        return respond(page, visit.language, 422)
    return _store(request, visit, token, submission, now)


def _fresh(request: HttpRequest, visit: Visit, token: str, state: KeyState, now) -> HttpResponse:
    """A stale form keeps its answers and gets a fresh key; so does one whose key was made elsewhere."""
    try:
        stored = state is KeyState.STALE and is_stored(stored_hash(visit.key))
    except (DatabaseError, InterfaceError):
        drop_connection()
        return respond(visit.again(word("not_stored", visit.language)), visit.language, 503)
    if stored:
        return thanked(request, visit.language)
    visit = replace(visit, key=new_key(token, now))
    stale = state is KeyState.STALE
    page = visit.again(word("stale" if stale else "foreign", visit.language))
    return respond(page, visit.language, 200 if stale else 403)


def _store(request: HttpRequest, visit: Visit, token: str, submission, now) -> HttpResponse:
    flags = ["honeypot"] if one(visit.data, "adres") else []
    flags += ["burst"] if is_burst(token) else []
    day = timezone.localtime(now)
    try:
        outcome = store_answer(
            link=visit.link,
            key=visit.key,
            submission=submission,
            language=visit.language,
            flags=flags,
            at=day,
        )
    except (DatabaseError, InterfaceError, WriterTimeout):
        # Nothing is promised that is not on the disk: the page keeps everything and may be sent again.
        drop_connection()
        return respond(visit.again(word("not_stored", visit.language)), visit.language, 503)
    if outcome is Outcome.CLOSED:
        # closed since the link was read: collected until today at most
        look_again(token)
        ended = replace(visit.link, office_wave_state="closed", closed_at=now)
        return closed(request, ended, visit.language)
    if outcome is Outcome.STORED:
        count(token)
    return thanked(request, visit.language)
