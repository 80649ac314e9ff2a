"""Bursts: many answers through one link in a short time, as when somebody stuffs a ballot box.

Counted in memory by each process of the server, by link and not by person; no time is stored, the answer only
carries the flag. A form that is sent again, and so not stored again, is not counted again.
"""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

# More than so many answers within so many seconds. The questionnaire takes minutes, so even a queue of people
# with telephones in hand does not send six in ten seconds; twenty a minute is a crowd or a program.
LIMITS = ((5, 10.0), (20, 60.0))
MOST_LINKS = 2000

_recent: dict[str, deque[float]] = {}
_lock = Lock()


def is_burst(token: str, now: float | None = None) -> bool:
    """Would one more answer through this link, now, be more than people could give?"""
    now = time.monotonic() if now is None else now
    with _lock:
        times = _recent.get(token, ())
        return any(len(times) >= most and now - times[-most] < seconds for most, seconds in LIMITS)


def count(token: str, now: float | None = None) -> None:
    """An answer through this link has been stored."""
    now = time.monotonic() if now is None else now
    with _lock:
        if len(_recent) >= MOST_LINKS and token not in _recent:
            _recent.clear()
        _recent.setdefault(token, deque(maxlen=max(most for most, _ in LIMITS))).append(now)


def forget() -> None:
    """For tests: nothing was counted."""
    with _lock:
        _recent.clear()
