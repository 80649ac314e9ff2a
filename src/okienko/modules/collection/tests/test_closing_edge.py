"""Between an answer and the close of its wave one comes first: no answer comes after the results.

Only PostgreSQL lets two write at once; SQLite has one writer, who waits.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from okienko.foundation.jobs.models import Job
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import all_offices, open_scope
from okienko.foundation.testing.factories import scope_of
from okienko.modules.collection.answering.store import NewResponse, Outcome, store
from okienko.modules.collection.models import Response
from okienko.modules.collection.rules.converting import NewAnswer
from okienko.modules.collection.services import imports
from okienko.modules.surveys import services as surveys
from okienko.modules.surveys.tests.factories import make_ready, make_survey, make_wave

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"),
]
PATIENCE = 30


class Beside(threading.Thread):
    """Somebody else, with a connection of her own. `result` is what came out, or the refusal."""

    def __init__(self, part, act: Callable) -> None:
        super().__init__(daemon=True)
        self.part, self.act, self.result = part, act, None

    def run(self) -> None:
        try:
            with open_scope(scope_of(self.part.office)):
                self.result = self.act()
        except ValidationError as refusal:
            self.result = refusal
        finally:
            connection.close()

    def waits(self) -> bool:
        """Whether she has come to wait for a lock; False when she has ended without waiting."""
        until = time.monotonic() + PATIENCE
        while self.is_alive() and time.monotonic() < until:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                if cursor.fetchone()[0]:
                    return True
            time.sleep(0.02)
        return False

    def ended(self):
        self.join(PATIENCE)
        assert not self.is_alive()
        return self.result


@pytest.fixture
def part(open_link):
    return open_link.office_wave


def answer(part) -> Outcome:
    return store(
        NewResponse(
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
    )


def close(part):
    by = system_actor("test", office_id=part.office_id, network_id=part.office.network_id)
    return surveys.close_office_wave(office_wave=part, by=by, at=timezone.now())


def test_an_answer_that_meets_a_close_waits_and_is_refused(part):
    """Its statement begins while the close is not committed yet: it must not believe the old state."""
    beside = Beside(part, lambda: answer(part))
    with open_scope(scope_of(part.office)):
        with transaction.atomic():
            close(part)
            beside.start()
            assert beside.waits(), beside.result
        assert beside.ended() is Outcome.CLOSED
        assert not Response.objects.exists()


def test_an_answer_that_meets_a_close_that_is_given_up_is_stored(part):
    beside = Beside(part, lambda: answer(part))
    with open_scope(scope_of(part.office)):
        with transaction.atomic():
            close(part)
            beside.start()
            assert beside.waits(), beside.result
            transaction.set_rollback(True)
        assert beside.ended() is Outcome.STORED


def test_a_close_waits_for_an_answer_that_is_being_stored(part):
    seen = []

    def closing():
        close(part)
        seen.append(Response.objects.count())

    beside = Beside(part, closing)
    with open_scope(scope_of(part.office)), transaction.atomic():
        assert answer(part) is Outcome.STORED
        beside.start()
        assert beside.waits(), beside.result
    beside.ended()
    assert seen == [1], "the results are computed with this answer"


def test_a_long_import_that_a_close_overtakes_leaves_nothing(part, monkeypatch):
    writing, closed = threading.Event(), threading.Event()
    really = Response.objects.bulk_create

    def slowly(rows):
        found = really(rows)
        writing.set()
        closed.wait(PATIENCE)
        return found

    def bring():
        by = system_actor("test", office_id=part.office_id, network_id=part.office.network_id)
        rows = [NewAnswer({"zadowolenie": 5}, {}, timezone.localdate())]
        file = imports.Kept(b"zadowolenie\n5\n", "a.csv", {"items": {"zadowolenie": "zadowolenie"}})
        return imports.import_whole(office_wave=part, file=file, rows=rows, by=by, at=timezone.now())

    monkeypatch.setattr(Response.objects, "bulk_create", slowly)
    beside = Beside(part, bring)
    beside.start()
    assert writing.wait(PATIENCE), beside.result
    with open_scope(scope_of(part.office)):
        close(part)
        closed.set()
        assert "zamknięta" in str(beside.ended())
        assert not Response.objects.exists()


def test_an_office_that_opens_while_the_network_closes_is_closed_with_the_others(office):
    """Its part had begun, so whoever acts on a close must hear of it: here the remarks are ordered out."""
    with all_offices("test"):
        wave = make_wave(make_survey(office, shared=True), state="open")
        part = make_ready(office, wave=wave)
    by = system_actor("test", office_id=office.pk, network_id=office.network_id)

    def close_all():
        with all_offices("test"):
            surveys.close_network_wave(wave=wave, by=by, at=timezone.now())

    beside = Beside(part, close_all)
    with all_offices("test"), transaction.atomic():
        surveys.open_office_wave(office_wave=part, by=by, at=timezone.now())
        beside.start()
        assert beside.waits(), beside.result
    beside.ended()
    with all_offices("test"):
        part.refresh_from_db()
        assert (part.state, part.never_begun) == ("closed", False)
        assert Job.objects.filter(key=f"remarks-{part.pk}").exists()
