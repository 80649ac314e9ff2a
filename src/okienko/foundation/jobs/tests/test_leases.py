"""The lease: of two workers one works; a dead one's job is taken over; one that comes back writes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from okienko.foundation.jobs import queue
from okienko.foundation.jobs.api import enqueue
from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.keeper import InlineKeeper
from okienko.foundation.jobs.models import Job, State
from okienko.foundation.jobs.running import carry_out
from okienko.foundation.jobs.tests import kinds
from okienko.foundation.offices.models import Unit


@pytest.fixture
def claimed(anna, in_office):
    row = enqueue(kinds.make_units_sealed, by=anna.actor, title="x", names=["A", "B"])
    with machinery():
        return queue.claim_one("first", row.pk)


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_taken_job_is_not_taken_again(claimed):
    with machinery():
        assert queue.claim_one("second", claimed.pk) is None
        assert queue.claim("second", ["default"], due=timezone.now()) is None
        assert queue.recover("interrupted") == (0, 0)


def test_a_job_waits_for_its_time_and_its_queue(anna, in_office):
    row = enqueue(kinds.make_units, by=anna.actor, title="x", names=["A"])
    now = timezone.now()
    with machinery():
        assert queue.claim("w", ["default"], due=now) is None
        assert queue.claim("w", ["heavy"], due=row.available_at - timedelta(seconds=1)) is None
        assert queue.claim("w", ["default", "heavy"], due=now) == row


def test_a_dead_workers_job_goes_back_into_the_queue_and_is_done_by_another(claimed, run_jobs):
    expire(claimed)
    with machinery():
        assert queue.recover("interrupted") == (1, 0)
    [row] = run_jobs()
    assert (row.state, row.attempts) == (State.DONE, 2)


def test_a_worker_that_comes_back_too_late_writes_nothing(claimed, run_jobs):
    expire(claimed)
    with machinery():
        queue.recover("interrupted")
    run_jobs()
    assert carry_out(claimed, InlineKeeper(claimed)).word == "lost"
    assert Unit.objects.count() == 2
    claimed.refresh_from_db()
    assert claimed.state == State.DONE


def test_a_late_worker_writes_nothing_while_another_is_at_the_job(claimed):
    expire(claimed)
    with machinery():
        queue.recover("interrupted")
        taken = queue.claim_one("second", claimed.pk)
        assert not queue.renew(claimed, {"done": 5})
        assert not queue.finish(claimed, {"text": "late"})
        assert not queue.fail(claimed, "late")
        assert not queue.postpone(claimed, "late")
        assert not queue.release(claimed)
    row = Job.objects.get(pk=claimed.pk)
    assert (row.state, row.worker, row.token, row.done) == (State.RUNNING, "second", taken.token, 0)


def test_a_job_that_kills_its_workers_is_given_up(claimed):
    for _death in range(claimed.max_attempts):
        expire(claimed)
        with machinery():
            queue.recover("It was interrupted.")
            queue.claim("next", ["default"], due=timezone.now())
    claimed.refresh_from_db()
    assert (claimed.state, claimed.error, claimed.attempts) == (State.FAILED, "It was interrupted.", 3)


def test_a_dead_job_that_was_to_be_cancelled_is_cancelled(claimed):
    Job.objects.update(cancel_requested=True)
    expire(claimed)
    with machinery():
        queue.recover("interrupted")
    claimed.refresh_from_db()
    assert claimed.state == State.CANCELLED


def test_a_released_job_has_lost_no_attempt(claimed):
    with machinery():
        assert queue.release(claimed)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.attempts, claimed.token) == (State.QUEUED, 0, None)


def test_what_a_sealed_job_writes_and_its_end_are_one(claimed, monkeypatch):
    monkeypatch.setattr(queue, "finish", lambda job, result: False)  # the lease was lost meanwhile
    assert carry_out(claimed, InlineKeeper(claimed)).word == "lost"
    assert not Unit.objects.exists()


def test_a_sealed_job_keeps_its_result(claimed):
    assert carry_out(claimed, InlineKeeper(claimed)).word == "done"
    claimed.refresh_from_db()
    assert (claimed.state, claimed.result) == (State.DONE, {"text": "2 units"})


def test_a_released_job_has_gained_no_attempt(claimed):
    """A worker that stops often does not make a failing job immortal."""
    expire(claimed)
    with machinery():
        queue.recover("interrupted")
        again = queue.claim_one("second", claimed.pk)
        assert queue.release(again)
        again.refresh_from_db()
    assert again.attempts == 1
