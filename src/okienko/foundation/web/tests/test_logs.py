"""What a log may say: neither keys that came by mail nor what people had typed when something broke."""

from __future__ import annotations

import io
import logging

import pytest
from django.conf import settings
from django.test import Client

from okienko.foundation.web import logs


@pytest.fixture
def lines():
    """What the log of people who read it with their own eyes holds."""
    logs.configure({"level": "INFO", "format": "console"})
    stream = io.StringIO()
    handler = logging.getLogger().handlers[0]
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)
    logs.configure(settings.LOGGING)


def test_a_fault_does_not_print_what_somebody_had_typed(lines):
    secret = "my-secret-" + "answer"
    try:
        len(secret) / 0
    except ZeroDivisionError:
        logging.getLogger("okienko.test").exception("it broke")
    assert "it broke" in lines.getvalue() and "ZeroDivisionError" in lines.getvalue()
    assert "my-secret-answer" not in lines.getvalue()


@pytest.mark.parametrize(
    "path",
    [
        "/zaproszenie/klucz-z-listu/",
        "/konto/password/reset/key/3-klucz-z-listu/",
        "/konto/confirm-email/klucz-z-listu/",
    ],
)
def test_a_key_that_came_by_mail_is_not_logged(db, lines, path):
    Client().get(path)
    assert "request" in lines.getvalue()
    assert "klucz-z-listu" not in lines.getvalue()
