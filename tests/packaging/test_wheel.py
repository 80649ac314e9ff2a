"""The wheel holds all that an installation needs and works away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

PACKAGE = ROOT / "src" / "okienko"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel as `make wheel` builds it."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """An environment with the wheel, on the packages of the present one; its folder of programs."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(home / "bin" / "python"),
        "install",
        "--no-deps",
        "--quiet",
    ]
    done = subprocess.run(
        [*pip, "--no-index", "--disable-pip-version-check", str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (site / "packages.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def okienko(programs: Path, *arguments: str, at: Path, **env: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    chosen = {"OKIENKO_DATA": str(at / "data"), **kept, **env}
    return subprocess.run(
        [programs / "okienko", *arguments], cwd=at, env=chosen, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_templates_translations_assets_and_questionnaires(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    needed = [
        path
        for pattern in ("templates/**/*.html", "templates/**/*.typ", "locale/**/*.po", "library/**/*.json")
        for path in PACKAGE.rglob(pattern)
    ]
    names = {path.relative_to(PACKAGE.parent).as_posix().replace(".po", ".mo") for path in needed}
    assert sorted(names - held) == []
    assert any(name.endswith(".mo") for name in held)
    assert any(
        name.startswith("okienko/foundation/ui/static/okienko/") and name.endswith(".css") for name in held
    )


def test_the_wheel_holds_no_tests_and_no_data(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if "/tests/" in name or "/testing/" in name or ".sqlite3" in name] == []
    assert [name for name in names if not name.startswith(("okienko/", "okienko-"))] == []
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_console_script_runs_from_the_wheel_in_any_directory(installed, tmp_path):
    shown = okienko(installed, "--version", at=tmp_path)
    assert (shown.returncode, shown.stdout[:8]) == (0, "okienko "), shown.stderr
    listed = okienko(installed, "questionnaire", "list", at=tmp_path)
    assert listed.returncode == 0, listed.stderr
    first = listed.stdout.split()[0]
    questionnaire = okienko(installed, "questionnaire", "show", first, at=tmp_path)
    assert json.loads(questionnaire.stdout)


def test_an_installation_from_the_wheel_migrates_and_checks_itself(installed, tmp_path):
    where = "import okienko; print(okienko.__file__)"
    place = subprocess.run(
        [installed / "python", "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert str(installed.parent) in place.stdout, "the checkout is in the way"
    for words in (
        ("migrate", "--verbosity", "0"),
        ("collectstatic", "--noinput", "--verbosity", "0"),
        ("check",),
    ):
        done = okienko(installed, "manage", *words, at=tmp_path)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "okienko.sqlite3").exists()
    assert any((tmp_path / "data" / "static" / "okienko").iterdir())
