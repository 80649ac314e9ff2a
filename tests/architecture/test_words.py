"""What must not stand in the repository: leftovers, machine paths, signals, inline code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.tree import PACKAGE, ROOT, files, plant, tracked, where

THIS_TEST = Path(__file__)
TEXT = {".py", ".html", ".js", ".mjs", ".ts", ".scss", ".css", ".md", ".toml", ".json", ".txt", ".sh", ".yml"}
TEXT |= {".po", ".typ", ".R", ".r", ".sql", ".lock", ".cfg", ".ini", "", ".svg", ".xml", ".csv"}

# One letter in brackets, so that this file is not its own offence.
LEFTOVERS = re.compile(
    r"\b(TOD[O]|FIXM[E]|XX[X]|NotImplementedErro[r])\b|lorem ipsu[m]|coming soo[n]|wkrótce dostępn[e]"
)
MACHINE = re.compile(
    r"(?<![A-Za-z0-9_.])/(w[o]rk|f[a]rm|r[o]ot|home/[a-z]+)/[A-Za-z.]"
    r'|"resolved": "https?:|--(extra-)?index-ur[l]|registry *= *https?:|files\.pythonhoste[d]\.org'
)
# One thing has one name: link, logowanie dwustopniowe; and we tell a clerk what to do without ceremony.
OTHER_WORDS = re.compile(r"odno[ś]nik|dwuetapo[w]|\bproszę\b", re.IGNORECASE)
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    re.IGNORECASE,
)


def matches(paths: Iterable[Path], root: Path, pattern: re.Pattern) -> list[str]:
    found = []
    for path in paths:
        if path.suffix not in TEXT or path == THIS_TEST:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{where(path, root, number)} {match[0].strip()}")
    return found


def leftovers(paths: Iterable[Path], root: Path) -> list[str]:
    return matches((path for path in paths if path.suffix not in {".lock", ".csv", ".json"}), root, LEFTOVERS)


def machine_traces(paths: Iterable[Path], root: Path) -> list[str]:
    return matches(paths, root, MACHINE)


def other_words(paths: Iterable[Path], root: Path) -> list[str]:
    """Polish of the back office and of the manual that calls a thing by another name than the rest does."""
    return matches((path for path in paths if path.suffix in {".po", ".md"}), root, OTHER_WORDS)


def inline_code(root: Path) -> list[str]:
    """Styles and scripts inside of templates: the content security policy would drop them."""
    return matches(files(root, "*.html"), root, INLINE)


def badly_named_migrations(root: Path) -> list[str]:
    paths = [path for path in sorted(root.rglob("migrations/*.py")) if path.stem != "__init__"]
    return [
        where(path, root)
        for path in paths
        if not re.fullmatch(r"\d{4}_[a-z0-9_]+", path.stem) or "auto" in path.stem
    ]


def signals(root: Path) -> list[str]:
    pattern = re.compile(r"django\.db\.models\.signals|django\.dispatch|@receiver\b")
    return matches(files(root, "*.py", tests=True), root, pattern)


def environment_readers(root: Path) -> list[str]:
    """Readers of the environment besides the one that is documented."""
    pattern = re.compile(r"\bos\.(environ|getenv)\b|from os import .*\b(environ|getenv)\b")
    places = matches(files(root, "*.py"), root, pattern)
    return [place for place in places if not place.startswith("config/env.py:")]


def test_no_leftovers():
    assert leftovers(tracked(), ROOT) == []


def test_no_traces_of_a_machine():
    assert machine_traces(tracked(), ROOT) == []


def test_polish_calls_a_thing_by_one_name():
    assert other_words(tracked(), ROOT) == []


def test_templates_hold_no_inline_styles_and_scripts():
    assert inline_code(PACKAGE) == []


def test_migrations_are_named_by_people():
    assert badly_named_migrations(PACKAGE) == []


def test_nothing_is_wired_by_signals():
    assert signals(PACKAGE) == []


def test_the_environment_is_read_in_one_place():
    assert environment_readers(PACKAGE) == []


def test_generated_files_are_not_kept():
    kept = [where(path, ROOT) for path in tracked()]
    made = ("src/okienko/foundation/ui/static/okienko/", "node_modules/", "build/", "var/", "dist/")
    assert [
        name for name in kept if name.endswith((".mo", ".pyc", ".sqlite3")) or name.startswith(made)
    ] == []


def test_planted_words_are_seen(tmp_path):
    plant(
        tmp_path,
        {
            "a.py": "# TO" + "DO: later\nraise NotImplemented" + "Error\n",
            "b.md": "See /wo" + "rk/main and --index-" + "url=x\n",
            "page.html": '<p style="color: red">\n<a onclick="x()">\n<script>x()</script>\n',
            "fine.html": '<script src="/x.js"></script>\n<p class="style">onclick</p>\n',
            "c.py": "from django.db.models.signals import post_save\nimport os\nos.environ['A']\n",
            "pl.po": 'msgstr "Proszę otworzyć odnośnik."\nmsgstr "Otwórz link, o który Ci chodzi."\n',
            "migrations/0002_auto_20261122.py": "",
            "migrations/0003_close_waves.py": "",
        },
    )
    paths = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [place.split(" ")[0] for place in leftovers(paths, tmp_path)] == ["a.py:1", "a.py:2"]
    assert machine_traces(paths, tmp_path) == ["b.md:1 /wo" + "rk/m"]
    assert [place.split(" ")[0] for place in inline_code(tmp_path)] == [
        "page.html:1",
        "page.html:2",
        "page.html:3",
    ]
    assert other_words(paths, tmp_path) == ["pl.po:1 Proszę"]
    assert signals(tmp_path) == ["c.py:1 django.db.models.signals"]
    assert environment_readers(tmp_path) == ["c.py:3 os.environ"]
    assert badly_named_migrations(tmp_path) == ["migrations/0002_auto_20261122.py"]
