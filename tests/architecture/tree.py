"""The source tree as the architecture tests see it.

Every check takes a root, so that it can be shown an offence.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "okienko"
SKIPPED = {"__pycache__", "node_modules", "migrations", "static", ".venv", "build", "var"}


def files(root: Path, pattern: str, *, tests: bool = False) -> Iterator[Path]:
    """Files below `root`, without generated ones, and without tests unless asked for."""
    for path in sorted(root.rglob(pattern)):
        parts = set(path.relative_to(root).parts)
        if path.is_file() and not parts & SKIPPED and (tests or "tests" not in parts):
            yield path


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def where(path: Path, root: Path, line: int | None = None) -> str:
    place = path.relative_to(root).as_posix()
    return f"{place}:{line}" if line else place


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def tracked() -> list[Path]:
    """Files of the repository: what git knows or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def plant(root: Path, contents: dict[str, str]) -> Path:
    """Write files for a planted offence."""
    for name, text in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
