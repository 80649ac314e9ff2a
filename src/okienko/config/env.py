"""The only reader of the process environment. Every variable is listed in `docs/administrator.md`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]


class EnvironmentFault(ValueError):
    """A variable of the environment has a value that Okienko cannot use."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "tak", "0", "false", "no", "nie"}:
        return default if value == "" else value in {"1", "true", "yes", "tak"}
    raise EnvironmentFault(f"{name}={value!r}: use 1 or 0")


def number(name: str, default: int) -> int:
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError as error:
        raise EnvironmentFault(f"{name}={value!r}: a whole number is needed") from error


def words(name: str, default: str = "") -> list[str]:
    return [word for word in text(name, default).replace(",", " ").split() if word]


def data_dir() -> Path:
    """Where the database file, uploads and keys live; a checkout keeps them in `var/`."""
    if chosen := text("OKIENKO_DATA"):
        return Path(chosen).expanduser().resolve()
    if (CHECKOUT / "run.py").exists():
        return CHECKOUT / "var"
    base = text("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "okienko"


def suggest(name: str, value: str) -> None:
    """Give this process and those that it starts a value, unless the operator has given one."""
    os.environ.setdefault(name, value)


def choose_settings(name: str = "") -> None:
    """Name Django's settings unless the environment has: `dev` in a checkout, `production` elsewhere."""
    default = name or ("dev" if (CHECKOUT / "run.py").exists() else "production")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"okienko.config.settings.{default}")


def calm_blas() -> None:
    """One thread for matrix products, unless the environment says otherwise; before NumPy is imported.

    Ours are many and small: a second thread waits more than it works, at four times the processor time.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def secret_key() -> str:
    """`SECRET_KEY`, or a key made once and kept, readable by its owner only, in the data directory."""
    if key := text("SECRET_KEY"):
        return key
    path = data_dir() / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key


def database() -> dict:
    """Django's settings of the database named by `DATABASE_URL` (SQLite in the data directory by default)."""
    url = text("DATABASE_URL") or f"sqlite:///{data_dir() / 'okienko.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(url.removeprefix("sqlite:///"))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise EnvironmentFault(f"DATABASE_URL={url!r}: it must begin with sqlite:/// or postgres://")


def _sqlite(path: str) -> dict:
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    # FULL, not NORMAL: in WAL mode NORMAL may lose the last commits at a power cut, and an
    # acknowledged answer must survive one.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
        },
    }
