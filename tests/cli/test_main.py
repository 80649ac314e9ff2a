"""The console script from the outside: any directory, clear words, right exit codes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from importlib import import_module
from pathlib import Path

import psycopg
import pytest

from okienko.foundation.accounts.demo import DEMO_PASSWORD
from okienko.foundation.testing.machine import postgres_url, require
from okienko.interfaces.cli import main, together
from okienko.interfaces.cli.archive import checked, opened
from okienko.interfaces.cli.fault import CommandFault

FILL = """
from okienko.foundation.testing import factories as f
from okienko.foundation.registry import Role
from okienko.foundation.offices.scope import all_offices
office = f.make_office(f.make_network(), name="Urząd Próbny")
f.make_member(office, Role.COORDINATOR)
with all_offices("a test"):
    f.make_service_point(office, hours={"mon": [["07:30", "15:30"]]})
"""


def okienko(*arguments: str, at: Path, database: str = "") -> subprocess.CompletedProcess:
    """`okienko …` in a directory of its own, with its data there."""
    command = [sys.executable, "-m", "okienko", *arguments]
    return subprocess.run(
        command, cwd=at, env=surroundings(at, database), capture_output=True, text=True, check=False
    )


def surroundings(at: Path, database: str = "") -> dict[str, str]:
    chosen = {"OKIENKO_DATA": str(at / "data"), "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": ""}
    env = {**os.environ, **chosen}
    return {name: value for name, value in env.items() if value or name not in chosen}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_commands_are_listed(tmp_path):
    done = okienko("--help", at=tmp_path)
    assert done.returncode == 0
    for name, command in main.available().items():
        assert f"  {name}" in done.stdout
        assert command.help in done.stdout


@pytest.mark.parametrize("name", sorted(main.available()))
def test_every_command_exists_and_explains_itself(name, tmp_path):
    module, function = main.COMMANDS[name].target.split(":")
    assert callable(getattr(import_module(f"okienko.interfaces.cli.{module}"), function))
    done = okienko(name, "--help", at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "usage" in done.stdout.lower() or "type 'okienko manage help" in done.stdout.lower()


def test_an_unknown_command_is_named_and_the_known_ones_shown(tmp_path):
    done = okienko("ankieta", at=tmp_path)
    assert done.returncode == 2
    assert "'ankieta'" in done.stderr
    assert "backup" in done.stderr
    assert okienko(at=tmp_path).returncode == 2


def test_a_bad_environment_is_named(tmp_path):
    done = okienko("demo", "people", at=tmp_path, database="mysql://a/b")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["estimate", "questionnaire"])
def test_a_statisticians_commands_start_without_django(name):
    if name not in main.available():
        pytest.fail(f"okienko {name} is missing")
    module = main.COMMANDS[name].target.split(":")[0]
    cli = "okienko.interfaces.cli"
    code = f"import sys, {cli}.main, {cli}.{module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_taken_port_is_told_before_anything_starts(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = okienko("serve", "--port", str(taken.getsockname()[1]), at=tmp_path)
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """A folder with the small demo network."""
    at = tmp_path_factory.mktemp("demo")
    loaded = okienko("demo", "load", "--size", "small", at=at)
    assert loaded.returncode == 0, loaded.stderr
    return at


def test_the_history_of_the_demo_shows_no_codes(demo):
    """Of whichever module wrote it: a code that a command notes has words in the module's manifest."""
    code = """
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.testing.history import codes_in
with all_offices("a test"):
    print("CODES", sorted({code for entry in AuditEntry.objects.all() for code in codes_in(entry)}))
"""
    told = okienko("manage", "shell", "--verbosity", "0", "-c", code, at=demo)
    assert [line for line in told.stdout.splitlines() if line.startswith("CODES")] == ["CODES []"], (
        told.stderr
    )


