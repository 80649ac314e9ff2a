"""Engines are pure: values in, values out. No Django, no files, no clock, no machine."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.tree import PACKAGE, dotted, files, parsed, plant, where

PURE = {
    "__future__", "abc", "bisect", "collections", "contextlib", "copy", "csv", "dataclasses",
    "datetime", "decimal", "enum", "fractions", "functools", "hashlib", "heapq", "html", "io",
    "itertools", "json", "keyword", "math", "numbers", "operator", "random", "re", "statistics",
    "string", "textwrap", "types", "typing", "unicodedata", "warnings", "weakref", "msgspec", "numpy",
    "pyarrow", "scipy",
}  # fmt: skip
CLOCK = {"now", "today", "utcnow", "fromtimestamp", "time", "monotonic"}
FILES = {"open", "input", "print", "exec", "eval", "__import__"}
FILE_CALLS = {
    "numpy": {"load", "save", "savez", "savetxt", "loadtxt", "genfromtxt", "fromfile", "memmap"},
    "pyarrow": {"memory_map", "OSFile", "csv", "parquet", "dataset", "fs"},
}


def impure(engines: Path) -> list[str]:
    """What engines below the folder import or call that ties them to a machine or a framework."""
    found = []
    for path in files(engines, "*.py"):
        for node in ast.walk(parsed(path)):
            if trouble := _import_trouble(node) or _call_trouble(node):
                found.append(f"{where(path, engines, getattr(node, 'lineno', None))} {trouble}")
    return found


def _import_trouble(node: ast.AST) -> str:
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    for name in names:
        root, _, rest = name.partition(".")
        if name.startswith("okienko.engines"):
            continue
        if root not in PURE:
            return f"imports {name}"
        if rest.split(".")[0] in FILE_CALLS.get(root, ()):
            return f"imports {name}, which opens files"
    return ""


def _call_trouble(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    name = dotted(node.func)
    first, _, last = name.rpartition(".")
    if name in FILES:
        return f"calls {name}()"
    if last in CLOCK and first.split(".")[-1] in {"datetime", "date", "time"}:
        return f"asks the clock: {name}()"
    if first in {"np", "numpy"} and last in FILE_CALLS["numpy"]:
        return f"opens a file: {name}()"
    if name.endswith("default_rng") and not node.args:
        return "draws random numbers without a seed"
    return ""


def test_engines_are_pure():
    assert impure(PACKAGE / "engines") == []


def test_planted_impurities_are_seen(tmp_path):
    plant(tmp_path, {
        "a/clock.py": "import datetime\n\nNOW = datetime.datetime.now()\n",
        "a/disk.py": "from pathlib import Path\n",
        "a/door.py": "def read(name):\n    return open(name)\n",
        "a/frame.py": "def f():\n    from django.conf import settings\n",
        "a/parquet.py": "import pyarrow.parquet\n",
        "a/seed.py": "import numpy as np\n\nrng = np.random.default_rng()\n",
        "a/pure.py": "import datetime\nimport math\n\nDAY = datetime.date(2026, 11, 22)\n",
    })  # fmt: skip
    assert impure(tmp_path) == [
        "a/clock.py:3 asks the clock: datetime.datetime.now()",
        "a/disk.py:1 imports pathlib.Path",
        "a/door.py:2 calls open()",
        "a/frame.py:2 imports django.conf.settings",
        "a/parquet.py:1 imports pyarrow.parquet, which opens files",
        "a/seed.py:3 draws random numbers without a seed",
    ]
