"""Where a page of this module is: each has an address in an office and one in a network."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def page_url(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a page for the office or network of the present one."""
    if request.office is not None:
        return reverse(f"questionnaires:{name}", args=[request.office.slug, *args])
    return reverse(f"questionnaires:network_{name}", args=[request.network.slug, *args])
