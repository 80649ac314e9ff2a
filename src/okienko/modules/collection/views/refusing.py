"""Why a link shows no questions. Who sent an answer meanwhile is told whether it is stored."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from okienko.modules.collection.answering.keys import stored_hash
from okienko.modules.collection.answering.page import Frame, message_page, resend_page
from okienko.modules.collection.answering.store import drop_connection, is_stored
from okienko.modules.collection.answering.words import day_in_words, word
from okienko.modules.collection.views.answering_pages import (
    frame_of,
    language_of,
    one,
    respond,
    stylesheet,
    thanked,
)
from okienko.modules.surveys.selectors import AnsweringLink, AnsweringStatus

FALLBACK = ("pl", "en", "uk")


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Unknown, switched off, not yet, no longer; None: the link may be answered."""
    link: AnsweringLink | None = request.link
    if link is None:
        return down(request) if getattr(request, "door_closed", False) else message(request, "unknown", 404)
    status = link.status(timezone.localdate())
    if status is AnsweringStatus.OPEN and link.version_id is not None:
        return None
    language = language_of(request, FALLBACK, request.GET.get("j", ""))
    try:
        if _sent_before(request):
            return thanked(request, language)
    except (DatabaseError, InterfaceError):
        drop_connection()
        return down(request)
    if status is AnsweringStatus.ENDED:
        return closed(request, link, language)
    return _not_now(request, link, status, language)


def _not_now(
    request: HttpRequest, link: AnsweringLink, status: AnsweringStatus, language: str
) -> HttpResponse:
    off = status is AnsweringStatus.SWITCHED_OFF
    key = "off" if off else "early"
    since, until = (day_in_words(day, language) for day in (link.opens_on, link.last_day))
    text = word(f"{key}_text", language, **({} if off else {"since": since, "until": until}))
    page = message_page(
        frame_of(link, FALLBACK), language, word(f"{key}_title", language), _told(request, text, language)
    )
    return respond(page, language, 410 if off else 200)


def closed(request: HttpRequest, link: AnsweringLink, language: str) -> HttpResponse:
    """Collecting is over; whoever was still writing is told that this answer came too late."""
    text = word("closed_text", language, until=day_in_words(link.last_day, language))
    title = word("closed_title", language)
    page = message_page(frame_of(link, FALLBACK), language, title, _told(request, text, language))
    return respond(page, language, 410)


def down(request: HttpRequest) -> HttpResponse:
    """The database does not answer, nothing is kept: what was sent stands on the page, to be sent again."""
    language = language_of(request, FALLBACK, request.GET.get("j", ""))
    sent = getattr(request, "sent", None)
    if not isinstance(sent, dict):
        return message(request, "down", 503)
    frame = Frame("Okienko", FALLBACK, stylesheet())
    text = word("not_stored", language)
    return respond(resend_page(frame, language, word("down_title", language), text, sent), language, 503)


def message(request: HttpRequest, key: str, status: int) -> HttpResponse:
    language = language_of(request, FALLBACK, request.GET.get("j", ""))
    frame = Frame("Okienko", FALLBACK, stylesheet())
    title = word(f"{key}_title", language) if key in ("unknown", "down") else word("not_read_title", language)
    text = word(f"{key}_text" if key in ("unknown", "down") else key, language)
    return respond(message_page(frame, language, title, text), language, status)


def _sent_before(request: HttpRequest) -> bool:
    """Whether just this form is stored already: sent twice, and the link was shut between the two."""
    sent = getattr(request, "sent", None)
    return isinstance(sent, dict) and is_stored(stored_hash(one(sent, "k")))


def _told(request: HttpRequest, text: str, language: str) -> str:
    return f"{word('not_kept', language)} {text}" if request.method == "POST" else text
