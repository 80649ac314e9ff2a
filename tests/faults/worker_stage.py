"""A stage for the faults of workers: real processes with a database and a data directory of their own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; only a hanging process ever needs them
LEASE = 2


@dataclass
class Stage:
    data: Path
    database: str
    workers: list[subprocess.Popen] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database,
            "OKIENKO_DATA": str(self.data),
            "OKIENKO_JOB_LEASE": str(LEASE),
            "DJANGO_SETTINGS_MODULE": "okienko.config.settings.dev",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tests.faults.worker_process", *words]

    def ask(self, *words: str) -> Any:
        done = subprocess.run(
            self.command(*words),
            check=False,
            env=self.env,
            cwd=self.data,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def connect(self) -> AbstractContextManager[Any]:
        """A connection of the test's own: the tables are read without starting Django each time."""
        if self.database.startswith("sqlite"):
            return closing(sqlite3.connect(self.database.removeprefix("sqlite:///")))
        return psycopg.connect(self.database, autocommit=True)

    def report(self) -> tuple[list[tuple[str, int]], int]:
        """The ordered jobs' states and attempts, and how many units they have made."""
        with self.connect() as connection:
            jobs = connection.execute(
                "SELECT state, attempts FROM jobs_job WHERE kind LIKE 'faults.%' ORDER BY id"
            ).fetchall()
            [units] = connection.execute("SELECT count(*) FROM offices_unit").fetchone()
        return [tuple(job) for job in jobs], units

    def start_worker(self, *words: str) -> subprocess.Popen:
        command = self.command("work", *words)
        with (self.data / f"worker-{len(self.workers)}.log").open("w") as log:
            self.workers.append(
                subprocess.Popen(command, env=self.env, cwd=self.data, stdout=log, stderr=log)
            )
        return self.workers[-1]

    def wait_until(self, reached: Callable[[], Any], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < until, f"never: {what}\n{self.logs()}"
            time.sleep(0.2)

    def wait_for_pause(self, job: int) -> None:
        self.wait_until((self.data / f"paused-{job}").exists, f"job {job} pauses")

    def go_on(self) -> None:
        (self.data / "go").touch()

    def logs(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.data.glob("worker-*.log")))

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGKILL)
            worker.wait()
