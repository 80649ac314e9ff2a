"""kill -9 of the server and of PostgreSQL while people answer: who was thanked is in the database, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.answer_stage import RESPONDENTS, AnswerStage, Respondents
from tests.faults.private_postgres import PrivatePostgres

MANY, KILLS = 40, 2


@pytest.fixture(scope="module")
def sqlite_stage(tmp_path_factory) -> Iterator[AnswerStage]:
    folder = tmp_path_factory.mktemp("answers-sqlite")
    stage = AnswerStage(folder, f"sqlite:///{folder / 'okienko.sqlite3'}")
    stage.prepare()
    yield stage
    stage.close()


@pytest.fixture(scope="module")
def cluster() -> Iterator[PrivatePostgres]:
    made = PrivatePostgres()
    yield made
    made.close()


@pytest.fixture(scope="module")
def postgres_stage(tmp_path_factory, cluster) -> Iterator[AnswerStage]:
    stage = AnswerStage(tmp_path_factory.mktemp("answers-postgres"), cluster.url())
    stage.prepare()
    yield stage
    stage.close()


def lost(stage: AnswerStage, people: Respondents) -> list[str]:
    """Marks of answers that were acknowledged and are not there."""
    found = stage.stored()
    return [mark for mark in people.thanked if not found[mark]]


def doubled(stage: AnswerStage, people: Respondents) -> list[str]:
    """Marks of answers that are there more than once, acknowledged or not."""
    found = stage.stored()
    return [mark for mark in people.sent if found[mark] > 1]


def assert_all_kept_once(stage: AnswerStage, people: Respondents) -> None:
    assert len(people.thanked) > MANY * KILLS
    assert people.repeated, "nobody had to send again: the kill came at no bad moment"
    assert lost(stage, people) == []
    assert doubled(stage, people) == []


def test_a_killed_server_loses_no_acknowledged_answer_and_doubles_none(sqlite_stage):
    stage = sqlite_stage
    stage.start_server()
    with Respondents(stage, "sqlite") as people:
        for _ in range(KILLS):
            people.wait_for(MANY)
            stage.kill_server()
            stage.start_server()
        people.wait_for(MANY)
    stage.kill_server()
    assert_all_kept_once(stage, people)


def test_a_server_that_thanks_too_early_and_forgets_its_keys_loses_and_doubles_answers(sqlite_stage):
    """The control: were nothing lost or doubled here, the test above would prove nothing."""
    stage = sqlite_stage
    stage.start_server(careless=True)
    with Respondents(stage, "careless") as people:
        people.wait_for(MANY)
        stage.wait_for_rows(MANY * KILLS, "careless")
        people.wait_for(RESPONDENTS)
        stage.kill_server()
    assert lost(stage, people)
    assert doubled(stage, people)


def test_a_killed_postgresql_and_server_lose_no_acknowledged_answer_and_double_none(postgres_stage, cluster):
    stage = postgres_stage
    stage.start_server()
    with Respondents(stage, "postgres") as people:
        people.wait_for(MANY)
        cluster.kill()
        cluster.start()
        people.wait_for(MANY)  # the server that was there before has found its way back
        stage.kill_server()
        stage.start_server()
        people.wait_for(MANY)
    stage.kill_server()
    assert_all_kept_once(stage, people)


def test_postgresql_that_commits_without_waiting_for_the_disk_does_lose_answers(postgres_stage, cluster):
    """The control: the same kill with `synchronous_commit` off."""
    stage, hasty = postgres_stage, ("synchronous_commit=off", "wal_writer_delay=10s")
    cluster.kill()
    cluster.start(*hasty)
    stage.start_server()
    with Respondents(stage, "hasty") as people:
        people.wait_for(MANY)
        cluster.kill()
    stage.kill_server()
    cluster.start()
    assert lost(stage, people)
