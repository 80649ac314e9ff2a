"""`run.py bench collection`: CPU per response of the answering path, Django forms, the commit floor.

Everything runs in one process on one database file (SQLite, WAL, FULL) or on PostgreSQL (`DATABASE_URL`),
through Django's handler with all middlewares, so that the figures are the product's and not a function's.
A response is a GET of the whole questionnaire on one page, its POST, and the page of thanks.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

RESPONSES, ROUNDS, PLAIN = 150, 3, 25
OUT = Path(__file__).resolve().parents[1] / "build" / "bench" / "collection.json"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["OKIENKO_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks._collection_settings"
        import django

        django.setup()
        return _measure()


def _measure() -> int:
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    old = setup_databases(verbosity=0, interactive=False, aliases=["default"])
    try:
        call_command("migrate", verbosity=0)
        from benchmarks._collection_stage import commit_floor, make_link, ours, plain

        link, definition = make_link()
        fields = best_answers(definition)
        rows = {
            "ours": [ours(link, fields, RESPONSES) for _ in range(ROUNDS)],
            "plain Django forms": [plain(definition, fields, PLAIN) for _ in range(ROUNDS)],
            "commit floor": [commit_floor(link, RESPONSES) for _ in range(ROUNDS)],
        }
        return _report(connection.vendor, rows)
    finally:
        teardown_databases(old, verbosity=0)


def best_answers(definition: dict) -> dict[str, str]:
    from okienko.engines.questionnaire import from_builtins, items

    return {
        item.code: str(item.categories[-1].value)
        for item in items(from_builtins(definition))
        if item.kind in {"ordinal", "categorical"}
    }


def timed(act, count: int) -> tuple[float, float]:
    """CPU and wall milliseconds per call."""
    act()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(count):
        act()
    return (time.process_time() - cpu) / count * 1000, (time.perf_counter() - wall) / count * 1000


def one_response(client, url: str, fields: dict[str, str]) -> None:
    page = client.get(f"{url}?w=1")
    key = re.search(rb'name="k" value="([^"]+)"', page.content).group(1).decode()
    body = urlencode(fields | {"k": key, "go": "send", "w": "1", "j": "pl", "p": "0"})
    answer = client.post(url, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303, answer.content[-800:]
    assert client.get(answer["Location"]).status_code == 200


def _report(vendor: str, rows: dict[str, list[tuple[float, float]]]) -> int:
    cpu = {name: statistics.median(each[0] for each in found) for name, found in rows.items()}
    wall = {name: statistics.median(each[1] for each in found) for name, found in rows.items()}
    print(f"Database: {vendor}; median of {ROUNDS} rounds\n")
    print(f"{'':24}{'CPU ms':>10}{'wall ms':>10}{'responses/s':>14}")
    for name in rows:
        print(f"{name:24}{cpu[name]:>10.2f}{wall[name]:>10.2f}{1000 / wall[name]:>14.0f}")
    ratio = cpu["plain Django forms"] / cpu["ours"]
    print(f"\nplain Django forms / ours, CPU: {ratio:.1f} (target 15 or more)")
    print(f"ours / commit floor, wall: {wall['ours'] / wall['commit floor']:.1f}")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"vendor": vendor, "cpu_ms": cpu, "wall_ms": wall, "ratio": ratio}, indent=1))
    return 0 if ratio >= 15 else 1


if __name__ == "__main__":
    sys.exit(main())
