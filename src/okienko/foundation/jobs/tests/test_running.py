"""Running: the scope, the person's rights of today, and every way in which a job can end."""

from __future__ import annotations

import pytest

from okienko.foundation.jobs import queue
from okienko.foundation.jobs.api import enqueue
from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.keeper import InlineKeeper
from okienko.foundation.jobs.models import Job, State
from okienko.foundation.jobs.running import carry_out
from okienko.foundation.jobs.services import cancel_job
from okienko.foundation.jobs.tests import kinds
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.models import Membership, NetworkMembership, Unit
from okienko.foundation.offices.scope import all_offices, scope_is_open
from okienko.foundation.registry import Role


@pytest.fixture(autouse=True)
def forget():
    kinds.SEEN.clear()


def test_a_job_sees_its_office_only_and_acts_as_who_ordered_it(anna, in_office, run_jobs):
    enqueue(kinds.note_down, by=anna.actor, title="x", wave=7)
    [row] = run_jobs()
    [seen] = kinds.SEEN
    assert (row.state, row.result, row.attempts) == (State.DONE, {"text": "noted"}, 1)
    assert seen["scope"].offices == {in_office.pk} and seen["scope"].networks == {in_office.network_id}
    assert not (seen["scope"].writes_network or seen["scope"].everything)
    assert seen["by"] == anna.actor and seen["ids"] == {"wave": 7}


def test_a_job_leaves_no_scope_behind(anna, office, run_jobs):
    with all_offices("test"):
        enqueue(kinds.note_down, by=anna.actor, title="x")
    run_jobs()
    assert not scope_is_open()


def test_a_network_job_sees_the_offices_of_its_network(dorota, in_network, office, other_office, run_jobs):
    enqueue(kinds.note_down, by=dorota.actor, title="x")
    run_jobs()
    scope = kinds.SEEN[0]["scope"]
    assert scope.offices == {office.pk, other_office.pk} and scope.writes_network


def test_a_network_coordinators_job_for_one_office_sees_that_office(dorota, in_network, office, run_jobs):
    enqueue(kinds.note_down, by=dorota.actor, title="x", office=office)
    run_jobs()
    assert kinds.SEEN[0]["scope"].offices == {office.pk}
    assert kinds.SEEN[0]["by"].roles == dorota.actor.roles


def test_an_installation_job_acts_as_the_system(db, run_jobs):
    with all_offices("test"):
        enqueue(kinds.note_down, by=system_actor("nightly"), title="x")
    run_jobs()
    assert kinds.SEEN[0]["scope"].everything
    assert kinds.SEEN[0]["by"] == system_actor("nightly")


def test_the_rights_are_those_of_today(anna, in_office, run_jobs):
    enqueue(kinds.note_down, by=anna.actor, title="x")
    Membership.objects.filter(user=anna.user).update(role=Role.CLERK)
    run_jobs()
    assert Role.COORDINATOR not in kinds.SEEN[0]["by"].roles


@pytest.mark.parametrize("how", ["membership", "account", "deleted"])
def test_a_person_who_has_left_orders_nothing_any_more(anna, in_office, run_jobs, how):
    enqueue(kinds.note_down, by=anna.actor, title="x")
    if how == "membership":
        Membership.objects.filter(user=anna.user).delete()
    elif how == "account":
        type(anna.user).objects.filter(pk=anna.user.pk).update(is_active=False)
    else:
        Job.objects.update(requested_by=None)  # what the deletion of the account does
    [row] = run_jobs()
    assert row.state == State.FAILED and not kinds.SEEN and row.error


def test_a_network_coordinator_who_has_left_orders_nothing_any_more(dorota, in_network, run_jobs):
    enqueue(kinds.note_down, by=dorota.actor, title="x")
    NetworkMembership.objects.all().delete()
    [row] = run_jobs()
    assert row.state == State.FAILED and not kinds.SEEN


def test_a_job_cannot_write_for_another_office(anna, in_office, other_office, run_jobs):
    row = enqueue(kinds.write_elsewhere, by=anna.actor, title="x")
    Job.objects.filter(pk=row.pk).update(params={"office": other_office.pk})
    [row] = run_jobs(keep_errors=True)
    with machinery():
        assert not Unit.objects.exists()
    assert row.state == State.FAILED and row.attempts == 1


