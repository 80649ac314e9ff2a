"""Rows of questionnaires for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from okienko.foundation.offices.actor import Actor
from okienko.foundation.registry import Role
from okienko.modules.questionnaires import services
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVERYTHING = frozenset({Role.COORDINATOR, Role.NETWORK_COORDINATOR})


def actor(*, office=None, network=None) -> Actor:
    return Actor(
        None, "Anna", EVERYTHING, getattr(office, "pk", None), network.pk if network else office.network_id
    )


def make_questionnaire(
    office, *, of_network: bool = False, code: str = "puls", name: str = ""
) -> Questionnaire:
    """A copy of a ready questionnaire, of the office or of its network; a scope must be open."""
    return services.copy_from_library(
        code=code,
        name=name or f"Kopia: {code}",
        network=office.network,
        office=None if of_network else office,
        by=actor(office=office),
        at=AT,
    )


def make_version(row: Questionnaire) -> QuestionnaireVersion:
    row.refresh_from_db()
    return services.publish(questionnaire=row, revision=row.revision, by=actor(network=row.network), at=AT)
