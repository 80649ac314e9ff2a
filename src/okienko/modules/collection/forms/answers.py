"""Forms of the pages of answers and remarks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from okienko.modules.collection.models import Remark
from okienko.modules.collection.redaction import words


class ReasonForm(forms.Form):
    """Why doubtful answers should not count."""

    reason = forms.CharField(
        label=_("Why should these answers not count?"),
        help_text=_(
            "The reason is kept and said in the report, for example: a test of the link by an employee."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WordsForm(forms.Form):
    """Which words of a remark to hide."""

    places = forms.TypedMultipleChoiceField(
        label=_("Words to hide"),
        help_text=_(
            "Ticked words will not be shown. Those that Okienko took for personal data are ticked already."
        ),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-row"}),
    )

    def __init__(self, data, *, remark: Remark) -> None:
        found = words(remark.text)
        super().__init__(data, initial={"places": [word.place for word in found if word.kind]})
        self.fields["places"].choices = [(word.place, word.text) for word in found]
