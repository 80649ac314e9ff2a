"""The rows that the addresses of jobs and files name, for the tests of who may come in."""

from __future__ import annotations

from datetime import UTC, datetime

from okienko.foundation.files.models import StoredFile
from okienko.foundation.jobs.models import Job, RequestedAs

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def rows(office) -> dict[str, dict]:
    """Parameters by route name: a job and a file of the office, and others of its network."""
    own, of_network = {"office": office, "network": office.network}, {"network": office.network}
    found = {}
    for prefix, owner in (("", own), ("network_", of_network)):
        job = {"pk": _job(**owner).pk}
        names = ("job", "job_progress", "cancel_job", "retry_job")
        found |= {f"activity:{prefix}{name}": job for name in names}
        found[f"activity:{prefix}file"] = {"pk": _file(**owner).pk}
    return found


def _job(**owner) -> Job:
    return Job.objects.create(
        kind="test.note", title="Import", requested_name="x", requested_as=RequestedAs.SYSTEM, created_at=AT,
        available_at=AT, **owner,
    )  # fmt: skip


def _file(**owner) -> StoredFile:
    return StoredFile.objects.create(
        purpose_code="test.import", name="dane.csv", kind="csv", size=1, sha256="0",
        content_name="stored/aa/b", created_at=AT, **owner,
    )  # fmt: skip
