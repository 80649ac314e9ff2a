"""Blocks of a printed form: plain values that a page template lays out in their order.

Every block has ``kind`` as its last field, so that ``dataclasses.asdict`` tells a template what it holds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """A box: its key, its code, its words; ``item`` when every box is an item of its own (several answers
    or places), ``writes`` the item of the words to write beside it."""

    key: str
    value: int
    text: str
    item: str = ""
    writes: str = ""
    special: bool = False


@dataclass(frozen=True)
class Heading:
    """Level 1: the questionnaire, level 2: a section."""

    level: int
    text: str
    code: str
    kind: str = "heading"


@dataclass(frozen=True)
class Instruction:
    """A paragraph to read: an introduction, an information, thanks."""

    text: str
    code: str
    kind: str = "instruction"


@dataclass(frozen=True)
class Filter:
    """Who answers the questions ``questions``, and where the others go on, in words."""

    text: str
    questions: tuple[str, ...]
    kind: str = "filter"


@dataclass(frozen=True)
class ChoiceBlock:
    """One question with boxes. ``several``: more than one box may be marked."""

    number: str
    question: str
    item: str
    text: str
    help: str
    note: str
    several: bool
    scale: bool
    answers: tuple[Answer, ...]
    kind: str = "choice"


@dataclass(frozen=True)
class GridRow:
    """A row; ``second`` is the item of the right half (importance) of a pair."""

    number: str
    item: str
    text: str
    second: str = ""


@dataclass(frozen=True)
class GridBlock:
    """Rows that share their boxes; ``second`` are the boxes of the right half of a pair, else empty."""

    number: str
    question: str
    text: str
    help: str
    columns: tuple[Answer, ...]
    rows: tuple[GridRow, ...]
    second: tuple[Answer, ...] = ()
    first_title: str = ""
    second_title: str = ""
    kind: str = "grid"


@dataclass(frozen=True)
class RankBlock:
    """Lines with a box for a place each; ``answers`` are the special answers of the whole question."""

    number: str
    question: str
    text: str
    help: str
    note: str
    places: int
    rows: tuple[GridRow, ...]
    answers: tuple[Answer, ...]
    kind: str = "rank"


@dataclass(frozen=True)
class WriteBlock:
    """Room to write: ``input`` is number, date or text; ``lines`` how many lines to draw."""

    number: str
    question: str
    item: str
    input: str
    text: str
    help: str
    note: str
    unit: str
    lines: int
    answers: tuple[Answer, ...]
    kind: str = "write"


Block = Heading | Instruction | Filter | ChoiceBlock | GridBlock | RankBlock | WriteBlock
