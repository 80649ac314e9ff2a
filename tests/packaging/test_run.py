"""run.py on a bare machine: what it makes, when it makes it again, and what it says when it cannot."""

from __future__ import annotations

import ast
import importlib.util
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


@pytest.fixture
def run():
    """run.py as a module of its own, so that a test may point it elsewhere."""
    spec = importlib.util.spec_from_file_location("okienko_run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def elsewhere(run, tmp_path, monkeypatch):
    """The same, on an empty checkout."""
    places = {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "SRC": tmp_path / "src",
        "STATIC": tmp_path / "src" / "static",
    }
    for name, path in places.items():
        monkeypatch.setattr(run, name, path)
    return run


def locked(name: str) -> set[str]:
    """`package==version` of every line of a lock file."""
    return set(re.findall(r"^[a-z][^ ;]*==[^ ;]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_only_the_standard_library_is_needed():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


def test_help_names_every_command(run):
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", "help"], capture_output=True, text=True, check=True
    )
    assert all(f"  {name}" in done.stdout for name in run.COMMANDS)


def test_a_taken_port_is_told_at_once(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(run.Trouble, match=f"port {port} cannot be used.*--port"):
            run.check_port(port)
    run.check_port(port)


def test_an_unknown_command_is_refused():
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", "dmeo"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "dmeo" in done.stderr


def test_both_locks_agree():
    assert locked("requirements.lock")
    assert locked("requirements.lock") - locked("requirements-dev.lock") == set()


def test_every_locked_package_has_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
        assert len(blocks) > 20
        assert [block.split("\n")[0] for block in blocks if "--hash=sha256:" not in block] == []
        assert "http" not in text


def test_one_tool_is_taken_from_the_development_lock_with_its_hashes(elsewhere, monkeypatch):
    (elsewhere.ROOT / "requirements-dev.lock").write_text(
        "polib==1.2.0 \\\n    --hash=sha256:aa\n"
        "polib-more==1 \\\n    --hash=sha256:bb\nruff==1 \\\n    --hash=sha256:cc\n"
    )
    (elsewhere.ROOT / ".venv").mkdir()
    wished = []
    monkeypatch.setattr(elsewhere, "attempt", lambda *words, **how: subprocess.CompletedProcess(words, 1))
    monkeypatch.setattr(elsewhere, "pip_install", lambda *words: wished.append(Path(words[-1]).read_text()))
    elsewhere.install_tool("polib")
    assert wished == ["polib==1.2.0 \\\n    --hash=sha256:aa\n"]
    with pytest.raises(elsewhere.Trouble, match="does not name babel"):
        elsewhere.install_tool("babel")


def test_packages_are_installed_once_and_again_when_the_lock_changes(elsewhere, monkeypatch):
    root, calls = elsewhere.ROOT, []
    (root / ".venv" / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    (root / "requirements.lock").write_text("a==1\n")
    (root / "requirements-dev.lock").write_text("a==1\nb==1\n")
    monkeypatch.setattr(elsewhere, "make_venv", lambda: None)
    monkeypatch.setattr(elsewhere, "BIN", root / ".venv")
    monkeypatch.setattr(elsewhere, "pip_install", lambda *words: calls.append(Path(words[-1]).name))
    elsewhere.install()
    elsewhere.install()
    assert calls == ["requirements.lock"]
    elsewhere.install(dev=True)
    assert calls == ["requirements.lock", "requirements-dev.lock"]
    (root / "requirements.lock").write_text("a==2\n")
    elsewhere.install(dev=True)
    assert calls[2:] == ["requirements.lock"]
    assert (
        (root / ".venv" / "lib" / "python3.11" / "site-packages" / "okienko-checkout.pth").read_text().strip()
    )


def test_assets_are_built_once_and_again_when_a_source_changes(elsewhere, monkeypatch):
    root, calls = elsewhere.ROOT, []
    (root / "assets").mkdir()
    for name in ("package.json", "package-lock.json", "assets/a.scss"):
        (root / name).write_text("{}")
    monkeypatch.setattr(elsewhere, "node_tools", lambda: (["npm"], {"PATH": "/"}))

    def npm(*words, **how):
        calls.append(words[1])
        (root / "node_modules").mkdir(exist_ok=True)
        elsewhere.STATIC.mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(elsewhere, "call", npm)
    elsewhere.build_assets()
    elsewhere.build_assets()
    assert calls == ["ci", "run"]
    (root / "assets" / "a.scss").write_text("p {}")
    elsewhere.build_assets()
    assert calls == ["ci", "run", "run"]
    (root / "package-lock.json").write_text("{ }")
    elsewhere.build_assets()
    assert calls == ["ci", "run", "run", "ci", "run"]


def test_without_node_on_the_machine_the_one_from_pypi_runs_npm(run, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda *words, **how: None)
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    npm, env = run.node_tools()
    done = subprocess.run([*npm, "--version"], env=env, capture_output=True, text=True, check=False)
    assert re.match(r"\d+\.\d+", done.stdout), done.stderr


def test_only_changed_translations_are_compiled(elsewhere, monkeypatch):
    folder = elsewhere.SRC / "a" / "locale" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po, compiled = folder / "django.po", []
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "ą"\n')
    monkeypatch.setattr(elsewhere, "PYTHON", Path(sys.executable))
    real = elsewhere.call
    monkeypatch.setattr(
        elsewhere, "call", lambda *words, **how: (compiled.append(words[-1]), real(*words, **how))
    )
    elsewhere.compile_messages()
    elsewhere.compile_messages()
    assert compiled == [po]
    assert "ą".encode() in po.with_suffix(".mo").read_bytes()


def test_a_fresh_environment_can_be_made_here(elsewhere, monkeypatch, tmp_path):
    python = tmp_path / ".venv" / "bin" / "python"
    monkeypatch.setattr(elsewhere, "PYTHON", python)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "half-made").touch()
    elsewhere.make_venv()
    assert elsewhere.venv_works()
    assert not (tmp_path / ".venv" / "half-made").exists()
