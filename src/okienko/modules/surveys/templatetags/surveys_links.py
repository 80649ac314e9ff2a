"""The address of a link, for templates."""

from __future__ import annotations

from django import template

from okienko.modules.surveys import selectors
from okienko.modules.surveys.texts import PACES, STATES, every

register = template.Library()


@register.filter
def address(link) -> str:
    """`{{ link|address }}` → the address that is printed on the poster."""
    return selectors.answer_url(link)


@register.filter
def wave_state(code: str) -> str:
    return str(STATES[code])


@register.filter
def every_which(number: int) -> str:
    """`{{ plan.interval|every_which }}` → co piąty."""
    return every(number)


@register.filter
def pace_words(code: str) -> str:
    return str(PACES[code])
