"""`okienko serve`: granian with threads, on the loopback address unless told otherwise."""

from __future__ import annotations

import argparse
import logging
import socket

from okienko.config import env
from okienko.interfaces.cli.fault import CommandFault
from okienko.interfaces.cli.manage import start_django

PORT = 8123
LOOPBACK = ("127.0.0.1", "localhost")


def parser() -> argparse.ArgumentParser:
    reader = argparse.ArgumentParser(prog="okienko serve", description="Serve Okienko over HTTP.")
    reader.add_argument("--host", default="127.0.0.1", help="address to listen at (default: loopback)")
    reader.add_argument("--port", type=int, default=PORT)
    reader.add_argument("--processes", type=int, default=1, help="one per core (default 1)")
    reader.add_argument("--threads", type=int, default=4, help="threads per process (default 4)")
    reader.add_argument("--with-worker", action="store_true", help="start a worker too")
    # For the command that starts server and worker together: it announces the set-up code by itself.
    reader.add_argument("--quiet", action="store_true", help=argparse.SUPPRESS)
    return reader


def check_free(host: str, port: int) -> None:
    """The server's own message would come from a child process and name no remedy."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandFault(
                f"{host} port {port} cannot be used ({error.strerror}); choose another one with --port"
            ) from error


def announce_set_up() -> None:
    """An empty installation says the code without which nobody sets it up; a full one says nothing."""
    start_django()
    from django.db import DatabaseError, connections

    from okienko.foundation.administration import setup_code

    try:
        code = setup_code.current()
    except DatabaseError:  # the tables are not made yet: `okienko manage migrate` comes first
        code = None
    connections.close_all()
    if code:
        print(f"This Okienko is not set up yet. The set-up code is {code}", flush=True)


def run(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    check_free(options.host, options.port)
    if options.host in LOOPBACK:  # letters, posters and links must name this very server
        env.suggest("OKIENKO_URL", f"http://{options.host}:{options.port}")
    if options.with_worker:
        from okienko.interfaces.cli.together import run_together

        size = (options.processes, options.threads)
        return run_together(options.host, options.port, *size, meanwhile=announce_set_up)
    env.choose_settings()  # for the server's processes, which load Django themselves
    if not options.quiet:
        announce_set_up()
    from granian import Granian
    from granian.constants import Interfaces

    logging.getLogger("_granian").setLevel(logging.WARNING)
    # No access log: an address and a time beside an answer would join the two (docs/methodology.md).
    Granian(
        "okienko.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=options.threads,
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
    ).serve()
    return 0
