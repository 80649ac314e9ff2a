"""The "stop" column: files, functions, classes and templates that a reader can hold in the head."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.tree import PACKAGE, ROOT, files, parsed, plant, where

FILE, FUNCTION, VIEW, CLASS, PARAMETERS, TEMPLATE = 400, 50, 30, 200, 6, 120

# May only shrink: an entry that is no longer needed fails the test. "path name": reason.
EXCEPTIONS: dict[str, str] = {}


def oversized(root: Path) -> dict[str, str]:
    """What is longer or wider than the house allows: "path name" -> how much."""
    found: dict[str, str] = {}
    for path in files(root, "*.py", tests=True):
        place = where(path, root)
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE:
            found[place] = f"{lines} lines, {FILE} allowed"
        for node in ast.walk(parsed(path)):
            found.update(_too_big(node, place, path))
    for path in files(root, "*.html"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > TEMPLATE:
            found[where(path, root)] = f"{lines} lines, {TEMPLATE} allowed"
    return found


def _too_big(node: ast.AST, place: str, path: Path) -> dict[str, str]:
    if isinstance(node, ast.ClassDef):
        lines = (node.end_lineno or 0) - node.lineno + 1
        return {f"{place} {node.name}": f"{lines} lines, {CLASS} allowed"} if lines > CLASS else {}
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return {}
    lines = (node.end_lineno or 0) - node.lineno + 1 - _docstring_lines(node)
    limit = VIEW if _is_view(node, path) else FUNCTION
    if lines > limit:
        return {f"{place} {node.name}": f"{lines} lines without its docstring, {limit} allowed"}
    # A write function says everything by keyword, `by` and `at` besides; a test takes what fixtures it needs.
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    named = [item.arg for item in arguments if item.arg not in {"self", "cls", "by", "at"}]
    if len(named) > PARAMETERS and not node.name.startswith("test_"):
        return {f"{place} {node.name}": f"{len(named)} parameters, {PARAMETERS} allowed"}
    return {}


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return (first.end_lineno or 0) - first.lineno + 1
    return 0


def _is_view(node: ast.FunctionDef | ast.AsyncFunctionDef, path: Path) -> bool:
    in_views = path.stem == "views" or "views" in path.parts
    return in_views and bool(node.args.args) and node.args.args[0].arg == "request"


def whole_tree() -> dict[str, str]:
    found: dict[str, str] = {}
    for root in (PACKAGE, ROOT / "tests", ROOT / "benchmarks"):
        found.update({f"{where(root, ROOT)}/{name}": text for name, text in oversized(root).items()})
    return found | _script(ROOT / "run.py")


def _script(path: Path) -> dict[str, str]:
    found = {}
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > FILE:
        found[path.name] = f"{lines} lines, {FILE} allowed"
    for node in ast.walk(parsed(path)):
        found.update(_too_big(node, path.name, path))
    return found


def test_nothing_is_longer_than_the_house_allows():
    assert {name: text for name, text in whole_tree().items() if name not in EXCEPTIONS} == {}


def test_exceptions_only_shrink():
    assert [name for name in EXCEPTIONS if name not in whole_tree()] == []
    assert all(reason.strip() for reason in EXCEPTIONS.values())


def test_planted_giants_are_seen(tmp_path):
    body = "    x = 1\n"
    plant(tmp_path, {
        "long.py": "x = 1\n" * 401,
        "function.py": "def giant():\n" + body * 50,
        "documented.py": 'def fine():\n    """' + "\n    words" * 60 + '"""\n' + body * 40,
        "views.py": "def page(request):\n" + body * 30 + "\n\ndef helper(value):\n" + body * 30,
        "wide.py": "def wide(a, b, c, *, d, e, f, g):\n    pass\n",
        "command.py": "def fine(*, by, at, a, b, c, d, e, f):\n    pass\n",
        "class.py": "class Giant:\n" + body * 200,
        "templates/page.html": "<p></p>\n" * 121,
        "templates/fine.html": "<p></p>\n" * 120,
    })  # fmt: skip
    assert sorted(oversized(tmp_path)) == [
        "class.py Giant",
        "function.py giant",
        "long.py",
        "templates/page.html",
        "views.py page",
        "wide.py wide",
    ]
