"""A person at a keyboard: reaches things with Tab, types, presses Enter and Space. No mouse."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.stack import ROOT

SCREENS = ROOT / "build" / "screens"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_TABS = 260
PHONE = 768
PHASES = {
    "Słuchamy": ("Badania", "Formularze papierowe", "Kwestionariusze"),
    "Rozumiemy": ("Wyniki", "Porównania"),
}

# What a screen reader would call the focused element, near enough to find it by its words.
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const text = (n) => (n ? n.textContent.replace(/\\s+/g, ' ').trim() : '');
  const ids = (a) => (e.getAttribute(a) || '').split(/\\s+/).filter(Boolean)
    .map((i) => text(document.getElementById(i))).join(' ');
  const label = e.labels && e.labels.length ? [...e.labels].map(text).join(' ') : '';
  const group = e.closest('fieldset') ? text(e.closest('fieldset').querySelector('legend')) : '';
  const name = e.getAttribute('aria-label') || ids('aria-labelledby') || label || text(e)
    || e.title || '';
  return {name: name.slice(0, 300), group, tag: e.tagName.toLowerCase()};
}"""


class Person:
    """One browser page, driven by keys alone."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self._under_way = 0
        page.on("request", lambda _: self._count(1))
        for ended in ("requestfinished", "requestfailed"):
            page.on(ended, lambda _: self._count(-1))

    def _count(self, step: int) -> None:
        self._under_way = max(0, self._under_way + step)

    def open(self, path: str) -> Person:
        """Type an address: the one thing besides keys that a person does."""
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self

    def reach(self, words: str, *, tag: str = "", group: str = "") -> dict:
        """Press Tab until the focus is on what is called so (a regular expression, letter case apart)."""
        seen = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(_FOCUSED)
            if here is None:
                continue
            seen.append(f"{here['tag']}:{here['name'][:50]}")
            if seen.count(seen[-1]) > 12:
                break  # round and round
            named = re.search(words, here["name"], re.IGNORECASE)
            if named and (not tag or here["tag"] == tag) and re.search(group, here["group"], re.IGNORECASE):
                return here
        where = f"{words!r} (group {group!r}) on {self.page.url}"
        raise AssertionError(f"no Tab leads to {where}: {sorted(set(seen))}")

    def press(self, words: str, *, tag: str = "") -> Person:
        """Reach a link or a button and press Enter."""
        self.reach(words, tag=tag)
        return self.enter()

    def enter(self) -> Person:
        """Press Enter and wait for whatever it brings: another page, a dialog, a piece of the page."""
        self.page.keyboard.press("Enter")
        return self.settle()

    def settle(self) -> Person:
        """Wait until nothing is under way."""
        quiet = 0
        for _ in range(400):
            self.page.wait_for_timeout(50)
            quiet = 0 if self._under_way else quiet + 1
            if quiet >= 4:
                break
        self.page.wait_for_load_state("load")
        return self

    def go(self, entry: str) -> Person:
        """Open an entry of the navigation; on a phone its phase is opened first."""
        self.page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")
        if self.page.viewport_size["width"] < PHONE:
            phase = next(name for name, entries in PHASES.items() if entry in entries)
            self.press(f"^{phase}")
        return self.press(f"^{entry}")

    def fill(self, words: str, text: str) -> Person:
        """Reach a field and type into it, replacing what is there."""
        self.reach(words)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        return self

    def choose(self, words: str, option: str) -> Person:
        """Reach a drop-down list and go down with the arrow to the option."""
        here = self.reach(words, tag="select")
        chosen = "() => document.activeElement.selectedOptions[0].textContent.trim()"
        for _ in range(MOST_TABS):
            if re.search(option, self.page.evaluate(chosen), re.IGNORECASE):
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{here['name']}: there is no option {option!r}")

    def day(self, words: str, day: date) -> Person:
        """Reach a field for a day and type it as this browser's language writes days."""
        self.reach(words)
        for written in (f"{day:%d%m%Y}", f"{day:%m%d%Y}"):
            self.page.keyboard.type(written)
            if self.page.evaluate("() => document.activeElement.value") == day.isoformat():
                return self
            # Day, month and year are three stops of one field: go back before all of them.
            while re.search(words, (self.page.evaluate(_FOCUSED) or {"name": ""})["name"], re.IGNORECASE):
                self.page.keyboard.press("Shift+Tab")
            self.reach(words)
        raise AssertionError(f"{words!r} does not take {day}")

    def tick(self, words: str, *, group: str = "") -> Person:
        """Reach a check box (or the radio group's button) and press Space."""
        self.reach(words, tag="input", group=group)
        self.page.keyboard.press("Space")
        return self

    def radio(self, group: str, down: int = 0) -> Person:
        """Enter a radio group of this question and go down so many answers with the arrow."""
        self.reach("", tag="input", group=group)
        self.page.keyboard.press("Space")
        for _ in range(down):
            self.page.keyboard.press("ArrowDown")
        return self

    def sees(self, words: str) -> Person:
        """The page says so."""
        text = self.page.locator("body").inner_text()
        assert re.search(words, text, re.IGNORECASE), f"{words!r} is not on {self.page.url}:\n{text[:3000]}"
        return self

    def look(self, name: str) -> Person:
        """Axe finds nothing, nothing sticks out at the side, and a picture is kept."""
        width, height = self.page.viewport_size["width"], self.page.viewport_size["height"]
        SCREENS.mkdir(parents=True, exist_ok=True)
        # A window as tall as the page: what sticks to its edge then covers nothing.
        tall = self.page.evaluate("() => document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": max(height, tall)})
        self.page.screenshot(path=str(SCREENS / f"{name}-{width}.png"), full_page=True)
        over = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, f"{self.page.url} is {over} px too wide at {width}"
        faults = violations(self.page)
        assert not faults, f"{self.page.url} at {width}: {faults}"
        self.page.set_viewport_size({"width": width, "height": height})
        return self


def violations(page: Page) -> list[str]:
    """What axe-core says against WCAG 2.2 AA."""
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("(tags) => axe.run({runOnly: tags})", STANDARD)["violations"]
    return [f"{item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"][:3]]
