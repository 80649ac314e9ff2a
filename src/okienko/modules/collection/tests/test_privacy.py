"""Nobody who reads the tables or the log can tell in which order answers came, or from whom."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from okienko.engines.questionnaire import items
from okienko.foundation.jobs.api import enqueue
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import all_offices
from okienko.modules.collection.answering.form import CompiledVersion
from okienko.modules.collection.answering.order import forget_order
from okienko.modules.collection.models import SubmissionKey

ANSWERS = 60
# |rho| of 60 random pairs exceeds this once in about 100,000 tries
CHANCE = 0.56


def answer_in_order(url: str, definition: dict) -> list[str]:
    """Sixty people answer one after another; each writes her number: what the attacker wants to guess."""
    best = {
        item.code: str(item.categories[-1].value)
        for item in items(CompiledVersion(definition).questionnaire)
        if item.kind in {"ordinal", "categorical"}
    }
    agent, address = "Nieznana przeglądarka 1.0", "203.0.113.7"
    for number in range(ANSWERS):
        person = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent, HTTP_REFERER="https://skads.example/")
        key = re.search(r'name="k" value="([^"]+)"', person.get(url).content.decode()).group(1)
        fields = best | {"k": key, "go": "send", "w": "1", "uwagi": f"osoba {number}"}
        answer = person.post(url, urlencode(fields), content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 303
    return [address, agent, "skads.example"]


def stored_order(table: str) -> list[str]:
    """What comes out when the table is read as it lies."""
    physical = " ORDER BY ctid" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}{physical}")
        return [str(row) for row in cursor.fetchall()]


def numbers(rows: list[str]) -> list[int]:
    return [int(re.search(r"osoba (\d+)", row).group(1)) for row in rows]


def correlation(found: list[int]) -> float:
    """Spearman's rho between the order of reading and the order of coming."""
    n = len(found)
    return 1 - 6 * sum((place - number) ** 2 for place, number in enumerate(found)) / (n * (n * n - 1))


def tidy() -> None:
    with all_offices("test"):
        forget_order(timezone.localdate() - timedelta(days=1))


def test_the_order_of_answers_cannot_be_read_from_the_table(open_link, clients_definition):
    answer_in_order(f"/a/{open_link.token}/", clients_definition)
    tidy()
    found = numbers(stored_order("collection_response"))
    assert sorted(found) == list(range(ANSWERS))
    assert abs(correlation(found)) < CHANCE


def test_the_attack_succeeds_where_rows_lie_as_they_came(open_link, clients_definition):
    """The control: on a table that keeps the order the attack must succeed, or it proves nothing."""
    answer_in_order(f"/a/{open_link.token}/", clients_definition)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE leaky (texts text)")
        for number in range(ANSWERS):
            cursor.execute("INSERT INTO leaky VALUES (%s)", [f"osoba {number}"])
    assert abs(correlation(numbers(stored_order("leaky")))) > CHANCE


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="transaction numbers exist in PostgreSQL only"
)
def test_the_numbers_of_transactions_say_nothing_after_the_night(open_link, clients_definition):
    answer_in_order(f"/a/{open_link.token}/", clients_definition)
    tidy()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM collection_response")
        assert cursor.fetchone() == (1,)


def test_keys_cannot_be_joined_to_answers_by_their_order(open_link, clients_definition):
    answer_in_order(f"/a/{open_link.token}/", clients_definition)
    tidy()
    keys, answers = stored_order("collection_submissionkey"), stored_order("collection_response")
    assert len(keys) == len(answers) == ANSWERS
    assert not any(part in row for row in answers for part in keys)
    assert abs(correlation(numbers(answers))) < CHANCE


def test_nothing_of_the_request_is_stored_anywhere(open_link, clients_definition, caplog, capfd):
    traces = answer_in_order(f"/a/{open_link.token}/", clients_definition)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = str(cursor.fetchall())
            assert not any(trace in kept for trace in traces), table
    output = capfd.readouterr()
    logged = caplog.text + output.out + output.err
    assert "/a/" not in logged
    assert not any(trace in logged for trace in traces)


def test_answering_writes_no_audit_entry(open_link, clients_definition):
    from okienko.foundation.audit.models import AuditEntry

    with all_offices("test"):
        before = AuditEntry.objects.count()
    answer_in_order(f"/a/{open_link.token}/", clients_definition)
    with all_offices("test"):
        assert AuditEntry.objects.count() == before


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="WITHOUT ROWID is SQLite's")
@pytest.mark.parametrize("table", ["collection_response", "collection_submissionkey"])
def test_no_hidden_row_number_is_kept(db, table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        assert cursor.fetchone()[0].endswith("WITHOUT ROWID")


def test_old_submission_keys_are_deleted_by_the_night_job(db, run_jobs):
    from okienko.modules.collection.jobs import forget_order_of_answers

    today = timezone.localdate()
    for number, day in enumerate((today - timedelta(days=1), today, date(2020, 1, 1))):
        SubmissionKey.objects.create(key_hash=bytes([number]) * 32, expires_on=day)
    with all_offices("test"):
        enqueue(forget_order_of_answers, by=system_actor("schedule"), title="night")
        run_jobs()
    assert [row.expires_on for row in SubmissionKey.objects.all()] == [today]
