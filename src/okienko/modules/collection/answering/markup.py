"""HTML in segments: bytes that never change, and slots that depend on what was already filled in.

A page without answers is one prepared byte string; only a page shown again pays for its slots.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

Data = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class State:
    """What a page shown again must keep: the fields as they were sent, and messages by field.

    `options`: (question, value) pairs that earlier answers leave; None = all.
    """

    data: Data = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    options: frozenset[tuple[str, int]] | None = None


EMPTY = State()
Slot = Callable[[State], str]


class Markup:
    """Collects segments; `freeze` gives the bytes for an empty state and the program for any other."""

    def __init__(self) -> None:
        self._parts: list[str | Slot] = []

    def add(self, *parts: str | Slot) -> None:
        self._parts.extend(parts)

    def freeze(self) -> Compiled:
        merged: list[str | Slot] = []
        for part in self._parts:
            if isinstance(part, str) and merged and isinstance(merged[-1], str):
                merged[-1] += part
            else:
                merged.append(part)
        return Compiled(tuple(merged))


class Compiled:
    """A frozen piece of a page."""

    __slots__ = ("_parts", "blank")

    def __init__(self, parts: tuple[str | Slot, ...]) -> None:
        self._parts = parts
        self.blank = self.render(EMPTY)

    def render(self, state: State) -> bytes:
        return "".join(part if isinstance(part, str) else part(state) for part in self._parts).encode()


def checked(name: str, value: int | str) -> Slot:
    wanted = str(value)
    return lambda state: " checked" if wanted in state.data.get(name, ()) else ""


def selected(name: str, value: int | str) -> Slot:
    wanted = str(value)
    return lambda state: " selected" if wanted in state.data.get(name, ()) else ""


def typed(name: str) -> Slot:
    return lambda state: escape(next(iter(state.data.get(name, ())), ""))


def problem(names: Sequence[str], ident: str, prefix: str) -> Slot:
    """The message of a question (under any of its fields), tied to it by `aria-describedby`."""

    def show(state: State) -> str:
        found = next((state.problems[name] for name in names if name in state.problems), None)
        if found is None:
            return ""
        return f'<p class="a-err" id="{ident}"><span class="vh">{escape(prefix)} </span>{escape(found)}</p>'

    return show


def described(names: Sequence[str], ident: str, help_id: str = "") -> Slot:
    """The attributes that tie help and message to a group or a field."""

    def show(state: State) -> str:
        wrong = any(name in state.problems for name in names)
        ids = " ".join(part for part in (help_id, ident if wrong else "") if part)
        return f' aria-describedby="{ids}"' if ids else ""

    return show


def when_shown(question: str, value: int, parts: Sequence[str | Slot]) -> Slot:
    """An option that stands only where earlier answers leave it."""

    def show(state: State) -> str:
        if state.options is not None and (question, value) not in state.options:
            return ""
        return "".join(part if isinstance(part, str) else part(state) for part in parts)

    return show
