"""The file to import and the screen on which its columns are named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okienko.engines.questionnaire import Item
from okienko.foundation.ui.forms import DayField
from okienko.modules.collection.rules.mapping import EMPTY, ROLES, FileMapping

# each column has four fields, and a form may have 1000
MOST_COLUMNS = 240
# every column offers every question
MOST_CHOICES = 40_000
ROLE_LABELS = {
    "day": gettext_lazy("day"),
    "service_point": gettext_lazy("service point"),
    "language": gettext_lazy("language"),
    "weight": gettext_lazy("weight"),
    "stratum": gettext_lazy("stratum"),
    "psu": gettext_lazy("primary sampling unit (PSU)"),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with answers"),
        help_text=gettext_lazy(
            "CSV or XLSX, up to 20 MB: a row for each person, names of columns in the first row."
        ),
    )


class GeneralForm(forms.Form):
    """What holds for the whole file."""

    day = DayField(
        label=gettext_lazy("Day of all answers"),
        required=False,
        help_text=gettext_lazy("Only if the file has no column with the day."),
    )
    missing = forms.CharField(
        label=gettext_lazy("Codes that are not answers"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("With commas, for instance 9, 99. They are read as “don't know”, or as empty "
                               "where the question has no “don't know”."),
    )  # fmt: skip
    empty = forms.CharField(
        label=gettext_lazy("What stands in empty cells"),
        required=False,
        max_length=200,
        initial="NA",
        help_text=gettext_lazy("With commas. Cells with nothing in them are always empty."),
    )


def is_too_wide(header: Sequence[str], items: Sequence[Item]) -> bool:
    """Whether the screen would be too long to be read, or to be sent."""
    return len(header) > MOST_COLUMNS or len(header) * len(items) > MOST_CHOICES


def words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def read_columns(
    post: Mapping[str, str], general: Mapping[str, Any], header: Sequence[str], items: Sequence[Item]
) -> FileMapping:
    """The mapping that the screen shows; `ValidationError` names the column."""
    codes = {item.code for item in items}
    found: dict[str, str] = {}
    columns: dict[str, str] = {}
    missing: dict[str, tuple[str, ...]] = {}
    values: dict[str, dict[str, int]] = {}
    errors = []
    for index, column in enumerate(header):
        errors += _claim(post.get(f"kol-{index}", ""), column, codes, found)
        errors += _claim(post.get(f"rola-{index}", ""), column, set(ROLES), columns)
        item = post.get(f"kol-{index}", "")
        if found.get(item) != column:
            continue
        own = post.get(f"brak-{index}", "").strip()
        if own:
            missing[item] = () if own == "-" else words(own)
        errors += _read_values(post.get(f"wart-{index}", ""), column, item, values)
    if not found:
        errors.append(_("No column is an answer. Say which column belongs to which question."))
    if errors:
        raise ValidationError(errors)
    return FileMapping(
        items=found,
        columns=columns,
        values=values,
        missing=words(general.get("missing") or ""),
        missing_items=missing,
        empty=("", *words(general.get("empty") or "")),
        day=general["day"].isoformat() if general.get("day") else "",
    )


def _claim(target: str, column: str, known: Collection[str], taken: dict[str, str]) -> list[str]:
    """Let the column be a question, or have a part to play, that no other column has."""
    if not target:
        return []
    if target not in known:
        text = _("Column %(column)s: the questionnaire has no “%(target)s”. Choose from the list.")
        return [text % {"column": column, "target": target[:60]}]
    if target in taken:
        text = _("Columns %(first)s and %(column)s are said to be the same. Leave it to one of them.")
        return [text % {"first": taken[target], "column": column}]
    taken[target] = column
    return []


def _read_values(text: str, column: str, item: str, values: dict[str, dict[str, int]]) -> list[str]:
    """`tak = 1; nie = 2`"""
    errors = []
    for part in filter(str.strip, text.split(";")):
        name, sign, code = part.rpartition("=")
        try:
            values.setdefault(item, {})[name.strip()] = int(code)
        except ValueError:
            sign = ""
        if not sign:
            shown = _("Column %(column)s: “%(part)s” is not of the form text = code.")
            errors.append(shown % {"column": column, "part": part.strip()[:60]})
    return errors


def column_rows(
    header: Sequence[str], samples: Sequence[Sequence[str | None]], mapping: FileMapping
) -> list[dict[str, Any]]:
    """A row of the screen for each column: what it is now, and what stands in it."""
    item_of = {column: item for item, column in mapping.items.items()}
    role_of = {column: role for role, column in mapping.columns.items()}
    rows = []
    for index, column in enumerate(header):
        item = item_of.get(column, "")
        own = mapping.missing_items.get(item)
        rows.append({
            "index": index,
            "column": column,
            "target": item,
            "role": role_of.get(column, ""),
            "missing": "" if own is None else ", ".join(own) or "-",
            "values": "; ".join(f"{text} = {code}" for text, code in mapping.values.get(item, {}).items()),
            "samples": list(dict.fromkeys(row[index] for row in samples if row[index]))[:4],
        })  # fmt: skip
    return rows


def general_initial(mapping: FileMapping) -> dict[str, Any]:
    return {
        "day": mapping.day or None,
        "missing": ", ".join(mapping.missing),
        "empty": ", ".join(word for word in mapping.empty if word) or EMPTY[1],
    }
