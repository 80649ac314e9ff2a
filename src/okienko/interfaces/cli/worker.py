"""`okienko worker`: takes the jobs that people wait for, one after another."""

from __future__ import annotations

import argparse

from okienko.interfaces.cli.fault import CommandFault
from okienko.interfaces.cli.manage import start_django


def run(arguments: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="okienko worker", description="Work on queued and scheduled jobs.")
    reader.add_argument("--once", action="store_true", help="stop when nothing is left to do")
    reader.add_argument("--queues", default="default,heavy", help="which queues (default: default,heavy)")
    options = reader.parse_args(arguments)
    queues = [name for name in options.queues.split(",") if name]
    start_django()
    from okienko.foundation.jobs import worker

    if unknown := set(queues) - set(worker.QUEUES):
        raise CommandFault(
            f"there is no queue {', '.join(sorted(unknown))}; choose from {', '.join(worker.QUEUES)}", 2
        )
    return worker.run(queues=queues, once=options.once)