def test_the_demo_fills_an_empty_database_once(demo):
    """Its tables are made first; what is there already is never mixed with invented data."""
    assert okienko("demo", "load", "--if-empty", at=demo).returncode == 0
    again = okienko("demo", "load", "--size", "small", at=demo)
    assert again.returncode == 1
    assert "not empty" in again.stderr
    people = okienko("demo", "people", at=demo).stdout
    assert DEMO_PASSWORD in people
    assert all(role in people for role in ("network coordinator", "deputy", "head", "clerk"))
    code = """
import sys
from django.contrib.auth import authenticate
from django.test import RequestFactory
request = RequestFactory().post("/")
sys.exit(authenticate(request, email=sys.argv[1], password=sys.argv[2]) is None)
"""
    email = next(word for word in people.split() if "@" in word)
    signed = okienko(
        "manage", "shell", "-c", f"import sys; sys.argv[1:] = {[email, DEMO_PASSWORD]!r}{code}", at=demo
    )
    assert signed.returncode == 0, signed.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_and_worker_start_together_and_stop_gracefully(number, tmp_path):
    port = free_port()
    assert okienko("manage", "migrate", "--verbosity", "0", at=tmp_path).returncode == 0
    command = [sys.executable, "-m", "okienko", "serve", "--with-worker", "--port", str(port)]
    log = tmp_path / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=tmp_path, env=surroundings(tmp_path), stdout=out, stderr=out)
        try:
            wait_until(lambda: "Okienko: http" in log.read_text() or process.poll() is not None)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/zdrowie", timeout=10) as answer:
                assert answer.status == 200
            process.send_signal(number)
            assert process.wait(40) == 0, log.read_text()
        finally:
            process.kill()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the server is still there"
    assert "Traceback" not in log.read_text()


def test_a_child_that_ends_by_itself_is_named_and_the_other_is_stopped(monkeypatch, capsys):
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    children = together.Children()
    children.running["worker"] = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    children.running["serve"] = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with pytest.raises(CommandFault, match=r"okienko worker has ended by itself \(exit 3\)"):
        children.watch()
    children.stop()
    assert children.running["serve"].returncode == -signal.SIGTERM


def wait_until(condition, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def members(path: Path) -> dict[str, bytes]:
    with opened(path) as tar:
        return {name: tar.extractfile(name).read() for name in checked(tar).members}


def test_a_backup_moves_from_sqlite_to_postgresql_and_back(tmp_path):
    require("postgres")
    server, name = postgres_url().rsplit("/", 1)[0], f"okienko_backup_{uuid.uuid4().hex[:12]}"
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    assert okienko("manage", "migrate", "--verbosity", "0", at=here).returncode == 0
    filled = okienko("manage", "shell", "-c", FILL, at=here)
    assert filled.returncode == 0, filled.stderr
    (here / "data" / "files").mkdir(parents=True)
    (here / "data" / "files" / "plik.txt").write_text("zażółć")
    assert okienko("backup", "one.tar", at=here).returncode == 0
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            done = okienko("restore", str(here / "one.tar"), at=there, database=f"{server}/{name}")
            assert done.returncode == 0, done.stderr
            again = okienko("restore", str(here / "one.tar"), at=there, database=f"{server}/{name}")
            assert again.returncode == 1
            assert "not empty" in again.stderr
            assert okienko("backup", "two.tar", at=there, database=f"{server}/{name}").returncode == 0
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert members(here / "one.tar") == members(there / "two.tar")


@pytest.mark.django_db
def test_the_server_of_an_empty_installation_says_the_set_up_code(settings, tmp_path, capsys, monkeypatch):
    from okienko.foundation.testing.factories import make_network
    from okienko.interfaces.cli import serve

    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    serve.announce_set_up()
    said = capsys.readouterr().out
    assert (tmp_path / "setup-code").read_text(encoding="ascii").strip() in said
    make_network()
    serve.announce_set_up()
    assert capsys.readouterr().out == ""
