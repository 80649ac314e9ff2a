"""Words for what this module's commands note in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okienko.foundation.offices.models.office import Channel
from okienko.foundation.registry import Noted

LABELS = {
    "channel": _("channel"),
    "archived_at": _("in the archive since"),
    "area_weights": _("weights of the areas"),
    "closes_on": _("last day"),
    "days_open": _("days open"),
    "entry_until": _("paper forms typed by"),
    "interval": _("every which client"),
    "is_active": _("the link works"),
    "issued": _("forms issued"),
    "links_taken_over": _("links taken over from the earlier wave"),
    "number": _("number of the wave"),
    "offices": _("offices"),
    "offices_closed": _("offices that ended collecting"),
    "offices_never_opened": _("offices that had not begun"),
    "opens_on": _("first day"),
    "point": _("service point"),
    "points": _("service points"),
    "questionnaire": _("questionnaire"),
    "returned": _("forms returned"),
    "shift_added": _("day added"),
    "shift_removed": _("day taken out"),
    "shift_seed": _("number from which the days were drawn"),
    "shifts": _("days drawn"),
    "spoiled": _("forms spoiled"),
    "version": _("version of the questionnaire"),
    "visits": _("clients in the period"),
    "wave": _("wave given up"),
}

VALUES = {"channel": dict(Channel.choices)}

NOTED = {name: Noted(label, VALUES.get(name, {})) for name, label in LABELS.items()}
