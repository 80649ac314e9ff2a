"""The rows that the addresses of administration name, for the tests of who may come in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import Invitation, Membership, NetworkMembership
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def rows(office) -> dict[str, dict]:
    """Parameters by route name."""
    unit, point = {"pk": factories.make_unit(office).pk}, {"pk": factories.make_service_point(office).pk}
    member = {"pk": Membership.objects.get(user=factories.make_member(office, Role.ANALYST)).pk}
    coordinator = factories.make_network_coordinator(office.network)
    asked = {"pk": _invitation(office=office, role=Role.MEMBER, token_hash="a" * 64).pk}
    of_network = {"network": office.network, "role": Role.NETWORK_COORDINATOR, "token_hash": "b" * 64}
    asked_by_network = {"pk": _invitation(**of_network).pk}
    entry = AuditEntry.objects.create(
        code="administration.edit_unit", actor_name="Anna", network=office.network, office=office,
        target_type="offices.unit", target_id=str(unit["pk"]), target_label="Wydział",
    )  # fmt: skip
    of_office = {"pk": office.pk}
    history = {"kind": entry.target_type, "pk": entry.target_id}
    found = {
        "edit_unit": unit,
        "point": point,
        "edit_point": point,
        "switch_point": point,
        "change_role": member,
        "remove_person": member,
        "resend_invitation": asked,
        "withdraw_invitation": asked,
        "network_resend_invitation": asked_by_network,
        "network_withdraw_invitation": asked_by_network,
        "object_history": history,
        "network_object_history": history,
        "remove_network_coordinator": {"pk": NetworkMembership.objects.get(user=coordinator).pk},
        "network_office": of_office,
        "network_edit_office": of_office,
        "switch_office": of_office,
        "invite_coordinator": of_office,
    }
    return {f"administration:{name}": values for name, values in found.items()}


def _invitation(**values) -> Invitation:
    return Invitation.objects.create(
        email="ktos@example.org", name="Ktoś", created_at=AT, expires_at=AT + timedelta(days=365), **values
    )
