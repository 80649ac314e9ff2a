"""What the tests of pages share."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

XSS = "<script>alert(1)</script>"
WAVE_PAGES = [
    "wave", "dates", "open", "close", "note", "people", "size", "points", "point_sizes", "forms", "shifts",
    "draw", "add_shift", "links", "add_link",
]  # fmt: skip


def url(name, office, *args):
    return reverse(f"surveys:{name}", args=[office.slug, *args])


def questions(person, address) -> int:
    """How many queries a page makes."""
    with CaptureQueriesContext(connection) as seen:
        assert person.get(address).status_code == 200
    return len(seen)
