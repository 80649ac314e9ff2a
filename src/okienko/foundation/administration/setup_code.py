"""The one-time code without which nobody sets up an empty installation.

It lies in the data directory, readable by the server's user only, and `okienko serve` prints it: whoever
reads it administers the machine. Without it, the first stranger to find the address would own the office.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings

from okienko.foundation.offices.selectors import installation_is_empty

# Without the letters and digits that people mix up. 12 of 31 are 59 bits: too many to guess over the web.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[:31]
_GROUPS, _LENGTH = 3, 4


def current() -> str | None:
    """The code of an empty installation, made when there is none yet; `None` once it is set up."""
    if not installation_is_empty():
        forget()
        return None
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(code := _make())
    return code


def matches(typed: str) -> bool:
    """Whether this is the code; capitals, spaces and dashes do not matter."""
    code = current()
    return code is not None and hmac.compare_digest(_bare(typed), _bare(code))


def forget() -> None:
    """Once the installation is set up, the code opens nothing and goes."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DATA_DIR) / "setup-code"


def _make() -> str:
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(_GROUPS)]
    return "-".join(groups)


def _bare(code: str) -> bytes:
    return "".join(code.split()).replace("-", "").replace("–", "").upper().encode()
