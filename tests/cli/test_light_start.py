"""What a start loads: nothing big that only a report, an export or an estimate needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

BIG = {"pikepdf", "typst", "xlsxwriter", "openpyxl", "scipy", "pyarrow", "duckdb"}
WHOLE = """
from okienko.interfaces.cli.manage import start_django
start_django("test")
from django.urls import get_resolver
assert get_resolver().url_patterns
"""
COMMAND = """
from contextlib import suppress
from okienko.interfaces.cli.main import main
with suppress(SystemExit):
    main({words!r})
"""


def loaded(code: str) -> set[str]:
    """The top names of the modules that a fresh interpreter holds after the code."""
    told = f"{code}\nimport sys\nprint('LOADED', *sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("LOADED")[2].split())


def test_the_server_starts_without_the_libraries_of_reports_and_exports():
    names = loaded(WHOLE)
    assert "django" in names
    assert names & BIG == set()


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (["--help"], {"django", "numpy"}),
        (["--version"], {"django", "numpy"}),
        (["questionnaire", "list"], {"django", "numpy"}),
        (["estimate", "--help"], {"django"}),
    ],
)
def test_a_command_that_needs_no_database_loads_no_more_than_it_uses(words, spared):
    names = loaded(COMMAND.format(words=words))
    assert "okienko" in names
    assert names & (spared | (BIG - {"pyarrow"})) == set()
