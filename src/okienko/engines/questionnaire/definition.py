"""The definition of a questionnaire: frozen values, and JSON in and out.

One definition gives the web page, the printed sheet, keyed entry, import and the codebook. The shape of
the JSON is the shape of these structs, field for field; a field that has its default value is left out.
Decoding is strict: an unknown field, a wrong type or a malformed code is refused with its place.

Codes are lower-case ASCII words joined by single underscores (``waiting_time``). A double underscore is
reserved for form fields (see ``validation``), so no code contains one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

#: First line of every file, so that a reader knows what it holds and in which version.
FORMAT: Literal["okienko-questionnaire/1"] = "okienko-questionnaire/1"

#: Special answers. An empty answer is an absent key, never a number.
DONT_KNOW = -2
NOT_APPLICABLE = -3
NOT_SHOWN = -4
SPECIAL = frozenset({DONT_KNOW, NOT_APPLICABLE, NOT_SHOWN})

MAX_BYTES = 2_000_000
MAX_DEPTH = 12

# \Z and not $: "$" would let a trailing newline through.
CODE_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*\Z"
ROW_PATTERN = r"^[a-z0-9]+(_[a-z0-9]+)*\Z"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z"

Code = Annotated[str, Meta(pattern=CODE_PATTERN, max_length=60)]
RowCode = Annotated[str, Meta(pattern=ROW_PATTERN, max_length=60)]
Language = Annotated[str, Meta(pattern=LANGUAGE_PATTERN, max_length=20)]

#: A text in every language of the questionnaire: language code → text.
Texts = dict[Language, str]

Kind = Literal[
    "single",  # one of the options
    "multiple",  # any of the options, an item of 0/1 per option
    "scale",  # one point of a scale
    "recommendation",  # one point of a scale 0–10
    "grid",  # rows × one scale
    "pair",  # satisfaction and importance of one thing, or of every row
    "ranking",  # places for options, an item per option
    "number",
    "date",
    "text",
    "long_text",
    "information",  # nothing is asked
]
Role = Literal[
    "overall_satisfaction", "driver", "importance", "recommendation", "outcome", "domain", "comment"
]
Audience = Literal["clients", "staff", "partners"]
Domain = Literal["background", "channel", "matter", "client_group"]
Operator = Literal[
    "eq", "ne", "lt", "le", "gt", "ge", "in", "not_in", "answered", "not_answered", "contains", "not_contains"
]


class Part(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every part of a definition shares: frozen, strict, defaults left out of JSON."""


class All(Part, frozen=True, tag_field="type", tag="all"):
    """Every part must hold. ``{"type": "all", "of": [...]}``."""

    of: tuple[Condition, ...]


class AnyOf(Part, frozen=True, tag_field="type", tag="any"):
    """At least one part must hold. ``{"type": "any", "of": [...]}``."""

    of: tuple[Condition, ...]


class Compare(Part, frozen=True, tag_field="type", tag="is"):
    """One comparison with an earlier answer: ``{"type": "is", "item": "channel", "op": "in", "value": [1]}``.

    ``item`` is an item code; ``contains``, ``not_contains``, ``answered`` and ``not_answered`` also take
    the code of a multiple-choice or ranking question. ``conditions`` defines the meaning.
    """

    item: str
    op: Operator
    value: int | float | str | tuple[int | float | str, ...] | None = None


Condition = All | AnyOf | Compare


class Area(Part, frozen=True):
    """A named area of satisfaction that drivers and importance belong to."""

    code: Code
    name: Texts


class Point(Part, frozen=True):
    """One point of a scale; ``text`` is its anchor and may be empty between the ends."""

    value: int
    text: Texts = {}


class Scale(Part, frozen=True):
    """A scale that questions share: 2–11 points, values rising by one, anchors at least at both ends."""

    code: Code
    points: tuple[Point, ...]


class Option(Part, frozen=True):
    """An answer to choose. ``value`` is its code for ever; ``other`` opens a field for words."""

    value: int
    text: Texts
    exclusive: bool = False
    other: bool = False
    condition: Condition | None = None


class Row(Part, frozen=True):
    """A row of a grid or of a pair; ``role`` and ``area`` override those of the question."""

    code: RowCode
    text: Texts
    role: Role | None = None
    area: str | None = None


class Question(Part, frozen=True):
    """A question. Which fields a kind uses is in ``checks.USED``; ``checks.check`` reports the others."""

    code: Code
    kind: Kind
    text: Texts
    help: Texts = {}
    role: Role | None = None
    domain: Domain | None = None
    area: str | None = None
    enabled: bool = True
    required: bool = False
    condition: Condition | None = None
    scale: str | None = None
    importance_scale: str | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    dont_know: bool = False
    not_applicable: bool = False
    min_choices: int | None = None
    max_choices: int | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    decimals: int = 0
    unit: Texts = {}
    earliest: str | None = None
    latest: str | None = None
    max_length: int | None = None


