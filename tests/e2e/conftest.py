"""A browser, an empty installation, and the demo, each started once for all journeys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from okienko.foundation.accounts.demo import DEMO_PASSWORD
from okienko.foundation.testing.machine import require
from tests.e2e import stack
from tests.e2e.person import Person

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    require("browser")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Iterator[stack.Stack]:
    """The small demo network, running."""
    data = tmp_path_factory.mktemp("demo")
    stack.okienko(data, "demo", "load", "--size", "small")
    running = stack.start(data)
    yield running
    running.stop()


@pytest.fixture
def empty(tmp_path) -> Iterator[stack.Stack]:
    """An installation that nobody has set up yet, running."""
    stack.okienko(tmp_path, "manage", "migrate", "--verbosity", "0")
    running = stack.start(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def at(browser):
    """`at(base, width)` gives a person in front of a fresh browser window of that width, in Polish."""
    opened = []

    def sit_down(base: str, width: int = 1440) -> Person:
        # Axe is evaluated in the page, which the strict policy forbids to others but not to the test.
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="pl-PL", bypass_csp=True, reduced_motion="reduce"
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return Person(page, base)

    yield sit_down
    for context in opened:
        context.close()


@pytest.fixture
def signed_in(demo, at):
    """`signed_in(e-mail, width)`: a person of the demo, signed in by keyboard."""

    def sign_in(email: str, width: int = 1440) -> Person:
        person = at(demo.base, width).open("/konto/login/")
        person.fill("e-mail", email).fill("hasło", DEMO_PASSWORD)
        person.enter()
        assert "/konto/login" not in person.page.url, person.page.locator("main").inner_text()
        return person

    return sign_in
