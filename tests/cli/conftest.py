"""`okienko estimate` at hand: a file of answers, a design, what the command says."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from okienko.interfaces.cli import estimate


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture) -> Callable:
    """Run the command on a file with a design; gives (exit code, output, errors)."""

    def call(data: str, design: str, *arguments: str) -> tuple[int, str, str]:
        path = tmp_path / "design.toml"
        path.write_text(design, encoding="utf-8")
        code = estimate.main([data, "--design", str(path), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def figures(run: Callable) -> Callable:
    """The same, for input that must succeed; gives the list that the JSON holds."""

    def call(data: str, design: str, *arguments: str) -> list[dict]:
        code, out, errors = run(data, design, *arguments, "--format", "json")
        assert code == 0, errors
        return json.loads(out)

    return call


@pytest.fixture
def answers(tmp_path: Path) -> Callable:
    """A file of answers with the given bytes or text."""

    def write(content: str | bytes, name: str = "answers.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write
