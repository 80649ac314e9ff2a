"""The store: thanks after the commit, nothing of another office written, one fault stays alone."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from okienko.foundation.offices.scope import all_offices, open_scope
from okienko.foundation.testing.factories import scope_of
from okienko.modules.collection.answering import store as module
from okienko.modules.collection.answering.store import NewResponse, Outcome, store
from okienko.modules.collection.models import Response, SubmissionKey
from okienko.modules.surveys.tests.factories import make_office_wave


@pytest.fixture
def part(open_link):
    return open_link.office_wave


@pytest.fixture
def response(part) -> NewResponse:
    return NewResponse(
        key_hash=b"k" * 32,
        kept_until=timezone.localdate(),
        office_id=part.office_id,
        office_wave_id=part.pk,
        service_point_id=None,
        mode="web",
        language="pl",
        day=timezone.localdate(),
        answers={"zadowolenie": 4},
        texts={},
    )


def stored() -> tuple[int, int]:
    with all_offices("test"):
        return Response.objects.count(), SubmissionKey.objects.count()


def test_an_office_that_the_link_does_not_prove_gets_no_answer(part, response, other_office):
    with open_scope(scope_of(other_office)), pytest.raises(PermissionError):
        store(response)
    assert stored() == (0, 0)


def test_an_answer_cannot_be_slipped_into_another_offices_wave(part, response, office, other_office):
    """Neither under its own name, nor under that of the office that the scope holds."""
    with all_offices("test"):
        foreign = make_office_wave(other_office, state="open")
    with open_scope(scope_of(office)):
        assert store(replace(response, office_wave_id=foreign.pk)) is Outcome.CLOSED
        with pytest.raises(PermissionError):
            store(replace(response, office_wave_id=foreign.pk, office_id=other_office.pk))
    assert stored() == (0, 0)


def test_a_wave_that_is_not_open_takes_neither_the_answer_nor_its_key(part, response):
    with open_scope(scope_of(part.office)):
        for state in ("planned", "closed"):
            part.state = state
            part.save()
            assert store(response) is Outcome.CLOSED
    assert stored() == (0, 0)


@pytest.fixture
def events(monkeypatch) -> list[str]:
    """What the writer does, in order, with a database that commits when it is told to."""
    seen: list[str] = []

    @contextmanager
    def atomic():
        seen.append("begin")
        yield
        seen.append("commit")

    monkeypatch.setattr(module.transaction, "atomic", atomic)
    monkeypatch.setattr(module, "drop_connection", lambda: seen.append("dropped"))
    return seen


class Waiting(Future):
    """A respondent's thread: says when it is told."""

    def __init__(self, events: list[str]) -> None:
        super().__init__()
        self.add_done_callback(lambda _future: events.append("told"))


def test_everybody_is_told_after_the_commit_and_never_before(response, events, monkeypatch):
    outcomes = [Outcome.STORED, Outcome.ALREADY, Outcome.CLOSED]
    told = iter(outcomes)
    monkeypatch.setattr(module, "_store_sqlite", lambda _response: next(told))
    waiting = [Waiting(events) for _ in outcomes]
    module._writer._commit([(response, each) for each in waiting])
    assert events == ["begin", "commit", "told", "told", "told"]
    assert [each.result(0) for each in waiting] == outcomes, "to each her own"


def test_nobody_is_thanked_when_the_commit_fails(response, events, monkeypatch):
    @contextmanager
    def full():
        yield
        raise OperationalError("disk full")

    monkeypatch.setattr(module.transaction, "atomic", full)
    monkeypatch.setattr(module, "_store_sqlite", lambda _response: Outcome.STORED)
    waiting = [Waiting(events) for _ in range(3)]
    module._writer._commit([(response, each) for each in waiting])
    for each in waiting:
        with pytest.raises(OperationalError, match="disk full"):
            each.result(0)


def test_one_answer_that_cannot_be_stored_does_not_take_the_others_with_it(response, events, monkeypatch):
    bad = replace(response, language="x")

    def storing(one: NewResponse) -> Outcome:
        if one is bad:
            raise OperationalError("too long")
        return Outcome.STORED

    monkeypatch.setattr(module, "_store_sqlite", storing)
    waiting = [Waiting(events) for _ in range(3)]
    module._writer._commit(list(zip((response, bad, response), waiting, strict=True)))
    assert [waiting[0].result(0), waiting[2].result(0)] == [Outcome.STORED, Outcome.STORED]
    with pytest.raises(OperationalError):
        waiting[1].result(0)


def test_no_request_holds_a_transaction_open_around_the_store():
    """With ATOMIC_REQUESTS the thanks would be written before the commit, on any database."""
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="elsewhere the writer's thread commits")
def test_an_answer_is_committed_when_the_statement_returns(part, response):
    from threading import Thread

    seen = []

    def look() -> None:
        seen.append(stored())
        connection.close()

    with open_scope(scope_of(part.office)):
        assert store(response) is Outcome.STORED
    other = Thread(target=look)
    other.start()
    other.join(30)
    assert seen == [(1, 1)]
