"""`okienko wave export OFFICE WAVE --out DIR`: single answers of a closed wave, codebook and design.toml.

OFFICE is the name in the addresses (/u/OFFICE/), WAVE the number in the wave's address. From these files
`okienko estimate` gives the figures of the report.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from okienko.interfaces.cli.fault import CommandFault
from okienko.interfaces.cli.manage import start_django


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="okienko wave", description="A closed wave.")
    kinds = parser.add_subparsers(dest="what", required=True)
    export = kinds.add_parser("export", help="single answers under the microdata rule")
    export.add_argument("office", metavar="OFFICE")
    export.add_argument("wave", type=int, metavar="WAVE")
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    options = parser.parse_args(arguments)
    start_django()
    from okienko.foundation.offices.scope import all_offices

    with all_offices("okienko wave export"):
        return _export(options)


def _export(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from okienko.foundation.offices.actor import system_actor
    from okienko.modules.results.export import export_wave
    from okienko.modules.surveys import selectors

    part = selectors.get_office_wave(options.wave)
    if part is None or part.office.slug != options.office:
        raise CommandFault(f"{options.office} has no wave {options.wave}; see the wave's address", code=2)
    by = system_actor("okienko wave export", office_id=part.office_id, network_id=part.office.network_id)
    try:
        found = export_wave(office_wave=part, by=by, at=timezone.now())
    except ValidationError as fault:
        raise CommandFault(" ".join(fault.messages)) from None
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        for name, content in found.files.items():
            (options.out / name).write_bytes(content)
    except OSError as error:
        raise CommandFault(f"{options.out}: cannot be written ({error.strerror})") from None
    print(f"{found.rows} answers are in {options.out}/data.csv; every combination of background answers")
    print(f"is shared by at least {found.k} people.")
    if found.strata or found.psus:
        print(f"Strata fewer by {found.strata} and PSUs by {found.psus}: small ones were joined with others.")
        print("Means and shares are those of the report; standard errors differ (see codebook.txt).")
    for code, count in found.left_out.items():
        print(f"{code}: {count} answers left out for that.")
    return 0
