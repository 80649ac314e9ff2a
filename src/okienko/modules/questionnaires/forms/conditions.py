"""A comparison with an earlier answer; its fields fit what is compared with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okienko.engines.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    All,
    AnyOf,
    Compare,
    Condition,
    Questionnaire,
)
from okienko.foundation.ui.forms import DayInput
from okienko.modules.questionnaires import texts
from okienko.modules.questionnaires.conditioning import Subject
from okienko.modules.questionnaires.forms.draft import DraftForm

_PRESENCE = [("answered", _("it was answered")), ("not_answered", _("it was not answered"))]
_ORDER = [
    ("eq", _("it is")),
    ("ne", _("it is other than")),
    ("lt", _("it is less than")),
    ("le", _("it is at most")),
    ("gt", _("it is more than")),
    ("ge", _("it is at least")),
]
_DATES = [
    ("eq", _("it is")),
    ("ne", _("it is other than")),
    ("lt", _("it is before")),
    ("le", _("it is on or before")),
    ("gt", _("it is after")),
    ("ge", _("it is on or after")),
]
OPERATORS = {
    "coded": [("in", _("one of these was marked")), ("not_in", _("something else was marked")), *_PRESENCE],
    "choices": [
        ("contains", _("one of these was marked")),
        ("not_contains", _("none of these was marked")),
        *_PRESENCE,
    ],
    "number": [*_ORDER, *_PRESENCE],
    "rank": [*_ORDER, *_PRESENCE],
    "date": [*_DATES, *_PRESENCE],
    "text": [
        ("contains", _("it contains the words")),
        ("not_contains", _("it does not contain")),
        *_PRESENCE,
    ],
}
PRESENCE = {"answered", "not_answered"}


class SubjectForm(forms.Form):
    """Which earlier question; the page then shows its answers."""

    pytanie = forms.ChoiceField(label=_("Look at the answer to"))

    def __init__(self, *args: Any, subjects: list[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pytanie"].choices = [(subject.code, subject.name) for subject in subjects]


class ComparisonForm(DraftForm):
    def __init__(
        self, *args: Any, content: Questionnaire, subject: Subject, revision: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.subject = content, subject
        self.fields["op"] = forms.ChoiceField(
            label=gettext("Condition"), choices=OPERATORS[subject.sort], widget=forms.RadioSelect
        )
        if subject.sort in ("coded", "choices"):
            self.fields["answers"] = forms.TypedMultipleChoiceField(
                label=gettext("Answers"), choices=self._answers(), coerce=int, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        else:
            self.fields["value"] = self._value_field()
        self.fill(revision, {})
        self.initial["op"] = OPERATORS[subject.sort][0][0]

    def _answers(self) -> list[tuple[int, str]]:
        default, item = self.content.default_language, self.subject.item
        if item is None:
            return [
                (option.value, texts.said(option.text, default)) for option in self.subject.question.options
            ]
        found = [
            (category.value, texts.said(category.label, default) or str(category.value))
            for category in item.categories
        ]
        found += [(DONT_KNOW, gettext("don’t know"))] * item.dont_know
        return found + [(NOT_APPLICABLE, gettext("does not apply"))] * item.not_applicable

    def _value_field(self) -> forms.Field:
        match self.subject.sort:
            case "date":
                return forms.DateField(label=gettext("Date"), required=False, widget=DayInput())
            case "text":
                return forms.CharField(label=gettext("Words"), required=False, max_length=200)
        return forms.DecimalField(
            label=gettext("Number"), required=False, localize=True, min_value=0, max_digits=15
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        op, field = cleaned.get("op"), "answers" if "answers" in self.fields else "value"
        if op and op not in PRESENCE and cleaned.get(field) in (None, "", []) and field not in self.errors:
            self.add_error(field, gettext("Say with what the answer is compared."))
        chosen = cleaned.get("answers") or []
        if op == "not_in" and any(value < 0 for value in chosen):
            self.add_error(
                "answers",
                gettext("“Don’t know” and “does not apply” go with “one of these was marked” only."),
            )
        return cleaned

    def comparison(self) -> Condition:
        op, code = self.cleaned_data["op"], self.subject.code
        if op in PRESENCE:
            return Compare(code, op)
        if self.subject.sort == "coded":
            return Compare(code, op, tuple(self.cleaned_data["answers"]))
        if self.subject.sort == "choices":
            return self._of_choices(code, op)
        value = self.cleaned_data["value"]
        if isinstance(value, Decimal):
            value = int(value) if value == value.to_integral_value() else float(value)
        return Compare(code, op, value.isoformat() if self.subject.sort == "date" else value)

    def _of_choices(self, code: str, op: str) -> Condition:
        parts = tuple(Compare(code, op, value) for value in self.cleaned_data["answers"])
        if len(parts) == 1:
            return parts[0]
        return AnyOf(parts) if op == "contains" else All(parts)
