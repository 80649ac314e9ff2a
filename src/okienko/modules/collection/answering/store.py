"""One answer, one durable row: the key's hash and the response in one statement or one transaction.

PostgreSQL: a single statement, durable when it returns. SQLite: one writer thread commits whatever has come
meanwhile as a group, since threads that fight for the one write lock would wait for each other's fsync.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import uuid4

import msgspec
from django.db import connection, transaction

from okienko.engines.questionnaire.conditions import Value
from okienko.foundation.offices.scope import active_scope

GROUP = 64
PATIENCE_SECONDS = 25

_encode = msgspec.json.Encoder().encode


def is_stored(key_hash: bytes) -> bool:
    """Whether an answer with this key has been stored (within the last 48 hours)."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [key_hash])
        return cursor.fetchone() is not None


def drop_connection() -> None:
    """After a fault the next request gets a new connection; an open transaction is its owner's to end."""
    if not connection.in_atomic_block:
        connection.close()


class Outcome(StrEnum):
    STORED = "stored"
    ALREADY = "already"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class NewResponse:
    """An answer as it goes into the database. `key_hash` makes it idempotent."""

    key_hash: bytes
    kept_until: date
    office_id: int
    office_wave_id: int
    service_point_id: int | None
    mode: str
    language: str
    day: date
    answers: dict[str, Value]
    texts: dict[str, str]
    flags: Sequence[str] = ()


# The key is taken only while the office's part of the wave is open: the database has the last word.
# SQLite has one writer, so nobody closes the wave between the two statements. PostgreSQL: FOR SHARE waits
# for whoever is closing it and then looks again, and whoever closes it waits for this answer's commit. The
# foreign key locks the same row anyway, only more weakly.
_KEY = """
INSERT INTO collection_submissionkey (key_hash, expires_on)
SELECT %s, %s FROM surveys_officewave WHERE id = %s AND office_id = %s AND state = 'open'
ON CONFLICT DO NOTHING"""
_RESPONSE = """
INSERT INTO collection_response (id, office_id, office_wave_id, service_point_id, mode, language, day,
    answers, texts, flags, stratum, psu, weight, excluded, import_run_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', NULL, %s, NULL)"""
_BOTH = """
WITH k AS (
    INSERT INTO collection_submissionkey (key_hash, expires_on)
    SELECT %s::bytea, %s::date FROM surveys_officewave WHERE id = %s AND office_id = %s AND state = 'open'
    FOR SHARE
    ON CONFLICT DO NOTHING RETURNING 1
)
INSERT INTO collection_response (id, office_id, office_wave_id, service_point_id, mode, language, day,
    answers, texts, flags, stratum, psu, weight, excluded, import_run_id)
SELECT %s::uuid, %s::bigint, %s::bigint, %s::bigint, %s, %s, %s::date,
    %s::jsonb, %s::jsonb, %s::jsonb, '', '', NULL, %s, NULL FROM k"""
_SEEN = "SELECT 1 FROM collection_submissionkey WHERE key_hash = %s"


def store(response: NewResponse) -> Outcome:
    """Store once; return only after COMMIT. Raises `django.db.DatabaseError` when it cannot be stored."""
    if not active_scope().holds_office(response.office_id):
        raise PermissionError("the link does not prove a right to this office")
    if connection.vendor == "postgresql":
        return _store_postgresql(response)
    if connection.in_atomic_block or connection.is_in_memory_db():
        return _store_sqlite(response)  # a test's own transaction is seen by its own connection only
    return _writer.submit(response)


def _key_values(response: NewResponse) -> tuple:
    return response.key_hash, response.kept_until, response.office_wave_id, response.office_id


def _values(response: NewResponse, identity: str) -> tuple:
    return (
        identity,
        response.office_id,
        response.office_wave_id,
        response.service_point_id,
        response.mode,
        response.language,
        response.day,
        _encode(response.answers).decode(),
        _encode(response.texts).decode(),
        _encode(list(response.flags)).decode(),
        False,
    )


def _store_postgresql(response: NewResponse) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute(_BOTH, [*_key_values(response), *_values(response, str(uuid4()))])
        return Outcome.STORED if cursor.rowcount else _why_not(cursor, response)


def _store_sqlite(response: NewResponse) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute(_KEY, _key_values(response))
        if not cursor.rowcount:
            return _why_not(cursor, response)
        cursor.execute(_RESPONSE, _values(response, uuid4().hex))
    return Outcome.STORED


def _why_not(cursor, response: NewResponse) -> Outcome:
    cursor.execute(_SEEN, [response.key_hash])
    return Outcome.ALREADY if cursor.fetchone() else Outcome.CLOSED


class _GroupWriter:
    """The one thread that writes to SQLite. It starts with the first answer and ends with the process."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[NewResponse, Future[Outcome]]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def submit(self, response: NewResponse) -> Outcome:
        future: Future[Outcome] = Future()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="answer-writer", daemon=True)
                self._thread.start()
        self._waiting.put((response, future))
        return future.result(PATIENCE_SECONDS)

    def _run(self) -> None:
        while True:
            group = [self._waiting.get()]
            while len(group) < GROUP and not self._waiting.empty():
                group.append(self._waiting.get())
            self._commit(group)

    def _commit(self, group: list[tuple[NewResponse, Future[Outcome]]]) -> None:
        try:
            with transaction.atomic():
                outcomes = [_store_sqlite(response) for response, _ in group]
        except Exception as error:  # whatever it is, the waiting threads must hear of it
            drop_connection()
            if len(group) > 1:
                for one in group:
                    self._commit([one])
            else:
                group[0][1].set_exception(error)
            return
        for (_, future), outcome in zip(group, outcomes, strict=True):
            future.set_result(outcome)


_writer = _GroupWriter()
