"""Small steps that several services share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from okienko.foundation.accounts.models import User
from okienko.foundation.administration.rules import changed
from okienko.foundation.administration.values import NewPerson, PointDetails
from okienko.foundation.audit.commands import note
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Office, ServicePoint
from okienko.foundation.offices.rules import Refused, known_features, make_slug

_ATTEMPTS = 5


class NotYours(PermissionError):
    """A service was handed a row of somebody else's office or network: the caller's fault."""


def change(row: models.Model, values: Mapping[str, Any]) -> None:
    """Set the values and save; the audit entry shows what was and is different."""
    before, after = changed({key: getattr(row, key) for key in values}, values)
    for key, value in after.items():
        setattr(row, key, value)
    row.save()
    note(target=row, before=_plain(before), after=_plain(after))


def _plain(values: Mapping[str, Any]) -> dict:
    return {key: str(value) if isinstance(value, models.Model) else value for key, value in values.items()}


def create_named(model: type[models.Model], field: str, fallback: str, **values) -> models.Model:
    """Insert a row whose address word is made from its name; somebody may take the word meanwhile."""
    for _attempt in range(_ATTEMPTS):
        longest = model._meta.get_field(field).max_length
        taken = set(model.objects.values_list(field, flat=True))
        slug = make_slug(values["name"], taken=taken, fallback=fallback, longest=longest)
        try:
            with transaction.atomic():
                return model.objects.create(**{field: slug}, **values)
        except IntegrityError:
            continue
    raise Refused(_("Somebody else has just saved something of the same name. Try again."))


def create_person(person: NewPerson) -> User:
    """An account. Its address counts as confirmed: the token in the letter, or the set-up code, vouches."""
    user = User.objects.create_user(
        person.email, name=person.name, password=person.password, job_title=person.job_title
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def create_point(office: Office, details: PointDetails) -> ServicePoint:
    """A service point with a short code that is new in its office."""
    taken = set(ServicePoint.objects.filter(office=office).values_list("code", flat=True))
    code = make_slug(details.name, taken=taken, fallback="punkt", longest=30)
    return ServicePoint.objects.create(office=office, code=code, **point_values(details))


def point_values(details: PointDetails) -> dict[str, Any]:
    return {
        "name": details.name,
        "channel": details.channel,
        "unit": details.unit,
        "street": details.street,
        "city": details.city,
        "room": details.room,
        "hours": details.hours,
        "accessibility": known_features(details.accessibility),
    }


def own_office(by: Actor, office: Office) -> Office:
    """The office, read again under a lock, when the actor may write it."""
    row = Office.objects.select_for_update(of=("self",)).select_related("network").get(pk=office.pk)
    if by.office_id not in (None, row.pk) or (by.office_id is None and by.network_id != row.network_id):
        raise NotYours(f"office {row.pk}")
    return row
