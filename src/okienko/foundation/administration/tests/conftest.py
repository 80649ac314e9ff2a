"""What the tests of administration share."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction

from okienko.foundation.offices.models import Membership
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories


@pytest.fixture
def letters(monkeypatch):
    """Letters leave at once, though the test's own transaction never ends."""
    monkeypatch.setattr(transaction, "on_commit", lambda send, *rest, **options: send())
    return mail.outbox


@pytest.fixture
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def member_of():
    """`member_of(user, office)`: the person's membership as it is in the database."""
    return lambda user, office: Membership.objects.get(user=user, office=office)


@pytest.fixture
def deputy(office):
    user = factories.make_member(office, Role.DEPUTY, "Zofia Zastępcza")
    return Membership.objects.get(user=user)
