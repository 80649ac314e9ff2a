"""Reads of declarations. The public ones run in the scope that the page's address gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from okienko.foundation.declaration.models import Declaration
from okienko.foundation.declaration.rules import needs_reminder, review_due
from okienko.foundation.offices.models import Network, Office
from okienko.foundation.offices.scope import OfficeScope, office_scope


@dataclass(frozen=True)
class Subject:
    """Whose pages are declared about: an office, or a network's whole installation."""

    network: Network
    office: Office | None = None

    @property
    def name(self) -> str:
        return (self.office or self.network).name

    @property
    def scope(self) -> OfficeScope:
        return office_scope([self.office.pk] if self.office else [], [self.network.pk])


@dataclass(frozen=True)
class Reminder:
    """`due` is the last day of the review; `None` when nothing has been declared yet."""

    due: date | None
    overdue: bool


def office_subject(slug: str) -> Subject | None:
    office = Office.objects.select_related("network").filter(slug=slug, is_active=True).first()
    return Subject(office.network, office) if office else None


def installation_subject() -> Subject | None:
    """The installation speaks through its first network; an office on its own speaks for itself."""
    network = Network.objects.order_by("is_demo", "pk").first()
    if network is None:
        return None
    offices = network.offices.filter(is_active=True)[:2]
    alone = len(offices) == 1 and not network.memberships.exists()
    return Subject(network, offices[0] if alone else None)


def offices_with_pages(network: Network) -> QuerySet[Office]:
    """Offices whose declarations the installation's page links to."""
    return Office.objects.filter(network=network, is_active=True).order_by("name")


def declaration_of(subject: Subject) -> Declaration | None:
    return Declaration.objects.filter(network=subject.network, office=subject.office).first()


def reminder(subject: Subject, today: date) -> Reminder | None:
    """What the coordinator must do about the declaration, if anything."""
    found = declaration_of(subject)
    if found is None or found.missing():
        return Reminder(None, False)
    if not needs_reminder(found.reviewed_on, today):
        return None
    due = review_due(found.reviewed_on)
    return Reminder(due, today > due)
