"""The real product in a folder of its own: `okienko serve --with-worker` on SQLite, as an office runs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90


@dataclass
class Stack:
    """A running server and worker. `data` is their data directory."""

    base: str
    data: Path
    process: subprocess.Popen

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def environment(data: Path, base: str = "") -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return kept | {
        "OKIENKO_DATA": str(data),
        "OKIENKO_URL": base,
        "DJANGO_SETTINGS_MODULE": "okienko.config.settings.dev",
        "PYTHONPATH": str(ROOT / "src"),
    }


def okienko(data: Path, *arguments: str) -> str:
    """Run a command of the console script on this data directory."""
    done = subprocess.run(
        [sys.executable, "-m", "okienko", *arguments],
        env=environment(data),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def start(data: Path) -> Stack:
    """Start server and worker on a free loopback port and wait until they answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    data.mkdir(parents=True, exist_ok=True)
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "okienko", "serve", "--with-worker", "--port", str(port)],
            env=environment(data, base),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, (data / "server.log").read_text(errors="replace")[-4000:]
        try:
            with urllib.request.urlopen(f"{base}/zdrowie", timeout=2):
                return Stack(base, data, process)
        except OSError:
            time.sleep(0.2)
    raise AssertionError(
        "the server did not answer: " + (data / "server.log").read_text(errors="replace")[-4000:]
    )
