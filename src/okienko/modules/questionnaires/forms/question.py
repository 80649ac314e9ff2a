"""The form of one question: its texts in one language and, in the main language, its properties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.translation import gettext

from okienko.engines.questionnaire import Change, Question, Questionnaire, Texts
from okienko.engines.questionnaire.changes import SetOption, SetProperties, SetText
from okienko.engines.questionnaire.check_questions import ROLE_KINDS, USED
from okienko.foundation.ui.forms import DayInput
from okienko.modules.questionnaires import texts
from okienko.modules.questionnaires.forms.draft import DraftForm

TEXT_LIMIT = 5000
NUMBERS = ("minimum", "maximum")
CHOICES = ("single", "multiple", "ranking")
LISTS = (*CHOICES, "grid", "pair")


@dataclass(frozen=True)
class Line:
    """An answer, row or point: its code and the fields that stand on its line."""

    code: Any
    field: BoundField
    flags: tuple[BoundField, ...] = ()
    condition: bool = False


class QuestionForm(DraftForm):
    """`changes()` says what was touched as changes of the engine."""

    def __init__(self, *args, content: Questionnaire, question: Question, language: str, **kwargs):
        revision = kwargs.pop("revision")
        super().__init__(*args, **kwargs)
        self.content, self.question, self.language = content, question, language
        self.main = language == content.default_language
        self.paths: dict[str, str] = {}
        values: dict[str, Any] = {}
        for name, path, label, found, rows in self._texts():
            self.paths[name] = path
            self.fields[name] = self._text_field(label, found, rows)
            values[name] = found.get(language, "")
        if self.main:
            for name in self._properties():
                self.fields[name] = self._property_field(name)
                values[name] = self._value(name)
            values.update(self._flags())
        if self.main and (question.options or question.rows or question.kind in LISTS):
            label = gettext("New answer") if question.kind in CHOICES else gettext("New row")
            self.fields["added"] = forms.CharField(label=label, required=False, max_length=TEXT_LIMIT)
        self.fill(revision, values)

    def _texts(self) -> Iterator[tuple[str, str, str, Texts, int]]:
        question, base = self.question, f"question:{self.question.code}"
        yield "text", f"{base}/text", gettext("Question"), question.text, 3
        yield "help", f"{base}/help", gettext("Help below the question"), question.help, 2
        if question.kind == "number":
            yield "unit", f"{base}/unit", gettext("Unit, e.g. minutes"), question.unit, 0
        for option in question.options:
            label = gettext("Answer %(code)s") % {"code": option.value}
            yield f"option_{option.value}", f"{base}/option:{option.value}", label, option.text, 0
        for row in question.rows:
            label = gettext("Row %(code)s") % {"code": row.code}
            yield f"row_{row.code}", f"{base}/row:{row.code}", label, row.text, 0
        for scale in dict.fromkeys(filter(None, (question.scale, question.importance_scale))):
            found = self.content.scale(scale)
            for point in found.points if found else ():
                label = gettext("Point %(code)s") % {"code": point.value}
                name, path = f"point_{scale}_{point.value}", f"scale:{scale}/point:{point.value}"
                yield name, path, label, point.text, 0

    def _text_field(self, label: str, found: Texts, rows: int) -> forms.Field:
        attrs = {"rows": rows} if rows else {}
        if not self.main:
            attrs["lang"] = self.language
        widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
        source = "" if self.main else found.get(self.content.default_language, "")
        return forms.CharField(
            label=label, required=False, max_length=TEXT_LIMIT, widget=widget, help_text=escape(source)
        )

    def _properties(self) -> list[str]:
        used = USED[self.question.kind]
        return [name for name in texts.PROPERTIES if name in used and (name != "area" or self.content.areas)]

    def _property_field(self, name: str) -> forms.Field:
        label, optional = texts.PROPERTIES[name], {"required": False}
        if name in ("required", "dont_know", "not_applicable"):
            return forms.BooleanField(label=label, **optional)
        if name in NUMBERS:
            return forms.DecimalField(label=label, localize=True, min_value=0, max_digits=15, **optional)
        if name in ("earliest", "latest"):
            return forms.DateField(label=label, widget=DayInput(), **optional)
        if name in ("scale", "importance_scale"):
            choices = [
                (scale.code, texts.scale_name(self.content, scale.code)) for scale in self.content.scales
            ]
            return forms.ChoiceField(label=label, choices=choices, **optional)
        if name in ("role", "domain", "area"):
            return forms.ChoiceField(
                label=label, choices=[("", gettext("none")), *self._choices(name)], **optional
            )
        limits = {"decimals": (0, 6), "max_length": (1, 20_000)}.get(name, (1, 100))
        return forms.IntegerField(label=label, min_value=limits[0], max_value=limits[1], **optional)

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        if name == "role":
            fitting = (code for code, kinds in ROLE_KINDS.items() if self.question.kind in kinds)
            return [(code, texts.ROLES[code]) for code in fitting]
        if name == "domain":
            return list(texts.DOMAINS.items())
        default = self.content.default_language
        return [(area.code, texts.said(area.name, default)) for area in self.content.areas]

    def _value(self, name: str) -> Any:
        value = getattr(self.question, name)
        if name in NUMBERS and value is not None:
            return Decimal(str(value))
        return "" if value is None else value

    def _flags(self) -> dict[str, bool]:
        """Checkboxes of answers: excludes the others, asks for words."""
        offered = {"single": ("other",), "multiple": ("exclusive", "other")}.get(self.question.kind, ())
        labels = {"exclusive": gettext("excludes the others"), "other": gettext("asks for words")}
        values = {}
        for option in self.question.options:
            for flag in offered:
                name = f"{flag}_{option.value}"
                self.fields[name] = forms.BooleanField(label=labels[flag], required=False)
                values[name] = getattr(option, flag)
        return values

    # What the template shows

    def words(self) -> list[BoundField]:
        return [self[name] for name in ("text", "help", "unit") if name in self.fields]

    def answers(self) -> list[Line]:
        return [
            Line(
                option.value,
                self[f"option_{option.value}"],
                tuple(
                    self[f"{flag}_{option.value}"]
                    for flag in ("exclusive", "other")
                    if f"{flag}_{option.value}" in self.fields
                ),
                option.condition is not None,
            )
            for option in self.question.options
        ]

    def rows(self) -> list[Line]:
        return [Line(row.code, self[f"row_{row.code}"]) for row in self.question.rows]

    def scales(self) -> list[dict[str, Any]]:
        """Shared scales with their points and the number of questions that use each."""
        codes = dict.fromkeys(filter(None, (self.question.scale, self.question.importance_scale)))
        return [
            {
                "name": texts.scale_name(self.content, code),
                "uses": texts.uses_of_scale(self.content, code),
                "points": [Line(point.value, self[f"point_{code}_{point.value}"]) for point in scale.points],
                "five": len(scale.points) == 5,
            }
            for code in codes
            if (scale := self.content.scale(code)) is not None
        ]

    def checks(self) -> list[BoundField]:
        return self._fields("required", "dont_know", "not_applicable")

    def limits(self) -> list[BoundField]:
        skipped = ("required", "dont_know", "not_applicable", "role", "domain", "area")
        return self._fields(*(name for name in texts.PROPERTIES if name not in skipped))

    def uses(self) -> list[BoundField]:
        return self._fields("role", "domain", "area")

    def _fields(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    # What it writes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for low, high in (("minimum", "maximum"), ("earliest", "latest"), ("min_choices", "max_choices")):
            if (
                cleaned.get(low) is not None
                and cleaned.get(high) is not None
                and cleaned[low] > cleaned[high]
            ):
                self.add_error(high, gettext("This limit is below the other one."))
        return cleaned

    def changes(self) -> list[Change]:
        touched, code = self.touched(), self.question.code
        found: list[Change] = [
            SetText(self.paths[name], self.language, value)
            for name, value in touched.items()
            if name in self.paths
        ]
        properties = {name: _kept(name, value) for name, value in touched.items() if name in texts.PROPERTIES}
        if properties:
            found.append(SetProperties(code, properties))
        for name, value in touched.items():
            flag, _sep, number = name.rpartition("_")
            if flag in ("exclusive", "other") and name not in self.paths:
                found.append(SetOption(code, int(number), {flag: value}))
        return found


def _kept(name: str, value: Any) -> Any:
    """A property as the engine keeps it."""
    if name == "decimals":
        return value or 0
    if value in ("", None):
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if name in ("earliest", "latest") else value
