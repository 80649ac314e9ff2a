"""The secrets in invitation letters. The letter holds the token, the database only its hash."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """A plain hash is enough for 256 random bits; there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()
