"""Fields that several forms share: one line of text, Polish postcodes, telephones, passwords, hours."""

from __future__ import annotations

import unicodedata

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from okienko.foundation.accounts.models import User
from okienko.foundation.offices.models import OfficeType
from okienko.foundation.offices.rules import HoursFault, format_day, parse_day

# Signs that turn the direction of writing: in a letter or a list they could make a name lie.
_HIDDEN = {"Cc", "Cf", "Cs", "Co"}
_SOFT = {"\u200d", "\u00ad"}


class LineField(forms.CharField):
    """One line of visible text; runs of spaces become one space."""

    default_error_messages = {"hidden": _("The text has signs that cannot be seen. Write it again by hand.")}

    def to_python(self, value):
        text = " ".join(super().to_python(value).split())
        if any(unicodedata.category(sign) in _HIDDEN and sign not in _SOFT for sign in text):
            raise ValidationError(self.error_messages["hidden"], code="hidden")
        return text


class PostcodeField(LineField):
    default_validators = [RegexValidator(r"^\d{2}-\d{3}\Z", _("Write the postcode like this: 12-345."))]


class PhoneField(LineField):
    default_validators = [
        RegexValidator(
            r"^[+(]?[0-9][0-9 ()/-]{4,}(?: ?(?:wew\.|ext\.) ?\d{1,6})?\Z", _("Write a telephone number.")
        )
    ]


class TypeField(forms.ModelChoiceField):
    """A kind of office, named in the language of the page."""

    def __init__(self, **kwargs):
        super().__init__(queryset=OfficeType.objects.order_by("name"), empty_label=_("choose"), **kwargs)

    def label_from_instance(self, obj: OfficeType) -> str:
        return obj.local_name


class DayHoursField(forms.CharField):
    """The hours of one day, as people write them."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=80, **kwargs)

    def prepare_value(self, value):
        return format_day(value) if isinstance(value, list) else value

    def clean(self, value):
        try:
            return parse_day(super().clean(value))
        except HoursFault as fault:
            raise ValidationError(str(fault)) from None


class PasswordPair(forms.Form):
    """A new password, typed twice. `mail_of` and `name` keep people from repeating themselves in it."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words that nobody would guess are good."),
    )
    password2 = forms.CharField(
        label=_("Password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def person(self) -> User:
        """Who will have the password, as far as the form knows."""
        return User(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))

    def clean(self):
        values = super().clean()
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The passwords differ. Type the same one twice."))
        elif first:
            try:
                password_validation.validate_password(first, self.person())
            except ValidationError as error:
                self.add_error("password1", error)
        return values


class AddressField(forms.EmailField):
    """An e-mail address, kept in small letters like every address of an account."""

    def __init__(self, **kwargs):
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        super().__init__(max_length=254, **{"widget": widget, **kwargs})

    def to_python(self, value):
        return super().to_python(value).lower()
