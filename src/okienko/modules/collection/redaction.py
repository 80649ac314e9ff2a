"""Masking of personal data in remarks, before anybody but the coordinator reads them. Pure rules.

A masked place becomes a code such as `⟨phone⟩`; pages put it into words (`remark_words`). The rules prefer to
mask too much: the coordinator sees the original and may show a word again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

CHOSEN = "chosen"
KINDS = ("pesel", "phone", "email", "address", "number", "name", "link", CHOSEN)

_UPPER = "A-ZĄĆĘŁŃÓŚŹŻ"
_UPPER_UK = "А-ЩЬЮЯҐЄІЇ"
_NAME = rf"[{_UPPER}{_UPPER_UK}][\w'’]*(?:-[{_UPPER}{_UPPER_UK}][\w'’]*)?"
_TITLE = (
    r"(?:[Pp]an(?:i|u|a|em|ią|ie|owie|owi|ów|ami)?|[Pp]aństw[aou]|[Pp]\.|[Mm]gr\.?|[Dd]r\.?|[Ii]nż\.?"
    r"|[Pp]rof\.?"
    r"|[Mm]ec\.?|[Kk]s\.?|[Mm]r\.?|[Mm]rs\.?|[Mm]s\.?|[Пп]ан[іаеу]?|[Пп]ані)"
)
# What often follows "Pani" with a capital letter and is not a name.
_WORK = (
    r"(?:burmistrz|wójt|prezydent|starost|dyrektor|kierowni|naczelni|urzędni|sekretar|skarbni|minist|marszał"
    r"|inspektor|referent|pracowni|przewodnicząc|radc|radn|wojewod|komendant|(?:z|w|przy|od|na|i|ze|ta|ten)\b)"
)
_STREET = (
    r"(?:ul\.|ulic[aęy]|al\.|alej[aeięą]\w*|pl\.|plac[uem]*|os\.|osiedl[eua]\w*|skwer|rondo|вул\."
    r"|street|str\.)"
)


@dataclass(frozen=True, slots=True)
class Mask:
    """A place of a text and what was seen there."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, by its place; `kind` is what the rules saw in it, or empty."""

    place: int
    text: str
    kind: str


_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "email",
        re.compile(
            r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(małpa\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
        ),
    ),
    ("link", re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("pesel", re.compile(r"(?<![\d+-])(?:\d[ -]?){10}\d(?![\d-]|,\d)")),
    (
        "phone",
        re.compile(
            r"(?<![\d,.])(?:(?:\+|00)\s?\d{2,3}[\s-]?)?(?:\(?0?\d{2}\)?[\s./-]?)?"
            r"(?:\d{3}[\s.-]\d{3}[\s.-]\d{3}|\d{3}[\s.-]\d{2}[\s.-]\d{2}|\d{2}[\s-]\d{3}[\s-]\d{2}[\s-]\d{2})(?!\d)"
        ),
    ),
    ("phone", re.compile(r"(?<!\d)(?:\+|00)\d{9,13}(?!\d)|(?<!\d)\d{9}(?!\d)")),
    (
        "phone",
        re.compile(r"(?<=tel)\w*\.?:?\s*(?:nr\s*)?\(?\+?\d[\d\s()-]{4,16}\d", re.IGNORECASE),
    ),
    (
        "address",
        re.compile(
            rf"(?<!\w){_STREET}\s*(?:(?:(?:św|gen|ks|bp|prof|dr|płk|mjr|marsz|kard)\.\s*)?"
            rf"(?:\d{{1,2}}\s+)?{_NAME}(?:\s+(?:i\s+)?{_NAME}){{0,3}}|\d{{1,2}}\s+\w+)"
            r"(?:\s*(?:nr\s*)?\d+(?:\s?[A-Z]|[a-z])?(?:\s?(?:/|m\.|lok\.|mieszkania|m)\s?\d+[a-zA-Z]?)?(?!\w))?"
        ),
    ),
    ("address", re.compile(rf"(?<![\d-])\d{{2}}-\d{{3}}(?![\d-])(?:\s+{_NAME}(?:\s+{_NAME})?)?")),
    ("number", re.compile(rf"(?<!\w)[{_UPPER}]{{2,3}}\s?\d{{5,7}}(?!\w)")),  # identity card, passport
    (
        "number",
        re.compile(rf"(?<!\w)[{_UPPER}]{{1,6}}[.-]\d+[.-][\d.-]{{1,30}}(?:\.[{_UPPER}]{{1,6}})?(?!\w)"),
    ),
    ("number", re.compile(r"(?<![\d.,])\d(?:[ -]?\d){6,}(?!\d)")),
    (
        "number",
        re.compile(
            r"(?:(?<=nr )|(?<=nr\. )|(?<=numer )|(?<=numerem )|(?<=sygn\. ))[\w./-]{0,20}\d{3,}[\w./-]{0,20}"
        ),
    ),
    (
        "name",
        re.compile(
            rf"(?<!\w)(?P<title>{_TITLE}(?:\s*(?:mgr|inż|dr|prof|hab)\.?)*)\s+"
            rf"(?!(?i:{_WORK}))(?P<mask>{_NAME}(?:\s+{_NAME}){{0,2}})"
        ),
    ),
    (
        "name",
        re.compile(
            rf"(?<!\w)(?:(?i:nazywam się|jestem|mam na imię|podpisan[oay]|pozdrawiam,?|z poważaniem,?"
            rf"|з повагою,?|my name is))\s+(?P<mask>{_NAME}(?:\s+{_NAME}){{0,2}})"
        ),
    ),
    (
        "name",
        re.compile(
            rf"(?<!\w)(?:(?i:burmistrz|wójt|starost|kierownik|kierownicz|dyrektor|naczelni|urzędni|sekretar|inspektor"
            rf"|referent|pracowni)\w*)\s+(?P<mask>{_NAME}\s+{_NAME}|{_NAME}(?:ski|ska|skiej|skiego|cki|cka|ckiej"
            rf"|ckiego|icz|ak|ek|uk))(?!\w)"
        ),
    ),
)


