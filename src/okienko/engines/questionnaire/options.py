"""Readers of multiple choices and rankings, where rules run over all options of a question.

Nothing marked at all is an empty answer, on every channel alike: an option is 0 only where another option
of the same question was marked. So the base of every option is the people who answered the question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .conditions import Test
from .definition import NOT_SHOWN, Question
from .items import Item
from .parsing import Refused, code_value, only
from .readers import (
    SPECIAL_SUFFIX,
    FieldProblem,
    Form,
    Problems,
    Reader,
    Typed,
    Values,
    form_words,
    problem_of,
    read_special,
    specials,
    typed_words,
)


class Options:
    """Multiple choices and rankings: an item per option, and rules over all of them."""

    def __init__(self, question: Question, items: Sequence[Item], hidden: Mapping[int, Test]) -> None:
        self.question = question
        self.ranking = question.kind == "ranking"
        self.hidden = hidden
        self.items = {item.option: item for item in items if item.option is not None and item.kind != "text"}
        self.other = next((item for item in items if item.kind == "text"), None)
        self.other_option = self.other.option if self.other else None
        first = next(iter(self.items.values()), None)
        self.allowed = {str(value): value for value in (specials(first) if first else ())}
        self.exclusive = {option.value for option in question.options if option.exclusive}
        self.places = {str(place): place for place in range(1, (first.high or 0) + 1)} if first else {}

    def reader(self) -> Reader:
        return Reader(self.form, self.typed)

    def form(self, data: Form, values: Values, problems: Problems) -> None:
        self.hide(values)
        marks: dict[int, int] = {}
        before = len(problems)
        for option, item in self.items.items():
            raw = data.get(item.code)
            if not raw:
                continue
            try:
                text = only(raw)
                if text and (mark := self.mark(text)):
                    marks[option] = mark
            except Refused as refused:
                problems.append(problem_of(refused, item))
        words = form_words(data, self.other, problems)
        try:
            special = read_special(data, self.question.code + SPECIAL_SUFFIX, self.allowed)
            if len(problems) == before:
                self.accept(marks, special, words, values)
        except Refused as refused:
            self.refuse(refused, values, problems)

    def typed(self, given: Typed, values: Values, problems: Problems) -> None:
        self.hide(values)
        marks: dict[int, int] = {}
        found: set[int] = set()
        before = len(problems)
        for option, item in self.items.items():
            value = given.get(item.code)
            if value is None:
                continue
            try:
                number = code_value(value)
                if number in self.allowed.values():
                    found.add(number)
                elif number == NOT_SHOWN and option not in self.hidden:
                    raise Refused("not_shown")
                elif number != NOT_SHOWN and (mark := self.mark(str(number))):
                    marks[option] = mark
            except Refused as refused:
                problems.append(problem_of(refused, item))
        words = typed_words(given, self.other, problems)
        try:
            if len(found) > 1:
                raise Refused("exclusive")
            if len(problems) == before:
                self.accept(marks, found.pop() if found else None, words, values)
        except Refused as refused:
            self.refuse(refused, values, problems)

    def mark(self, text: str) -> int:
        """Return 1 for a tick, a place in a ranking, 0 for nothing."""
        if self.ranking:
            if text not in self.places:
                raise Refused("place_range", limit=len(self.places))
            return self.places[text]
        if text not in ("0", "1"):
            raise Refused("unknown_code")
        return int(text)

    def accept(self, marks: dict[int, int], special: int | None, words: str, values: Values) -> None:
        hidden = {option for option, item in self.items.items() if values.get(item.code) == NOT_SHOWN}
        other = self.other_option
        if words and special is None and other is not None and other not in hidden and not self.ranking:
            marks.setdefault(other, 1)
        if hidden.intersection(marks):
            raise Refused("option_hidden")
        if special is not None and marks:
            raise Refused("exclusive")
        if marks:
            self.check(marks)
        for option, item in self.items.items():
            if option in hidden:
                continue
            if special is not None:
                values[item.code] = special
            elif option in marks:
                values[item.code] = marks[option]
            elif marks and not self.ranking:
                values[item.code] = 0
        if words and self.other and other in marks:
            values[self.other.code] = words

    def refuse(self, refused: Refused, values: Values, problems: Problems) -> None:
        problems.append(FieldProblem(refused.code, self.question.code, self.question.code, refused.params))

    def hide(self, values: Values) -> None:
        """Mark the options that these answers leave out, whatever else is wrong with the question."""
        for option, test in self.hidden.items():
            if not test(values):
                values[self.items[option].code] = NOT_SHOWN

    def check(self, marks: Mapping[int, int]) -> None:
        """Check the rules over all options; nothing marked at all is an empty answer, not a wrong one."""
        least, most = self.question.min_choices, self.question.max_choices
        if self.ranking:
            places = sorted(marks.values())
            if len(set(places)) < len(places):
                raise Refused("place_twice")
            if places != list(range(1, len(places) + 1)):
                raise Refused("place_gap")
        elif self.exclusive & marks.keys() and len(marks) > 1:
            raise Refused("exclusive")
        if least is not None and len(marks) < least and not self.exclusive & marks.keys():
            raise Refused("too_few", limit=least)
        if most is not None and len(marks) > most:
            raise Refused("too_many", limit=most)
