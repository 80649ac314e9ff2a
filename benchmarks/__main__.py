"""`python3 run.py bench NAME …`: one benchmark; without a name, the list of them."""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

from okienko.config.env import calm_blas

FOLDER = Path(__file__).parent


def benchmarks() -> dict[str, str]:
    """Name -> first line of its docstring."""
    found = {}
    for path in sorted([*FOLDER.glob("*.py"), *FOLDER.glob("*/__main__.py")]):
        name = path.stem if path.parent == FOLDER else path.parent.name
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if not name.startswith("_"):
            found[name] = text.split("\n")[0]
    return found


def main() -> int:
    known = benchmarks()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in known:
        listed = "\n".join(f"  {name:14}{text}" for name, text in known.items())
        said = f"There is no benchmark {name!r}. " if name else ""
        print(f"{said}run.py bench NAME, one of:\n{listed}")
        return 2 if name else 0
    calm_blas()
    sys.argv = [f"benchmarks.{name}", *sys.argv[2:]]
    runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
