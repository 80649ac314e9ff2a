"""Forms about an office: its details, units and service points."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okienko.foundation.administration.forms.fields import (
    AddressField,
    DayHoursField,
    LineField,
    PhoneField,
    PostcodeField,
    TypeField,
)
from okienko.foundation.administration.values import OfficeDetails, PointDetails
from okienko.foundation.offices import selectors
from okienko.foundation.offices.models import Office, ServicePoint, Unit
from okienko.foundation.offices.models.office import Channel, Region
from okienko.foundation.offices.rules import BARRIERS, DAYS, FEATURES_OF


class OfficeCoreForm(forms.Form):
    """What an office cannot do without."""

    name = LineField(label=_("Name of the office"), max_length=200)
    type = TypeField(label=_("Type of office"))
    region = forms.ChoiceField(label=_("Voivodeship"), choices=[("", _("choose")), *Region.choices])
    city = LineField(label=_("Town"), max_length=100)
    street = LineField(label=_("Street and number"), max_length=150, required=False)
    postcode = PostcodeField(label=_("Postcode"), max_length=6, required=False)

    def details(self) -> OfficeDetails:
        return OfficeDetails(**self.cleaned_data)


class OfficeForm(OfficeCoreForm):
    """All details of an office."""

    email = AddressField(label=_("E-mail address of the office"), required=False)
    phone = PhoneField(label=_("Telephone"), max_length=40, required=False)
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")

    @staticmethod
    def initial_of(office: Office) -> dict[str, Any]:
        return {name: getattr(office, name) for name in OfficeForm.base_fields}


class UnitForm(forms.Form):
    name = LineField(label=_("Name of the unit"), max_length=200)
    symbol = LineField(
        label=_("Symbol"), max_length=20, required=False, help_text=_("As in case numbers, for example WK.")
    )
    is_active = forms.BooleanField(label=_("The unit works"), required=False, initial=True)

    @staticmethod
    def initial_of(unit: Unit) -> dict[str, Any]:
        return {name: getattr(unit, name) for name in UnitForm.base_fields}


class PointCoreForm(forms.Form):
    """What the first-run set-up asks about a service point."""

    name = LineField(label=_("Name of the service point"), max_length=200)
    channel = forms.ChoiceField(label=_("How clients come"), choices=Channel.choices)
    street = LineField(label=_("Street and number"), max_length=150, required=False)
    city = LineField(label=_("Town"), max_length=100, required=False)
    room = LineField(label=_("Room or desk"), max_length=60, required=False)


class PointForm(PointCoreForm):
    """All of a service point.

    The hours are seven small fields, `hours_mon` … `hours_sun`; what the point offers are seven groups of
    boxes, one for each class of barriers, `offers_architecture` … `offers_individual`.
    """

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=pgettext_lazy("unit", "none"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = selectors.units().filter(is_active=True)
        for code, label in DAYS:
            self.fields[f"hours_{code}"] = DayHoursField(label=label)
        for barrier, features in FEATURES_OF.items():
            self.fields[f"offers_{barrier}"] = forms.MultipleChoiceField(
                label=BARRIERS[barrier],
                choices=[(feature.code, feature.label) for feature in features],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"hours_{code}"] for code, _label in DAYS]

    @property
    def offers(self) -> list[forms.BoundField]:
        return [self[f"offers_{barrier}"] for barrier in BARRIERS]

    @property
    def place(self) -> list[forms.BoundField]:
        return [self[name] for name in ("street", "city", "room")]

    @staticmethod
    def initial_of(point: ServicePoint) -> dict[str, Any]:
        names = ("name", "channel", "unit", "street", "city", "room")
        hours = {f"hours_{code}": point.hours.get(code, []) for code, _label in DAYS}
        offers = {f"offers_{barrier}": point.accessibility for barrier in BARRIERS}
        return {name: getattr(point, name) for name in names} | hours | offers

    def details(self) -> PointDetails:
        values = dict(self.cleaned_data)
        hours = {code: values.pop(f"hours_{code}") for code, _label in DAYS}
        offers = [code for barrier in BARRIERS for code in values.pop(f"offers_{barrier}")]
        open_days = {code: spans for code, spans in hours.items() if spans}
        return PointDetails(**values, hours=open_days, accessibility=offers)
