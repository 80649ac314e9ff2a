"""What forms hand to services: checked values, without a form or a request around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from okienko.foundation.offices.models import OfficeType, Unit


@dataclass(frozen=True)
class NewPerson:
    name: str
    email: str
    password: str
    job_title: str = ""


@dataclass(frozen=True)
class OfficeDetails:
    """An office's page of settings. `type` is what kind of office it is."""

    name: str
    type: OfficeType
    region: str
    city: str
    street: str = ""
    postcode: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True)
class PointDetails:
    """A service point. `hours` by day, `accessibility` as codes of features."""

    name: str
    channel: str
    unit: Unit | None = None
    street: str = ""
    city: str = ""
    room: str = ""
    hours: dict[str, list[list[str]]] = field(default_factory=dict)
    accessibility: Sequence[str] = ()


@dataclass(frozen=True)
class SetUpPlan:
    """All that the first-run set-up makes, in one piece."""

    person: NewPerson
    office: OfficeDetails
    points: Sequence[PointDetails]
    network_name: str
    leads_network: bool
