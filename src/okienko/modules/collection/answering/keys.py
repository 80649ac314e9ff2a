"""The one-time submission key: CSRF guard and idempotency key in one, so that no cookie is needed.

`<random 128 bits><expiry>.<HMAC over the two and the link's token>`; the database keeps only a keyed hash.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256

from django.conf import settings

LIFE = timedelta(hours=24)
KEPT = timedelta(hours=48)
_RANDOM, _TIME, _SIGN = 16, 4, 16


class KeyState(StrEnum):
    VALID = "valid"
    STALE = "stale"
    FOREIGN = "foreign"


@cache
def _secret(purpose: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"okienko.answering.{purpose}".encode(), sha256)


def _sign(body: bytes, token: str) -> bytes:
    return hmac.digest(_secret("key"), body + token.encode(), sha256)[:_SIGN]


def new_key(token: str, now: datetime) -> str:
    """A fresh key for the page of one link."""
    expires = int((now + LIFE).timestamp())
    body = secrets.token_bytes(_RANDOM) + expires.to_bytes(_TIME, "big")
    return urlsafe_b64encode(body + _sign(body, token)).decode()


def check_key(key: str, token: str, now: datetime) -> KeyState:
    """Whether a key was made here for this link, and is still fresh."""
    try:
        raw = urlsafe_b64decode(key.encode("ascii"))
    except ValueError:
        return KeyState.FOREIGN
    if urlsafe_b64encode(raw).decode() != key:
        # The decoder passes over signs that it does not know: one key could be spelt, and used, many times.
        return KeyState.FOREIGN
    body, sign = raw[: _RANDOM + _TIME], raw[_RANDOM + _TIME :]
    if len(raw) != _RANDOM + _TIME + _SIGN or not hmac.compare_digest(sign, _sign(body, token)):
        return KeyState.FOREIGN
    expires = datetime.fromtimestamp(int.from_bytes(body[_RANDOM:], "big"), tz=UTC)
    return KeyState.VALID if now <= expires else KeyState.STALE


def stored_hash(key: str) -> bytes:
    """What the database keeps of a key for 48 hours."""
    return hmac.digest(_secret("stored"), key.encode(), sha256)


def kept_until(today: date) -> date:
    return today + KEPT
