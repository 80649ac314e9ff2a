"""The child's side, run by `python -I`: give everything up, then run the script. Standard library only.

What is given up, in order: memory, time, files to open, size of output (rlimits); new privileges, network,
other programs, new processes (a seccomp filter on Linux); and for systems without seccomp the same through
Python's audit hook. Each of them holds also if the parser is taken over, but the last.
"""

from __future__ import annotations

import ctypes
import json
import platform
import runpy
import struct
import sys

OUT_OF_MEMORY = 77
FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.")

# Numbers of the system calls that are refused: socket, connect, socketpair, bind, sendto, sendmsg, execve,
# execveat, ptrace, fork, vfork, clone, clone3, io_uring_setup.
REFUSED = {
    "x86_64": (0xC000003E, (41, 42, 53, 49, 44, 46, 59, 322, 101, 57, 58, 56, 435, 425)),
    "aarch64": (0xC00000B7, (198, 203, 199, 200, 206, 211, 221, 281, 117, 220, 435, 425)),
}
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
X32 = 0x40000000


def limit(limits: dict) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    seconds = limits["seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["output"], limits["output"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_system_calls() -> bool:
    """Install the filter; False where this system has none."""
    if sys.platform != "linux" or platform.machine() not in REFUSED:
        return False
    architecture, refused = REFUSED[platform.machine()]
    steps = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    steps += [(AT_LEAST, 0, 1, X32), (RETURN, 0, 0, KILL)]
    for number in refused:
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    steps.append((RETURN, 0, 0, ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return library.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) == 0


def watch(event: str, arguments: tuple) -> None:
    if event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(f"not here: {event}")


def main() -> None:
    order = json.loads(sys.argv[1])
    limit(order["limits"])
    is_sealed = refuse_system_calls()
    sys.path.extend(order["paths"])
    sys.addaudithook(watch)
    try:
        runpy.run_path(
            order["script"], init_globals={"OPTIONS": {**order["options"], "is_sealed": is_sealed}}
        )
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
