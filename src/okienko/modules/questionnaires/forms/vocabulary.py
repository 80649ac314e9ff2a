"""Forms of scales and areas: what a questionnaire rates on, and what it rates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from okienko.engines.questionnaire import Questionnaire, Scale
from okienko.modules.questionnaires import texts
from okienko.modules.questionnaires.forms.draft import DraftForm

NAME_LIMIT = 300
SIZES = range(2, 12)


class AddScaleForm(DraftForm):
    """A new scale in the main language; its translations follow on its own page."""

    points = forms.TypedChoiceField(
        label=_("Number of points"), coerce=int, choices=[(size, str(size)) for size in SIZES], initial=5
    )
    first = forms.TypedChoiceField(
        label=_("Numbered"),
        coerce=int,
        choices=[(1, _("from 1")), (0, _("from 0"))],
        initial=1,
        widget=forms.RadioSelect,
        help_text=_("A question of recommendation needs 11 points numbered from 0."),
    )
    low = forms.CharField(label=_("Words of the lowest point"), max_length=NAME_LIMIT)
    high = forms.CharField(label=_("Words of the highest point"), max_length=NAME_LIMIT)
    between = forms.CharField(
        label=_("Words of the points between, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In order, from the second lowest. Leave empty when only the ends have words."),
    )

    def __init__(self, *args, content: Questionnaire, revision: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.content = content
        self.fill(revision, {"points": 5, "first": 1})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "high" in cleaned and cleaned["high"] == cleaned.get("low"):
            self.add_error("high", gettext("The ends of a scale need different words."))
        if "points" in cleaned and "between" in cleaned:
            self._check_between(cleaned["points"] - 2)
        if not self.errors and self._is_there():
            self.add_error(None, gettext("The questionnaire has this scale already. Use that one."))
        return cleaned

    def _check_between(self, wanted: int) -> None:
        lines = self.lines()
        if lines and len(lines) != wanted:
            told = ngettext(
                "There is %(n)s point between the ends. Write that many lines, or none.",
                "There are %(n)s points between the ends. Write that many lines, or none.",
                wanted,
            )
            self.add_error("between", told % {"n": wanted})
        elif any(len(line) > NAME_LIMIT for line in lines):
            told = gettext("A line is longer than %(n)s characters. Shorten it.") % {"n": NAME_LIMIT}
            self.add_error("between", told)

    def _is_there(self) -> bool:
        values, words = list(self.values()), self.words()
        main = self.content.default_language
        return any(
            [point.value for point in scale.points] == values
            and [point.text.get(main, "") for point in scale.points] == words
            for scale in self.content.scales
        )

    def lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data.get("between", "").splitlines() if line.strip()]

    def values(self) -> range:
        first = self.cleaned_data["first"]
        return range(first, first + self.cleaned_data["points"])

    def words(self) -> list[str]:
        """A text for every point, "" for those between that have none."""
        between = self.lines() or [""] * (self.cleaned_data["points"] - 2)
        return [self.cleaned_data["low"], *between, self.cleaned_data["high"]]


def scale_places(scale: Scale) -> list[tuple]:
    """The words of the points, for the form of texts."""
    return [
        (
            f"point_{point.value}",
            f"scale:{scale.code}/point:{point.value}",
            gettext("Point %(code)s") % {"code": point.value},
            point.text,
            0,
        )
        for point in scale.points
    ]


class AddAreaForm(DraftForm):
    """A new area: its name in every language of the questionnaire, in the main one for certain."""

    def __init__(self, *args, content: Questionnaire, revision: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.content = content
        for language in content.languages:
            main = language == content.default_language
            label = gettext("Name of the area: %(language)s") % {"language": texts.language_name(language)}
            widget = forms.TextInput(attrs={} if main else {"lang": language})
            self.fields[f"name_{language}"] = forms.CharField(
                label=label, max_length=NAME_LIMIT, required=main, widget=widget
            )
        self.fill(revision, {})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        main = self.content.default_language
        name = cleaned.get(f"name_{main}", "")
        if name and name.casefold() in {area.name.get(main, "").casefold() for area in self.content.areas}:
            self.add_error(f"name_{main}", gettext("The questionnaire has an area of this name already."))
        return cleaned

    def names(self) -> dict[str, str]:
        found = {language: self.cleaned_data[f"name_{language}"] for language in self.content.languages}
        return {language: name for language, name in found.items() if name}