def test_a_fault_is_told_and_not_tried_again(anna, in_office, run_jobs):
    enqueue(kinds.cannot, by=anna.actor, title="x")
    [row] = run_jobs()
    assert (row.state, row.attempts, row.reference) == (State.FAILED, 1, "")
    assert row.error == "Row 7 has no date. Fill it in and order the import again."


def test_what_has_been_deleted_is_told_and_not_tried_again(anna, in_office, run_jobs):
    enqueue(kinds.look_up, by=anna.actor, title="x", unit=12345)
    [row] = run_jobs(keep_errors=True)
    assert (row.state, row.attempts) == (State.FAILED, 1) and row.error


def test_an_unexpected_error_is_tried_again_and_given_up_with_a_reference(anna, in_office, run_jobs, caplog):
    enqueue(kinds.stumble, by=anna.actor, title="x")
    [row] = run_jobs(keep_errors=True)
    assert (row.state, row.attempts) == (State.FAILED, 3)
    assert len(row.reference) == 8 and row.reference in caplog.text
    assert "stumbled" not in row.error


def test_an_error_that_passes_leaves_a_job_well_done(anna, in_office, run_jobs):
    enqueue(kinds.stumble, by=anna.actor, title="x", until=3)
    [row] = run_jobs(keep_errors=True)
    assert (row.state, row.attempts, row.error) == (State.DONE, 3, "")


def test_each_attempt_waits_longer(anna, in_office, settings):
    settings.JOB_BACKOFF_SECONDS = 10
    row = enqueue(kinds.stumble, by=anna.actor, title="x")
    waits = []
    for _attempt in range(2):
        claimed = _claim(row)
        carry_out(claimed, InlineKeeper(claimed))
        row.refresh_from_db()
        assert row.state == State.QUEUED
        waits.append((row.available_at - claimed.started_at).total_seconds())
    assert 7 < waits[0] < 14 and 30 < waits[1] < 50


def test_progress_is_seen_while_the_job_runs(anna, in_office, run_jobs, monkeypatch):
    told = []
    original = queue.renew
    monkeypatch.setattr(queue, "renew", lambda job, now: told.append(now) or original(job, now))
    enqueue(kinds.make_units, by=anna.actor, title="x", names=["A", "B"])
    [row] = run_jobs()
    assert told == [{"done": 1, "total": 2, "words": "A"}, {"done": 2, "total": 2, "words": "B"}]
    assert (row.done, row.total, row.percent) == (2, 2, 100)


def test_a_cancelled_waiting_job_never_starts(anna, in_office, run_jobs):
    row = enqueue(kinds.note_down, by=anna.actor, title="x")
    cancel_job(job=row, by=anna.actor, at=row.created_at)
    assert row.state == State.CANCELLED
    assert run_jobs() == [] and not kinds.SEEN


def test_a_cancelled_running_job_stops_at_its_next_step(anna, in_office):
    row = enqueue(kinds.make_units, by=anna.actor, title="x", names=["A", "B", "C"])
    claimed = _claim(row)

    class CancelsAtSecond(InlineKeeper):
        def note(self, **progress):
            super().note(**progress)
            if progress["done"] == 2:
                cancel_job(job=row, by=anna.actor, at=row.created_at)

    assert carry_out(claimed, CancelsAtSecond(claimed)).word == "cancelled"
    row.refresh_from_db()
    assert row.state == State.CANCELLED


def test_a_job_of_a_kind_that_was_removed_says_so(anna, in_office, run_jobs):
    row = enqueue(kinds.note_down, by=anna.actor, title="x")
    Job.objects.filter(pk=row.pk).update(kind="test.gone")
    [row] = run_jobs(keep_errors=True)
    assert row.state == State.FAILED and row.error


def test_errors_are_told_in_the_language_of_who_ordered_the_job(anna, in_office, run_jobs):
    anna.user.language = "en"
    anna.user.save()
    enqueue(kinds.look_up, by=anna.actor, title="x", unit=1)
    [row] = run_jobs(keep_errors=True)
    assert row.error == "What this was about has been deleted in the meantime."


def _claim(row: Job) -> Job:
    with machinery():
        Job.objects.filter(pk=row.pk).update(available_at=row.created_at)
        return queue.claim_one("test", row.pk)
