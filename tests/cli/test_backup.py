"""A backup is worth what comes back from it: every table is compared after restoring."""

from __future__ import annotations

import json
import tarfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.models import ServicePoint, Unit
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories
from okienko.interfaces.cli import backup, restore, rows
from okienko.interfaces.cli.archive import MANIFEST
from okienko.interfaces.cli.fault import CommandFault
from okienko.modules.collection.models import SubmissionKey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files_folder(tmp_path, settings) -> Path:
    folder = tmp_path / "data" / "files"
    settings.STORAGES = {**settings.STORAGES}
    settings.STORAGES["default"] = {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder)}}
    return folder


@pytest.fixture
def installation(files_folder) -> None:
    """Rows with every kind of value, and two files."""
    network = factories.make_network()
    office = factories.make_office(network, name="Urząd „Zażółć” – próba")
    user = factories.make_member(office, Role.COORDINATOR)
    user.last_login = datetime(2026, 11, 22, 7, 30, 15, 123456, UTC)
    user.save()
    with all_offices("a test fills the tables"):
        unit = factories.make_unit(office)
        factories.make_service_point(
            office, unit=unit, hours={"mon": [["07:30", "15:30"]]}, accessibility=["ramp"]
        )
        AuditEntry.objects.create(
            code="a.b", user=user, actor_name="Ł", office=office, after={"n": 1.5, "t": None}
        )
    SubmissionKey.objects.create(key_hash=bytes(range(32)), expires_on=date(2026, 11, 24))
    (files_folder / "12").mkdir(parents=True)
    (files_folder / "12" / "raport.pdf").write_bytes(b"%PDF-" + bytes(range(256)))
    (files_folder / "pusty.txt").write_bytes(b"")


def contents(files: Path) -> dict[str, object]:
    """Every row of every table that is backed up, and every file."""
    found: dict[str, object] = {
        model._meta.label: sorted(map(repr, rows.rows(model).values())) for model in rows.tables()
    }
    found["files"] = {
        path.relative_to(files).as_posix(): path.read_bytes() for path in files.rglob("*") if path.is_file()
    }
    return found


