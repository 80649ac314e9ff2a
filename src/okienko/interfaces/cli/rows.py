"""Rows of tables as JSON lines and back, the same for every database.

Asked of the tables themselves and not through the models' managers: a backup is of the whole installation.
"""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

CHUNK = 500
# Whoever is signed in signs in again: a stolen archive must not hold open sessions.
LEFT_OUT = {"sessions.Session", "usersessions.UserSession"}


class _Encoder(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        if isinstance(value, bytes | memoryview):
            return base64.b64encode(bytes(value)).decode("ascii")
        if isinstance(value, datetime | time):
            return value.isoformat()  # Django's own encoder drops the microseconds
        return super().default(value)


def tables() -> list[type[models.Model]]:
    """Every model with a table of its own, joining tables included, in a fixed order."""
    found = apps.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted(
        (model for model in kept if model._meta.label not in LEFT_OUT), key=lambda model: model._meta.label
    )


def migrations() -> list[str]:
    """The migrations that made the tables as they are."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _columns(model: type[models.Model]) -> list[models.Field]:
    return [column for column in model._meta.local_concrete_fields if not column.generated]


def rows(model: type[models.Model]) -> models.QuerySet:
    return models.QuerySet(model).order_by("pk")


def write_rows(model: type[models.Model], path: Path) -> int:
    """All rows of a table, by primary key, so that the order tells nothing of when they came."""
    names = [column.attname for column in _columns(model)]
    number = 0
    with path.open("w", encoding="utf-8") as out:
        for row in rows(model).values_list(*names).iterator(CHUNK):
            line = json.dumps(dict(zip(names, row, strict=True)), cls=_Encoder, ensure_ascii=False)
            out.write(line + "\n")
            number += 1
    return number


def read_rows(model: type[models.Model], stream: IO[bytes]) -> int:
    """Insert the rows of a member as they are: no default, no `auto_now`, no manager has a say."""
    columns = _columns(model)
    queryset = models.QuerySet(model)
    number = 0
    for lines in _batches(stream):
        made = [_row(model, columns, json.loads(line)) for line in lines]
        queryset._insert(made, fields=columns, using=connection.alias, raw=True)
        number += len(made)
    return number


def _batches(stream: IO[bytes]) -> Iterator[tuple[bytes, ...]]:
    while lines := tuple(itertools.islice(stream, CHUNK)):
        yield lines


def _row(model: type[models.Model], columns: list[models.Field], raw: dict[str, Any]) -> models.Model:
    row = model()
    for column in columns:
        value = raw[column.attname]
        target = column.target_field if column.is_relation else column
        setattr(row, column.attname, value if value is None else target.to_python(value))
    return row


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the whole database, while others go on writing."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        # Django would begin IMMEDIATE and make every writer wait; in WAL mode a reader needs not.
        connection.ensure_connection()
        connection.connection.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.connection.execute("ROLLBACK")
        return
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def empty_tables() -> None:
    """Delete every row that an archive will bring, and what migrations have put in of their own."""
    from django.core.management.color import no_style

    names = [model._meta.db_table for model in (*tables(), *map(apps.get_model, sorted(LEFT_OUT)))]
    for statement in connection.ops.sql_flush(no_style(), names, reset_sequences=True, allow_cascade=False):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def set_sequences() -> None:
    """The next row gets a number after the highest one that came in."""
    from django.core.management.color import no_style

    for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
        with connection.cursor() as cursor:
            cursor.execute(statement)
