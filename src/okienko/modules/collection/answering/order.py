"""The order in which answers came must not be readable afterwards, not even from the tables' files.

SQLite: both tables are `WITHOUT ROWID`, so rows lie by their random key (migration 0002). PostgreSQL keeps
rows as they came, with the number of the transaction beside each: the rows of recent days are written again
in random order, all by one statement, every night.
"""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

_AGAIN = """
WITH taken AS (DELETE FROM collection_response WHERE day >= %s RETURNING *)
INSERT INTO collection_response SELECT * FROM taken ORDER BY random()
"""
_KEYS = """
WITH taken AS (DELETE FROM collection_submissionkey RETURNING *)
INSERT INTO collection_submissionkey SELECT * FROM taken ORDER BY random()
"""


def forget_order(since: date) -> int:
    """Write the answers since a day again in random order; how many. Nothing to do on SQLite."""
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_AGAIN, [since])
        count = cursor.rowcount
        cursor.execute(_KEYS)
    return count
