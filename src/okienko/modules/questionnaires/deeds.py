"""Edits of a draft in words, for the history: written at once, for what they name may be deleted later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okienko.engines.questionnaire import Change, Question, Questionnaire, Texts
from okienko.engines.questionnaire import changes as edits
from okienko.engines.questionnaire import texts as all_texts
from okienko.modules.questionnaires import texts

KEPT = 400
#: Changes that put something in, take something out or move it.
DEEDS = {
    "add_language": _("language added"),
    "remove_language": _("language removed"),
    "move_question": _("question moved"),
    "move_section": _("part moved"),
    "move_option": _("answer moved"),
    "add_section": _("part added"),
    "add_question": _("question added"),
    "add_option": _("answer added"),
    "add_row": _("row added"),
    "add_scale": _("scale added"),
    "add_area": _("area added"),
    "delete_section": _("part deleted"),
    "delete_question": _("question deleted"),
    "delete_option": _("answer deleted"),
    "delete_row": _("row deleted"),
    "delete_scale": _("scale deleted"),
    "delete_area": _("area deleted"),
}
_TEXTS = {
    "title": _("title"),
    "intro": _("words at the beginning"),
    "thanks": _("words of thanks"),
    "text": _("words of the question"),
    "help": _("help"),
    "unit": _("unit"),
}
Line = tuple[str, str, str]  # what, before, after


def told(content: Questionnaire, changes: Sequence[Change]) -> tuple[dict[str, str], dict[str, str]]:
    """What the changes replaced and what they put there; a repeated name is numbered, so none is lost."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for change in changes:
        result = change.apply(content)
        for label, old, new in _lines(change, content, result):
            key = _free(label, after)
            after[key] = new[:KEPT]
            if old:
                before[key] = old[:KEPT]
        content = result
    return before, after


def _free(label: str, taken: dict[str, str]) -> str:
    key, number = label, 2
    while key in taken:
        key, number = f"{label} ({number})", number + 1
    return key


def _lines(change: Change, content: Questionnaire, result: Questionnaire) -> Iterator[Line]:
    tag = str(change.__struct_config__.tag)
    if tag in DEEDS:
        yield str(DEEDS[tag]), "", _subject(change, content, result)
    elif isinstance(change, edits.SetText):
        known = {place.path: place.texts for place in all_texts(content)}
        where = f"{_place(change.path, content)} ({texts.language_name(change.language)})"
        yield where, known.get(change.path, {}).get(change.language, ""), change.text
    elif isinstance(change, edits.SetProperties):
        yield from _properties(change, content, result)
    elif isinstance(change, edits.SetOption):
        yield from _of_option(change, content, result)
    else:
        yield from _switched(change, content)


def _subject(change: Any, content: Questionnaire, result: Questionnaire) -> str:
    """What was added, moved or taken out."""
    words = _added(change, result) or _present(change, content)
    if not hasattr(change, "by"):
        return words
    return f"{words} – {gettext('up') if change.by < 0 else gettext('down')}"


def _added(change: Any, result: Questionnaire) -> str:
    match change:
        case edits.AddSection():
            return texts.part_name(result, change.section.code)
        case edits.AddQuestion():
            return texts.item_name(change.question.code, result)
        case edits.AddOption():
            return _inside(result, change.question, change.text)
        case edits.AddRow():
            return _inside(result, change.question, change.row.text)
        case edits.AddScale():
            return texts.scale_name(result, change.scale.code)
        case edits.AddArea():
            return texts.area_name(result, change.area.code)
    return ""


def _present(change: Any, content: Questionnaire) -> str:
    match change:
        case edits.AddLanguage() | edits.RemoveLanguage():
            return texts.language_name(change.language)
        case edits.DeleteRow():
            rows = {row.code: row.text for row in content.question(change.question).rows}
            return _inside(content, change.question, rows[change.row])
        case edits.DeleteOption() | edits.MoveOption():
            return _inside(content, change.question, _option_text(content, change))
        case edits.MoveSection() | edits.DeleteSection():
            return texts.part_name(content, change.section)
        case edits.DeleteScale():
            return texts.scale_name(content, change.scale)
        case edits.DeleteArea():
            return texts.area_name(content, change.area)
    return texts.item_name(change.question, content)


