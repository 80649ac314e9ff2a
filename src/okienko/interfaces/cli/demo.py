"""`okienko demo`: the invented network. Each module adds its part, in the order of the manifests."""

from __future__ import annotations

import argparse
from importlib import import_module

from okienko.interfaces.cli.fault import CommandFault
from okienko.interfaces.cli.manage import migrate, start_django
from okienko.interfaces.cli.serve import PORT, check_free


def run(arguments: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="okienko demo", description="An invented network to look at.")
    actions = reader.add_subparsers(dest="action", required=True)
    loading = actions.add_parser("load", help="fill an empty database (its tables are made first)")
    loading.add_argument("--if-empty", action="store_true", help="do nothing when there is data already")
    running = actions.add_parser("run", help="load when empty, then serve until Ctrl-C")
    running.add_argument("--port", type=int, default=PORT)
    for part in (loading, running):
        part.add_argument("--size", choices=["small", "full"], default="small")
    actions.add_parser("people", help="who can sign in, and with which password")
    options = reader.parse_args(arguments)
    start_django("dev")
    if options.action == "people":
        print(people())
        return 0
    if options.action == "load":
        load(options.size, if_empty=options.if_empty)
        return 0
    from okienko.interfaces.cli.together import run_together

    check_free("127.0.0.1", options.port)
    load(options.size, if_empty=True)
    return run_together("127.0.0.1", options.port, after=people())


def load(size: str, *, if_empty: bool = False) -> bool:
    """Make the tables and fill them, all or nothing; whether anything was filled in."""
    migrate()
    from django.db import transaction

    from okienko.foundation.offices import selectors
    from okienko.foundation.offices.scope import all_offices
    from okienko.foundation.registry import manifests

    if not selectors.installation_is_empty():
        if if_empty:
            return False
        raise CommandFault("the database is not empty; the demo is loaded into an empty one only")
    print(f"Loading the invented network ({size}) …", flush=True)
    with transaction.atomic(), all_offices("the demo fills an empty installation"):
        for manifest in manifests():
            if manifest.demo:
                module, _, function = manifest.demo.rpartition(".")
                getattr(import_module(module), function)(size=size)
    return True


def people() -> str:
    """The network's coordinator, everybody of one office, and the coordinator of another."""
    from okienko.foundation.accounts.demo import DEMO_PASSWORD
    from okienko.foundation.offices.models import Membership, NetworkMembership
    from okienko.foundation.registry import Role

    members = Membership.objects.select_related("user", "office").filter(user__is_demo=True)
    centre = NetworkMembership.objects.select_related("user", "network").filter(user__is_demo=True)
    shown = [(item.user, "network coordinator", item.network) for item in centre.order_by("pk")[:1]]
    if first := members.order_by("office_id").first():
        office = members.filter(office=first.office).order_by("pk")
        others = members.exclude(office=first.office).filter(role=Role.COORDINATOR).order_by("pk")[:1]
        shown += [(item.user, item.role, item.office) for item in (*office, *others)]
    if not shown:
        return ""
    width = max(len(user.email) for user, _, _ in shown)
    rows = "\n".join(f"  {user.email:{width}}  {role:20}  {place.name}" for user, role, place in shown)
    return f"\nSign in as (the password is {DEMO_PASSWORD} for everybody):\n{rows}\n"
