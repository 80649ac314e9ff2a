"""A codebook (code, question, scale) and its additions → a questionnaire.

Scales: the names in `SCALES`, answers written out (`1=own|2=rent`), `emphasis:q3_*` (which of these items
should get most attention; 99 = none), `number`, `text`. An item of the codebook is a question of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from okienko.engines.questionnaire import (
    DefinitionError,
    Option,
    Point,
    Question,
    Questionnaire,
    Scale,
    Section,
    from_builtins,
    to_builtins,
)

NONE = 99
SATISFIED = ("very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied")
SCALES = {
    "satisfaction5": SATISFIED,
    "satisfaction5_reversed": tuple(reversed(SATISFIED)),
    "quality5": ("poor", "below average", "neutral", "good", "excellent"),
    "frequency4": ("never", "less than once a month", "a few times a month", "at least once a week"),
}
YESNO = "1=yes|2=no"
KEYS = {"title", "code", "language", "audience", "sections", "roles", "domains", "questions"}


class CodebookFault(ValueError):
    """The codebook cannot become a questionnaire; the text names the row or key."""


@dataclass(frozen=True)
class Entry:
    code: str
    text: str
    scale: str


def entries_of(header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> list[Entry]:
    """Rows of the codebook; the columns `code`, `question` and `scale` may stand in any order."""
    place = {name.strip().lower(): index for index, name in enumerate(header)}
    lacking = [name for name in ("code", "question", "scale") if name not in place]
    if lacking:
        raise CodebookFault(f"the codebook has no column {lacking[0]!r}; it needs code, question and scale")
    found = []
    for number, row in enumerate(rows, start=2):
        code, text, scale = ((row[place[name]] or "").strip() for name in ("code", "question", "scale"))
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", code):
            raise CodebookFault(f"row {number}: {code!r} cannot be a code: small letters, digits, single _")
        found.append(Entry(code, text or code, scale))
    return found


def make_questionnaire(entries: Sequence[Entry], more: Mapping[str, Any]) -> Questionnaire:
    """Put the questionnaire together; raises `CodebookFault` with the place.

    Parameters
    ----------
    more : what a codebook does not say: `title`, `code`, `language`, `[sections]` (pattern → title),
        `[roles]` and `[domains]` (role → patterns), `[questions.CODE]` (`text`, `scale`: more items).
    """
    for key in more:
        if key not in KEYS:
            raise CodebookFault(f"{key}: not known; known: {', '.join(sorted(KEYS))}")
    extra = [
        Entry(code, row.get("text", code), row.get("scale", ""))
        for code, row in more.get("questions", {}).items()
    ]
    every = [*entries, *extra]
    language = more.get("language", "en")
    maker = _Maker(every, more, language)
    used = {entry.scale for entry in every if entry.scale in SCALES}
    try:
        whole = Questionnaire(
            code=more.get("code", "codebook"),
            title={language: more.get("title", "Codebook")},
            languages=(language,),
            default_language=language,
            audience=more.get("audience", "clients"),
            scales=tuple(_scale(name, language) for name in SCALES if name in used),
            sections=maker.sections(),
        )
        return from_builtins(to_builtins(whole))
    except DefinitionError as error:
        raise CodebookFault(str(error)) from None


class _Maker:
    def __init__(self, every: Sequence[Entry], more: Mapping[str, Any], language: str) -> None:
        self.every, self.more, self.language = every, more, language
        self.roles = _patterns(more.get("roles", {}), "roles")
        self.domains = _patterns(more.get("domains", {}), "domains")

    def sections(self) -> tuple[Section, ...]:
        titles = self.more.get("sections", {}) or {"*": self.more.get("title", "Questions")}
        held: dict[str, list[Question]] = {pattern: [] for pattern in titles}
        for entry in self.every:
            pattern = next((name for name in titles if fnmatch(entry.code, name)), None)
            if pattern is None:
                raise CodebookFault(f'{entry.code}: no line of [sections] takes it; add "*" = "…"')
            held[pattern].append(self.question(entry))
        return tuple(
            Section(code=f"s{number}", title={self.language: titles[pattern]}, questions=tuple(questions))
            for number, (pattern, questions) in enumerate(held.items(), start=1)
            if questions
        )

    def question(self, entry: Entry) -> Question:
        domain = _first(self.domains, entry.code)
        role = "domain" if domain else _first(self.roles, entry.code)
        common = {
            "code": entry.code, "text": {self.language: entry.text}, "role": role, "domain": domain,
        }  # fmt: skip
        if entry.scale in SCALES:
            return Question(kind="scale", scale=entry.scale, dont_know=True, **common)
        if entry.scale in ("number", "text"):
            return Question(kind=entry.scale, **common)
        if entry.scale == "yesno":
            return Question(kind="single", options=self._written(entry, YESNO), dont_know=True, **common)
        if entry.scale.startswith("emphasis:"):
            return Question(kind="single", options=self._emphasis(entry), **common)
        return Question(kind="single", options=self._written(entry, entry.scale), **common)

    def _written(self, entry: Entry, scale: str) -> tuple[Option, ...]:
        found = []
        for part in scale.split("|"):
            value, sign, words = part.partition("=")
            if not sign or not value.strip().isdigit():
                raise CodebookFault(
                    f"{entry.code}: scale {entry.scale!r} is not known; write the answers out: 1=yes|2=no"
                )
            found.append(Option(value=int(value), text={self.language: words.strip()}))
        return tuple(found)

    def _emphasis(self, entry: Entry) -> tuple[Option, ...]:
        pattern = entry.scale.removeprefix("emphasis:")
        named = [item for item in self.every if fnmatch(item.code, pattern)]
        if not named:
            raise CodebookFault(f"{entry.code}: no item is called {pattern}")
        options = [Option(value=n, text={self.language: item.text}) for n, item in enumerate(named, start=1)]
        return (*options, Option(value=NONE, text={self.language: "none"}))


def _scale(name: str, language: str) -> Scale:
    points = enumerate(SCALES[name], start=1)
    return Scale(code=name, points=tuple(Point(value=value, text={language: text}) for value, text in points))


def _patterns(table: Mapping[str, Any], where: str) -> list[tuple[str, str]]:
    """(pattern, role), as written: the first that fits holds."""
    found = []
    for role, patterns in table.items():
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            if not isinstance(pattern, str):
                raise CodebookFault(f'[{where}] {role}: a name such as "q3_*" or a list of them')
            found.append((pattern, role))
    return found


def _first(patterns: Sequence[tuple[str, str]], code: str) -> str | None:
    return next((role for pattern, role in patterns if fnmatch(code, pattern)), None)