def wipe(files: Path) -> None:
    from django.db import transaction

    with transaction.atomic():
        rows.empty_tables()
    for path in sorted(files.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def test_every_table_and_file_comes_back(installation, files_folder, tmp_path):
    before = contents(files_folder)
    manifest = backup.write(tmp_path / "kopia.tar")
    assert set(manifest.tables()) == set(before) - {"files"}
    assert {label: len(before[label]) for label in manifest.tables()} == manifest.tables()
    assert all(
        before[label] for label in ("offices.ServicePoint", "audit.AuditEntry", "collection.SubmissionKey")
    )

    wipe(files_folder)
    assert contents(files_folder) != before
    restore.restore(tmp_path / "kopia.tar")
    assert contents(files_folder) == before


def test_numbers_go_on_after_the_restored_ones(installation, files_folder, tmp_path):
    backup.write(tmp_path / "kopia.tar.gz")
    wipe(files_folder)
    restore.restore(tmp_path / "kopia.tar.gz")
    with all_offices("a test adds a row"):
        last = Unit.objects.order_by("-pk").first()
        assert factories.make_unit(last.office).pk > last.pk


def test_only_sessions_are_left_out():
    everything = {m._meta.label for m in apps.get_models(include_auto_created=True) if m._meta.managed}
    assert everything - {model._meta.label for model in rows.tables()} == rows.LEFT_OUT


def test_an_installation_with_data_is_not_replaced_unasked(installation, files_folder, tmp_path):
    backup.write(tmp_path / "kopia.tar")
    before = contents(files_folder)
    with all_offices("a test adds a row"):
        ServicePoint.objects.update(name="Zmieniony")
    with pytest.raises(CommandFault, match="not empty"):
        restore.restore(tmp_path / "kopia.tar")
    with all_offices("a test looks"):
        assert ServicePoint.objects.get().name == "Zmieniony"
    restore.restore(tmp_path / "kopia.tar", force=True)
    assert contents(files_folder) == before


def test_a_backup_is_not_written_over_unasked(installation, tmp_path):
    path = tmp_path / "kopia.tar"
    path.write_text("moje")
    with pytest.raises(CommandFault, match="already there"):
        backup.write(path)
    assert path.read_text() == "moje"
    backup.write(path, force=True)
    assert path.stat().st_mode & 0o077 == 0
    assert [item.name for item in tmp_path.iterdir() if item.name.endswith(".part")] == []


def altered(source: Path, target: Path, change) -> Path:
    """A copy of an archive; `change(name, bytes)` gives the new members, as (entry name, bytes, type)."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for entry in old.getmembers():
            for name, data, kind in change(entry.name, old.extractfile(entry).read()):
                made = tarfile.TarInfo(name)
                made.size, made.type = len(data), kind
                made.linkname = "/etc/passwd" if kind == tarfile.SYMTYPE else ""
                new.addfile(made, BytesIO(data))
    return target


REGULAR = tarfile.REGTYPE


def _flip(name, data):
    yield name, data.replace(b"Za\xc5\xbc", b"Xa\xc5\xbc") if name.endswith("Office.jsonl") else data, REGULAR


def _drop(name, data):
    if not name.endswith("Unit.jsonl"):
        yield name, data, REGULAR


def _add_outside(name, data):
    yield name, data, REGULAR
    if name == "files/pusty.txt":
        yield "files/../../poza.txt", b"x", REGULAR


def _link(name, data):
    yield (name, b"", tarfile.SYMTYPE) if name == "files/pusty.txt" else (name, data, REGULAR)


def _without_manifest(name, data):
    if name != MANIFEST:
        yield name, data, REGULAR


def _other_version(name, data):
    if name == MANIFEST:
        said = json.loads(data)
        said["migrations"].append("offices.9999_from_the_future")
        data = json.dumps(said).encode()
    yield name, data, REGULAR


def _other_format(name, data):
    yield name, data.replace(b'"format": 1', b'"format": 99') if name == MANIFEST else data, REGULAR


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_flip, "damaged"),
        (_drop, "do not agree on 'data/offices.Unit.jsonl'"),
        (_add_outside, "files/../../poza.txt"),
        (_link, "files/pusty.txt"),
        (_without_manifest, "no manifest"),
        (_other_version, "9999_from_the_future"),
        (_other_format, "format 99"),
    ],
)
def test_a_damaged_or_hostile_archive_changes_nothing(installation, files_folder, tmp_path, change, message):
    backup.write(tmp_path / "kopia.tar")
    bad = altered(tmp_path / "kopia.tar", tmp_path / "zla.tar", change)
    before = contents(files_folder)
    with pytest.raises(CommandFault, match=message.replace(".", r"\.")):
        restore.restore(bad, force=True)
    assert contents(files_folder) == before
    assert not (tmp_path / "poza.txt").exists()


def test_a_row_that_breaks_a_link_puts_everything_back(installation, files_folder, tmp_path, monkeypatch):
    backup.write(tmp_path / "kopia.tar")
    before = contents(files_folder)
    real = rows.read_rows
    monkeypatch.setattr(
        rows, "read_rows", lambda model, stream: real(model, stream) if model is not Unit else 1
    )
    with pytest.raises(Exception, match=r"(?i)foreign key|violates|invalid"):
        restore.restore(tmp_path / "kopia.tar", force=True)
    assert contents(files_folder) == before
    assert sorted(item.name for item in files_folder.parent.iterdir()) == ["files"]


def test_something_else_than_an_archive_is_refused(tmp_path):
    (tmp_path / "nie.tar").write_text("to nie jest archiwum " + timezone.now().isoformat())
    with pytest.raises(CommandFault, match="not an archive"):
        restore.restore(tmp_path / "nie.tar")
    with pytest.raises(CommandFault, match="no file"):
        restore.restore(tmp_path / "brak.tar")
