"""A PostgreSQL of the test's own, in a folder of its own, which may be killed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from okienko.config import env
from tests.faults.answer_stage import PATIENCE, free_port, kill_tree

USER = "postgres"


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


def _missing() -> str:
    if _programs() is None:
        return "no PostgreSQL programs (initdb) on this machine"
    if os.getuid() == 0 and not any(entry.pw_name == USER for entry in pwd.getpwall()):
        return "PostgreSQL does not run as root, and there is no user postgres"
    return ""


class PrivatePostgres:
    def __init__(self) -> None:
        missing = _missing()
        if missing and "postgres" in env.words("OKIENKO_REQUIRE"):
            pytest.fail(f"{missing} (and OKIENKO_REQUIRE names postgres)", pytrace=False)
        if missing:
            pytest.skip(missing)
        self.programs, self.port = _programs(), free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="okienko-pg-"))
        # root may not run PostgreSQL
        self.run_as = {"user": USER, "group": USER, "extra_groups": []} if os.getuid() == 0 else {}
        if self.run_as:
            shutil.chown(self.folder, USER, USER)
        self._run(
            "initdb", "-D", str(self.folder / "data"), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"
        )
        self.process: subprocess.Popen | None = None
        self.start()
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE okienko")

    def url(self, name: str = "okienko") -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), *words]
        subprocess.run(
            command, cwd=self.folder, check=True, capture_output=True, timeout=PATIENCE, **self.run_as
        )

    def start(self, *options: str) -> None:
        """Start, or start again after a kill: it recovers from its log by itself."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                self._launch(*options)
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.Error:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("PostgreSQL did not start: " + (self.folder / "log").read_text()[-2000:])

    def _launch(self, *options: str) -> None:
        settings = [
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
        ]
        words = [word for setting in (*settings, *options) for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *words],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.run_as,
            )

    def kill(self) -> None:
        kill_tree(self.process)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
