"""Drawing pieces of templates as a page would, strictly: an unknown variable fails."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler


class Missing(str):
    """What Django would print for an unknown variable; printing it fails the test."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template uses an unknown variable: {name}")


@pytest.fixture
def draw():
    """`draw('<c-tag>new</c-tag>', name=…)` → HTML, in Polish unless `language` says otherwise."""
    engine = engines["django"].engine

    def drawn(source: str, *, language: str = "pl", address: str = "/styl/", **context) -> str:
        request = RequestFactory().get(address)
        request.user = AnonymousUser()
        template = engines["django"].from_string(
            "{% load i18n okienko_ui %}" + CottonCompiler().process(source)
        )
        before, engine.string_if_invalid = engine.string_if_invalid, Missing("%s")
        try:
            with translation.override(language):
                return template.render(context, request)
        finally:
            engine.string_if_invalid = before

    return drawn
