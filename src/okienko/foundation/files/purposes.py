"""What files are for. A module declares its purposes through the slot `files.purpose` of its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from okienko.foundation.registry import permission, slot

SLOT = "files.purpose"


class UnknownPurpose(LookupError):
    """A purpose that no manifest declares: a programming error."""


@dataclass(frozen=True)
class Purpose:
    """`permission` lets a person download; `kinds` (codes of `kinds.KINDS`) and `max_bytes` limit what is
    taken; after `keep_days` the file is deleted, `None` keeps it until somebody deletes it."""

    code: str
    label: Any
    permission: str
    kinds: tuple[str, ...]
    max_bytes: int = 20_000_000
    keep_days: int | None = None


@cache
def purposes() -> dict[str, Purpose]:
    found: dict[str, Purpose] = {}
    for entry in slot(SLOT):
        for purpose in entry.provider():
            if purpose.code in found:
                raise UnknownPurpose(f"the purpose {purpose.code!r} is declared twice")
            permission(purpose.permission)
            found[purpose.code] = purpose
    return found


def get_purpose(code: str) -> Purpose:
    try:
        return purposes()[code]
    except KeyError as error:
        raise UnknownPurpose(f"no manifest declares the purpose {code!r} of files") from error
