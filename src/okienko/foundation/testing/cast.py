"""The cast, as pytest fixtures: each is a signed-in test client with `.user`, `.office` and `.actor`.

Anna coordinates an office; Bartek is her colleague without rights; Celina coordinates another office of the
same network; Dorota coordinates the network; Ewa is a respondent who never signs in.
"""

from __future__ import annotations

import pytest
from django.test import Client

from okienko.foundation.offices import selectors
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories


class Person(Client):
    """A browser of one person of the cast."""

    def sign_in(self, user, *, office=None, network=None) -> Person:
        self.user, self.office, self.network = user, office, network
        self.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        if office is not None:
            self.actor = selectors.office_access(user, office.slug).actor
        elif network is not None:
            self.actor = selectors.network_access(user, network.slug).actor
        return self


@pytest.fixture
def network(db):
    return factories.make_network("Sieć Dobrych Urzędów", "siec-dobrych-urzedow")


@pytest.fixture
def office(network):
    return factories.make_office(network, name="Urząd Miasta Brzozów Dolny", slug="brzozow-dolny")


@pytest.fixture
def other_office(network):
    return factories.make_office(network, name="Starostwo Powiatowe w Lipowie", slug="lipowo")


@pytest.fixture
def anna(office) -> Person:
    return Person().sign_in(
        factories.make_member(office, Role.COORDINATOR, "Anna Przykładowa"), office=office
    )


@pytest.fixture
def bartek(office) -> Person:
    return Person().sign_in(factories.make_member(office, Role.MEMBER, "Bartek Przykładowy"), office=office)


@pytest.fixture
def celina(other_office) -> Person:
    user = factories.make_member(other_office, Role.COORDINATOR, "Celina Przykładowa")
    return Person().sign_in(user, office=other_office)


@pytest.fixture
def dorota(network) -> Person:
    user = factories.make_network_coordinator(network, "Dorota Przykładowa")
    return Person().sign_in(user, network=network)


@pytest.fixture
def ewa(db) -> Client:
    return Client()


@pytest.fixture
def in_office(office):
    """The test runs inside the scope of Anna's office."""
    with open_scope(factories.scope_of(office)):
        yield office


@pytest.fixture
def in_network(network, office, other_office):
    """The test runs inside the network coordinator's scope."""
    with open_scope(factories.scope_of_network(network)):
        yield network
