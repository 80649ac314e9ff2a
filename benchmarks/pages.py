"""`run.py bench pages`: how long the main pages take on the demo, in process, for each person of the demo.

The demo is loaded first (`okienko demo load --size full`) into the database that the settings name. Each page
is opened once to warm up, then several times; the median counts, and must not exceed the budget.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from dataclasses import dataclass

BUDGET_MS = 200
ROUNDS = 7
COORDINATOR, HEAD, NETWORK = "koordynator@example.org", "kierownik@example.org", "siec@example.org"


@dataclass(frozen=True)
class Timing:
    """Median, worst and median of CPU of the rounds, in milliseconds; queries and bytes of one answer."""

    who: str
    path: str
    median: float
    worst: float
    cpu: float
    queries: int
    size: int

    @property
    def met(self) -> bool:
        return self.median <= BUDGET_MS


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okienko.config.settings.dev")
    os.environ.setdefault("OKIENKO_LOG_LEVEL", "WARNING")
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    timings = [measure(who, path) for who, path in pages()]
    if not timings:
        print("There is no demo in this database. Load it first: okienko demo load --size full")
        return 1
    for row in timings:
        mark = "ok" if row.met else f"over {BUDGET_MS} ms"
        print(
            f"{row.median:7.0f} ms  (worst {row.worst:5.0f}, CPU {row.cpu:4.0f})  {row.queries:3d} queries  "
            f"{row.size / 1024:6.0f} KB  {row.who:26} {row.path}  {mark}"
        )
    return 0 if all(row.met for row in timings) else 1


def pages() -> list[tuple[str, str]]:
    """The main pages of an office and of its network, with the newest results of the demo's first office."""
    from okienko.foundation.offices.scope import all_offices
    from okienko.modules.results.models import ResultSet

    with all_offices("benchmark of pages"):
        rows = ResultSet.objects.filter(office__slug="brzozow-dolny").select_related("office__network")
        newest = rows.order_by("-wave__closes_on").first()
        if newest is None:
            return []
        office, wave, network = newest.office.slug, newest.wave_id, newest.office.network.slug
    results = f"/u/{office}/wyniki/{newest.pk}/"
    return [
        (COORDINATOR, f"/u/{office}/"),
        (COORDINATOR, f"/u/{office}/wyniki/"),
        (COORDINATOR, results),
        (COORDINATOR, f"{results}pytania/"),
        (COORDINATOR, f"{results}pytania/zadowolenie/"),
        (COORDINATOR, f"{results}grupy/service_point/"),
        (COORDINATOR, f"{results}raport/"),
        (COORDINATOR, f"/u/{office}/badania/"),
        (HEAD, f"/u/{office}/"),
        (HEAD, results),
        (NETWORK, f"/siec/{network}/"),
        (NETWORK, f"/siec/{network}/porownania/fala/{wave}/"),
        (NETWORK, f"/siec/{network}/porownania/urzad/{newest.pk}/"),
        (NETWORK, f"/siec/{network}/badania/"),
    ]


def measure(who: str, path: str) -> Timing:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    user = get_user_model().objects.get(email=who)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code} to {who}")
    asked, size = len(queries), len(response.content)  # the next request empties the log of queries
    taken, cpu = [], []
    for _round in range(ROUNDS):
        started, worked = time.perf_counter(), time.process_time()
        client.get(path)
        taken.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    return Timing(who, path, statistics.median(taken), max(taken), statistics.median(cpu), asked, size)


if __name__ == "__main__":
    sys.exit(main())
