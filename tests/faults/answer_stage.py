"""A stage for the faults of answers: the real server, and many respondents who try again."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; only a hanging process ever needs them
RESPONDENTS = 6
LOST_REPLY = ("0", "3", "6", "9")  # of these answers, by the last digit
KEY = re.compile(rb'name="k" value="([^"]+)"')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def kill_tree(process: subprocess.Popen) -> None:
    """SIGKILL for a process and all that it has started, the children first to be found."""
    family = [process.pid]
    for parent in family:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            family += [int(child) for child in task.read_text().split()]
    process.send_signal(signal.SIGSTOP)  # it must not start others meanwhile
    for pid in family:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait(PATIENCE)


@dataclass
class AnswerStage:
    data: Path
    database: str
    token: str = ""
    port: int = field(default_factory=free_port)
    server: subprocess.Popen | None = None

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database,
            "OKIENKO_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "okienko.config.settings.dev",
            "OKIENKO_LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def prepare(self) -> str:
        command = [sys.executable, "-m", "tests.faults.answer_process", "prepare"]
        done = subprocess.run(
            command,
            env=self.env,
            cwd=self.data,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        self.token = json.loads(done.stdout.splitlines()[-1])
        return self.token

    def start_server(self, *, careless: bool = False) -> None:
        command = [sys.executable, "-m", "okienko", "serve", "--port", str(self.port)]
        if careless:
            command = [sys.executable, "-m", "tests.faults.answer_process", "careless", str(self.port)]
        with (self.data / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                command, env=self.env, cwd=self.data, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if ask(self.port, "GET", f"/a/{self.token}/")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError("the server did not answer: " + (self.data / "server.log").read_text()[-3000:])

    def kill_server(self) -> None:
        kill_tree(self.server)

    def stored(self) -> Counter[str]:
        """Mark → how many answers in the database carry it."""
        if self.database.startswith("sqlite"):
            connection = sqlite3.connect(self.database.removeprefix("sqlite:///"))
        else:
            connection = psycopg.connect(self.database, autocommit=True)
        with closing(connection):
            rows = connection.execute("SELECT texts FROM collection_response").fetchall()
        texts = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in rows]
        return Counter(text["uwagi"] for text in texts)

    def wait_for_rows(self, count: int, name: str) -> None:
        """Until so many answers of these respondents are in the database."""
        until = time.monotonic() + PATIENCE
        while sum(times for mark, times in self.stored().items() if mark.startswith(name)) < count:
            assert time.monotonic() < until, "the answers never reach the database"
            time.sleep(0.05)

    def close(self) -> None:
        if self.server is not None and self.server.poll() is None:
            kill_tree(self.server)


def ask(port: int, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, bytes]:
    """One request on a connection of its own; `OSError` when the server is away or goes away."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    try:
        connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()


class Respondents:
    """Threads that answer again and again, and send the same form again until they are thanked."""

    def __init__(self, stage: AnswerStage, name: str) -> None:
        self.stage, self.name = stage, name
        self.thanked: list[str] = []
        self.sent: list[str] = []
        self.repeated = 0
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._answer, args=[n], daemon=True) for n in range(RESPONDENTS)
        ]

    def __enter__(self) -> Respondents:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *problem) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def wait_for(self, more: int) -> None:
        """Until so many more people have been thanked."""
        wanted, until = len(self.thanked) + more, time.monotonic() + PATIENCE
        while len(self.thanked) < wanted:
            assert time.monotonic() < until, f"only {len(self.thanked)} of {wanted} answers were acknowledged"
            time.sleep(0.01)

    def _answer(self, person: int) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            self._one(f"{self.name}-{person}-{number}")

    def _one(self, mark: str) -> None:
        path = f"/a/{self.stage.token}/"
        page = self._until(200, "GET", f"{path}?w=1", None)
        if page is None:
            return
        key = KEY.search(page)
        assert key is not None, page[:500]
        fields = {"k": key[1].decode(), "go": "send", "w": "1", "j": "pl", "zadowolenie": "4", "uwagi": mark}
        self.sent.append(mark)
        if mark.endswith(LOST_REPLY):  # as if the reply had been lost on its way: the same form comes again
            self._until(303, "POST", path, fields)
        if self._until(303, "POST", path, fields) is not None:
            self.thanked.append(mark)

    def _until(self, wanted: int, method: str, path: str, fields: dict[str, str] | None) -> bytes | None:
        """Try again until it works; nothing when the test is over before."""
        while not self._stop.is_set():
            try:
                status, content = ask(self.stage.port, method, path, fields)
            except OSError:
                status, content = 0, b""
            if status == wanted:
                return content
            self.repeated += method == "POST"
            time.sleep(0.05)
        return None
