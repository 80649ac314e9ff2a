"""Workers that are killed, frozen, stopped or cut off: every job is done, and its effects happen once."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from okienko.foundation.testing.machine import postgres_url, require
from tests.faults.worker_stage import LEASE, Stage

UNITS = 6


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Callable[[str], str]:
    """A database of each kind with its tables and one office, made once and copied for every test."""
    made: dict[str, str] = {}

    def prepare(kind: str) -> str:
        if kind not in made:
            folder = tmp_path_factory.mktemp(f"prepared-{kind}")
            made[kind] = f"sqlite:///{folder / 'stage.sqlite3'}" if kind == "sqlite" else make_database()
            Stage(folder, made[kind]).ask("prepare")
        return made[kind]

    yield prepare
    if "postgres" in made:
        drop_database(made["postgres"])


@pytest.fixture(params=["sqlite", "postgres"])
def stage(request, tmp_path, prepared) -> Iterator[Stage]:
    if request.param == "sqlite":
        database = f"sqlite:///{tmp_path / 'stage.sqlite3'}"
        shutil.copy(prepared("sqlite").removeprefix("sqlite:///"), tmp_path / "stage.sqlite3")
    else:
        require("postgres")
        database = make_database(copy_of=prepared("postgres"))
    stage = Stage(tmp_path, database)
    try:
        yield stage
    finally:
        stage.close()
        if request.param == "postgres":
            drop_database(database)


def make_database(*, copy_of: str = "") -> str:
    name = f"okienko_worker_{time.time_ns()}"
    template = f' TEMPLATE "{copy_of.rsplit("/", 1)[1]}"' if copy_of else ""
    administer(f'CREATE DATABASE "{name}"{template}')
    return f"{postgres_url().rsplit('/', 1)[0]}/{name}"


def drop_database(url: str) -> None:
    administer(f'DROP DATABASE "{url.rsplit("/", 1)[1]}" WITH (FORCE)')


def administer(statement: str) -> None:
    with psycopg.connect(f"{postgres_url().rsplit('/', 1)[0]}/postgres", autocommit=True) as connection:
        connection.execute(statement)


def cut_connections(stage: Stage) -> int:
    """End every other connection to the database, as a restart of PostgreSQL does."""
    with stage.connect() as connection:
        [count] = connection.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    return count


@pytest.mark.parametrize("kind", ["faults.sealed", "faults.sealing"])
def test_a_killed_workers_job_is_finished_by_another_and_its_effects_happen_once(stage, kind):
    [job] = stage.ask("order", kind, str(UNITS), "1")
    first = stage.start_worker()
    stage.wait_for_pause(job)
    stage.start_worker()  # waits beside it and must not touch the job while its worker lives
    time.sleep(2 * LEASE)
    assert stage.report() == ([("running", 1)], 0)
    first.kill()
    stage.wait_until(lambda: stage.report()[0] == [("done", 2)], "another worker finishes the job")
    assert stage.report()[1] == UNITS


def test_without_the_seal_a_killed_worker_does_leave_double_effects(stage):
    """The control: were this green with `UNITS`, the tests above would prove nothing."""
    [job] = stage.ask("order", "faults.careless", str(UNITS), "1")
    first = stage.start_worker()
    stage.wait_for_pause(job)
    first.kill()
    stage.start_worker()
    stage.wait_until(lambda: stage.report()[0] == [("done", 2)], "another worker finishes the job")
    assert stage.report()[1] == UNITS + UNITS // 2


def test_a_worker_that_was_frozen_and_wakes_too_late_writes_nothing(stage):
    [job] = stage.ask("order", "faults.sealed", str(UNITS), "1")
    frozen = stage.start_worker()
    stage.wait_for_pause(job)
    frozen.send_signal(signal.SIGSTOP)
    stage.start_worker()
    stage.wait_until(lambda: stage.report()[0] == [("done", 2)], "another worker finishes the job")
    stage.go_on()
    frozen.send_signal(signal.SIGCONT)
    stage.wait_until(lambda: "outcome=lost" in stage.logs(), "the frozen worker notices")
    assert stage.report() == ([("done", 2)], UNITS)


def test_a_stopped_worker_puts_its_job_back_and_the_attempt_does_not_count(stage):
    [job] = stage.ask("order", "faults.reporting", str(UNITS), "1")
    worker = stage.start_worker()
    stage.wait_for_pause(job)
    worker.terminate()
    time.sleep(0.5)
    worker.terminate()  # the second time it does not wait for the job
    assert worker.wait(timeout=30) == 0
    assert stage.report() == ([("queued", 0)], 0)
    stage.go_on()
    assert stage.start_worker("once").wait(timeout=60) == 0
    assert stage.report() == ([("done", 1)], UNITS)


def test_a_stopped_worker_lets_a_job_finish_that_is_nearly_done(stage):
    [job] = stage.ask("order", "faults.sealed", str(UNITS), "1")
    worker = stage.start_worker()
    stage.wait_for_pause(job)
    worker.terminate()
    stage.go_on()
    assert worker.wait(timeout=30) == 0
    assert stage.report() == ([("done", 1)], UNITS)


def test_several_workers_share_the_queue_and_do_each_job_once(stage):
    stage.ask("order", "faults.quick", "1", "40")
    workers = [stage.start_worker("once") for _ in range(3)]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0, 0]
    assert stage.report() == ([("done", 1)] * 40, 40)


@pytest.mark.parametrize("stage", ["postgres"], indirect=True)
def test_a_worker_outlives_the_loss_of_its_database_connection(stage):
    [job] = stage.ask("order", "faults.reporting", str(UNITS), "1")
    worker = stage.start_worker()
    stage.wait_for_pause(job)
    assert cut_connections(stage) >= 1
    stage.go_on()
    stage.ask("order", "faults.quick", "1", "1")
    stage.wait_until(lambda: [state for state, _ in stage.report()[0]] == ["done", "done"], "both done")
    assert stage.report()[1] == UNITS + 1
    assert worker.poll() is None
