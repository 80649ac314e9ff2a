"""`okienko pack` and `okienko cube`: keep the answers of a wave, or their sums, in one file.

    okienko pack DATA --design design.toml --item q1 … [--by office …] --to FILE
    okienko cube DATA [--design design.toml] --item q1 … [--by office …] [--engine …] --to FILE
    okienko cube MONDAY.parquet TUESDAY.parquet … --to FILE

0 when done; 2, with a sentence on the error output, when the input is of no use. A file is written whole or
not at all.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from okienko.engines.statistics import StatisticsError
from okienko.engines.statistics.storage import (
    CUBE,
    Fingerprint,
    StoredCube,
    cube_table,
    pack,
    put_together,
    unpack,
)
from okienko.foundation.files.parquet import save
from okienko.interfaces.cli.estimate_cube import ENGINES, Wanted, default_engine, make_cube, read_rows
from okienko.interfaces.cli.estimate_design import InputFault
from okienko.interfaces.cli.estimate_stored import content_of, design_for, load_cube


def run_pack(arguments: Sequence[str]) -> int:
    """Pack answers: a byte each, sorted by unit, with the design and the codes in the same file."""
    parser = _parser("pack", "Keep the answers of a wave as a small, fast file that describes itself.")
    parser.add_argument("data", metavar="DATA", help="answers, a row per respondent: .csv or .parquet")
    asked = parser.parse_args(list(arguments))
    try:
        wanted = _wanted(asked, asked.data)
        data = read_rows(wanted, "local")
        columns, design = wanted.columns_over(data), wanted.design_over(data)
        table = pack(columns, wanted.specs, design, by=wanted.by, order=wanted.by)
        _save(table, asked.to)
    except StatisticsError as error:
        raise InputFault(f"{asked.data}: {error}") from None
    stored = unpack(table).stored
    print(f"{asked.to}: {stored.rows} respondents, checksum {stored}")
    return 0


def run_cube(arguments: Sequence[str]) -> int:
    """Make a cube of answers, or put cubes together."""
    parser = _parser(
        "cube", "Keep the sums of a wave: figures come from them in milliseconds, and days add up."
    )
    parser.add_argument("data", metavar="DATA", nargs="+", help="a file of answers, or cubes to put together")
    parser.add_argument("--engine", choices=ENGINES, default=default_engine(), help="who adds up the answers")
    asked = parser.parse_args(list(arguments))
    try:
        contents = {name: content_of(Path(name)) for name in asked.data}
        if set(contents.values()) == {CUBE}:
            stored = put_together([load_cube(Path(name)) for name in asked.data])
        elif len(asked.data) > 1:
            other = next(name for name, content in contents.items() if content != CUBE)
            raise InputFault(f"{other} is no cube; answers are made a cube one file at a time")
        else:
            stored = _counted(asked)
        _save(cube_table(stored.cube, stored.fingerprint), asked.to)
    except StatisticsError as error:
        raise InputFault(f"{', '.join(asked.data)}: {error}") from None
    psus, items = stored.cube.units.first.parent.size, len(stored.cube.items)
    print(f"{asked.to}: {stored.cube.rows} respondents in {psus} PSUs, {items} items")
    return 0


def _parser(name: str, text: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"okienko {name}", description=text)
    add = parser.add_argument
    add("--design", metavar="FILE", help="design.toml, as for okienko estimate")
    add("--item", action="append", nargs="+", default=[], metavar="COLUMN", help="questions to keep")
    add("--by", action="append", nargs="+", default=[], metavar="COLUMN", help="divisions to keep")
    add("--to", required=True, metavar="FILE", help="the file to write (.parquet)")
    return parser


def _wanted(asked: argparse.Namespace, data: str) -> Wanted:
    design, stored = design_for(data, asked.design)
    if design.weighting is not None:
        raise InputFault(
            f"{asked.design}: weights are fitted when figures are made; take [weighting] out "
            "and keep its columns with --by"
        )
    items = tuple(dict.fromkeys(name for names in asked.item for name in names))
    by = tuple(dict.fromkeys(name for names in asked.by for name in names))
    if not items and stored is not None:
        items, by = tuple(stored.items), by or tuple(stored.note.by)
    if not items:
        raise InputFault("--item is needed: the columns of the questions to keep")
    return Wanted(data, design, items, by, stored=stored)


def _counted(asked: argparse.Namespace) -> StoredCube:
    """The cube of a file of answers; packed ones bring the checksum of their rows along."""
    (data,) = asked.data
    wanted = _wanted(asked, data)
    cube, _ = make_cube(wanted, asked.engine)
    if wanted.stored is None:
        return StoredCube(cube, Fingerprint(cube.rows))
    note = wanted.stored.note
    return StoredCube(cube, Fingerprint.read(note.rows, note.fingerprint))


def _save(table, to: str) -> None:
    try:
        save(table, Path(to))
    except OSError as error:
        raise InputFault(f"{to}: cannot be written ({error.strerror or error})") from None
