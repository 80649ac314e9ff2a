"""Answers to every question: those of one scale in one table, and a table for each of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from string import ascii_lowercase

from django.utils.translation import gettext as _

from okienko.foundation.print import blocks as b
from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Document, ItemResult
from okienko.modules.results.presenting.figures import CUT, cut_note, percent_span, span
from okienko.modules.results.presenting.rows import missing_rows, untold
from okienko.modules.results.presenting.words import Words, why_hidden

# A row of more answers than this would be too wide for a page.
WIDEST = 5
# A part of a question is called “question – part” and numbered 26a, 26b …
DASH, LETTERS = " – ", ascii_lowercase


def questions(document: Document, words: Words) -> list[dict]:
    made = [b.heading(_("Answers to every question"), 2)]
    for kind, found in groupby(document.items, key=lambda item: _kind(item, words)):
        of_kind = list(found)
        if kind[0] == "scale":
            made += _scale(of_kind, words)
        elif kind[0] == "choices":
            made += _choices(of_kind, words)
        else:
            made += [block for item in of_kind for block in _alone(item, words)]
    return made


def _kind(item: ItemResult, words: Words) -> tuple:
    """What makes neighbouring questions stand in one table."""
    asked = words.items[item.code]
    if asked.kind == "ordinal" and len(asked.categories) <= WIDEST and not untold(item, words):
        return "scale", *(words.answer(item.code, each.value) for each in asked.categories)
    return ("choices", asked.question) if asked.kind == "binary" else ("alone",)


def _scale(found: Sequence[ItemResult], words: Words) -> list[dict]:
    """A row for each question: the shares of its answers, its mean, each with its interval below."""
    asked = words.items[found[0].code]
    answers = [words.answer(found[0].code, each.value) for each in asked.categories]
    columns = [b.column(_head(found, words), width=4.2)]
    columns += [b.column(name, "right", 1.5) for name in answers]
    columns += [b.column(_("Mean"), "right", 1.8), b.column("n", "right", 1)]
    table: list = []
    one = _of_one(found, words)
    for area, of_area in groupby(found, key=lambda item: words.items[item.code].area or ""):
        if area in words.areas and words.items[found[0].code].role == "driver":
            table.append(b.group(words.area(area)))
        table += [_scale_row(item, words, len(answers), one) for item in of_area]
    shown = [figure for item in found for figure in (*item.shares, item.mean) if figure is not None]
    note = _("Below each figure is its 95% interval.")
    if cut := cut_note(CUT for figure in shown if figure.cut):
        note += "\n\n" + cut
    return [b.table(_between(found, words), columns, table, note=note)]


def _of_one(found: Sequence[ItemResult], words: Words) -> bool:
    """Whether all are rows of one question."""
    return len(found) > 1 and len({words.items[item.code].question for item in found}) == 1


def _head(found: Sequence[ItemResult], words: Words) -> str:
    if _of_one(found, words):
        return _("What was asked about")
    shortened = any(words.short(item.code) != words.label(item.code) for item in found)
    return f"{words.stem.strip()} …" if shortened and words.stem else _("Question")


def _between(found: Sequence[ItemResult], words: Words) -> str:
    first, last = words.number(found[0].code), words.number(found[-1].code)
    if _of_one(found, words):
        return f"{first.rstrip(LETTERS)}. {words.label(found[0].code).rsplit(DASH, 1)[0]}"
    if first == last:
        return f"{first}. {words.label(found[0].code)}"
    return _("Answers to questions %(first)s–%(last)s") % {"first": first, "last": last}


def _scale_row(item: ItemResult, words: Words, answers: int, one: bool) -> list:
    short = words.label(item.code).rsplit(DASH, 1)[-1] if one else words.short(item.code)
    name = f"{words.number(item.code)}. {short}"
    if item.hidden is not None:
        return [name, b.hidden(why_hidden(item.hidden), span=answers + 2)]
    if item.mean is None:
        return [name, b.cell(_("Nobody answered this question."), span=answers + 2)]
    shares = [b.cell(ui.percent(each.share), note=percent_span(each)) for each in item.shares]
    mean = b.cell(ui.number(item.mean.estimate, 2), note=span(item.mean), bold=True)
    return [b.cell(name, note=not_counted(item)), *shares, mean, ui.number(item.mean.n)]


def _choices(found: Sequence[ItemResult], words: Words) -> list[dict]:
    """A question with several answers: how many chose each of them."""
    title = words.label(found[0].code).rsplit(DASH, 1)[0]
    number = words.number(found[0].code).rstrip(LETTERS)
    columns = [b.column(_("Answer"), width=3)]
    columns += [b.column(name, "right") for name in ("%", _("Interval (95 per cent)"))]
    if not any(item.shares or item.hidden for item in found):
        return _silent(f"{number}. {title}")
    table = [_choice_row(item, words) for item in found]
    return [b.table(f"{number}. {title}", columns, table, note=_cut(found))]


def _choice_row(item: ItemResult, words: Words) -> list:
    name = words.label(item.code).rsplit(DASH, 1)[-1]
    if item.hidden is not None:
        return [name, b.hidden(why_hidden(item.hidden), span=2)]
    chosen = next((each for each in item.shares if each.value == 1), None)
    if chosen is None:
        return [name, "–", "–"]
    return [name, ui.percent(chosen.share, 1), percent_span(chosen) or "–"]


def _alone(item: ItemResult, words: Words) -> list[dict]:
    title = f"{words.number(item.code)}. {words.label(item.code)}"
    if item.hidden is not None:
        return [b.text([b.run(title, bold=True)]), b.note(why_hidden(item.hidden), title=_("Hidden"))]
    if not item.shares:
        return _silent(title)
    columns = [b.column(_("Answer"), width=3)]
    columns += [b.column(name, "right") for name in ("%", _("Interval (95 per cent)"))]
    table = [
        [words.answer(item.code, each.value), ui.percent(each.share, 1), percent_span(each) or "–"]
        for each in item.shares
    ]
    table += [[name, _("Hidden"), "–"] for name in untold(item, words)]
    note = "; ".join(text for text in (_mean(item), not_counted(item)) if text)
    return [b.table(title, columns, table, note="\n\n".join(t for t in (note, _cut([item])) if t))]


def _silent(title: str) -> list[dict]:
    return [b.text([b.run(title, bold=True), " ", _("Nobody answered this question.")])]


def _cut(found: Iterable[ItemResult]) -> str:
    """What an asterisk says, where there is one."""
    figures = [each for item in found for each in (*item.shares, item.mean) if each is not None]
    return cut_note(CUT for each in figures if each.cut)


def _mean(item: ItemResult) -> str:
    if item.mean is None:
        return ""
    mean, interval = _("mean %(mean)s") % {"mean": ui.number(item.mean.estimate, 2)}, span(item.mean)
    count = f"n = {ui.number(item.mean.n)}"
    return f"{mean} ({interval}), {count}" if interval else f"{mean}, {count}"


def not_counted(item: ItemResult) -> str:
    """Answers that are no answers, each kind apart."""
    return "; ".join(f"{label}: {ui.number(count)}" for label, count in missing_rows(item))
