"""An office's own data: details, units, service points."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okienko.foundation.administration.values import OfficeDetails, PointDetails
from okienko.foundation.administration.writing import NotYours, change, create_point, own_office, point_values
from okienko.foundation.audit.commands import command, note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Office, ServicePoint, Unit
from okienko.foundation.offices.rules import Refused


@command("administration.edit_office")
def edit_office(*, office: Office, details: OfficeDetails, by: Actor, at: datetime) -> Office:
    """The office's details. Its address word stays: it is in links and on posters."""
    row = own_office(by, office)
    change(row, vars(details))
    return row


@command("administration.edit_unit")
def save_unit(*, unit: Unit | None, name: str, symbol: str, is_active: bool, by: Actor, at: datetime) -> Unit:
    """Add a unit to the actor's office, or change one."""
    row = unit or Unit(office_id=by.office_id)
    if row.office_id != by.office_id:
        raise NotYours(f"unit {row.pk}")
    try:
        with transaction.atomic():
            change(row, {"name": name, "symbol": symbol, "is_active": is_active})
    except IntegrityError:
        raise Refused(_("There is a unit of this name already.")) from None
    return row


@command("administration.edit_point")
def save_point(*, point: ServicePoint | None, details: PointDetails, by: Actor, at: datetime) -> ServicePoint:
    """Add a service point to the actor's office, or change one. Its code stays: it is in links."""
    if details.unit is not None and details.unit.office_id != by.office_id:
        raise NotYours(f"unit {details.unit.pk}")
    if point is None:
        row = create_point(Office.objects.select_for_update().get(pk=by.office_id), details)
        note(target=row, after={"name": row.name, "channel": row.channel})
        return row
    row = _own_point(by, point)
    change(row, point_values(details))
    return row


@command("administration.switch_point")
def switch_point(*, point: ServicePoint, active: bool, by: Actor, at: datetime) -> ServicePoint:
    """Close a point, so that nothing new is asked about there, or open it again. Its past stays."""
    row = _own_point(by, point)
    change(row, {"is_active": active})
    return row


def _own_point(by: Actor, point: ServicePoint) -> ServicePoint:
    row = ServicePoint.objects.select_for_update(of=("self",)).select_related("unit").get(pk=point.pk)
    if row.office_id != by.office_id:
        raise NotYours(f"service point {row.pk}")
    return row
