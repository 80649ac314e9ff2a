"""How forms are drawn: every Django form goes through the templates in `templates/ui/`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

_PLAIN = (
    forms.CheckboxInput,
    forms.RadioSelect,
    forms.CheckboxSelectMultiple,
    forms.HiddenInput,
    forms.MultipleHiddenInput,
)


class OkienkoBoundField(BoundField):
    """Gives text fields and lists the class of the theme; the author of a form need not."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if not isinstance(shown, _PLAIN):
            own = built.get("class") or shown.attrs.get("class", "")
            built["class"] = f"form-control {own}".strip()
        # A placeholder vanishes when one begins to write; help stands above the field.
        built["placeholder"] = False
        return built


class OkienkoFormRenderer(TemplatesSetting):
    """Django forms through the project's own templates."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    formset_template_name = "ui/formset.html"
    bound_field_class = OkienkoBoundField


class DayInput(forms.DateInput):
    """The browser's own calendar; it wants the date as the machine writes it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """The browser's own clock, hours and minutes."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DayField(forms.DateField):
    """A date with a calendar; accepts `2026-11-22` and what the language writes, `22.11.2026`."""

    widget = DayInput


class HourField(forms.TimeField):
    """A time of day with a clock."""

    widget = HourInput
