"""Writes are commands: every public function of `services.py`, with the time passed in."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

from okienko.foundation.audit.commands import COMMANDS
from okienko.foundation.registry import permissions
from tests.architecture.tree import PACKAGE, dotted, files, parsed, plant, where

CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.datetime.now",
    "date.today",
    "datetime.date.today",
    "time.time",
}
TIMELESS = {"services", "rules", "selectors"}


def service_files(root: Path) -> list[Path]:
    return [path for path in files(root, "*.py") if path.stem == "services" or path.parent.name == "services"]


def uncommanded(root: Path) -> list[str]:
    """Public functions of services that are neither `@command(...)` nor `@respondent_command`."""
    found = []
    for path in service_files(root):
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not _is_command(node):
                found.append(f"{where(path, root, node.lineno)} {node.name}")
    return found


def _is_command(node: ast.FunctionDef) -> bool:
    for item in node.decorator_list:
        if isinstance(item, ast.Call) and dotted(item.func).split(".")[-1] == "command" and item.args:
            return True
        if dotted(item).split(".")[-1] == "respondent_command":
            return True
    return False


def loose_writes(root: Path) -> list[str]:
    """Public write functions that take positional arguments: a call could not be read."""
    found = []
    for path in service_files(root):
        for node in parsed(path).body:
            if (
                isinstance(node, ast.FunctionDef)
                and _is_command(node)
                and (node.args.args or node.args.posonlyargs)
            ):
                found.append(f"{where(path, root, node.lineno)} {node.name}")
    return found


def clocks(root: Path) -> list[str]:
    """Services, rules and selectors that look at the clock instead of being told the time."""
    found = []
    for path in files(root, "*.py"):
        if path.stem not in TIMELESS and path.parent.name not in TIMELESS:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and dotted(node.func) in CLOCKS:
                found.append(f"{where(path, root, node.lineno)} {dotted(node.func)}()")
    return found


def test_every_public_write_is_a_command():
    assert uncommanded(PACKAGE) == []


def test_commands_take_keywords_only():
    assert loose_writes(PACKAGE) == []


def test_services_are_told_the_time():
    assert clocks(PACKAGE) == []


def test_every_command_is_a_declared_permission():
    for path in service_files(PACKAGE):
        import_module("okienko." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    assert COMMANDS
    assert sorted(set(COMMANDS) - set(permissions())) == []


def test_planted_services_are_seen(tmp_path):
    plant(
        tmp_path,
        {
            "a/services.py": (
                "@command('a.good')\ndef good(*, by, at):\n    pass\n\n"
                "@audit.respondent_command\ndef answer(*, at):\n    pass\n\n"
                "def _helper(value):\n    return timezone.now()\n\n"
                "def bare(*, by):\n    pass\n\n"
                "@command('a.loose')\ndef loose(survey, *, by):\n    pass\n"
            ),
            "b/services/open.py": "@cache\ndef opened():\n    return date.today()\n",
            "b/views.py": "def page(request):\n    return timezone.now()\n",
        },
    )
    assert uncommanded(tmp_path) == ["a/services.py:12 bare", "b/services/open.py:2 opened"]
    assert loose_writes(tmp_path) == ["a/services.py:16 loose"]
    assert clocks(tmp_path) == ["a/services.py:10 timezone.now()", "b/services/open.py:3 date.today()"]
