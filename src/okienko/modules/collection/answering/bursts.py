"""Bursts: many answers through one link in a short time, as when somebody stuffs a ballot box.

Counted in memory, by link and not by person; no time is stored, the answer only carries the flag.
"""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

WINDOW_SECONDS = 60.0
MOST = 20
MOST_LINKS = 2000

_recent: dict[str, deque[float]] = {}
_lock = Lock()


def is_burst(token: str, now: float | None = None) -> bool:
    """Count an answer through this link; were there more in the last minute than people could give?"""
    now = time.monotonic() if now is None else now
    with _lock:
        if len(_recent) >= MOST_LINKS:
            _recent.clear()
        times = _recent.setdefault(token, deque(maxlen=MOST + 1))
        times.append(now)
        return len(times) > MOST and now - times[0] < WINDOW_SECONDS


def forget() -> None:
    """For tests: nothing was counted."""
    with _lock:
        _recent.clear()
