"""Views decide nothing and ask no table: selector, form, one service call, answer."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.tree import PACKAGE, files, parsed, plant, where

QUERIES = {"objects", "_base_manager", "_default_manager"}


def queries_in_views(root: Path) -> list[str]:
    """Uses of a model manager in views and in template tags."""
    found = []
    for path in files(root, "*.py"):
        parts = {path.stem, *path.relative_to(root).parts[:-1]}
        if not parts & {"views", "templatetags"}:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and node.attr in QUERIES:
                found.append(f"{where(path, root, node.lineno)} {ast.unparse(node)}")
    return found


def class_views(root: Path) -> list[str]:
    """Views are functions."""
    found = []
    for path in files(root, "*.py"):
        if path.stem != "views" and path.parent.name != "views":
            continue
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and any("View" in ast.unparse(base) for base in node.bases):
                found.append(f"{where(path, root, node.lineno)} {node.name}")
    return found


def test_views_and_template_tags_ask_no_table():
    assert queries_in_views(PACKAGE) == []


def test_views_are_functions():
    assert class_views(PACKAGE) == []


def test_planted_views_are_seen(tmp_path):
    plant(
        tmp_path,
        {
            "a/views.py": "def page(request):\n    return Survey.objects.all()\n",
            "b/views/list.py": "class SurveyList(ListView):\n    pass\n",
            "c/templatetags/c.py": "def count():\n    return Survey.objects.count()\n",
            "d/selectors.py": "def surveys():\n    return Survey.objects.all()\n",
        },
    )
    assert queries_in_views(tmp_path) == [
        "a/views.py:2 Survey.objects",
        "c/templatetags/c.py:2 Survey.objects",
    ]
    assert class_views(tmp_path) == ["b/views/list.py:1 SurveyList"]