class Section(Part, frozen=True):
    """A part of the questionnaire: one page when it is answered page by page."""

    code: Code
    title: Texts
    intro: Texts = {}
    enabled: bool = True
    condition: Condition | None = None
    questions: tuple[Question, ...] = ()


class Questionnaire(Part, frozen=True, kw_only=True):
    """A whole questionnaire. ``needs`` names the roles without which its report cannot be made."""

    format: Literal["okienko-questionnaire/1"] = msgspec.field(default=FORMAT)
    code: Code
    title: Texts
    intro: Texts = {}
    thanks: Texts = {}
    languages: tuple[Language, ...]
    default_language: Language
    audience: Audience = "clients"
    needs: tuple[Role, ...] = ()
    areas: tuple[Area, ...] = ()
    scales: tuple[Scale, ...] = ()
    sections: tuple[Section, ...] = ()

    def questions(self) -> tuple[Question, ...]:
        """Return all questions in order, those switched off too."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, code: str) -> Question:
        """Return the question with this code. Raises ``KeyError``."""
        for question in self.questions():
            if question.code == code:
                return question
        raise KeyError(code)

    def scale(self, code: str | None) -> Scale | None:
        """Return the scale with this code, or None."""
        return next((scale for scale in self.scales if scale.code == code), None)

    def asked(self) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
        """Return the sections that are on, each with its questions that are on."""
        return tuple(
            (section, tuple(question for question in section.questions if question.enabled))
            for section in self.sections
            if section.enabled
        )


class DefinitionError(ValueError):
    """A file that is not a questionnaire.

    Attributes
    ----------
    place : str
        Where, as a JSON path (``$.sections[0].questions[2].kind``); empty when the whole is unreadable.
    reason : str
        What is wrong, in English.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{reason} – at {place}" if place else reason)
        self.place = place
        self.reason = reason


_decoder = msgspec.json.Decoder(Questionnaire)
_encoder = msgspec.json.Encoder()


def from_json(data: bytes | str) -> Questionnaire:
    """Decode a questionnaire strictly.

    Parameters
    ----------
    data : bytes or str
        JSON in UTF-8, at most ``MAX_BYTES``.

    Returns
    -------
    Questionnaire
        Well-formed; whether it makes sense is told by ``checks.check``.

    Raises
    ------
    DefinitionError
        Names the place and the reason.
    """
    if len(data) > MAX_BYTES:
        raise DefinitionError("", f"the file is longer than {MAX_BYTES} bytes")
    if isinstance(data, bytes):
        data = data.removeprefix(b"\xef\xbb\xbf")  # a byte order mark that some editors add
    return _decoded(lambda: _decoder.decode(data))


def from_builtins(data: object) -> Questionnaire:
    """Decode what ``json.loads`` or a JSON column gives; strict like :func:`from_json`."""
    return _decoded(lambda: msgspec.convert(data, Questionnaire))


def to_json(questionnaire: Questionnaire, *, indent: int = 0) -> bytes:
    """Encode a questionnaire; equal questionnaires give equal bytes.

    Parameters
    ----------
    questionnaire : Questionnaire
    indent : int
        Spaces per level; 0 gives one compact line.

    Examples
    --------
    >>> from_json(to_json(questionnaire)) == questionnaire  # doctest: +SKIP
    True
    """
    data = _encoder.encode(to_builtins(questionnaire))
    return msgspec.json.format(data, indent=indent) if indent else data


def to_builtins(questionnaire: Questionnaire) -> dict[str, object]:
    """Return the same as dicts, lists and scalars, for a JSON column."""
    # The format marker is written although it is the default: a file must say what it is.
    return {"format": FORMAT, **msgspec.to_builtins(questionnaire, order="deterministic")}


def _decoded(decode: Callable[[], Questionnaire]) -> Questionnaire:
    try:
        questionnaire = decode()
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at ")
        raise DefinitionError(place.strip("`") or "$", reason) from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise DefinitionError("", f"not valid JSON: {error}") from None
    except RecursionError:
        raise DefinitionError("", "nested too deeply") from None
    for place, condition in _conditions(questionnaire):
        if _depth(condition) > MAX_DEPTH:
            raise DefinitionError(place, f"a condition nested more than {MAX_DEPTH} levels deep")
    return questionnaire


def _conditions(questionnaire: Questionnaire) -> list[tuple[str, Condition]]:
    found: list[tuple[str, Condition | None]] = []
    for s, section in enumerate(questionnaire.sections):
        found.append((f"$.sections[{s}].condition", section.condition))
        for q, question in enumerate(section.questions):
            place = f"$.sections[{s}].questions[{q}]"
            found.append((f"{place}.condition", question.condition))
            found += [
                (f"{place}.options[{o}].condition", x.condition) for o, x in enumerate(question.options)
            ]
    return [(place, condition) for place, condition in found if condition is not None]


def _depth(condition: Condition) -> int:
    """Depth without recursion: this runs before anybody has checked how deep it is."""
    deepest, stack = 0, [(condition, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        if not isinstance(node, Compare):
            stack += [(part, depth + 1) for part in node.of]
    return deepest
