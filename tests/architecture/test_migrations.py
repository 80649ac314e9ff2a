"""Migrations are complete: the models say nothing that the tables do not."""

from __future__ import annotations

import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models


def missing_migrations() -> str:
    """What `makemigrations` would still write, or nothing."""
    out = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=out, stderr=out)
    except SystemExit:
        return out.getvalue()
    return ""


@pytest.mark.django_db
def test_migrations_are_complete():
    assert missing_migrations() == ""


@pytest.mark.django_db
def test_a_planted_field_is_missing_from_the_migrations(monkeypatch):
    label = apps.get_model("offices", "Unit")
    field = models.CharField(max_length=5, default="")
    field.set_attributes_from_name("planted")
    monkeypatch.setattr(label._meta, "local_fields", [*label._meta.local_fields, field])
    field.model = label
    assert "planted" in missing_migrations()
