"""Can a question ever be shown? Conditions against each other, over answers that are codes.

A condition becomes alternatives, each a table *item → answers that are allowed*; a conjunction joins
tables by intersection. An empty intersection cannot happen. Numbers, dates and texts are not judged
(everything is thought possible), and neither is a condition with more than ``LIMIT`` alternatives: a doubt
is never reported as a fault.
"""

from __future__ import annotations

from .conditions import Groups, evaluate, groups, option_of
from .definition import DONT_KNOW, NOT_APPLICABLE, NOT_SHOWN, All, Compare, Condition, Questionnaire
from .items import Item, items

LIMIT = 1000

#: Item → answers that are possible (None: empty).
Table = dict[str, frozenset[int | None]]


class _TooMany(Exception):
    """More alternatives than are worth counting."""


def never_shown(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the codes of questions that no answers can bring up.

    Conditions must look back only (``checks`` asks here after it has made sure of that).
    """
    judge = _Judge(questionnaire)
    return tuple(
        question.code
        for _, questions in questionnaire.asked()
        for question in questions
        if not judge.possible(question.code)
    )


class _Judge:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.items: dict[str, Item] = {item.code: item for item in items(questionnaire)}
        self.groups: Groups = groups(questionnaire)
        self.conditions: dict[str, tuple[Condition | None, Condition | None]] = {
            question.code: (section.condition, question.condition)
            for section, questions in questionnaire.asked()
            for question in questions
        }
        self.known: dict[str, list[Table]] = {}

    def possible(self, question: str) -> bool:
        try:
            return bool(self.shown(question))
        except _TooMany:
            return True

    def alternatives(self, condition: Condition) -> list[Table]:
        if isinstance(condition, Compare):
            return self.comparison(condition)
        parts = [self.alternatives(part) for part in condition.of]
        if isinstance(condition, All):
            return self.joined(parts)
        return self.limited([table for part in parts for table in part])

    def comparison(self, compare: Compare) -> list[Table]:
        compared = self.on_option(compare)
        item = self.items.get(compared.item)
        if item is None or not item.categories:
            return [{}]
        possible = [*item.values(), DONT_KNOW, NOT_APPLICABLE]
        allowed: set[int | None] = {x for x in possible if evaluate(compared, {item.code: x}, self.groups)}
        if evaluate(compared, {}, self.groups):
            allowed |= {None, NOT_SHOWN}
        if not allowed:
            return []
        table: Table = {item.code: frozenset(allowed)}
        # Where an answer is asked for, its own question must be shown too.
        return [table] if None in allowed else self.joined([[table], self.shown(item.question)])

    def shown(self, question: str) -> list[Table]:
        """Return the alternatives under which a question is shown; kept, for chains of conditions."""
        if question not in self.known:
            conditions = self.conditions.get(question, (None, None))
            self.known[question] = self.joined([self.alternatives(x) for x in conditions if x is not None])
        return self.known[question]

    def on_option(self, compare: Compare) -> Compare:
        """Turn "contains" of a multiple choice into a comparison of the option's own item."""
        if compare.item not in self.groups or compare.op != "contains":
            return compare
        code = option_of(self.groups[compare.item], compare)
        if code is None or code not in self.items or self.items[code].kind != "binary":
            return compare
        return Compare(code, "eq", 1)

    def joined(self, parts: list[list[Table]]) -> list[Table]:
        tables: list[Table] = [{}]
        for part in parts:
            tables = self.limited([x for a in tables for b in part if (x := _intersection(a, b)) is not None])
        return tables

    def limited(self, tables: list[Table]) -> list[Table]:
        if len(tables) > LIMIT:
            raise _TooMany
        return tables


def _intersection(a: Table, b: Table) -> Table | None:
    table = dict(a)
    for item, allowed in b.items():
        common = table[item] & allowed if item in table else allowed
        if not common:
            return None
        table[item] = common
    return table
