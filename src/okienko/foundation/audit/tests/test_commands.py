"""A command checks the permission, writes in one transaction, and leaves one audit entry."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from okienko.foundation.audit.commands import command, note
from okienko.foundation.audit.models import AppendOnly, AuditEntry
from okienko.foundation.offices.models import Unit
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import scope_of


@command("web.office_home")
def rename_unit(*, unit: Unit, name: str, by) -> Unit:
    note(before={"name": unit.name}, after={"name": name})
    unit.name = name
    unit.save()
    if name == "boom":
        raise RuntimeError("boom")
    return unit


def test_a_command_writes_who_did_what_before_and_after(anna, in_office):
    unit = Unit.objects.create(office=in_office, name="Kancelaria")
    rename_unit(unit=unit, name="Biuro", by=anna.actor)
    entry = AuditEntry.objects.get()
    assert (entry.code, entry.actor_name, entry.office_id) == (
        "web.office_home",
        "Anna Przykładowa",
        in_office.pk,
    )
    assert (entry.target_type, entry.target_id) == ("offices.unit", str(unit.pk))
    assert (entry.before, entry.after) == ({"name": "Kancelaria"}, {"name": "Biuro"})


def test_a_failed_command_leaves_neither_row_nor_entry(anna, in_office):
    unit = Unit.objects.create(office=in_office, name="Kancelaria")
    with pytest.raises(RuntimeError, match="boom"):
        rename_unit(unit=unit, name="boom", by=anna.actor)
    unit.refresh_from_db()
    assert unit.name == "Kancelaria"
    assert not AuditEntry.objects.exists()


def test_a_person_without_the_role_is_refused(dorota, in_office):
    unit = Unit.objects.create(office=in_office, name="Kancelaria")
    with pytest.raises(PermissionDenied):
        rename_unit(unit=unit, name="Biuro", by=dorota.actor)
    assert not AuditEntry.objects.exists()


def test_positional_parameters_are_refused_when_the_command_is_declared():
    with pytest.raises(TypeError, match="keyword-only"):

        @command("web.office_home")
        def rename(unit, *, by):
            """Never made."""


def test_entries_are_neither_changed_nor_deleted(anna, in_office):
    unit = Unit.objects.create(office=in_office, name="Kancelaria")
    rename_unit(unit=unit, name="Biuro", by=anna.actor)
    entry = AuditEntry.objects.get()
    for change in (entry.save, AuditEntry.objects.all().delete, lambda: AuditEntry.objects.update(code="x")):
        with pytest.raises(AppendOnly):
            change()


def test_an_office_reads_only_its_own_history(anna, celina, in_office, other_office):
    rename_unit(unit=Unit.objects.create(office=in_office, name="a"), name="b", by=anna.actor)
    with open_scope(scope_of(other_office)):
        assert not AuditEntry.objects.exists()
