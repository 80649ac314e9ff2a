"""Links and versions kept in the process, so that the form is served even when the database is down."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock

from django.db import DatabaseError, InterfaceError

from okienko.modules.collection.answering.form import CompiledVersion
from okienko.modules.collection.answering.store import drop_connection
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys import selectors as surveys
from okienko.modules.surveys.selectors import AnsweringLink

FRESH_SECONDS = 20.0
MOST_LINKS = 5000
MOST_VERSIONS = 200


@dataclass(slots=True)
class _Kept:
    link: AnsweringLink
    at: float


_links: dict[str, _Kept] = {}
_versions: dict[int, CompiledVersion] = {}
_lock = Lock()


class DoorClosed(RuntimeError):
    """The database does not answer, and nothing is kept for this link."""


def find_link(token: str) -> AnsweringLink | None:
    """The link of a token, at most `FRESH_SECONDS` old while the database answers."""
    kept = _links.get(token)
    now = time.monotonic()
    if kept is not None and now - kept.at < FRESH_SECONDS:
        return kept.link
    try:
        link = surveys.link_for_answering(token)
    except (DatabaseError, InterfaceError) as error:
        drop_connection()
        if kept is None:
            raise DoorClosed from error
        return kept.link
    with _lock:
        if link is None:
            _links.pop(token, None)
        else:
            if len(_links) >= MOST_LINKS:
                _links.clear()
            _links[token] = _Kept(link, now)
    return link


def find_version(link: AnsweringLink) -> CompiledVersion:
    """The compiled version that a link asks; a published version never changes, so it is kept for ever."""
    assert link.version_id is not None
    version = _versions.get(link.version_id)
    if version is None:
        try:
            definition = questionnaires.get_version(link.version_id).definition
        except (DatabaseError, InterfaceError) as error:
            drop_connection()
            raise DoorClosed from error
        version = CompiledVersion(definition)
        with _lock:
            if len(_versions) >= MOST_VERSIONS:
                _versions.clear()
            _versions[link.version_id] = version
    return version


def look_again(token: str) -> None:
    """What is kept of a link has turned out to be outdated."""
    _links.pop(token, None)


def forget() -> None:
    """For tests: nothing is kept."""
    with _lock:
        _links.clear()
        _versions.clear()
