"""The console script `okienko`: one table of commands, each imported only when it is called.

A statistician's commands (`estimate`, `questionnaire`) start without Django and need no database.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from okienko import __version__
from okienko.config.env import EnvironmentFault, calm_blas
from okienko.interfaces.cli.fault import CommandFault


@dataclass(frozen=True)
class Command:
    """`target` is `module:function` below this package; the function takes the arguments after the name."""

    target: str
    help: str


COMMANDS: dict[str, Command] = {
    "estimate": Command("estimate:run", "figures with intervals from a file of answers and its design"),
    "pack": Command("keeping:run_pack", "the answers of a wave as one small file that describes itself"),
    "cube": Command("keeping:run_cube", "the sums of a wave as a file; puts the cubes of days together"),
    "questionnaire": Command("questionnaire:run", "the library of questionnaires: list, show NAME"),
    "demo": Command("demo:run", "the invented network: load, people, run"),
    "serve": Command("serve:run", "the web server (--with-worker: and a worker)"),
    "worker": Command("worker:run", "a worker for the jobs that take long"),
    "backup": Command("backup:run", "write database and files into one archive: backup FILE"),
    "restore": Command("restore:run", "bring an archive back into an empty installation: restore FILE"),
    "wave": Command("wave:run", "a closed wave: export OFFICE WAVE --out DIR"),
    "import": Command("importing:run", "answers from a CSV or XLSX file into a wave"),
    "manage": Command("manage:run", "a command of Django's: manage migrate, manage shell …"),
}


def available() -> dict[str, Command]:
    """The commands whose module is there; a wheel may leave some out."""
    package = "okienko.interfaces.cli."
    return {name: item for name, item in COMMANDS.items() if find_spec(package + item.target.split(":")[0])}


def usage() -> str:
    lines = "\n".join(f"  {name:14}{command.help}" for name, command in available().items())
    return f"usage: okienko COMMAND …\n\n{lines}\n\n`okienko COMMAND --help` tells more; `okienko --version`."


def dispatch(name: str, arguments: Sequence[str]) -> int:
    calm_blas()
    module, function = COMMANDS[name].target.split(":")
    run = getattr(import_module(f"okienko.interfaces.cli.{module}"), function)
    return run(list(arguments)) or 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 1 when it could not be, 2 when it was asked for wrongly."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if words else 2
    if words[0] == "--version":
        print(f"okienko {__version__}")
        return 0
    if words[0] not in available():
        print(f"okienko: there is no command {words[0]!r}\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        return dispatch(words[0], words[1:])
    except CommandFault as fault:
        print(f"okienko {words[0]}: {fault}", file=sys.stderr)
        return fault.code
    except EnvironmentFault as fault:
        print(f"okienko: the environment variable {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
