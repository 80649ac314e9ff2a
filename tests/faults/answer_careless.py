"""Okienko with a store that thanks first, writes later and forgets its keys: what the tests must catch."""

from __future__ import annotations

import queue
import secrets
import threading
import time
from dataclasses import replace

from okienko.config.wsgi import application
from okienko.foundation.offices.scope import all_offices
from okienko.modules.collection.answering import store as real
from okienko.modules.collection.services import answering

__all__ = ["application"]
DELAY_SECONDS = 0.5
_store, _waiting = real.store, queue.SimpleQueue()


def promise(response: real.NewResponse) -> real.Outcome:
    _waiting.put(replace(response, key_hash=secrets.token_bytes(32)))
    return real.Outcome.STORED


def write_later() -> None:
    while True:
        time.sleep(DELAY_SECONDS)
        with all_offices("the control of a test"):
            for _ in range(_waiting.qsize()):
                _store(_waiting.get())


answering.store = promise
threading.Thread(target=write_later, daemon=True).start()
