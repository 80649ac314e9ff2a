"""The order of imports: four storeys, modules and foundation in layers, engines at the bottom.

The contracts are in `pyproject.toml`. Each is shown an offence in a hollow copy of the package.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.architecture.tree import PACKAGE, ROOT, files, plant, where

DOORS = {"services", "selectors"}


def lint_imports(source: Path) -> subprocess.CompletedProcess:
    """import-linter with the repository's contracts on the package `okienko` below `source`."""
    code = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [
        sys.executable,
        "-c",
        code,
        "--config",
        str(ROOT / "pyproject.toml"),
        "--no-cache",
        "--no-logo",
    ]
    env = {**os.environ, "PYTHONPATH": str(source)}
    return subprocess.run(command, cwd=source, capture_output=True, text=True, env=env, check=False)


@pytest.fixture
def hollow(tmp_path: Path) -> Path:
    """The folders of the package with empty modules, ready for one offence."""
    for path in PACKAGE.rglob("*.py"):
        copy = tmp_path / "okienko" / path.relative_to(PACKAGE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
        (copy.parent / "__init__.py").touch()
    return tmp_path


def unseen_folders(package: Path) -> list[str]:
    """Folders with code but without `__init__.py`: no contract would look at them."""
    folders = {path.parent for path in files(package, "*.py", tests=True)}
    return sorted(where(folder, package) for folder in folders if not (folder / "__init__.py").exists())


def test_every_folder_of_code_is_seen():
    assert unseen_folders(PACKAGE) == []


def test_a_planted_folder_without_init_is_unseen(tmp_path):
    plant(tmp_path, {"__init__.py": "", "seen/__init__.py": "", "unseen/code.py": ""})
    assert unseen_folders(tmp_path) == ["unseen"]


def test_imports_keep_the_order_of_the_house():
    done = lint_imports(PACKAGE.parent)
    assert done.returncode == 0, done.stdout


def test_a_hollow_copy_keeps_the_order(hollow):
    """Without this, the planted offences below would prove nothing."""
    done = lint_imports(hollow)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("contract", "path", "text"),
    [
        ("Four storeys", "foundation/web/planted.py", "import okienko.modules.surveys.models"),
        ("Four storeys", "engines/statistics/planted.py", "def f():\n    import okienko.foundation.registry"),
        ("Four storeys", "modules/surveys/planted.py", "import okienko.interfaces.cli"),
        ("Four storeys", "attic/__init__.py", ""),
        ("Modules in layers", "modules/questionnaires/planted.py", "import okienko.modules.surveys.models"),
        ("Modules in layers", "modules/attic/__init__.py", ""),
        (
            "Foundation in layers",
            "foundation/offices/planted.py",
            "from okienko.foundation.web import access",
        ),
        ("Foundation in layers", "foundation/attic/__init__.py", ""),
        ("Engines in layers", "engines/questionnaire/planted.py", "import okienko.engines.statistics"),
        ("Engines in layers", "engines/attic/__init__.py", ""),
        ("Engines know no Django", "engines/statistics/planted.py", "from django.db import models"),
        (
            "Settings are read through django.conf",
            "foundation/web/planted.py",
            "import okienko.config.settings.base",
        ),
    ],
)
def test_a_planted_import_breaks_its_contract(hollow, contract, path, text):
    offence = hollow / "okienko" / path
    offence.parent.mkdir(parents=True, exist_ok=True)
    offence.write_text(text, encoding="utf-8")
    done = lint_imports(hollow)
    shown = " ".join(done.stdout.split())
    assert done.returncode != 0
    assert f"{contract} BROKEN" in shown or (contract in shown and "attic" in shown), done.stdout


def back_doors(graph: grimp.ImportGraph, modules: str = "okienko.modules") -> list[str]:
    """Imports from one module into another that do not go through its services or selectors."""
    found = []
    for importer in sorted(graph.find_descendants(modules)):
        parts = importer.removeprefix(modules + ".").split(".")
        if "tests" in parts:
            continue
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            target = imported.removeprefix(modules + ".").split(".")
            if not imported.startswith(modules + ".") or target[0] == parts[0]:
                continue
            if len(target) < 2 or target[1] not in DOORS:
                found.append(f"{importer} -> {imported}")
    return found


def test_modules_meet_only_in_services_and_selectors():
    assert back_doors(grimp.build_graph("okienko", cache_dir=None)) == []


def test_a_planted_back_door_is_seen():
    graph = grimp.ImportGraph()
    for name in ("results.views", "surveys.models", "surveys.selectors", "surveys.tests.factories"):
        graph.add_module(f"okienko.modules.{name}")
    graph.add_module("okienko.modules")
    graph.add_import(importer="okienko.modules.results.views", imported="okienko.modules.surveys.models")
    graph.add_import(importer="okienko.modules.results.views", imported="okienko.modules.surveys.selectors")
    graph.add_import(
        importer="okienko.modules.surveys.tests.factories", imported="okienko.modules.results.views"
    )
    assert back_doors(graph) == ["okienko.modules.results.views -> okienko.modules.surveys.models"]
