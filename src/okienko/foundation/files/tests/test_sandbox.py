"""The sandbox: whatever runs in it computes, and can do nothing else."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

import pytest

from okienko.foundation.files.sandbox import Reason, SandboxFault, SandboxLimits, run, start

ATTEMPTS = """
import json, os, socket, subprocess, sys
found = {}
def attempt(name, act):
    try:
        act()
        found[name] = "done"
    except BaseException as error:
        found[name] = type(error).__name__
attempt("network", lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM))
attempt("local", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
attempt("program", lambda: subprocess.run(["/bin/true"]))
attempt("replace", lambda: os.execv("/bin/true", ["true"]))
attempt("fork", os.fork)
print(json.dumps({"found": found, "sealed": OPTIONS["is_sealed"], "modules": "django" in sys.modules}))
"""


def outcome(tmp_path, code: str, *, content: bytes = b"", **limits) -> bytes:
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    return run(script, content, options={"colour": "blue"}, limits=SandboxLimits(**limits))


def test_a_script_gets_its_input_and_options_and_gives_its_output(tmp_path):
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1] + OPTIONS['colour'].encode())"
    assert outcome(tmp_path, code, content=b"abc") == b"cbablue"


@pytest.mark.parametrize("wall", ["both", "kernel"])
def test_no_network_no_programs_no_processes(tmp_path, monkeypatch, wall):
    if sys.platform != "linux" or platform.machine() not in start.REFUSED:
        pytest.skip("the kernel's filter is known for Linux on x86_64 and aarch64")
    if wall == "kernel":  # a parser that was taken over does not ask Python's audit hook
        text = Path(start.__file__).read_text(encoding="utf-8")
        (tmp_path / "start.py").write_text(text.replace("sys.addaudithook(watch)", "pass"), encoding="utf-8")
        monkeypatch.setattr("okienko.foundation.files.sandbox.running.START", tmp_path / "start.py")
    said = json.loads(outcome(tmp_path, ATTEMPTS))
    assert said["sealed"]
    assert set(said["found"].values()) == {"PermissionError"}, said["found"]
    assert not said["modules"]


@pytest.mark.parametrize(
    ("code", "limits", "reason"),
    [
        ("x = b'x' * 500_000_000", {"memory": 200_000_000}, Reason.MEMORY),
        ("while True: pass", {"seconds": 1}, Reason.TIME),
        ("import time; time.sleep(60)", {"seconds": 1}, Reason.TIME),
        ("import sys\nwhile True: sys.stdout.write('x' * 100_000)", {"output": 1_000_000}, Reason.OUTPUT),
        ("raise ValueError('secret of a cell')", {}, Reason.CRASH),
        ("import os; os.abort()", {}, Reason.CRASH),
    ],
)
def test_a_script_that_goes_too_far_is_ended_with_a_reason(tmp_path, capsys, code, limits, reason):
    with pytest.raises(SandboxFault) as fault:
        outcome(tmp_path, code, **limits)
    assert fault.value.reason == reason
    assert "secret" not in "".join(capsys.readouterr())
