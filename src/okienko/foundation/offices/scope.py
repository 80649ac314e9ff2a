"""The office scope: which offices' rows the present piece of work may see.

It is opened in four places only: `@requires`, `@public`, `@job` and `all_offices`; `by_secret` serves
`@public` pages that are opened by a random token. A query on a scoped model outside of a scope raises
`ScopeMissing` when its SQL is made, whatever its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import structlog


class ScopeMissing(RuntimeError):
    """A scoped table was asked outside of any office scope."""


class ScopeViolation(PermissionError):
    """A row of an office outside the scope was about to be written."""


@dataclass(frozen=True)
class OfficeScope:
    """`offices`: whose rows are seen and written. `networks`: whose shared rows are seen.
    `writes_network`: may shared rows be written. `everything`: no limit (only by `all_offices`)."""

    offices: frozenset[int] = frozenset()
    networks: frozenset[int] = frozenset()
    writes_network: bool = False
    everything: bool = False

    def holds_office(self, office_id: int | None) -> bool:
        return self.everything or office_id in self.offices

    def may_write_shared(self, network_id: int, office_id: int | None) -> bool:
        """May a network-owned row be written: an office's own, or the network's by its role."""
        if self.everything:
            return True
        if office_id is not None:
            return office_id in self.offices and network_id in self.networks
        return self.writes_network and network_id in self.networks


_current: ContextVar[OfficeScope | None] = ContextVar("office_scope", default=None)
_log = structlog.get_logger("okienko.scope")


def active_scope() -> OfficeScope:
    """The open scope; `ScopeMissing` when there is none."""
    scope = _current.get()
    if scope is None:
        raise ScopeMissing("no office scope is open: use @requires, @public, @job or all_offices()")
    return scope


def scope_is_open() -> bool:
    return _current.get() is not None


@contextmanager
def open_scope(scope: OfficeScope) -> Iterator[OfficeScope]:
    """For the four doors only; everything else receives its scope from them."""
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


def office_scope(
    offices: Iterable[int], networks: Iterable[int] = (), *, writes_network: bool = False
) -> OfficeScope:
    return OfficeScope(frozenset(offices), frozenset(networks), writes_network)


@contextmanager
def all_offices(reason: str) -> Iterator[OfficeScope]:
    """Lift the limit for work that belongs to the whole installation; the reason goes to the log."""
    if not reason.strip():
        raise ValueError("all_offices needs a reason")
    _log.info("scope.all_offices", reason=reason)
    with open_scope(OfficeScope(everything=True)) as scope:
        yield scope


@contextmanager
def by_secret() -> Iterator[OfficeScope]:
    """For looking one row up by a long random secret, which itself is the right to that row.

    Unlike `all_offices` it writes no log line: on the answering path a time could point at a person.
    """
    with open_scope(OfficeScope(everything=True)) as scope:
        yield scope
