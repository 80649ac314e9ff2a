"""Schedules: each tick once, whatever the number of workers, in the installation's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from okienko.foundation.jobs import schedules
from okienko.foundation.jobs.door import machinery
from okienko.foundation.jobs.models import Job, Tick
from okienko.foundation.jobs.tests import kinds
from okienko.foundation.registry import Schedule

NIGHTLY = Schedule(
    "test.nightly", "0 3 * * *", "okienko.foundation.jobs.tests.kinds.note_down", "Every night"
)
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)  # noon in Warsaw


@pytest.fixture(autouse=True)
def only_nightly(monkeypatch):
    monkeypatch.setattr(schedules, "schedules", lambda: iter([NIGHTLY]))
    kinds.SEEN.clear()


def jobs() -> int:
    with machinery():
        return Job.objects.count()


def test_a_new_schedule_counts_from_when_it_is_first_seen(db):
    assert schedules.run_schedules(NOON) == 0
    assert schedules.run_schedules(NOON + timedelta(hours=14, minutes=59)) == 0
    assert schedules.run_schedules(NOON + timedelta(hours=15)) == 1  # 3 o'clock in Warsaw
    assert schedules.run_schedules(NOON + timedelta(hours=15, seconds=1)) == 0
    assert jobs() == 1


def test_a_machine_that_sleeps_at_the_hour_runs_the_job_when_it_wakes_and_once(db, run_jobs):
    schedules.run_schedules(NOON)
    week_later = NOON + timedelta(days=7)
    assert schedules.run_schedules(week_later) == 1
    assert schedules.run_schedules(week_later + timedelta(seconds=5)) == 0
    [row] = run_jobs()
    assert row.title == "Every night"
    assert kinds.SEEN[0]["by"].is_system and kinds.SEEN[0]["by"].name == "schedule:test.nightly"


def test_of_two_workers_one_starts_the_tick(db):
    schedules.run_schedules(NOON)
    due = schedules.last_due(NIGHTLY.cron, NOON, NOON + timedelta(days=1))
    with machinery():
        assert schedules._start(NIGHTLY, due) == 1
        assert schedules._start(NIGHTLY, due) == 0  # the other one has looked before the first had written
    assert jobs() == 1


def test_a_tick_while_the_last_job_still_waits_orders_no_second_one(db):
    schedules.run_schedules(NOON)
    schedules.run_schedules(NOON + timedelta(days=1))
    schedules.run_schedules(NOON + timedelta(days=2))
    assert jobs() == 1
    assert Tick.objects.count() == 3


@pytest.mark.parametrize("month", [3, 10])
@pytest.mark.parametrize(
    ("cron", "expected"), [("30 2 * * *", 1), ("0 3 * * *", 1), ("*/20 * * * *", 71), ("15 * * * *", 24)]
)
def test_no_tick_comes_twice_or_is_lost_when_the_clocks_change(cron, expected, month):
    start = datetime(2026, month, 28 if month == 3 else 24, 12, tzinfo=UTC)
    last, ticks = start, []
    for minute in range(24 * 60):
        due = schedules.last_due(cron, last, start + timedelta(minutes=minute, seconds=30))
        if due is not None:
            ticks.append(due)
            last = due
    assert len(ticks) == len(set(ticks)) == expected


def test_a_schedule_that_cannot_work_stops_the_start(monkeypatch):
    wrong = [
        Schedule("a", "99 * * * *", NIGHTLY.job, "a"),
        Schedule("b", "0 3 * * *", "okienko.foundation.jobs.nowhere", "b"),
        Schedule("c", "0 3 * * *", "okienko.foundation.jobs.queue.claim", "c"),
    ]
    monkeypatch.setattr(schedules, "schedules", lambda: iter(wrong))
    assert [message.msg.split(":")[0] for message in schedules.check_schedules()] == [
        "schedule 'a'",
        "schedule 'b'",
        "schedule 'c'",
    ]


def test_all_declared_schedules_are_sound(monkeypatch):
    monkeypatch.undo()
    assert schedules.check_schedules() == []
