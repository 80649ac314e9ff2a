"""Every page of administration opens for the person whom it is for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.offices.models import Invitation, NetworkMembership
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing import factories
from okienko.foundation.testing.factories import scope_of

OFFICE_PAGES = [
    "office",
    "edit_office",
    "add_unit",
    "points",
    "add_point",
    "people",
    "invite",
    "hand_over",
    "history",
]
NETWORK_PAGES = [
    "network",
    "edit_network",
    "invite_network_coordinator",
    "network_offices",
    "add_office",
    "add_office_type",
    "network_history",
]


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_a_coordinator_opens_the_pages_of_her_office(anna, bartek, name):
    response = anna.get(reverse(f"administration:{name}", args=[anna.office.slug]))
    assert response.status_code == 200


@pytest.mark.parametrize("name", NETWORK_PAGES)
def test_a_network_coordinator_opens_the_pages_of_her_network(dorota, anna, name):
    response = dorota.get(reverse(f"administration:{name}", args=[dorota.network.slug]))
    assert response.status_code == 200


def test_a_coordinator_opens_the_pages_of_points_units_and_people(anna, bartek, member_of):
    with open_scope(scope_of(anna.office)):
        unit = factories.make_unit(anna.office)
        point = factories.make_service_point(
            anna.office, hours={"mon": [["08:00", "16:00"]]}, accessibility=["lift", "braille"]
        )
    colleague = member_of(bartek.user, anna.office)
    pages = {"edit_unit": unit, "point": point, "edit_point": point, "switch_point": point}
    pages |= {"change_role": colleague, "remove_person": colleague}
    for name, row in pages.items():
        response = anna.get(reverse(f"administration:{name}", args=[anna.office.slug, row.pk]))
        assert response.status_code == 200, name


def test_a_network_coordinator_opens_the_pages_of_offices_and_invitations(dorota, anna):
    other = factories.make_network_coordinator(dorota.network, "Druga Sieciowa")
    now = timezone.now()
    invitation = Invitation.objects.create(
        network=dorota.network,
        email="a@example.org",
        name="A",
        role="network_coordinator",
        token_hash="x",
        created_at=now,
        expires_at=now + timedelta(days=7),
    )
    pages = dict.fromkeys(
        ["network_office", "network_edit_office", "switch_office", "invite_coordinator"], anna.office
    )
    pages |= dict.fromkeys(["network_resend_invitation", "network_withdraw_invitation"], invitation)
    pages["remove_network_coordinator"] = NetworkMembership.objects.get(user=other)
    for name, row in pages.items():
        response = dorota.get(reverse(f"administration:{name}", args=[dorota.network.slug, row.pk]))
        assert response.status_code == 200, name
