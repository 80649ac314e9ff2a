"""The documentation is complete: what a person can meet in the product is named in `docs/`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps

from benchmarks.__main__ import benchmarks
from okienko.foundation.registry import manifests, permissions
from okienko.interfaces.cli.main import available
from tests.architecture.permissions import page
from tests.architecture.tree import PACKAGE, ROOT, dotted, files, parsed, plant, tracked

DOCS = ROOT / "docs"
READERS = {"text", "flag", "number", "words"}


def missing(words: Iterable[str], text: str) -> list[str]:
    """The words that the text does not hold as code, between backticks."""
    held = set(re.findall(r"`([^`\n]+)`", text))
    return sorted(set(words) - held)


def variables(root: Path) -> set[str]:
    """The variables of the environment that the package reads."""
    found = set()
    for path in files(root, "*.py"):
        if "testing" in path.parts:
            continue
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = dotted(node.func).split(".")
            direct = path.name == "env.py" and len(called) == 1
            if called[-1] in READERS and (direct or called[-2:-1] == ["env"]):
                found.add(str(node.args[0].value))
    return found


def own_settings(root: Path) -> set[str]:
    """Settings of our own, by the names with which the code asks for them."""
    pattern = re.compile(r"\bsettings\.([A-Z][A-Z_0-9]+)")
    asked = {
        name for path in files(root, "*.py") for name in pattern.findall(path.read_text(encoding="utf-8"))
    }
    from django.conf import global_settings

    return {name for name in asked if not hasattr(global_settings, name)}


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def all_docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md")))


def broken_links(paths: Iterable[Path]) -> list[str]:
    """Links in Markdown that lead to no file."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
            if not (path.parent / target).exists():
                found.append(f"{path.name}: {target}")
    return found


def missing_pages(root: Path, home: Path) -> list[str]:
    """Pages of the documentation that the code refers to and that are not there."""
    named = {
        name
        for pattern in ("*.py", "*.html", "*.typ")
        for path in files(root, pattern)
        for name in re.findall(r"\bdocs/[\w/.-]+\.md\b", path.read_text(encoding="utf-8"))
    }
    return sorted(name for name in named if not (home / name).exists())


def test_every_permission_is_documented():
    assert missing(permissions(), read("permissions.md")) == []
    assert read("permissions.md") == page(), "write it anew: make docs"


def test_every_variable_of_the_environment_is_documented():
    names = variables(PACKAGE)
    assert {"DATABASE_URL", "OKIENKO_DATA"} <= names
    assert missing(names, read("administrator.md")) == []


def test_every_setting_of_our_own_is_documented():
    assert missing(own_settings(PACKAGE), all_docs()) == []


def test_every_command_is_documented():
    assert missing((f"okienko {name}" for name in available()), read("administrator.md")) == []


def test_every_benchmark_is_documented():
    assert missing((f"bench {name}" for name in benchmarks()), all_docs()) == []


def test_every_module_has_its_page():
    homes = sorted(path.name for path in (PACKAGE / "modules").iterdir() if (path / "__init__.py").exists())
    assert [name for name in homes if not (DOCS / "modules" / f"{name}.md").exists()] == []
    assert missing((manifest.label for manifest in manifests()), all_docs()) == []


def test_every_noun_is_in_the_glossary():
    nouns = {model.__name__ for model in apps.get_models() if model.__module__.startswith("okienko.")}
    assert missing(nouns, read("glossary.md")) == []


def test_every_dependency_has_its_licence_noted():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.scripts]")[0]
    python = re.findall(r'^  "([A-Za-z0-9-]+)', project, re.MULTILINE)
    browser = re.findall(
        r'^    "(@?[a-z0-9./-]+)": "\d', (ROOT / "package.json").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(python) > 30
    assert browser
    assert missing([*python, *browser], read("licences.md")) == []


def test_links_of_the_documentation_lead_somewhere():
    assert broken_links(path for path in tracked() if path.suffix == ".md") == []


def test_pages_that_the_code_refers_to_are_there():
    assert missing_pages(PACKAGE, ROOT) == []


def test_planted_gaps_are_seen(tmp_path):
    plant(
        tmp_path,
        {
            "config/env.py": "A = text('OKIENKO_HOME')\n",
            "a.py": "from x import env\n\nB = env.number('OKIENKO_NEW', 1)\nC = other.text('no')\n",
            "b.py": "from django.conf import settings\n\nD = settings.JOB_PATIENCE + settings.DEBUG\n",
            "d.py": '"""See `docs/gone.md` and docs/there.md."""\n',
            "docs/there.md": "",
            "c.md": "[here](a.py) [there](gone.md) [web](https://example.org)\n",
        },
    )
    assert variables(tmp_path) == {"OKIENKO_HOME", "OKIENKO_NEW"}
    assert own_settings(tmp_path) == {"JOB_PATIENCE"}
    assert missing_pages(tmp_path, tmp_path) == ["docs/gone.md"]
    assert missing(["a.b", "a.c"], "`a.b` is told, a.c only by the way") == ["a.c"]
    assert broken_links([tmp_path / "c.md"]) == ["c.md: gone.md"]
