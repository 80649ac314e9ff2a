"""The answering page: GET shows it, POST goes on, back, changes the language, or stores the answer.

No cookie, no session, no log line, no template: the bytes come from `answering`.
"""

from __future__ import annotations

from concurrent.futures import TimeoutError as WriterTimeout
from dataclasses import replace
from urllib.parse import parse_qs

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from okienko.foundation.offices.scope import OfficeScope, office_scope
from okienko.foundation.web.access import public
from okienko.modules.collection.answering.bursts import is_burst
from okienko.modules.collection.answering.door import DoorClosed, find_link, find_version
from okienko.modules.collection.answering.keys import KeyState, check_key, new_key
from okienko.modules.collection.answering.page import Frame, message_page, thanks_page
from okienko.modules.collection.answering.store import Outcome, drop_connection
from okienko.modules.collection.answering.visit import Visit
from okienko.modules.collection.answering.words import day_in_words, word
from okienko.modules.collection.services.answering import store_answer
from okienko.modules.surveys.selectors import AnsweringLink, AnsweringStatus

MOST_BYTES = 65_536
MOST_FIELDS = 1_000
FALLBACK = ("pl", "en", "uk")
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
    refused = _refusal(request)
    if refused is not None:
        return refused
    try:
        version = find_version(request.link)
    except DoorClosed:
        return _message(request, "down", 503)
    visit = Visit.of(request.link, version, _frame(request.link, version.languages))
    if request.method != "POST":
        language = _language(request, version.languages, request.GET.get("j", ""))
        return _page(
            visit.first(language, new_key(token, timezone.now()), whole="w" in request.GET), language
        )
    data = _fields(request)
    if isinstance(data, str):
        return _message(request, data, 413 if data == "too_big" else 400)
    visit = visit.with_fields(data, _language(request, version.languages, _one(data, "j")))
    return _proceed(visit, token)


@require_http_methods(["GET", "HEAD"])
@public(reason=REASON, scope=_scope)
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Shown after an answer was stored; it says nothing about whose."""
    link = request.link
    if link is None:
        return _refusal(request) or _message(request, "unknown", 404)
    try:
        version = find_version(link)
    except (DoorClosed, AssertionError):
        return _message(request, "down", 503)
    language = _language(request, version.languages, request.GET.get("j", ""))
    until = day_in_words(link.closes_on, language)
    frame = _frame(link, version.languages)
    return _page(thanks_page(frame, language, version.form(language).thanks, until), language)


def unknown(request: HttpRequest) -> HttpResponse:
    """For an address below `/a/` that is no link's."""
    return _message(request, "unknown", 404)


def _proceed(visit: Visit, token: str) -> HttpResponse:
    """What the pressed button asks for."""
    now = timezone.now()
    state = check_key(visit.key, token, now)
    if state is not KeyState.VALID:
        # A stale form keeps its answers and gets a fresh key; so does one whose key was made elsewhere.
        visit = replace(visit, key=new_key(token, now))
        notice = "stale" if state is KeyState.STALE else "foreign"
        return _page(
            visit.again(word(notice, visit.language)), visit.language, 200 if state is KeyState.STALE else 403
        )
    if visit.go != "send":
        moved = visit.move()
        if moved is not None:
            return _page(moved, visit.language)
    submission, page = visit.complete()
    if page is not None:
        return _page(page, visit.language, 422)
    return _store(visit, token, submission, now)


def _store(visit: Visit, token: str, submission, now) -> HttpResponse:
    flags = ["honeypot"] if _one(visit.data, "adres") else []
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
        return _page(visit.again(word("not_stored", visit.language)), visit.language, 503)
    if outcome is Outcome.CLOSED:
        return _closed(visit.link, visit.frame, visit.language)
    return HttpResponseRedirect(
        f"{reverse('collection:thanks', args=[token])}?j={visit.language}", status=303
    )


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Why a link shows no questions: unknown, switched off, not yet, no longer."""
    link: AnsweringLink | None = request.link
    if link is None:
        return (
            _message(request, "down", 503)
            if getattr(request, "door_closed", False)
            else _message(request, "unknown", 404)
        )
    status = link.status(timezone.localdate())
    if status is AnsweringStatus.OPEN and link.version_id is not None:
        return None
    language, frame = _language(request, FALLBACK, request.GET.get("j", "")), _frame(link, FALLBACK)
    if status is AnsweringStatus.ENDED:
        return _closed(link, frame, language)
    key = "off" if status is AnsweringStatus.SWITCHED_OFF else "early"
    since, until = (day_in_words(day, language) for day in (link.opens_on, link.closes_on))
    text = word(f"{key}_text", language, **({} if key == "off" else {"since": since, "until": until}))
    return _page(
        message_page(frame, language, word(f"{key}_title", language), text),
        language,
        410 if key == "off" else 200,
    )


def _closed(link: AnsweringLink, frame: Frame, language: str) -> HttpResponse:
    text = word("closed_text", language, until=day_in_words(link.closes_on, language))
    return _page(message_page(frame, language, word("closed_title", language), text), language, 410)


def _message(request: HttpRequest, key: str, status: int) -> HttpResponse:
    language = _language(request, FALLBACK, request.GET.get("j", ""))
    frame = Frame("Okienko", FALLBACK, _stylesheet())
    title = word(f"{key}_title", language) if key in ("unknown", "down") else word("not_read_title", language)
    text = word(f"{key}_text" if key in ("unknown", "down") else key, language)
    return _page(message_page(frame, language, title, text), language, status)


def _fields(request: HttpRequest) -> dict[str, list[str]] | str:
    """The form's fields, or the code of what is wrong with the body."""
    if request.content_type != "application/x-www-form-urlencoded":
        return "bad_request"
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return "too_big"
    try:
        text = request.read(MOST_BYTES + 1).decode("ascii")
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return "bad_request"


def _one(data: dict[str, list[str]], name: str) -> str:
    return data.get(name, [""])[0]


def _language(request: HttpRequest, offered: tuple[str, ...], wanted: str) -> str:
    """The chosen language, else the browser's first that is offered, else the first offered."""
    if wanted in offered:
        return wanted
    for part in request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:200].split(","):
        code = part.split(";")[0].strip().split("-")[0].lower()
        if code in offered:
            return code
    return offered[0]


def _frame(link: AnsweringLink, languages: tuple[str, ...]) -> Frame:
    return Frame(link.office_name, languages, _stylesheet())


def _stylesheet() -> str:
    return f"{settings.STATIC_URL}okienko/answer.css"


def _page(content: bytes, language: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    response["Referrer-Policy"] = "no-referrer"
    return response
