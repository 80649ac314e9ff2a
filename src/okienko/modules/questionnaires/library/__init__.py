"""The ready questionnaires: names and files, readable without Django."""

from __future__ import annotations

from importlib.resources import files

#: In the order in which they are offered; the clients' questionnaire first.
NAMES = ("klienci", "puls", "pracownicy", "partnerzy")


def names() -> tuple[str, ...]:
    """Return the names of the ready questionnaires."""
    return NAMES


def read(name: str) -> bytes:
    """Return the JSON of a ready questionnaire. Raises ``KeyError`` for an unknown name."""
    if name not in NAMES:
        raise KeyError(name)
    return files(__package__).joinpath(f"{name}.json").read_bytes()
