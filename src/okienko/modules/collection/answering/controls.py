"""Controls that questions share: one choice, a row of numbers, "nie wiem" and "nie dotyczy"."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from okienko.engines.questionnaire import DONT_KNOW, NOT_APPLICABLE, Question, message
from okienko.modules.collection.answering.markup import Markup, Slot, checked


def number_row(markup: Markup, name: str, points: Sequence[tuple[int, str]]) -> None:
    """Numbered buttons in a row: the ends below for those who see, each anchor for those who listen."""
    markup.add('<div class="a-row">')
    for value, text in points:
        anchor = f'<span class="vh"> – {text}</span>' if text else ""
        markup.add(f'<label class="opt five"><input type="radio" name="{name}" value="{value}"')
        markup.add(checked(name, value), f"><span>{value}{anchor}</span></label>")
    markup.add("</div>")
    (low, least), (high, most) = points[0], points[-1]
    ends = (f"<span>{value} – {text}</span>" for value, text in ((low, least), (high, most)) if text)
    markup.add(f'<p class="a-ends" aria-hidden="true">{"".join(ends)}</p>')


def choice(kind: str, name: str, value: int, label: str, small: str = "") -> tuple[str | Slot, ...]:
    start = f'<label class="opt{small}"><input type="{kind}" name="{name}" value="{value}"'
    return start, checked(name, value), f"><span>{label}</span></label>"


def specials(markup: Markup, name: str, question: Question, language: str, kind: str = "radio") -> None:
    """ "Nie wiem" and "nie dotyczy", always in sight and as large as any other answer's target."""
    given = [
        (value, escape(message(key, language)))
        for on, value, key in (
            (question.dont_know, DONT_KNOW, "dont_know"),
            (question.not_applicable, NOT_APPLICABLE, "not_applicable"),
        )
        if on
    ]
    if not given:
        return
    markup.add('<div class="a-none">')
    for value, label in given:
        markup.add(*choice(kind, name, value, label, " opt-s"))
    markup.add("</div>")
