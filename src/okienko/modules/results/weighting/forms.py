"""The form of a division: how many clients there are in each group, and who says so."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okienko.foundation.ui import words as ui
from okienko.modules.results.computing.weighed import KnownGroup, KnownMargin
from okienko.modules.results.computing.weighted import Division
from okienko.modules.results.weighting.services import LIMITS
from okienko.modules.results.weighting.words import Names

_WHOLE = Decimal(100)
_ROUNDING = Decimal("0.5")


class MarginForm(forms.Form):
    """A number for every category; a category may be joined with another one."""

    source = forms.CharField(
        label=gettext_lazy("Where the numbers come from"),
        help_text=gettext_lazy("For example: the queue system, a register, last year's report."),
        max_length=200,
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("What you give"),
        choices=[
            ("people", gettext_lazy("numbers of clients")),
            ("percent", gettext_lazy("per cent of clients")),
        ],
        widget=forms.RadioSelect,
        initial="people",
    )

    def __init__(self, data, *, division: Division, names: Names, initial: dict) -> None:
        super().__init__(data, initial=initial)
        self.division = division
        called = [(value, names.category(division.code, value)) for value in division.values]
        self.rows = []
        for number, (value, name) in enumerate(called):
            self.fields[f"count_{number}"] = forms.DecimalField(
                label=name, min_value=0, max_digits=12, decimal_places=2, localize=True, required=False
            )
            others = [(other, said) for other, said in called if other != value]
            self.fields[f"join_{number}"] = forms.ChoiceField(
                label=_("“%(group)s” together with") % {"group": name},
                choices=[("", _("on its own")), *others],
                required=False,
            )
            self.rows.append((f"count_{number}", f"join_{number}"))

    def pairs(self) -> list[tuple]:
        """Bound fields: the number and the group it is joined with."""
        return [
            (self[count], self[join] if len(self.division.values) > 2 else None) for count, join in self.rows
        ]

    def clean(self):
        values = super().clean()
        self._refuse_chains(values)
        if self.errors:
            return values
        counts = [group.count for group in self._groups(values)]
        if len(counts) < 2:
            raise ValidationError(_("Give the numbers of at least two groups."))
        total = Decimal(str(sum(counts)))
        if values["unit"] == "percent" and abs(total - _WHOLE) > _ROUNDING:
            raise ValidationError(
                _("The percentages add up to %(sum)s, not to 100.") % {"sum": ui.number(total, 1)}
            )
        return values

    def _refuse_chains(self, values: dict) -> None:
        for number, (_count, join) in enumerate(self.rows):
            target = values.get(join)
            if target and values.get(f"join_{self.division.values.index(target)}"):
                said = _("That group is itself joined with another. Choose the one it is joined with.")
                self.add_error(f"join_{number}", said)

    def _groups(self, values: dict) -> tuple[KnownGroup, ...]:
        """Every category that stands on its own, with those joined to it; not those without any number."""
        members: dict[str, list[int]] = {}
        for number, value in enumerate(self.division.values):
            members.setdefault(values[f"join_{number}"] or value, []).append(number)
        found = []
        for numbers in members.values():
            counts = [count for n in numbers if (count := values[f"count_{n}"]) is not None]
            if counts:
                names = tuple(self.division.values[number] for number in numbers)
                found.append(KnownGroup(names, float(sum(counts))))
        return tuple(found)

    def margin(self) -> KnownMargin:
        """What was given."""
        values = self.cleaned_data
        groups = self._groups(values)
        return KnownMargin(self.division.code, values["source"].strip(), values["unit"], groups)


def initial_of(division: Division, known: KnownMargin | None, visits: dict[str, int]) -> dict:
    """What the form begins with: what was given before, else the plan's clients by service point."""
    if known is None:
        return {f"count_{n}": visits[v] for n, v in enumerate(division.values) if v in visits}
    place = {value: number for number, value in enumerate(division.values)}
    found: dict = {"source": known.source, "unit": known.unit}
    for group in known.groups:
        first, *others = group.values
        found[f"count_{place[first]}"] = _short(group.count)
        for value in others:
            found[f"join_{place[value]}"] = first
    return found


def _short(count: float) -> float | int:
    return int(count) if float(count).is_integer() else count


class LimitForm(forms.Form):
    """How great a weight may be."""

    limit = forms.TypedChoiceField(
        label=gettext_lazy("Greatest weight"),
        help_text=gettext_lazy("In mean weights. A greater weight is cut, and the others take over."),
        choices=[(limit, str(limit)) for limit in LIMITS],
        coerce=int,
        widget=forms.RadioSelect,
    )
