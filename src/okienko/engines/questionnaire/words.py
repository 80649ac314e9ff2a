"""A condition said in words, in Polish, English and Ukrainian, for the editor and for paper.

A group inside a group stands in brackets, so the sentence means what the tree means.
"""

from __future__ import annotations

from collections.abc import Sequence

from .conditions import as_sequence, evaluate, groups, option_of
from .definition import DONT_KNOW, NOT_APPLICABLE, All, AnyOf, Compare, Condition, Questionnaire
from .items import Item, items, numbers
from .messages import FALLBACK, message, written

_PL = {
    "and": " i ",
    "or": " lub ",
    "quote": "„{}”",
    "range": "od {} do {}",
    "marked": "w pytaniu {n} zaznaczono {what}",
    "not_marked": "w pytaniu {n} zaznaczono inną odpowiedź niż {what}",
    "without": "w pytaniu {n} nie zaznaczono {what}",
    "answered": "na pytanie {n} udzielono odpowiedzi",
    "not_answered": "na pytanie {n} nie udzielono odpowiedzi",
    "eq": "w pytaniu {n} wpisano {what}",
    "ne": "w pytaniu {n} wpisano coś innego niż {what}",
    "lt": "w pytaniu {n} wpisano mniej niż {what}",
    "le": "w pytaniu {n} wpisano najwyżej {what}",
    "gt": "w pytaniu {n} wpisano więcej niż {what}",
    "ge": "w pytaniu {n} wpisano co najmniej {what}",
    "date_lt": "w pytaniu {n} wpisano datę przed {what}",
    "date_le": "w pytaniu {n} wpisano datę nie późniejszą niż {what}",
    "date_gt": "w pytaniu {n} wpisano datę po {what}",
    "date_ge": "w pytaniu {n} wpisano datę nie wcześniejszą niż {what}",
    "contains": "w odpowiedzi na pytanie {n} jest {what}",
    "not_contains": "w odpowiedzi na pytanie {n} nie ma {what}",
    "filter_one": "Na pytanie {n} proszę odpowiedzieć tylko wtedy, gdy {when}.",
    "filter_many": "Na pytania {n}–{last} proszę odpowiedzieć tylko wtedy, gdy {when}.",
    "else_next": "W innym wypadku proszę przejść do pytania {to}.",
    "else_end": "W innym wypadku to już koniec ankiety.",
    "only_when": "{text} (tylko gdy {when})",
    "never": "nigdy",
}
_EN = {
    "and": " and ",
    "or": " or ",
    "quote": "“{}”",
    "range": "{} to {}",
    "marked": "{what} is marked in question {n}",
    "not_marked": "an answer other than {what} is marked in question {n}",
    "without": "{what} is not marked in question {n}",
    "answered": "question {n} is answered",
    "not_answered": "question {n} is not answered",
    "eq": "the answer to question {n} is {what}",
    "ne": "the answer to question {n} is not {what}",
    "lt": "the answer to question {n} is less than {what}",
    "le": "the answer to question {n} is at most {what}",
    "gt": "the answer to question {n} is more than {what}",
    "ge": "the answer to question {n} is at least {what}",
    "date_lt": "the date in question {n} is before {what}",
    "date_le": "the date in question {n} is not later than {what}",
    "date_gt": "the date in question {n} is after {what}",
    "date_ge": "the date in question {n} is not earlier than {what}",
    "contains": "the answer to question {n} contains {what}",
    "not_contains": "the answer to question {n} does not contain {what}",
    "filter_one": "Please answer question {n} only if {when}.",
    "filter_many": "Please answer questions {n}–{last} only if {when}.",
    "else_next": "Otherwise please go to question {to}.",
    "else_end": "Otherwise this is the end of the questionnaire.",
    "only_when": "{text} (only if {when})",
    "never": "never",
}
_UK = {
    "and": " і ",
    "or": " або ",
    "quote": "«{}»",
    "range": "від {} до {}",
    "marked": "у запитанні {n} позначено {what}",
    "not_marked": "у запитанні {n} позначено іншу відповідь, ніж {what}",
    "without": "у запитанні {n} не позначено {what}",
    "answered": "на запитання {n} дано відповідь",
    "not_answered": "на запитання {n} не дано відповіді",
    "eq": "у запитанні {n} вписано {what}",
    "ne": "у запитанні {n} вписано щось інше, ніж {what}",
    "lt": "у запитанні {n} вписано менше ніж {what}",
    "le": "у запитанні {n} вписано не більше ніж {what}",
    "gt": "у запитанні {n} вписано більше ніж {what}",
    "ge": "у запитанні {n} вписано щонайменше {what}",
    "date_lt": "у запитанні {n} вписано дату до {what}",
    "date_le": "у запитанні {n} вписано дату, не пізнішу за {what}",
    "date_gt": "у запитанні {n} вписано дату після {what}",
    "date_ge": "у запитанні {n} вписано дату, не ранішу за {what}",
    "contains": "у відповіді на запитання {n} є {what}",
    "not_contains": "у відповіді на запитання {n} немає {what}",
    "filter_one": "На запитання {n} дайте, будь ласка, відповідь лише тоді, коли {when}.",
    "filter_many": "На запитання {n}–{last} дайте, будь ласка, відповідь лише тоді, коли {when}.",
    "else_next": "В іншому разі перейдіть, будь ласка, до запитання {to}.",
    "else_end": "В іншому разі це кінець анкети.",
    "only_when": "{text} (лише коли {when})",
    "never": "ніколи",
}
WORDS = {"pl": _PL, "en": _EN, "uk": _UK}


