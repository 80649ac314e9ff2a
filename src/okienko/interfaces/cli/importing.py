"""`okienko import`: answers from a file into a wave; a questionnaire from a codebook.

    okienko import responses FILE --office SLUG --wave ID --mapping map.toml [--dry-run] [--again]
    okienko import undo IMPORT --office SLUG
    okienko import codebook FILE --office SLUG --name NAME [--with more.toml]

WAVE is the number in the address of the wave's page. All rows go in, or none; 0 when done, 1 when the file
has problems (each is printed with its row and column), 2 when the command was asked for wrongly.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from okienko.interfaces.cli.fault import CommandFault
from okienko.interfaces.cli.manage import start_django

SHOWN = 100


def run(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    start_django()
    from django.utils import translation

    from okienko.foundation.offices.scope import all_offices

    # The commands speak English; without this the problems of a file would come in the pages' language.
    with translation.override("en"), all_offices(f"okienko import {options.what}"):
        return {"responses": _responses, "codebook": _codebook, "undo": _undo}[options.what](options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="okienko import", description="Bring answers in from a file.")
    kinds = parser.add_subparsers(dest="what", required=True)
    answers = kinds.add_parser("responses", help="answers from a CSV or XLSX file into a wave")
    answers.add_argument("file", type=Path)
    answers.add_argument("--wave", type=int, required=True, metavar="ID", help="number in the wave's address")
    answers.add_argument("--mapping", type=Path, metavar="FILE", help="TOML or JSON: which column is what")
    answers.add_argument("--dry-run", action="store_true", help="check only; nothing is written")
    answers.add_argument("--again", action="store_true", help="also when this very file is already in")
    undo = kinds.add_parser("undo", help="take an import back, while its wave is open")
    undo.add_argument("number", type=int, metavar="IMPORT")
    book = kinds.add_parser("codebook", help="a questionnaire from a table code, question, scale")
    book.add_argument("file", type=Path)
    book.add_argument("--name", required=True, help="what the questionnaire is called")
    book.add_argument("--with", dest="more", type=Path, metavar="FILE", help="TOML: title, sections, roles …")
    for kind in (answers, undo, book):
        kind.add_argument("--office", required=True, metavar="SLUG", help="as in the addresses: /u/SLUG/")
    return parser


def _responses(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from okienko.engines.questionnaire import items
    from okienko.foundation.files.api import FileFault
    from okienko.foundation.files.tables import TableFault, read_table
    from okienko.modules.collection import selectors_imports as selectors
    from okienko.modules.collection.rules.converting import convert
    from okienko.modules.collection.rules.mapping import MappingFault, from_file, guess
    from okienko.modules.collection.services import imports as services

    office, by = _office(options.office)
    part = _wave(office, options.wave)
    content = _bytes(options.file)
    asked = items(selectors.definition_of(part))
    try:
        table = read_table(content, options.file.name)
        given = _settings(options.mapping) if options.mapping else None
        mapping = guess(table.header, asked) if given is None else from_file(given, table.header, asked)
    except TableFault as fault:
        raise CommandFault("\n".join(problem.message for problem in fault.problems)) from None
    except MappingFault as fault:
        raise CommandFault(f"{options.mapping or options.file}: {fault}", code=2) from None
    numbered = zip(table.row_numbers, table.rows, strict=True)
    found = convert(table.header, numbered, mapping, selectors.frame_of(part))
    if found.count:
        _print_problems(found)
        return 1
    if options.dry_run:
        print(f"{_count(len(found.rows), 'answer')} could be imported; nothing was written.")
        return 0
    try:
        file = services.Kept(content, options.file.name, mapping.as_json())
        run = services.import_whole(
            office_wave=part, file=file, rows=found.rows, again=options.again, by=by, at=timezone.now()
        )
    except (FileFault, ValidationError) as fault:
        raise CommandFault(_words(fault)) from None
    print(f"{_count(run.rows, 'answer')} imported as import {run.pk}.")
    if found.dropped:
        print(f"{_count(found.dropped, 'single answer')} left out: by the conditions not to be asked.")
    print(f"To take them back: okienko import undo {run.pk} --office {office.slug}")
    return 0


def _undo(options: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from okienko.modules.collection import selectors_imports as selectors
    from okienko.modules.collection.services import imports as services

    office, by = _office(options.office)
    row = selectors.get_run(options.number)
    if row is None or row.office_id != office.pk:
        raise CommandFault(f"{office.slug} has no import {options.number}")
    try:
        services.undo_import(run=row, by=by, at=timezone.now())
    except ValidationError as fault:
        raise CommandFault(_words(fault)) from None
    print(f"Import {row.pk} is undone: {_count(row.rows, 'answer')} deleted.")
    return 0


def _codebook(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from okienko.foundation.files.tables import TableFault, read_table
    from okienko.modules.collection.rules.codebook import CodebookFault, entries_of, make_questionnaire
    from okienko.modules.questionnaires import services

    office, by = _office(options.office)
    try:
        table = read_table(_bytes(options.file), options.file.name)
        more = _settings(options.more) if options.more else {"title": options.name}
        content = make_questionnaire(entries_of(table.header, table.rows), more)
    except TableFault as fault:
        raise CommandFault("\n".join(problem.message for problem in fault.problems)) from None
    except CodebookFault as fault:
        raise CommandFault(f"{options.file}: {fault}") from None
    row = services.bring_in(
        content=content, name=options.name, network=office.network, office=office, by=by, at=timezone.now()
    )
    what = f"Questionnaire {row.pk}, “{row.name}”, {_count(len(content.questions()), 'question')}"
    print(f"{what}, is a draft of {office.slug}.")
    return 0


def _office(slug: str) -> tuple[Any, Any]:
    from okienko.foundation.offices.actor import system_actor
    from okienko.foundation.offices.models import Office

    office = Office.objects.select_related("network").filter(slug=slug).first()
    if office is None:
        raise CommandFault(f"there is no office {slug!r}; its name is in the addresses: /u/NAME/", code=2)
    return office, system_actor("okienko import", office_id=office.pk, network_id=office.network_id)


def _wave(office: Any, number: int) -> Any:
    from okienko.modules.surveys import selectors

    part = selectors.get_office_wave(number)
    if part is None or part.office_id != office.pk:
        raise CommandFault(f"{office.slug} has no wave {number}; the number is in the wave's address", code=2)
    if not selectors.may_type(part):
        raise CommandFault(f"wave {number} is not open, so nothing can be imported into it")
    return part


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandFault(f"{path}: cannot be read ({error.strerror})", code=2) from None


def _settings(path: Path) -> dict[str, Any]:
    content = _bytes(path)
    try:
        found = json.loads(content) if path.suffix == ".json" else tomllib.loads(content.decode())
    except ValueError as error:
        raise CommandFault(f"{path}: is not valid: {error}", code=2) from None
    if not isinstance(found, dict):
        raise CommandFault(f"{path}: must be a table of settings", code=2)
    return found


def _print_problems(found: Any) -> None:
    from okienko.modules.collection.import_words import place_words, problem_words

    for problem in found.problems[:SHOWN]:
        words = problem_words(problem.code, problem.params)
        print(f"{place_words(problem.row, problem.column)}: {words}", file=sys.stderr)
    if found.count > SHOWN:
        print(f"… and {found.count - SHOWN} more", file=sys.stderr)
    print(f"{_count(found.count, 'problem')}; nothing was imported.", file=sys.stderr)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _words(fault: Exception) -> str:
    return " ".join(fault.messages) if hasattr(fault, "messages") else str(fault)
