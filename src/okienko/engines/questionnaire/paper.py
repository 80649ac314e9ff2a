"""The questionnaire as a sheet: plain blocks that a page template lays out, and the keys for typing it in.

A typist presses one key per answer, printed small beside its box: codes 0–9 are their digits, 10 is ``+``,
"don't know" is ``-``, "not applicable" is ``*`` – one hand on the numeric pad. Answers whose codes do not
fit are numbered 1–9, 0 and then lettered in the order of the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from .blocks import (
    Answer,
    Block,
    ChoiceBlock,
    Filter,
    GridBlock,
    GridRow,
    Heading,
    Instruction,
    RankBlock,
    WriteBlock,
)
from .definition import DONT_KNOW, NOT_APPLICABLE, Question, Questionnaire, Section, Texts
from .items import Item, question_items, row_number
from .messages import choice_note, input_note, message
from .words import condition_in_words, word

KEY_TEN = "+"
KEY_DONT_KNOW = "-"
KEY_NOT_APPLICABLE = "*"
_POSITIONS = "1234567890abcdefghijklmopqrstuvwxyz"


def answer_keys(values: Sequence[int]) -> dict[int, str]:
    """Return code → key for the answers of one question, in their order on the sheet."""
    if all(0 <= value <= 10 for value in values):
        return {value: KEY_TEN if value == 10 else str(value) for value in values}
    return {value: _POSITIONS[place] for place, value in enumerate(values[: len(_POSITIONS)])}


def paper_form(questionnaire: Questionnaire, language: str) -> tuple[Block, ...]:
    """Lay a questionnaire out as blocks in one language.

    Consecutive scale questions with the same scale and the same special answers become one grid whose rows
    keep their own numbers.

    Parameters
    ----------
    questionnaire : Questionnaire
    language : str
        A missing text falls back to the default language.
    """
    return _Sheet(questionnaire, language).blocks()


class _Sheet:
    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.asked = questionnaire.asked()
        numbered = [q.code for _, found in self.asked for q in found if q.kind != "information"]
        self.numbers = {code: place for place, code in enumerate(numbered, start=1)}

    def blocks(self) -> tuple[Block, ...]:
        blocks: list[Block] = [Heading(1, self.text(self.questionnaire.title), self.questionnaire.code)]
        blocks += self.paragraph(self.questionnaire.intro, self.questionnaire.code)
        for section, questions in self.asked:
            if questions:
                blocks.append(Heading(2, self.text(section.title), section.code))
                blocks += self.paragraph(section.intro, section.code)
                blocks += self.section(section, questions)
        blocks += self.paragraph(self.questionnaire.thanks, self.questionnaire.code)
        return tuple(blocks)

    def section(self, section: Section, questions: Sequence[Question]) -> list[Block]:
        blocks: list[Block] = []
        if section.condition is not None:
            blocks += self.filter(
                questions, condition_in_words(self.questionnaire, section.condition, self.language)
            )
        for group in _runs(questions):
            if group[0].condition is not None:
                when = condition_in_words(self.questionnaire, group[0].condition, self.language)
                blocks += self.filter(group, when)
            for rows in _grids(group):
                blocks += [self.joined(section, rows)] if len(rows) > 1 else self.question(section, rows[0])
        return blocks

    def filter(self, questions: Sequence[Question], when: str) -> list[Block]:
        places = [self.numbers[question.code] for question in questions if question.code in self.numbers]
        if not places:
            return []
        key = "filter_one" if len(places) == 1 else "filter_many"
        text = word(key, self.language, n=places[0], last=places[-1], when=when)
        if places[-1] < len(self.numbers):
            text += " " + word("else_next", self.language, to=places[-1] + 1)
        else:
            text += " " + word("else_end", self.language)
        return [Filter(text, tuple(question.code for question in questions))]

    def question(self, section: Section, question: Question) -> list[Block]:
        number = str(self.numbers.get(question.code, ""))
        items = question_items(self.questionnaire, section.code, question, number)
        match question.kind:
            case "information":
                return self.paragraph(question.text, question.code) + self.paragraph(
                    question.help, question.code
                )
            case "grid" | "pair":
                return [self.grid(question, number, items)]
            case "ranking":
                return [self.ranking(question, number, items)]
            case "number" | "date" | "text" | "long_text":
                return [self.write(question, number, items[0])]
            case _:
                return [self.choice(question, number, items)]

    def choice(self, question: Question, number: str, items: Sequence[Item]) -> ChoiceBlock:
        several = question.kind == "multiple"
        writes = next((item.code for item in items if item.kind == "text"), "")
        if question.options:
            keys = answer_keys([option.value for option in question.options])
            answers = tuple(
                Answer(
                    keys.get(option.value, ""),
                    option.value,
                    self.option(question, option.value),
                    item=f"{question.code}_{option.value}" if several else "",
                    writes=writes if option.other else "",
                )
                for option in question.options
            )
        else:
            answers = self.points(items[0])
        return ChoiceBlock(
            number=number,
            question=question.code,
            item=question.code,
            text=self.text(question.text),
            help=self.text(question.help),
            note=choice_note(question, self.language) if several else "",
            several=several,
            scale=not question.options,
            answers=answers + self.special(question),
        )

    def grid(self, question: Question, number: str, items: Sequence[Item]) -> GridBlock:
        pair = question.kind == "pair"
        left = items[::2] if pair else items
        right = items[1::2] if pair else ()
        texts = [self.text(row.text) for row in question.rows] or [self.text(question.text)]
        rows = tuple(
            GridRow(item.number, item.code, texts[place], right[place].code if pair else "")
            for place, item in enumerate(left)
        )
        special = self.special(question)
        return GridBlock(
            number=number,
            question=question.code,
            text=self.text(question.text) if question.rows else "",
            help=self.text(question.help),
            columns=(self.points(left[0]) if left else ()) + special,
            rows=rows,
            second=self.points(right[0]) + special if right else (),
            first_title=message("satisfaction", self.language) if pair else "",
            second_title=message("importance", self.language) if pair else "",
        )

    def joined(self, section: Section, questions: Sequence[Question]) -> GridBlock:
        """Make one grid of scale questions that look alike."""
        rows = tuple(
            GridRow(str(self.numbers[question.code]), question.code, self.text(question.text))
            for question in questions
        )
        item = question_items(self.questionnaire, section.code, questions[0])[0]
        columns = self.points(item) + self.special(questions[0])
        return GridBlock(number="", question="", text="", help="", columns=columns, rows=rows)

    def ranking(self, question: Question, number: str, items: Sequence[Item]) -> RankBlock:
        places = items[0].high or 0 if items else 0
        rows = tuple(
            GridRow(
                row_number(number, place),
                f"{question.code}_{option.value}",
                self.option(question, option.value),
            )
            for place, option in enumerate(question.options)
        )
        return RankBlock(
            number=number,
            question=question.code,
            text=self.text(question.text),
            help=self.text(question.help),
            note=message("rank_places", self.language, n=places),
            places=places,
            rows=rows,
            answers=self.special(question),
        )

    def write(self, question: Question, number: str, item: Item) -> WriteBlock:
        return WriteBlock(
            number=number,
            question=question.code,
            item=item.code,
            input=item.kind,
            text=self.text(question.text),
            help=self.text(question.help),
            note=input_note(question, self.language),
            unit=self.text(question.unit),
            lines=5 if question.kind == "long_text" else 1,
            answers=self.special(question),
        )

    def points(self, item: Item) -> tuple[Answer, ...]:
        keys = answer_keys([category.value for category in item.categories])
        return tuple(
            Answer(keys[category.value], category.value, self.text(category.label))
            for category in item.categories
        )

    def special(self, question: Question) -> tuple[Answer, ...]:
        found = []
        if question.dont_know:
            text = message("dont_know", self.language)
            found.append(Answer(KEY_DONT_KNOW, DONT_KNOW, text, special=True))
        if question.not_applicable:
            text = message("not_applicable", self.language)
            found.append(Answer(KEY_NOT_APPLICABLE, NOT_APPLICABLE, text, special=True))
        return tuple(found)

    def option(self, question: Question, value: int) -> str:
        option = next(option for option in question.options if option.value == value)
        text = self.text(option.text)
        if option.condition is None:
            return text
        when = condition_in_words(self.questionnaire, option.condition, self.language)
        return word("only_when", self.language, text=text, when=when)

    def paragraph(self, texts: Texts, code: str) -> list[Block]:
        text = self.text(texts)
        return [Instruction(text, code)] if text else []

    def text(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language) or texts.get(self.questionnaire.default_language) or ""


def _runs(questions: Sequence[Question]) -> list[list[Question]]:
    """Split into runs of neighbours under the same condition."""
    runs: list[list[Question]] = []
    for question in questions:
        if runs and runs[-1][0].condition == question.condition:
            runs[-1].append(question)
        else:
            runs.append([question])
    return runs


def _grids(questions: Sequence[Question]) -> list[list[Question]]:
    """Split into runs that make one grid: scale questions that look alike and need no explanation."""

    def looks(question: Question) -> object:
        if question.kind != "scale" or question.help:
            return question.code
        return (question.scale, question.dont_know, question.not_applicable)

    return [list(run) for _, run in groupby(questions, key=looks)]
