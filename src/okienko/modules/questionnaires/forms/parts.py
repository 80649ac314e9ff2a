"""Forms of the whole questionnaire, of a part, of what is added, of names and languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okienko.engines.questionnaire import Change, Questionnaire, Section, Texts
from okienko.engines.questionnaire.changes import SetText
from okienko.modules.questionnaires import texts
from okienko.modules.questionnaires.forms.draft import DraftForm
from okienko.modules.questionnaires.forms.question import TEXT_LIMIT

NEEDS_SCALE = ("scale", "recommendation", "grid", "pair")
NEEDS_ANSWERS = ("single", "multiple", "ranking")


class TextsForm(DraftForm):
    """Texts with their paths, in one language; the main language's text stands above each of the others."""

    def __init__(self, *args, content: Questionnaire, language: str, revision: int, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.language, self.paths = language, {}
        values = {}
        for name, path, label, found, rows in places:
            self.paths[name] = path
            self.fields[name] = _text_field(label, found, rows, content.default_language, language)
            values[name] = found.get(language, "")
        self.fill(revision, values)

    def shown(self):
        return [self[name] for name in self.paths]

    def changes(self) -> list[Change]:
        return [SetText(self.paths[name], self.language, value) for name, value in self.touched().items()]


def _text_field(label: Any, found: Texts, rows: int, default: str, language: str) -> forms.CharField:
    attrs: dict[str, Any] = {"rows": rows} if rows else {}
    if language != default:
        attrs["lang"] = language
    widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
    source = found.get(default, "") if language != default else ""
    return forms.CharField(
        label=label, required=False, max_length=TEXT_LIMIT, widget=widget, help_text=escape(source)
    )


def whole_places(content: Questionnaire) -> list[tuple]:
    """Texts of the whole questionnaire and the names of its areas."""
    found = [
        ("title", "title", gettext("Title that respondents see"), content.title, 0),
        ("intro", "intro", gettext("Words at the beginning"), content.intro, 5),
        ("thanks", "thanks", gettext("Words of thanks at the end"), content.thanks, 3),
    ]
    for area in content.areas:
        label = gettext("Area “%(name)s”") % {"name": texts.said(area.name, content.default_language)}
        found.append((f"area_{area.code}", f"area:{area.code}", label, area.name, 0))
    return found


def section_places(section: Section) -> list[tuple]:
    base = f"section:{section.code}"
    return [
        ("title", f"{base}/title", gettext("Title of the part"), section.title, 0),
        ("intro", f"{base}/intro", gettext("Words at the beginning of the part"), section.intro, 3),
    ]


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("For you and your colleagues; respondents see the title."),
    )


class AddSectionForm(DraftForm):
    title = forms.CharField(label=_("Title of the part"), max_length=300)

    def __init__(self, *args, revision: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fill(revision, {})


class AddQuestionForm(DraftForm):
    """A new question in the main language; its translations and details follow on its own page."""

    text = forms.CharField(
        label=_("Question"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(label=_("Kind of question"), choices=list(texts.KINDS.items()))
    answers = forms.CharField(
        label=_("Answers or rows, one a line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For choices, putting in order, and things rated together. Leave empty for other kinds."),
    )
    scale = forms.ChoiceField(
        label=_("Scale"),
        required=False,
        help_text=_("For ratings. A scale that is missing is made under “Scales and areas”."),
    )
    importance_scale = forms.ChoiceField(
        label=_("Scale of importance"), required=False, help_text=_("For satisfaction with importance.")
    )
    after = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, *args, content: Questionnaire, section: Section, revision: int, **kwargs):
        super().__init__(*args, **kwargs)
        scales = [(scale.code, texts.scale_name(content, scale.code)) for scale in content.scales]
        self.fields["scale"].choices = self.fields["importance_scale"].choices = [
            ("", gettext("choose")),
            *scales,
        ]
        words = gettext("after: %(question)s")
        earlier = [
            (q.code, words % {"question": texts.short(texts.said(q.text, content.default_language))})
            for q in section.questions
        ]
        self.fields["after"].choices = [("", gettext("at the end of the part")), *earlier]
        self.fill(revision, {})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in NEEDS_ANSWERS and len(self.lines()) < 2:
            self.add_error("answers", gettext("Write at least two answers, each on a line of its own."))
        if kind == "grid" and not self.lines():
            self.add_error("answers", gettext("Write what is rated, each thing on a line of its own."))
        if kind in NEEDS_SCALE and not cleaned.get("scale"):
            self.add_error("scale", gettext("Choose a scale for the rating."))
        if kind == "pair" and not cleaned.get("importance_scale"):
            self.add_error("importance_scale", gettext("Choose a scale for the importance."))
        return cleaned

    def lines(self) -> list[str]:
        found = self.cleaned_data.get("answers", "").splitlines()
        return [line.strip() for line in found if line.strip()]


class AddLanguageForm(DraftForm):
    language = forms.ChoiceField(label=_("Language to add"))

    def __init__(self, *args, content: Questionnaire, revision: int, **kwargs):
        super().__init__(*args, **kwargs)
        left = [code for code in texts.LANGUAGES if code not in content.languages]
        self.fields["language"].choices = [(code, texts.language_name(code)) for code in left]
        self.fill(revision, {})


class ListFilter(forms.Form):
    """The filter of the list; it lives in the address."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    kogo = forms.ChoiceField(label=_("Who is asked"), required=False)

    def __init__(self, *args, audiences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kogo"].choices = [("", gettext("all")), *audiences]

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
