"""What people may see and do: their own jobs, with `jobs.manage` all of the office's; never others'."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.jobs import retention, selectors, services
from okienko.foundation.jobs.api import JobFault, enqueue
from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.models import Job, State, Tick
from okienko.foundation.jobs.tests import kinds
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.offices.selectors import office_access
from okienko.foundation.registry import Role
from okienko.foundation.testing.factories import make_member, scope_of


@pytest.fixture
def clerk(office):
    user = make_member(office, Role.CLERK, "Klara Przykładowa")
    return office_access(user, office.slug).actor


def test_a_lead_sees_all_jobs_of_the_office_and_a_clerk_her_own(anna, clerk, in_office):
    hers = enqueue(kinds.note_down, by=clerk, title="hers")
    enqueue(kinds.note_down, by=anna.actor, title="Anna's")
    enqueue(
        kinds.note_down,
        by=system_actor("nightly", office_id=in_office.pk, network_id=in_office.network_id),
        title="",
    )
    assert selectors.jobs_for(anna.actor).count() == 3
    assert list(selectors.jobs_for(clerk)) == [hers]
    assert selectors.get_job(clerk, hers.pk) == hers


def test_another_office_sees_nothing_even_by_the_number(anna, celina, in_office, other_office):
    row = enqueue(kinds.note_down, by=anna.actor, title="x")
    with open_scope(scope_of(other_office)):
        assert selectors.get_job(celina.actor, row.pk) is None
        assert not Job.objects.exists()


def test_an_office_does_not_see_the_jobs_of_its_network(anna, dorota, in_network, office):
    row = enqueue(kinds.note_down, by=dorota.actor, title="x")
    assert selectors.get_job(dorota.actor, row.pk) == row
    with open_scope(scope_of(office)):
        assert not Job.objects.filter(pk=row.pk).exists()


def test_a_network_does_not_see_what_its_offices_order(anna, dorota, in_network, office):
    enqueue(kinds.note_down, by=anna.actor, title="x")
    own = enqueue(kinds.note_down, by=dorota.actor, title="x", office=office)
    assert list(selectors.jobs_for(dorota.actor)) == [own]


def test_nobody_in_an_office_sees_the_jobs_of_the_installation(anna, dorota, in_network):
    with machinery():
        enqueue(kinds.note_down, by=system_actor("nightly"), title="x")
    assert not Job.objects.exists()


def test_a_clerk_stops_her_own_job_and_not_a_colleagues(anna, clerk, in_office):
    hers = enqueue(kinds.note_down, by=clerk, title="hers")
    other = enqueue(kinds.note_down, by=anna.actor, title="Anna's")
    with pytest.raises(PermissionDenied):
        services.cancel_job(job=other, by=clerk, at=timezone.now())
    other.refresh_from_db()
    assert other.state == State.QUEUED
    services.cancel_job(job=hers, by=clerk, at=timezone.now())
    assert hers.state == State.CANCELLED
    entry = AuditEntry.objects.get()
    assert (entry.code, entry.before, entry.after["state"]) == (
        "jobs.cancel",
        {"state": "queued"},
        "cancelled",
    )


def test_a_member_without_rights_stops_nothing(anna, bartek, in_office):
    row = enqueue(kinds.note_down, by=anna.actor, title="x")
    for act in (services.cancel_job, services.retry_job):
        with pytest.raises(PermissionDenied):
            act(job=row, by=bartek.actor, at=timezone.now())


def test_a_finished_job_is_neither_cancelled_nor_repeated(anna, in_office, run_jobs):
    enqueue(kinds.note_down, by=anna.actor, title="x")
    [row] = run_jobs()
    services.cancel_job(job=row, by=anna.actor, at=timezone.now())
    services.retry_job(job=row, by=anna.actor, at=timezone.now())
    row.refresh_from_db()
    assert (row.state, row.cancel_requested) == (State.DONE, False)


def test_a_failed_job_is_repeated_with_all_its_attempts(anna, in_office, run_jobs):
    enqueue(kinds.stumble, by=anna.actor, title="x")
    [row] = run_jobs(keep_errors=True)
    services.retry_job(job=row, by=anna.actor, at=timezone.now())
    assert (row.state, row.attempts, row.error) == (State.QUEUED, 0, "")
    [row] = run_jobs(keep_errors=True)
    assert (row.state, row.attempts) == (State.FAILED, 3)


def test_a_failed_job_is_not_repeated_beside_the_same_one(anna, in_office, run_jobs):
    failed = enqueue(kinds.cannot, by=anna.actor, title="x", key="k")
    run_jobs()
    enqueue(kinds.cannot, by=anna.actor, title="x", key="k")
    with pytest.raises(JobFault):
        services.retry_job(job=failed, by=anna.actor, at=timezone.now())
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_old_jobs_are_deleted_and_pending_ones_and_schedules_kept(anna, in_office, run_jobs):
    enqueue(kinds.note_down, by=anna.actor, title="old")
    run_jobs()
    now = timezone.now()
    Job.objects.update(finished_at=now - timedelta(days=91))
    kept = enqueue(kinds.note_down, by=anna.actor, title="new")
    for days in (200, 100):
        Tick.objects.create(name="nightly", due_at=now - timedelta(days=days))
    assert retention.purge(now - timedelta(days=90)) == 1
    assert list(Job.objects.all()) == [kept]
    assert [round((now - tick.due_at) / timedelta(days=1)) for tick in Tick.objects.all()] == [100]
