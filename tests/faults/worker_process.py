"""A process of its own for the faults: `python -m tests.faults.worker_process work|prepare|order …`."""

from __future__ import annotations

import json
import sys
from importlib import import_module

import django


def prepare() -> None:
    from django.core.management import call_command

    from okienko.foundation.registry import Role
    from okienko.foundation.testing.factories import make_member, make_office

    call_command("migrate", verbosity=0)
    make_member(make_office(slug="proba"), Role.COORDINATOR)


def order(kind: str, count: str, times: str) -> list[int]:
    from okienko.foundation.accounts.models import User
    from okienko.foundation.jobs.api import enqueue
    from okienko.foundation.jobs.kinds import get_kind
    from okienko.foundation.offices.scope import open_scope
    from okienko.foundation.offices.selectors import office_access

    access = office_access(User.objects.get(), "proba")
    with open_scope(access.scope):
        run = get_kind(kind).run
        jobs = [enqueue(run, by=access.actor, title=kind, count=int(count)) for _ in range(int(times))]
    return [job.pk for job in jobs]


def work(*arguments: str) -> int:
    from okienko.foundation.jobs import worker

    return worker.run(once="once" in arguments)


if __name__ == "__main__":
    django.setup()
    import_module("tests.faults.worker_jobs")
    found = {item.__name__: item for item in (prepare, order, work)}[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(found))
