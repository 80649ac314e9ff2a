"""The form of a declaration. Every field may stay empty: nobody writes a declaration in one sitting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okienko.foundation.declaration.models import Declaration
from okienko.foundation.ui.forms import DayInput

_LONG = forms.Textarea(attrs={"rows": 5})
_DAYS = ("published_on", "updated_on", "prepared_on", "reviewed_on")
_TEXTS = ("gaps", "gaps_en", "architecture", "architecture_en", "apps_list", "apps_list_en")


class DeclarationForm(forms.ModelForm):
    """Dates are in the past or today: nobody declares the future."""

    class Meta:
        model = Declaration
        exclude = ("network", "office")
        widgets = {name: DayInput() for name in _DAYS} | dict.fromkeys(_TEXTS, _LONG)
        help_texts = {
            "published_on": _("When the office began to use Okienko, unless you know better."),
            "updated_on": _("For example when a new version was installed."),
            "gaps": _("What does not meet the requirements, why, and how else it can be reached."),
            "prepared_on": _("The declaration is drawn up once and then reviewed."),
            "reviewed_on": _("By 31 March of every year and after every important change."),
            "contact_name": _("A person or a post, for example: coordinator for accessibility."),
            "architecture": _(
                "For each building: the way in, corridors, stairs, lifts, toilets, parking, assistance dogs, "
                "sign language interpreter, induction loop."
            ),
            "apps_list": _("Name, shop, and the address of its declaration."),
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("status", "method", "apps"):
            field = self.fields[name]
            choices = [("", _("not declared yet")), *field.choices[1:]]
            field.choices = choices
            field.widget = forms.RadioSelect(choices=choices)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in _DAYS:
            if values.get(name) and values[name] > self.today:
                self.add_error(name, _("This day has not come yet."))
        prepared, reviewed = values.get("prepared_on"), values.get("reviewed_on")
        if prepared and reviewed and reviewed < prepared:
            self.add_error("reviewed_on", _("The review cannot be earlier than the declaration itself."))
        return values
