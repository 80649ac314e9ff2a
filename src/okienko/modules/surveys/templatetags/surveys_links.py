"""The address of a link, for templates."""

from __future__ import annotations

from django import template

from okienko.modules.surveys import selectors
from okienko.modules.surveys.texts import PACES, STATES

register = template.Library()


@register.filter
def address(link) -> str:
    """`{{ link|address }}` → the address that is printed on the poster."""
    return selectors.answer_url(link)


@register.filter
def wave_state(code: str) -> str:
    return str(STATES[code])


@register.filter
def pace_words(code: str) -> str:
    return str(PACES[code])
