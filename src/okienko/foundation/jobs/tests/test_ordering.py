"""Ordering: what belongs to whom, once per key, only ids, only with the transaction."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django_tasks import task
from django_tasks.exceptions import InvalidTaskError

from okienko.foundation.jobs.api import enqueue
from okienko.foundation.jobs.kinds import UnknownKind
from okienko.foundation.jobs.models import Job, State
from okienko.foundation.jobs.tests import kinds
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import ScopeViolation, all_offices, open_scope
from okienko.foundation.testing.factories import scope_of

BACKENDS = "django_tasks.backends"
IMMEDIATE = {"default": {"BACKEND": f"{BACKENDS}.immediate.ImmediateBackend", "QUEUES": ["default", "heavy"]}}
DUMMY = {"default": {"BACKEND": f"{BACKENDS}.dummy.DummyBackend", "QUEUES": ["default", "heavy"]}}


@task
def stray() -> None:
    """A task of Django's that is no job."""


def test_a_job_belongs_to_the_office_in_which_it_was_ordered(anna, in_office):
    row = enqueue(kinds.note_down, by=anna.actor, title="Import", wave=7)
    assert (row.office_id, row.network_id) == (in_office.pk, in_office.network_id)
    assert (row.kind, row.state, row.params) == ("test.note", State.QUEUED, {"wave": 7})
    assert row.requested_by_id == anna.user.pk


def test_a_job_cannot_be_ordered_for_an_office_outside_the_scope(anna, in_office, other_office):
    with pytest.raises(ScopeViolation):
        enqueue(kinds.note_down, by=anna.actor, title="Import", office=other_office)


def test_a_person_who_acts_nowhere_must_say_whose_the_job_is(anna, in_office):
    from okienko.foundation.offices.selectors import person_access

    with pytest.raises(ValueError, match="no office and no network"):
        enqueue(kinds.note_down, by=person_access(anna.user).actor, title="Import")


def test_a_pending_job_of_the_same_key_is_not_ordered_twice(anna, in_office, run_jobs):
    first = enqueue(kinds.note_down, by=anna.actor, title="Report", key="wave-3")
    assert enqueue(kinds.note_down, by=anna.actor, title="Report", key="wave-3") == first
    assert enqueue(kinds.note_down, by=anna.actor, title="Report", key="wave-4") != first
    run_jobs()
    assert enqueue(kinds.note_down, by=anna.actor, title="Report", key="wave-3") != first


def test_two_offices_may_use_the_same_key(anna, celina, in_office, other_office):
    first = enqueue(kinds.note_down, by=anna.actor, title="Report", key="wave-3")
    with open_scope(scope_of(other_office)):
        assert enqueue(kinds.note_down, by=celina.actor, title="Report", key="wave-3") != first


@pytest.mark.parametrize("owner", ["office", "network"])
def test_the_database_itself_refuses_a_second_pending_job_of_a_key(office, owner):
    place = {"network_id": office.network_id} | ({"office_id": office.pk} if owner == "office" else {})
    with all_offices("test"):
        first = enqueue(kinds.note_down, by=system_actor("test", **place), title="x", key="once")
        first.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save()


def test_ids_are_kept_as_json_and_data_is_refused(anna, in_office):
    known = uuid.uuid4()
    row = enqueue(kinds.note_down, by=anna.actor, title="x", file=known, day=date(2026, 11, 22), rows=[1, 2])
    assert row.params == {"file": str(known), "day": "2026-11-22", "rows": [1, 2]}
    for data in ("x" * 101, {"a": 1}, b"bytes", 1.5):
        with pytest.raises(TypeError, match="takes ids, not data"):
            enqueue(kinds.note_down, by=anna.actor, title="x", data=data)


def test_an_undeclared_function_is_no_job(anna, in_office):
    with pytest.raises(UnknownKind):
        enqueue(len, by=anna.actor, title="x")


@pytest.mark.django_db(transaction=True)
def test_a_job_ordered_in_a_transaction_that_fails_does_not_exist(anna, in_office):
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue(kinds.note_down, by=anna.actor, title="x")
        raise RuntimeError
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_another_backend_of_the_tasks_api_carries_the_job_after_the_commit(anna, in_office):
    kinds.SEEN.clear()
    with override_settings(TASKS=IMMEDIATE), transaction.atomic():
        row = enqueue(kinds.note_down, by=anna.actor, title="x", wave=1)
        assert not kinds.SEEN
    row.refresh_from_db()
    assert (row.state, row.result, len(kinds.SEEN)) == (State.DONE, {"text": "noted"}, 1)


@pytest.mark.django_db(transaction=True)
def test_a_delivery_that_is_lost_or_comes_twice_changes_nothing(anna, in_office, run_jobs):
    kinds.SEEN.clear()
    with override_settings(TASKS=DUMMY):
        row = enqueue(kinds.note_down, by=anna.actor, title="x")
        row.refresh_from_db()
        assert row.state == State.QUEUED
    run_jobs()
    from okienko.foundation.jobs.running import carry_out_delivered

    carry_out_delivered(row.pk)
    assert len(kinds.SEEN) == 1


def test_a_task_that_is_no_job_is_refused_rather_than_lost():
    with pytest.raises(InvalidTaskError, match="declare it with @job"):
        stray.enqueue()
