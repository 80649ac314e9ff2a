"""The frame of the respondent's pages, as bytes: head, language switch, progress, buttons, notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from secrets import token_urlsafe

from okienko.engines.questionnaire import message
from okienko.modules.collection.answering.form import CompiledForm, language_name
from okienko.modules.collection.answering.words import word

MARK = (
    '<svg class="mark" viewBox="0 0 48 48" aria-hidden="true">'
    '<path class="frame" d="M7 38V20C7 10.6 14.6 4 24 4s17 6.6 17 16v18z"/>'
    '<path class="glass" d="M12 20.5C12 14 16.5 9.6 22 9.1v11.4zM26 9.1c5.5.5 10 4.9 10 11.4H26z"/>'
    '<path class="glass" d="M12 24.5h10V35H12z"/><path class="lit" d="M26 24.5h10V35H26z"/>'
    '<rect class="frame" x="2" y="37" width="44" height="7" rx="2"/></svg>'
)
# Named, so that no browser asks for /favicon.ico: that page is not ours and could set a cookie.
ICON = '<link rel="icon" href="data:,">'
CURRENT = ' aria-current="true"'
# Pages without answers, of so many links and languages, are kept in the process.
KEPT_PAGES = 256
# Where the key goes in a page that is kept. Random, so that no questionnaire holds it.
KEY_PLACE = token_urlsafe(24)
WHOLE = '<input type="hidden" name="w" value="1">'
TICK = (
    '<p class="a-done"><svg class="i" viewBox="0 0 24 24" aria-hidden="true">'
    '<path d="m5 12.5 4.5 4.5L19 7.5"/></svg></p>'
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of one link shows around its content."""

    office: str
    languages: tuple[str, ...]
    stylesheet: str


def document(frame: Frame, language: str, title: str, switch: str, content: bytes) -> bytes:
    """A whole page. `switch` is the language switch, as buttons of the form or as links."""
    head = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{title} – {escape(frame.office)}</title>'
        f'<link rel="stylesheet" href="{frame.stylesheet}">{ICON}</head><body>'
        f'<a class="skip" href="#tresc">{word("skip", language)}</a><div class="a-wrap">'
        '<header class="a-head">'
        f'<p class="a-office">{MARK}<span>{escape(frame.office)}</span></p>{switch}</header><main id="tresc">'
    )
    return head.encode() + content + b"</main></div></body></html>"


def switch_buttons(frame: Frame, language: str) -> str:
    """The language switch inside the form: changing the language sends and keeps the answers."""
    if len(frame.languages) < 2:
        return ""
    links = "".join(
        f'<li><button form="ankieta" name="go" value="lang-{code}" lang="{code}" formnovalidate'
        f"{CURRENT if code == language else ''}>{escape(language_name(code))}</button></li>"
        for code in frame.languages
    )
    return f'<nav class="langs" aria-label="{word("languages", language)}"><ul>{links}</ul></nav>'


def switch_links(frame: Frame, language: str) -> str:
    """The same as links, where there are no answers to keep."""
    if len(frame.languages) < 2:
        return ""
    links = "".join(
        f'<li><a href="?j={code}" lang="{code}" hreflang="{code}"'
        f"{CURRENT if code == language else ''}>{escape(language_name(code))}</a></li>"
        for code in frame.languages
    )
    return f'<nav class="langs" aria-label="{word("languages", language)}"><ul>{links}</ul></nav>'


@dataclass(frozen=True, slots=True)
class FormView:
    """What of a form is shown, and how it stands."""

    page: int
    whole: bool
    key: str
    notice: str = ""
    problems: Mapping[str, str] | None = None
    carried: bytes = b""


@lru_cache(maxsize=KEPT_PAGES)
def first_page(frame: Frame, form: CompiledForm, whole: bool) -> tuple[bytes, bytes]:
    """The form as it is before anything was answered: what stands before its key, and after it."""
    indexes = range(len(form.pages)) if whole else (0,)
    body = b"".join(form.blank(index) for index in indexes)
    before, found, after = form_page(frame, form, FormView(0, whole, KEY_PLACE), body).partition(
        KEY_PLACE.encode()
    )
    assert found and KEY_PLACE.encode() not in after
    return before, after


def form_page(frame: Frame, form: CompiledForm, view: FormView, body: bytes) -> bytes:
    """A page of questions."""
    language, first = form.language, view.whole or view.page == 0
    last = view.whole or view.page == len(form.pages) - 1
    go = "send" if last else "next"
    head = (
        f'<form class="a-form" id="ankieta" method="post" action="?j={language}" novalidate'
        ' accept-charset="utf-8">'
        # Enter in a text field presses the first button of a form: it must go on, not change the language.
        f'<button class="vh" name="go" value="{go}" tabindex="-1" aria-hidden="true">'
        f"{message('submit' if last else 'next', language)}</button>"
        f'<input type="hidden" name="k" value="{view.key}"><input type="hidden" name="p" value="{view.page}">'
        f'<input type="hidden" name="j" value="{language}">'
        f"{WHOLE if view.whole else ''}"
    )
    parts = [head.encode(), view.carried, _notice(view, language)]
    parts.append((_opening(form) if first else f'<h1 class="vh">{form.title}</h1>').encode())
    if not view.whole:
        parts.append(_progress(form, view.page).encode())
    parts += [
        body,
        _trap(language).encode(),
        _actions(form, view, last).encode(),
        _foot(form, view, first).encode(),
    ]
    title = form.title if not view.problems else f"{message('error_prefix', language)} {form.title}"
    return document(frame, language, title, switch_buttons(frame, language), b"".join(parts) + b"</form>")