def _inside(content: Questionnaire, question: str, words: Texts) -> str:
    return f"{texts.item_name(question, content)} – {texts.said(words, content.default_language)}"


def _option_text(content: Questionnaire, change: Any) -> Texts:
    return next(
        option.text for option in content.question(change.question).options if option.value == change.value
    )


def _place(path: str, content: Questionnaire) -> str:
    """A path of the engine's texts in words: `question:szybkosc/option:2`, `title`."""
    head, _sep, tail = path.partition("/")
    what, _sep, code = head.partition(":")
    part, _sep, value = tail.partition(":")
    if what == "area":
        return gettext("Area “%(name)s”") % {"name": texts.area_name(content, code)}
    if what == "scale":
        return f"{texts.scale_name(content, code)} – {gettext('Point %(code)s') % {'code': value}}"
    if what not in ("section", "question"):
        return str(_TEXTS[what])
    home = texts.part_name(content, code) if what == "section" else texts.item_name(code, content)
    inner = {"option": gettext("Answer %(code)s"), "row": gettext("Row %(code)s")}.get(part)
    return f"{home} – {inner % {'code': value} if inner else _TEXTS[part]}"


def _properties(change: edits.SetProperties, content: Questionnaire, result: Questionnaire) -> Iterator[Line]:
    old, new = content.question(change.question), result.question(change.question)
    name = texts.item_name(change.question, content)
    for key in change.properties:
        label = texts.PROPERTIES.get(key) or gettext("condition")
        yield f"{name} – {label}", _value(content, old, key), _value(result, new, key)


def _value(content: Questionnaire, question: Question, key: str) -> str:
    value = getattr(question, key)
    if isinstance(value, bool):
        return _yes_no(value)
    if value is None:
        return ""
    match key:
        case "condition":
            return texts.clause(content, value)
        case "role":
            return str(texts.ROLES[value])
        case "domain":
            return str(texts.DOMAINS[value])
        case "area":
            return texts.area_name(content, value)
        case "scale" | "importance_scale":
            return texts.scale_name(content, value)
    return str(value)


def _of_option(change: edits.SetOption, content: Questionnaire, result: Questionnaire) -> Iterator[Line]:
    labels = {"exclusive": gettext("excludes the others"), "other": gettext("asks for words")}
    name = _inside(content, change.question, _option_text(content, change))
    for key in change.properties:
        old, new = (_option_value(known, change, key) for known in (content, result))
        yield f"{name} – {labels.get(key) or gettext('condition')}", old, new


def _option_value(content: Questionnaire, change: edits.SetOption, key: str) -> str:
    options = content.question(change.question).options
    value = next(getattr(option, key) for option in options if option.value == change.value)
    return texts.clause(content, value) if key == "condition" else _yes_no(value)


def _switched(change: Any, content: Questionnaire) -> Iterator[Line]:
    """A part or a question that is asked or not, and the condition of a part."""
    if isinstance(change, edits.SwitchQuestion):
        name = texts.item_name(change.question, content)
        asked = content.question(change.question).enabled
    else:
        name = texts.part_name(content, change.section)
        part = next(section for section in content.sections if section.code == change.section)
        if isinstance(change, edits.SetSectionCondition):
            conditions = (texts.clause(content, found) for found in (part.condition, change.condition))
            yield (f"{name} – {gettext('condition')}", *conditions)
            return
        asked = part.enabled
    yield f"{name} – {gettext('is asked')}", _yes_no(asked), _yes_no(change.on)


def _yes_no(value: bool) -> str:
    return gettext("yes") if value else gettext("no")
