"""Words for what this module's commands note in the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okienko.foundation.registry import Noted
from okienko.modules.collection.models import Flag, RemarkState

LABELS = {
    "answers": _("answers"),
    "batch": _("batch"),
    "columns": _("columns in use"),
    "differences": _("differences between the two typings"),
    "expected": _("forms in the pile"),
    "flag": _("the mark"),
    "form": _("form"),
    "forms": _("forms that became answers"),
    "hidden_words": _("words hidden"),
    "problems": _("problems"),
    "reason": _("reason"),
    "rows": _("answers in the file"),
    "sent_again": _("the same screen sent again"),
    "settled": _("differences settled"),
    "spoiled": _("forms that cannot be read"),
    "state": _("decision"),
}

VALUES = {"flag": dict(Flag.choices), "state": dict(RemarkState.choices)}

NOTED = {name: Noted(label, VALUES.get(name, {})) for name, label in LABELS.items()}
