from __future__ import annotations

import pytest

from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing import factories as offices
from okienko.modules.questionnaires.tests.factories import make_questionnaire


@pytest.fixture
def pulse(office):
    """An office's own copy of the pulse; tests open scopes by themselves."""
    with open_scope(offices.scope_of(office)):
        return make_questionnaire(office)


@pytest.fixture
def shared(office, network):
    """The network's questionnaire for clients."""
    with open_scope(offices.scope_of_network(network)):
        return make_questionnaire(office, of_network=True, code="klienci", name="Sieciowy")
