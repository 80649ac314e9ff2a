"""The parent's side: a fresh interpreter, input and output as unnamed files, and a reason when it fails."""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger("okienko.files")
START = Path(__file__).with_name("start.py")
OUT_OF_MEMORY = 77  # start.py says so


@dataclass(frozen=True)
class SandboxLimits:
    """What a script may use: bytes of address space, seconds of CPU and of waiting, bytes of output."""

    memory: int = 1_000_000_000
    seconds: int = 120
    output: int = 500_000_000


class Reason(StrEnum):
    MEMORY = "memory"
    TIME = "time"
    OUTPUT = "output"
    CRASH = "crash"


class SandboxFault(RuntimeError):
    """The script did not end well; `reason` says what it ran into."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def run(
    script: Path,
    content: bytes,
    *,
    options: dict[str, Any],
    limits: SandboxLimits,
    packages: Sequence[str] = (),
) -> bytes:
    """Run `script` with `content` as its standard input; what it wrote to standard output.

    The script finds `options` in its globals as `OPTIONS` and may import `packages`. `SandboxFault` when it
    exceeds a limit or crashes; there is no partial output.
    """
    order = {
        "script": str(script),
        "options": options,
        "limits": asdict(limits),
        "paths": sorted({_home_of(name) for name in packages}),
    }
    command = [sys.executable, "-I", str(START), json.dumps(order)]
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as made,
        tempfile.TemporaryFile() as said,
    ):
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(
                command,
                stdin=given,
                stdout=made,
                stderr=said,
                timeout=limits.seconds,
                env={},
                cwd="/",
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SandboxFault(Reason.TIME) from error
        if done.returncode:
            said.seek(0)
            raise SandboxFault(_reason(done.returncode, said.read(20_000)))
        made.seek(0)
        return made.read()


def _reason(code: int, said: bytes) -> Reason:
    lines = said.decode(errors="replace").strip().splitlines() or [""]
    # The exception's name only: its text may quote what somebody wrote in a cell.
    log.warning("sandbox.failed", code=code, error=lines[-1].split(":")[0][:100])
    if code == OUT_OF_MEMORY:
        return Reason.MEMORY
    if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
        return Reason.TIME
    if hasattr(signal, "SIGKILL") and code == -signal.SIGKILL:
        return Reason.MEMORY
    return Reason.OUTPUT if lines[-1].startswith("OSError: [Errno 27]") else Reason.CRASH


def _home_of(package: str) -> str:
    """The folder from which a package is imported here, for an interpreter that ignores PYTHONPATH."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return str(Path(spec.origin).parent.parent)
