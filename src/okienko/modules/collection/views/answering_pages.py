"""What respondents' pages share: their language, frame and headers, and the fields that were sent."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from okienko.modules.collection.answering.page import Frame
from okienko.modules.surveys.selectors import AnsweringLink

# Ten remarks of 4000 Ukrainian letters, each of them six bytes on its way.
MOST_BYTES = 262_144
MOST_FIELDS = 1_000


def sent_fields(request: HttpRequest) -> dict[str, list[str]] | str:
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


def one(data: dict[str, list[str]], name: str) -> str:
    return data.get(name, [""])[0]


def language_of(request: HttpRequest, offered: tuple[str, ...], wanted: str) -> str:
    """The chosen language, else the browser's first that is offered, else the first offered."""
    if wanted in offered:
        return wanted
    for part in request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:200].split(","):
        code = part.split(";")[0].strip().split("-")[0].lower()
        if code in offered:
            return code
    return offered[0]


def frame_of(link: AnsweringLink, languages: tuple[str, ...]) -> Frame:
    return Frame(link.office_name, languages, stylesheet())


def stylesheet() -> str:
    return f"{settings.STATIC_URL}okienko/answer.css"


def respond(content: bytes, language: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    response["Referrer-Policy"] = "no-referrer"
    return response


def thanked(request: HttpRequest, language: str) -> HttpResponse:
    """On to the thanks, which stand below the link's own address, so that a reload sends nothing again."""
    return HttpResponseRedirect(f"{request.path}dziekujemy/?j={language}", status=303)
