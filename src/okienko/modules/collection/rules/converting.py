"""A table and its mapping → answers, or every problem with its row and column. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from okienko.engines.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    NOT_SHOWN,
    Item,
    Questionnaire,
    compile_validator,
    items,
    problem_text,
)
from okienko.modules.collection.rules.mapping import FileMapping, plain

MOST_PROBLEMS = 500
STEP = 2000
Value = int | float | str
_BAD = object()


@dataclass(frozen=True)
class Frame:
    """What the wave allows. `points`: plain code or name of a service point → id."""

    questionnaire: Questionnaire
    opens_on: date
    closes_on: date
    points: Mapping[str, int]
    language: str


@dataclass(frozen=True)
class NewAnswer:
    """One row on its way in."""

    answers: dict[str, int | float]
    texts: dict[str, str]
    day: date
    service_point_id: int | None = None
    language: str = "pl"
    stratum: str = ""
    psu: str = ""
    weight: float | None = None


@dataclass(frozen=True)
class Problem:
    """`code` says what is wrong (see `import_words`); `column` is the name in the file."""

    row: int
    column: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass
class Converted:
    """`count` of all problems; only the first are kept. `dropped`: answers to questions not to be asked."""

    rows: list[NewAnswer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    dropped: int = 0

    def blame(self, row: int, column: str, code: str, **params: Any) -> None:
        self.count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(row, column, code, params))


def convert(
    header: Sequence[str],
    numbered: Iterable[tuple[int, Sequence[str | None]]],
    mapping: FileMapping,
    frame: Frame,
    tell: Callable[[int], None] = lambda done: None,
) -> Converted:
    """Read every row; a row with a problem gives no answer but the reading goes on to the end.

    Parameters
    ----------
    numbered : pairs of the row's number in the file and its cells.
    tell : called with the number of rows read, now and then.
    """
    reader = _Reader(header, mapping, frame)
    result = Converted()
    for done, (number, cells) in enumerate(numbered):
        if done % STEP == 0:
            tell(done)
        before = result.count
        answer = reader.read(number, cells, result)
        if answer is not None and result.count == before:
            result.rows.append(answer)
    if not result.rows and not result.count:
        result.blame(1, "", "no_rows")
    return result


class _Reader:
    def __init__(self, header: Sequence[str], mapping: FileMapping, frame: Frame) -> None:
        place = {column: index for index, column in enumerate(header)}
        known = {item.code: item for item in items(frame.questionnaire)}
        self.frame, self.mapping = frame, mapping
        self.validate = compile_validator(frame.questionnaire).validate
        self.cells = [
            (place[column], code, column, _cell_reader(known[code], mapping, frame.questionnaire))
            for code, column in mapping.items.items()
        ]
        self.column_of = dict(mapping.items)
        self.roles = {role: place[column] for role, column in mapping.columns.items()}
        self.day = _day(mapping.day) if mapping.day else None

    def read(self, number: int, cells: Sequence[str | None], result: Converted) -> NewAnswer | None:
        values: dict[str, Value] = {}
        before = result.count
        for index, code, column, read in self.cells:
            value = read(cells[index] or "")
            if value is _BAD:
                result.blame(number, column, "unknown_value", value=(cells[index] or "")[:60], item=code)
            elif value is not None:
                values[code] = value
        submission = self.validate(values)
        for problem in submission.problems:
            words = problem_text(problem, self.frame.language)
            result.blame(number, self.column_of.get(problem.item, problem.item), "refused", words=words)
        result.dropped += len(submission.dropped)
        answered = any(value != NOT_SHOWN for value in submission.values.values())
        if not answered and result.count == before:  # an answer that could not be read is told already
            result.blame(number, "", "no_answer")
        return self._answer(number, cells, submission.values, result)

    def _answer(
        self, number: int, cells: Sequence[str | None], values: Mapping[str, Value], result: Converted
    ) -> NewAnswer | None:
        said = {role: (cells[index] or "").strip() for role, index in self.roles.items()}
        day = self._day(number, said, result)
        point = self._point(number, said, result)
        weight = self._weight(number, said, result)
        for role in ("stratum", "psu"):
            if len(said.get(role, "")) > 60:
                result.blame(number, self.mapping.columns[role], "too_long", most=60)
        language = said.get("language") or self.frame.questionnaire.default_language
        if language not in self.frame.questionnaire.languages:
            known = ", ".join(self.frame.questionnaire.languages)
            result.blame(
                number, self.mapping.columns["language"], "bad_language", value=language[:20], known=known
            )
        if day is None:
            return None
        return NewAnswer(
            answers={code: value for code, value in values.items() if not isinstance(value, str)},
            texts={code: value for code, value in values.items() if isinstance(value, str)},
            day=day,
            service_point_id=point,
            language=language,
            stratum=said.get("stratum", ""),
            psu=said.get("psu", ""),
            weight=weight,
        )

    def _day(self, number: int, said: Mapping[str, str], result: Converted) -> date | None:
        text = said.get("day", "")
        day = _day(text) if text else self.day
        column = self.mapping.columns.get("day", "")
        if day is None:
            result.blame(number, column, "bad_day" if text else "no_day", value=text[:30])
        elif not self.frame.opens_on <= day <= self.frame.closes_on:
            first, last = f"{self.frame.opens_on:%d.%m.%Y}", f"{self.frame.closes_on:%d.%m.%Y}"
            result.blame(number, column, "day_outside", value=f"{day:%d.%m.%Y}", first=first, last=last)
        return day

    def _point(self, number: int, said: Mapping[str, str], result: Converted) -> int | None:
        text = said.get("service_point", "")
        if not text:
            return None
        point = self.frame.points.get(plain(text))
        if point is None:
            result.blame(number, self.mapping.columns["service_point"], "unknown_point", value=text[:60])
        return point

    def _weight(self, number: int, said: Mapping[str, str], result: Converted) -> float | None:
        if "weight" not in said:
            return None
        weight = _number(said["weight"])
        if weight is None or not 0 < weight < 1e12:
            result.blame(number, self.mapping.columns["weight"], "bad_weight", value=said["weight"][:30])
            return None
        return float(weight)


def _cell_reader(
    item: Item, mapping: FileMapping, questionnaire: Questionnaire
) -> Callable[[str], Value | object | None]:
    """A function from a cell to a stored value: None empty, `_BAD` not an answer. Codes by a dict."""
    missing = DONT_KNOW if item.dont_know else None
    fixed: dict[str, Any] = dict.fromkeys(mapping.empty)
    # the codes of special answers as Okienko itself writes them into files
    fixed |= {"": None, "-1": None, "-4": None}
    fixed |= {"-2": DONT_KNOW} if item.dont_know else {}
    fixed |= {"-3": NOT_APPLICABLE} if item.not_applicable else {}
    fixed |= dict.fromkeys(mapping.missing_of(item.code), missing)
    own = mapping.values.get(item.code, {})
    if item.categories:
        allowed = {category.value for category in item.categories}
        table: dict[str, Any] = {}
        for category in item.categories:
            table |= {plain(text): category.value for text in category.label.values() if text}
        table |= {str(value): value for value in allowed}
        mapped = {text: code if code in allowed else _BAD for text, code in own.items()}
        whole = table | fixed | mapped
        return lambda cell: whole[cell] if cell in whole else table.get(plain(cell), _BAD)
    fixed |= dict(own)
    if item.kind in ("number", "rank"):
        return lambda cell: fixed[cell] if cell in fixed else _or_bad(_number(cell))
    if item.kind == "date":
        return lambda cell: fixed[cell] if cell in fixed else _or_bad(_iso(cell))
    return lambda cell: fixed.get(cell, cell)


def _or_bad(value: Value | None) -> Value | object:
    return _BAD if value is None else value


def _number(text: str) -> int | float | None:
    plain_text = text.replace(" ", "").replace("\u00a0", "").replace(",", ".")
    try:
        value = float(plain_text)
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    return None


def _iso(text: str) -> str | None:
    day = _day(text)
    return day.isoformat() if day else None
