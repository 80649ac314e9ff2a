"""Writes of declarations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from okienko.foundation.audit.commands import command, note
from okienko.foundation.declaration.models import Declaration
from okienko.foundation.offices.actor import Actor


@command("declaration.edit")
def save_declaration(*, values: Mapping[str, Any], by: Actor, at: datetime) -> Declaration:
    """The declaration of the actor's office, or of the actor's network. It may be saved half done."""
    place = {"network_id": by.network_id, "office_id": by.office_id}
    row = Declaration.objects.select_for_update().filter(**place).first() or Declaration(**place)
    before = {key: getattr(row, key) for key in values}
    for key, value in values.items():
        setattr(row, key, value)
    row.save()
    differ = [key for key in values if before[key] != values[key]]
    note(target=row, before={key: before[key] for key in differ}, after={key: values[key] for key in differ})
    return row
