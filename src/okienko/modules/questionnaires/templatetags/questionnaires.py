"""Addresses of this module's pages where the reader is: in an office, or in its network."""

from __future__ import annotations

from typing import Any

from django import template

from okienko.modules.questionnaires.places import page_url

register = template.Library()


@register.simple_tag(takes_context=True)
def page(context: template.Context, name: str, *args: Any) -> str:
    """`{% page "edit" questionnaire.pk as url %}`; the slug of the office or network comes by itself."""
    return page_url(context["request"], name, *args)


@register.simple_tag
def part_open(part: Any, here: str) -> bool:
    """Whether a part of the outline shows its questions: it, or one of them, is open."""
    return part.code == here or any(line.code == here for line in part.questions)


@register.simple_tag
def in_language(texts: dict[str, str], language: str, default: str) -> str:
    """A text of the questionnaire in the language of the preview."""
    return texts.get(language) or texts.get(default) or ""