def find(text: str) -> tuple[Mask, ...]:
    """Places with personal data, in order and without overlaps; what an earlier rule took stays its."""
    found: list[Mask] = []
    for kind, pattern in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span("mask" if "mask" in pattern.groupindex else 0)
            while start < end and not text[start].isalnum() and text[start] not in "+(":
                start += 1
            if start < end and not any(mask.start < end and start < mask.end for mask in found):
                found.append(Mask(start, end, kind))
    return tuple(sorted(found, key=lambda mask: mask.start))


def clean(text: str) -> str:
    """The respondent's own angle brackets must not look like our codes."""
    return text.replace("⟨", "<").replace("⟩", ">")


def redact(text: str) -> str:
    """The text with a code in every place that holds personal data. `text` has been cleaned."""
    parts, last = [], 0
    for mask in find(text):
        parts += [text[last : mask.start], code(mask.kind)]
        last = mask.end
    return "".join([*parts, text[last:]])


def code(kind: str) -> str:
    return f"⟨{kind}⟩"


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, each with what the rules saw in it."""
    masks = find(text)
    return tuple(
        Word(place, match[0], _seen(masks, match.start(), match.end()))
        for place, match in enumerate(re.finditer(r"\S+", text))
    )


def hide_words(text: str, places: Collection[int]) -> str:
    """The text with the words at these places hidden, and no others; neighbours become one code."""
    hidden = frozenset(places)
    return "".join(_hidden(text, hidden))


def _hidden(text: str, hidden: frozenset[int]) -> Iterator[str]:
    matches, masks, last = list(re.finditer(r"\S+", text)), find(text), 0

    def code_of(pair: tuple[int, re.Match[str]]) -> str:
        place, match = pair
        return (_seen(masks, *match.span()) or CHOSEN) if place in hidden else ""

    for kind, group in groupby(enumerate(matches), key=code_of):
        run = [match for _, match in group]
        if not kind:
            continue
        yield text[last : run[0].start()]
        yield code(kind)
        last = run[-1].end()
    yield text[last:]


def _seen(masks: tuple[Mask, ...], start: int, end: int) -> str:
    return next((mask.kind for mask in masks if mask.start < end and start < mask.end), "")