def _notice(view: FormView, language: str) -> bytes:
    found = f'<p class="a-sum" role="alert">{escape(view.notice)}</p>' if view.notice else ""
    if view.problems:
        links = "".join(
            f'<li><a href="#q-{escape(name)}">{escape(text)}</a></li>' for name, text in view.problems.items()
        )
        count = message("error_summary", language, n=len(view.problems))
        found += f'<div class="a-sum" role="alert" tabindex="-1"><p>{count}</p><ul>{links}</ul></div>'
    return found.encode()


def _opening(form: CompiledForm) -> str:
    minutes = message("minutes", form.language, n=form.minutes)
    intro = f"<p>{form.intro}</p>" if form.intro else ""
    return f'<div class="a-open"><h1>{form.title}</h1>{intro}<p class="muted">{minutes}</p></div>'


def _progress(form: CompiledForm, page: int) -> str:
    total = len(form.pages)
    bar = '<li class="on"></li>' * (page + 1) + "<li></li>" * (total - page - 1)
    text = message("page_progress", form.language, n=page + 1, total=total)
    return f'<div class="a-prog"><p><b>{text}</b></p><ol class="a-bar" aria-hidden="true">{bar}</ol></div>'


def _trap(language: str) -> str:
    """A field that only a robot fills in; its answers are marked, not dropped."""
    return (
        f'<p class="hp" aria-hidden="true"><label for="adres">{word("leave_empty", language)}</label>'
        '<input id="adres" name="adres" tabindex="-1" autocomplete="off"></p>'
    )


def _actions(form: CompiledForm, view: FormView, last: bool) -> str:
    forward = ("send", message("submit", form.language)) if last else ("next", message("next", form.language))
    back = message("back", form.language)
    return (
        f'<div class="a-act"><button class="btn btn-1" name="go" value="{forward[0]}">{forward[1]}</button>'
        + (
            f'<button class="btn" name="go" value="back">{back}</button>'
            if view.page and not view.whole
            else ""
        )
        + "</div>"
    )


def _foot(form: CompiledForm, view: FormView, first: bool) -> str:
    keeps = f" {word('keeps', form.language)}" if len(form.questionnaire.languages) > 1 else ""
    whole = (
        f' <a href="?j={form.language}&amp;w=1">{word("one_page", form.language)}</a>.'
        if (first and form.paged and not view.whole)
        else ""
    )
    return f'<p class="a-foot">{word("anonymous", form.language)}{keeps}{whole}</p>'


def message_page(frame: Frame, language: str, title: str, text: str) -> bytes:
    """A page without a form: ended, not started, switched off, unknown."""
    content = f'<div class="a-form"><h1 class="a-h">{escape(title)}</h1><p>{escape(text)}</p></div>'
    return document(frame, language, escape(title), switch_links(frame, language), content.encode())


def resend_page(
    frame: Frame, language: str, title: str, text: str, sent: Mapping[str, Sequence[str]]
) -> bytes:
    """What was sent, unseen but whole, with a button to send it again; the questions cannot be shown now."""
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, values in sent.items()
        for value in values
        if name != "go"
    )
    go = escape(sent.get("go", ["send"])[0])
    content = (
        f'<form class="a-form" id="ankieta" method="post" action="?j={language}" accept-charset="utf-8">'
        f'<h1 class="a-h">{escape(title)}</h1><p role="alert">{escape(text)}</p>{fields}'
        f'<div class="a-act"><button class="btn btn-1" name="go" value="{go}">'
        f"{message('submit', language)}</button></div></form>"
    )
    return document(frame, language, escape(title), "", content.encode())


@lru_cache(maxsize=KEPT_PAGES)
def thanks_page(frame: Frame, language: str, thanks: str, until: str) -> bytes:
    """The end: stored, what happens next, and that this was no complaint. `thanks` is escaped already."""
    steps = (
        word("next_collect", language, until=until),
        word("next_results", language),
        word("next_change", language),
    )
    said, listed = (
        (f"<p>{thanks}</p>" if thanks else ""),
        "".join(f"<li>{escape(step)}</li>" for step in steps),
    )
    content = (
        f'<div class="a-form">{TICK}<h1 class="a-h">{word("done_title", language)}</h1>'
        f"{said}<h2>{word('next_heading', language)}</h2>"
        f'<ol class="a-next">{listed}</ol>'
        f'<p class="a-foot">{word("complaint", language)}</p></div>'
    )
    return document(
        frame, language, word("done_title", language), switch_links(frame, language), content.encode()
    )
