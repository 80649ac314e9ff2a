"""Every page that a person of the demo can reach by links is axe clean, fits its window, and answers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.e2e.person import violations

MOST_PAGES = 70
# one page of a kind is enough: numbers, tokens and the switches of a list stand for one another
_NUMBER = re.compile(r"/\d+(?=/|$)")
_SKIPPED = re.compile(r"^/(static|jezyk|konto/logout)|\.(pdf|csv|xlsx|svg|zip)$|/(pdf|plik|xlsx|csv|svg)/?$")

PEOPLE = {
    "coordinator": ("koordynator@example.org", "/u/brzozow-dolny/"),
    "head": ("kierownik@example.org", "/u/brzozow-dolny/"),
    "clerk": ("kancelista@example.org", "/u/brzozow-dolny/"),
    "network": ("siec@example.org", "/siec/przyjazne-urzedy/"),
}


def kind_of(path: str) -> str:
    parts = urlsplit(path)
    names = ",".join(sorted(part.split("=")[0] for part in parts.query.split("&") if part))
    return _NUMBER.sub("/N", parts.path) + ("?" + names if names else "")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_axe_clean_and_fits(signed_in, who, width):
    email, home = PEOPLE[who]
    person = signed_in(email, width)
    page = person.page
    waiting, seen, faults = [home], set(), []
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(person.base + path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status >= 400:
            faults.append(f"{path}: {answer.status}")
            continue
        tall = page.evaluate("() => document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(900, tall)})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [f"{path}: {over} px too wide"] if over > 0 else []
        faults += [f"{path}: {fault}" for fault in violations(page)]
        links = page.eval_on_selector_all("a[href]", "list => list.map(a => a.href)")
        for link in links:
            parts = urlsplit(link)
            target = parts.path + ("?" + parts.query if parts.query else "")
            if (
                link.startswith(person.base)
                and not _SKIPPED.search(parts.path)
                and kind_of(target) not in seen
            ):
                waiting.append(target)
    assert len(seen) > 5, seen
    assert not faults, "\n".join(faults)
