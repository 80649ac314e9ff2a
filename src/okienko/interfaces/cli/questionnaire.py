"""`okienko questionnaire`: the library of ready questionnaires, without Django and without a database."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from okienko.engines.questionnaire import from_json, to_json
from okienko.modules.questionnaires import library

USAGE = """usage: okienko questionnaire list
       okienko questionnaire show NAME

list   the names of the ready questionnaires, one a line, the clients' questionnaire first
show   the definition of one of them as JSON"""


def main(argv: Sequence[str]) -> int:
    """Run the command; 0 when done, 2 when it was asked for wrongly."""
    match list(argv):
        case ["list"]:
            print("\n".join(library.names()))
            return 0
        case ["show", name] if not name.startswith("-"):
            return _show(name)
        case ["-h" | "--help"]:
            print(USAGE)
            return 0
        case _:
            print(USAGE, file=sys.stderr)
            return 2


run = main


def _show(name: str) -> int:
    try:
        questionnaire = from_json(library.read(name))
    except KeyError:
        known = ", ".join(library.names())
        message = f"okienko questionnaire: there is no questionnaire {name!r}; there are: {known}"
        print(message, file=sys.stderr)
        return 2
    # Bytes, so that the output is UTF-8 whatever the terminal's locale.
    sys.stdout.flush()
    sys.stdout.buffer.write(to_json(questionnaire, indent=2) + b"\n")
    sys.stdout.buffer.flush()
    return 0
