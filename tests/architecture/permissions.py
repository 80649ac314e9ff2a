"""`python -m tests.architecture.permissions` writes docs/permissions.md anew (`make docs`)."""

from __future__ import annotations

from django.utils import translation

from okienko.foundation.registry import Role, manifests
from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "permissions.md"
HEAD = """# Permissions

A permission, the command that needs it and the word in the audit trail are one string. A module declares it
once, in its manifest (`module.py`), with the roles that hold it. This page is written by `make docs`; a test
fails when it is out of date.

Roles: `coordinator` and `deputy` run surveys in an office; `head` reads and decides; `analyst` works with
data; `clerk` types in paper forms; `member` is any employee; `network_coordinator` works in the centre;
`person` is anybody signed in. Work that the system does by itself, on a schedule or from the console, is
marked `system`.
"""


def page() -> str:
    """The page as it should be."""
    order = list(Role)
    parts = [HEAD]
    with translation.override("en"):
        for manifest in manifests():
            if not manifest.permissions:
                continue
            parts.append(
                f"\n## `{manifest.label}`\n\n| permission | what it allows | roles |\n|---|---|---|\n"
            )
            for item in manifest.permissions:
                roles = " ".join(f"`{role}`" for role in sorted(item.roles, key=order.index)) or "`system`"
                parts.append(f"| `{item.code}` | {item.label} | {roles} |\n")
    return "".join(parts)


if __name__ == "__main__":
    from okienko.interfaces.cli.manage import start_django

    start_django("test")
    PAGE.write_text(page(), encoding="utf-8")
