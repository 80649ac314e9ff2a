"""Kept files: what is taken, under which name, for how long, and who gets them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from okienko.foundation.files import api, jobs, purposes, selectors
from okienko.foundation.files.kinds import sniff
from okienko.foundation.files.models import StoredFile
from okienko.foundation.files.names import clean_name
from okienko.foundation.files.purposes import Purpose, UnknownPurpose, get_purpose
from okienko.foundation.files.serving import file_response
from okienko.foundation.jobs.api import enqueue
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import ScopeMissing, ScopeViolation, all_offices, open_scope
from okienko.foundation.testing.factories import scope_of

AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # the 23rd in Warsaw already
IMPORT = Purpose("test.import", "Answers", "web.office_home", ("csv", "xlsx"), max_bytes=1_000, keep_days=30)
REPORT = Purpose("test.report", "Report", "web.office_home", ("pdf", "zip"))
PDF = b"%PDF-1.7\n%"


@pytest.fixture(autouse=True)
def place(settings, tmp_path, monkeypatch):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "file_permissions_mode": 0o600},
        }
    }
    monkeypatch.setattr(purposes, "purposes", lambda: {"test.import": IMPORT, "test.report": REPORT})
    return tmp_path / "files"


def upload(name: str, content: bytes, declared: str = "text/csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, declared)


def keep(anna, name: str = "dane.csv", content: bytes = b"a;b\n1;2\n") -> StoredFile:
    return api.keep_upload(upload(name, content), purpose="test.import", by=anna.actor, at=AT)


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


WORKBOOK = {"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook/>"}


def test_a_file_is_kept_under_a_name_that_nobody_chose(anna, in_office, place):
    file = keep(anna, "../../etc/Dane z listopada.csv")
    assert file.name == "Dane z listopada.csv"
    [path] = [path for path in place.rglob("*") if path.is_file()]
    assert path.relative_to(place).as_posix() == file.content_name
    assert "Dane" not in file.content_name and "." not in file.content_name
    assert path.stat().st_mode & 0o777 == 0o600
    assert api.read_content(file) == b"a;b\n1;2\n"
    assert (file.size, file.sha256) == (8, hashlib.sha256(b"a;b\n1;2\n").hexdigest())
    assert (file.office, file.kind, file.created_by_id) == (in_office, "csv", anna.user.pk)
    assert file.expires_on == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("dane.csv", b"", "empty"),
        ("dane.csv", b"x" * 1_001, "too large"),
        ("dane.csv", b"\x89PNG\r\n\x1a\n....", "something else is in it"),
        ("dane.csv", zipped(**WORKBOOK), "does not fit"),
        ("dane.xlsx", b"a;b\n", "does not fit"),
        ("dane.xlsx", zipped(**{"a.txt": b"a"}), "something else is in it"),
        ("dane.xlsx", zipped(**WORKBOOK, **{"xl__vbaProject.bin": b"x"}), "something else is in it"),
        ("dane.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "cannot be used here"),
        ("dane.pdf", PDF, "cannot be used here"),
        ("dane", b"a;b\n", "does not fit"),
        ("dane.csv", b"MZ\x90\x00\x03", "something else is in it"),
        ("dane.csv", b"a;b\n\0\0\0\x01\x02\x03\n", "something else is in it"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_reason(
    anna, in_office, place, name, content, says, settings
):
    from django.utils import translation

    with translation.override("en"), pytest.raises(api.FileFault, match=says) as refused:
        keep(anna, name, content)
    assert name in str(refused.value)
    assert not StoredFile.objects.exists()
    assert not [path for path in place.rglob("*") if path.is_file()]


def test_a_browser_that_lies_about_the_size_does_not_get_more_in(anna, in_office):
    lying = upload("dane.csv", b"x" * 1_001)
    lying.size = 10
    with pytest.raises(api.FileFault):
        api.keep_upload(lying, purpose="test.import", by=anna.actor, at=AT)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"PAR1....", "parquet"),
        (b"\xff\xfea\x00;\x00", "text"),
        ("zażółć;gęślą".encode("cp1250"), "text"),
        ("zażółć;gęślą;jaźń".encode("utf-16-le"), "text"),
        (b"\0\1\2\3" * 50, "unknown"),
        (b"PK\x03\x04 not really", "zip"),
        (zipped(**WORKBOOK), "xlsx"),
        (zipped(**WORKBOOK, **{"xl__vbaProject.bin": b"x"}), "xlsm"),
        (zipped(**{f"{number:0200d}": b"" for number in range(9_000)}), "zip"),
    ],
)
def test_content_tells_its_kind(content, kind):
    assert sniff(content) == kind


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("C:\\Users\\x\\Raport.PDF", "Raport.PDF"),
        ("raport\u202efdp.exe", "raportfdp.exe"),
        ('a"b;c\r\nSet-Cookie: x.csv', "a_b_cSet-Cookie_ x.csv"),
        ("  .htaccess", "htaccess"),
        ("", "plik"),
        (".csv", "csv"),
        ("zażółć gęślą.csv", "zażółć gęślą.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_names_are_labels_and_nothing_more(given, clean):
    assert clean_name(given) == clean


def test_an_undeclared_purpose_is_an_error_of_the_program(monkeypatch):
    with pytest.raises(UnknownPurpose):
        get_purpose("test.nothing")


def test_every_declared_purpose_has_known_kinds_and_a_permission(monkeypatch):
    from okienko.foundation.files.kinds import KINDS

    monkeypatch.undo()
    assert all(set(purpose.kinds) <= set(KINDS) for purpose in purposes.purposes().values())


def test_another_office_gets_nothing_even_with_the_id(anna, celina, in_office, other_office):
    file = keep(anna)
    assert selectors.get_file(anna.actor, file.pk) == file
    with open_scope(scope_of(other_office)):
        assert selectors.get_file(celina.actor, file.pk) is None
        assert not StoredFile.objects.exists()


def test_the_network_gets_no_files_of_its_offices(anna, dorota, in_network):
    file = keep(anna)
    assert selectors.get_file(dorota.actor, file.pk) is None


def test_an_office_gets_no_files_of_its_network(anna, dorota, in_network, office):
    file = api.keep_bytes(PDF, name="sieć.pdf", purpose="test.report", by=dorota.actor, at=AT)
    assert selectors.get_file(dorota.actor, file.pk) == file
    with open_scope(scope_of(office)):
        assert selectors.get_file(anna.actor, file.pk) is None


def test_files_are_asked_for_and_kept_inside_a_scope_only(anna, office, other_office, place):
    with pytest.raises(ScopeMissing):
        StoredFile.objects.exists()
    with open_scope(scope_of(other_office)), pytest.raises(ScopeViolation):
        keep(anna)
    assert not [path for path in place.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_content_goes_when_the_deletion_is_committed_and_not_before(anna, in_office):
    file = keep(anna)
    with pytest.raises(RuntimeError), transaction.atomic():
        api.discard(StoredFile.objects.get(pk=file.pk))
        raise RuntimeError
    assert default_storage.exists(file.content_name)
    api.discard(StoredFile.objects.get(pk=file.pk))
    assert not default_storage.exists(file.content_name)


@pytest.mark.django_db(transaction=True)
def test_files_whose_time_has_come_are_deleted_at_night_and_orphans_swept_up(
    anna, in_office, run_jobs, monkeypatch
):
    today = timezone.localdate()
    gone, last_day, kept = keep(anna), keep(anna), keep(anna)
    StoredFile.objects.filter(pk=gone.pk).update(expires_on=today - timedelta(days=1))
    StoredFile.objects.filter(pk=last_day.pk).update(expires_on=today)
    StoredFile.objects.filter(pk=kept.pk).update(expires_on=None)
    orphan, fresh = "stored/aa/orphan", "stored/aa/fresh"
    for name in (orphan, fresh):
        default_storage.save(name, io.BytesIO(b"left behind"))
    old = timezone.now() - timedelta(days=2)
    monkeypatch.setattr(
        type(default_storage._wrapped),
        "get_modified_time",
        lambda self, name: timezone.now() if name == fresh else old,
    )
    with all_offices("test"):
        enqueue(jobs.delete_expired, by=system_actor("test"), title="x")
    [row] = run_jobs()
    assert [count for _label, count in row.result["counts"]] == [1, 1]
    assert set(StoredFile.objects.all()) == {last_day, kept}
    assert sorted(api.all_content_names()) == sorted([fresh, last_day.content_name, kept.content_name])


def test_a_download_is_neither_guessed_about_nor_run_nor_kept(anna, in_office):
    response = file_response(keep(anna, "Zażółć.csv"))
    assert b"".join(response.streaming_content) == b"a;b\n1;2\n"
    response.close()
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Za%C5%BC%C3%B3%C5%82%C4%87.csv"
    assert response["Content-Type"] == "text/csv"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
