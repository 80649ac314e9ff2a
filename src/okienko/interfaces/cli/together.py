"""The web server and the worker as two processes of one command: started together, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from okienko.interfaces.cli.fault import CommandFault

HEALTH = "/zdrowie"
GRACE_SECONDS = 20


class Interrupted(Exception):
    """Ctrl-C or SIGTERM."""


class Children:
    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen] = {}
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.interrupted)

    @staticmethod
    def interrupted(number: int, frame: object) -> None:
        raise Interrupted

    def start(self, *arguments: str) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we tell each child once.
        command = [sys.executable, "-m", "okienko", *arguments]
        self.running[arguments[0]] = subprocess.Popen(command, start_new_session=True)

    def check(self) -> None:
        for name, child in self.running.items():
            if child.poll() is not None:
                raise CommandFault(
                    f"okienko {name} has ended by itself (exit {child.returncode}); the lines above say why"
                )

    def wait_for(self, address: str, seconds: int = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.check()
            try:
                with urllib.request.urlopen(address, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise CommandFault(f"the server has not answered at {address} within {seconds} seconds")

    def watch(self) -> None:
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + GRACE_SECONDS
        for name, child in self.running.items():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                print(f"okienko {name} did not stop in {GRACE_SECONDS} seconds; ending it.", flush=True)
                os.killpg(child.pid, signal.SIGKILL)


def run_together(
    host: str,
    port: int,
    processes: int = 1,
    threads: int = 4,
    *,
    after: str = "",
    meanwhile: Callable[[], None] = lambda: None,
) -> int:
    """Serve until Ctrl-C or SIGTERM.

    `meanwhile` is done while the server starts; `after` is printed below the address once it answers.
    """
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    children = Children()
    try:
        size = ("--processes", str(processes), "--threads", str(threads))
        children.start("serve", "--quiet", "--host", host, "--port", str(port), *size)
        children.start("worker")
        meanwhile()
        children.wait_for(f"http://{shown}:{port}{HEALTH}")
        print(f"\nOkienko: http://{shown}:{port}/\n{after}\nCtrl-C stops it.", flush=True)
        children.watch()
    except Interrupted:
        print("\nStopping …", flush=True)
    finally:
        children.stop()
    return 0