def word(key: str, language: str, **params: object) -> str:
    """Return a phrase of paper and conditions; a language without a table falls back to English."""
    text = (WORDS.get(language) or WORDS[FALLBACK])[key]
    return text.format(**params) if params else text


def condition_in_words(questionnaire: Questionnaire, condition: Condition, language: str) -> str:
    """Say a condition as a clause: "w pytaniu 2 zaznaczono „przez telefon” lub „e-mailem”".

    Questions are named by their printed numbers, answers by their texts.
    """
    return _Speaker(questionnaire, language).say(condition)


class _Speaker:
    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.language = language
        self.default = questionnaire.default_language
        self.items = {item.code: item for item in items(questionnaire, all_questions=True)}
        self.numbers = numbers(questionnaire)
        self.groups = groups(questionnaire)

    def say(self, condition: Condition, *, inside: bool = False) -> str:
        if isinstance(condition, Compare):
            return self.comparison(condition)
        if not condition.of:
            return word("never" if isinstance(condition, AnyOf) else "and", self.language).strip()
        if len(condition.of) == 1:
            return self.say(condition.of[0], inside=inside)
        joint = word("and" if isinstance(condition, All) else "or", self.language)
        text = joint.join(self.say(part, inside=True) for part in condition.of)
        return f"({text})" if inside else text

    def comparison(self, compare: Compare) -> str:
        number = self.number(compare.item)
        if compare.op in ("answered", "not_answered"):
            return word(compare.op, self.language, n=number)
        if compare.item in self.groups:
            option = option_of(self.groups[compare.item], compare)
            what = self.quoted([self.option(option)])
            return word(
                "marked" if compare.op == "contains" else "without", self.language, n=number, what=what
            )
        item = self.items.get(compare.item)
        if item is not None and item.categories:
            return self.coded(item, compare, number)
        return self.free(item, compare, number)

    def coded(self, item: Item, compare: Compare, number: str) -> str:
        """Say which answers satisfy a comparison, by trying every one of them."""
        if compare.op in ("ne", "not_in"):
            what = self.quoted([self.answer(item, value) for value in as_sequence(compare.value)])
            return word("not_marked", self.language, n=number, what=what)
        candidates = [category.value for category in item.categories]
        candidates += [DONT_KNOW] * item.dont_know + [NOT_APPLICABLE] * item.not_applicable
        fitting = [value for value in candidates if evaluate(compare, {item.code: value}, self.groups)]
        if item.kind == "binary":
            label = self.quoted([self.option(item.code)])
            return word("marked" if fitting == [1] else "without", self.language, n=number, what=label)
        labels = [self.answer(item, value) for value in fitting]
        consecutive = len(fitting) > 2 and fitting == list(range(fitting[0], fitting[-1] + 1))
        if item.kind == "ordinal" and not all(self.text(category.label) for category in item.categories):
            # A scale labelled at its ends only is spoken of by its numbers.
            labels = [str(value) if value >= 0 else self.answer(item, value) for value in fitting]
            what = self.range(labels) if consecutive else word("or", self.language).join(labels)
        elif item.kind == "ordinal" and consecutive:
            quote = word("quote", self.language)
            what = self.range([quote.format(label) for label in labels])
        else:
            what = self.quoted(labels) if labels else "–"
        return word("marked", self.language, n=number, what=what)

    def range(self, labels: Sequence[str]) -> str:
        return word("range", self.language).format(labels[0], labels[-1])

    def free(self, item: Item | None, compare: Compare, number: str) -> str:
        values = [written(value, self.language) for value in as_sequence(compare.value)]
        plain = item is not None and item.kind in ("number", "rank")
        what = word("or", self.language).join(values) if plain else self.quoted(values)
        key = {"in": "eq", "not_in": "ne"}.get(compare.op, compare.op)
        if item is not None and item.kind == "date" and f"date_{key}" in WORDS[FALLBACK]:
            key, what = f"date_{key}", values[0] if values else ""
        return word(key, self.language, n=number, what=what)

    def number(self, code: str) -> str:
        item = self.items.get(code)
        if item is not None and item.kind != "binary" and item.number:
            return item.number
        question = item.question if item else code
        return self.numbers.get(question, question)

    def option(self, code: str | None) -> str:
        item = self.items.get(code or "")
        return self.answer(item, 1) if item is not None and item.categories else self.rank_label(item)

    def rank_label(self, item: Item | None) -> str:
        return self.text(item.label) if item is not None else "?"

    def answer(self, item: Item, value: object) -> str:
        if value in (DONT_KNOW, NOT_APPLICABLE):
            return message("dont_know" if value == DONT_KNOW else "not_applicable", self.language)
        for category in item.categories:
            if category.value == value:
                return self.text(category.label) or str(value)
        return str(value)

    def text(self, texts: dict[str, str]) -> str:
        return texts.get(self.language) or texts.get(self.default) or ""

    def quoted(self, labels: Sequence[str]) -> str:
        quote = word("quote", self.language)
        said = [quote.format(label) for label in labels]
        joint = word("or", self.language)
        return joint.join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)
