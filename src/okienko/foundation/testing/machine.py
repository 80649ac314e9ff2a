"""What a test needs of the machine, and what happens without it.

A test calls `require("postgres")`. Where the thing is missing the test is skipped and says why; named in
`OKIENKO_REQUIRE` (as continuous integration does) it fails instead, so that nothing is left out unseen.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from okienko.config import env

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STATIC = Path(__file__).resolve().parents[1] / "ui" / "static" / "okienko"
POSTGRES = "postgres://postgres@127.0.0.1:5432/okienko"
REDIS = "redis://127.0.0.1:6379/0"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}

# No deadline: a timed assertion fails on a busy machine and says nothing about the code.
settings.register_profile(
    "okienko", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("okienko")


def postgres_url() -> str:
    """The PostgreSQL of the tests: `OKIENKO_TEST_POSTGRES`, or the one on this machine."""
    return env.text("OKIENKO_TEST_POSTGRES", POSTGRES)


def browser_path() -> str:
    """The Chromium of this machine, or nothing."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), "")


def _no_postgres() -> str:
    import psycopg

    try:
        psycopg.connect(postgres_url().rsplit("/", 1)[0] + "/postgres", connect_timeout=3).close()
    except psycopg.Error as error:
        return f"no PostgreSQL at {postgres_url()}: {error}"
    return ""


def _no_redis() -> str:
    import redis

    url = env.text("REDIS_URL", REDIS)
    client = redis.Redis.from_url(url, socket_connect_timeout=3)
    try:
        client.ping()
    except redis.RedisError as error:
        return f"no Redis at {url}: {error}"
    finally:
        client.close()
    return ""


def _no_browser() -> str:
    return "" if browser_path() else f"no browser: none of {', '.join(BROWSERS)} is installed"


def _no_assets() -> str:
    return "" if (STATIC / "okienko.js").is_file() else "the browser assets are not built (run.py setup)"


def _no_node() -> str:
    packages = Path(__file__).resolve().parents[4] / "node_modules"
    return "" if shutil.which("node") and packages.is_dir() else "no Node.js with its packages here"


def _no_package(*names: str) -> Callable[[], str]:
    """An engine of an extra: its packages, which continuous integration may leave out for their size."""

    def missing() -> str:
        lacking = [name for name in names if find_spec(name) is None]
        return f"not installed: {', '.join(lacking)}" if lacking else ""

    return missing


PROBES: dict[str, Callable[[], str]] = {
    "postgres": _no_postgres,
    "redis": _no_redis,
    "browser": _no_browser,
    "assets": _no_assets,
    "node": _no_node,
    "duckdb": _no_package("duckdb", "ibis"),
    "spark": _no_package("pyspark", "ibis"),
    "clickhouse": _no_package("chdb", "ibis"),
}


def require(name: str) -> None:
    """Skip the running test when the machine lacks `name`; fail it when `OKIENKO_REQUIRE` names it."""
    missing = PROBES[name]()
    if not missing:
        return
    if name in env.words("OKIENKO_REQUIRE"):
        pytest.fail(f"{missing} (and OKIENKO_REQUIRE names it)", pytrace=False)
    pytest.skip(missing)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, for the second run on PostgreSQL."""
    for item in items:
        uses = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or uses & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """End the sessions that threads left in the test database: with one it cannot be dropped.

    A thread of the live server lives as long as the browser keeps its connection, and PostgreSQL's side of a
    closed connection a moment longer than ours. The database is this process's own, so they are all ours.
    """
    yield
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute(f"SELECT count(pg_terminate_backend(pid)) {others}")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.1)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("e2e"):
        require("browser")
