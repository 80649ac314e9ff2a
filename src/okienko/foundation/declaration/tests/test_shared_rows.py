"""Rows that a network shares with its offices: who sees them and who writes them (`NetworkOwned`)."""

from __future__ import annotations

import pytest

from okienko.foundation.declaration.models import Declaration
from okienko.foundation.offices.scope import ScopeViolation, all_offices, open_scope
from okienko.foundation.testing.factories import make_network, make_office, scope_of, scope_of_network


@pytest.fixture
def rows(network, office, other_office) -> dict[str, Declaration]:
    """One of the network, of two of its offices, of another network, and of an office there."""
    elsewhere = make_network("Inna sieć")
    far = make_office(elsewhere, name="Daleki Urząd")
    with all_offices("test"):
        return {
            "shared": Declaration.objects.create(network=network),
            "own": Declaration.objects.create(network=network, office=office),
            "neighbour's": Declaration.objects.create(network=network, office=other_office),
            "foreign": Declaration.objects.create(network=elsewhere),
            "far": Declaration.objects.create(network=elsewhere, office=far),
        }


def seen(rows: dict[str, Declaration]) -> set[str]:
    found = set(Declaration.objects.values_list("pk", flat=True))
    return {name for name, row in rows.items() if row.pk in found}


def written(rows: dict[str, Declaration]) -> set[str]:
    found = set()
    for name, row in rows.items():
        try:
            row.save()
        except ScopeViolation:
            continue
        found.add(name)
    return found


def test_an_office_sees_its_own_rows_and_its_networks_and_writes_its_own(rows, office):
    with open_scope(scope_of(office)):
        assert seen(rows) == {"shared", "own"}
        assert written(rows) == {"own"}


def test_a_networks_role_sees_and_writes_the_networks_and_its_offices_rows(rows, network):
    with open_scope(scope_of_network(network)):
        assert seen(rows) == {"shared", "own", "neighbour's"}
        assert written(rows) == {"shared", "own", "neighbour's"}


@pytest.mark.parametrize("scope", ["of the office", "of the network"])
def test_an_office_of_the_scope_is_no_way_into_another_network(rows, network, office, scope):
    """A row that names one's own office and somebody else's network is nobody's to write."""
    elsewhere = rows["far"].network
    own = scope_of(office) if scope == "of the office" else scope_of_network(network)
    with open_scope(own):
        with pytest.raises(ScopeViolation):
            Declaration(network=elsewhere, office=office).save()
        with pytest.raises(ScopeViolation):
            Declaration.objects.bulk_create([Declaration(network=elsewhere, office=office)])
    with all_offices("test"):
        assert Declaration.objects.filter(network=elsewhere).count() == 2
