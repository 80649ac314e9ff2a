"""The rows that the addresses of this module name, for the tests of who may come in."""

from __future__ import annotations

from okienko.modules.collection.tests import addresses_answers, addresses_entry


def rows(office) -> dict[str, dict]:
    """Parameters by route name."""
    return addresses_answers.rows(office) | addresses_entry.rows(office)
