"""The file that `okienko backup` writes: a tar of a manifest, one JSON-lines member per table, and the files.

The same archive goes back into SQLite and PostgreSQL. The manifest lists every member with its size and
SHA-256; an archive with anything missing, changed or added is refused before a row is touched.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from okienko.interfaces.cli.fault import CommandFault

FORMAT = 1
MANIFEST = "manifest.json"
TABLE = re.compile(r"data/([a-z0-9_]+\.[A-Za-z0-9_]+)\.jsonl")
BLOCK = 1 << 20


@dataclass
class Member:
    size: int
    sha256: str
    rows: int | None = None


@dataclass
class Manifest:
    """What an archive holds, who made it and which tables it fits."""

    version: str
    made_at: str
    database: str
    migrations: list[str]
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    def tables(self) -> dict[str, int]:
        """`app.Model` -> rows."""
        found = {
            match[1]: member for name, member in self.members.items() if (match := TABLE.fullmatch(name))
        }
        return {label: member.rows or 0 for label, member in found.items()}


def digest(stream: IO[bytes]) -> tuple[int, str]:
    size, total = 0, hashlib.sha256()
    while block := stream.read(BLOCK):
        size += len(block)
        total.update(block)
    return size, total.hexdigest()


class Writer:
    """Adds members to a tar and notes their sums; `close` writes the manifest last."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self.tar, self.manifest = tar, manifest

    def add(self, name: str, path: Path, rows: int | None = None) -> None:
        with path.open("rb") as stream:
            size, sha256 = digest(stream)
            stream.seek(0)
            self.tar.addfile(self._entry(name, size), stream)
        self.manifest.members[name] = Member(size, sha256, rows)

    def close(self) -> None:
        text = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1).encode()
        self.tar.addfile(self._entry(MANIFEST, len(text)), io.BytesIO(text))

    @staticmethod
    def _entry(name: str, size: int) -> tarfile.TarInfo:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        return entry


@contextmanager
def opened(path: Path) -> Iterator[tarfile.TarFile]:
    if not path.is_file():
        raise CommandFault(f"there is no file {path}")
    try:
        with tarfile.open(path, "r:*") as tar:
            yield tar
    except tarfile.TarError as error:
        raise CommandFault(f"{path} is not an archive made by `okienko backup`: {error}") from error


def safe_name(name: str) -> bool:
    """Whether a member stays below the folder that it is unpacked into."""
    path = PurePosixPath(name)
    plain = not path.is_absolute() and ".." not in path.parts and "\\" not in name and "\0" not in name
    return plain and (bool(TABLE.fullmatch(name)) or (path.parts[:1] == ("files",) and len(path.parts) > 1))


def checked(tar: tarfile.TarFile) -> Manifest:
    """The manifest, once every member has been read and found to be what it says."""
    members = {entry.name: entry for entry in tar.getmembers()}
    if MANIFEST not in members:
        raise CommandFault(
            "the archive has no manifest; it is not whole, or `okienko backup` did not make it"
        )
    manifest = _read_manifest(tar, members.pop(MANIFEST))
    for name, entry in members.items():
        if not entry.isfile() or not safe_name(name):
            raise CommandFault(f"the archive holds {name!r}, which no backup contains; nothing was changed")
    if odd := sorted(set(members) ^ set(manifest.members)):
        raise CommandFault(f"the archive and its manifest do not agree on {odd[0]!r}; nothing was changed")
    for name, said in manifest.members.items():
        stream = tar.extractfile(members[name])
        if stream is None or digest(stream) != (said.size, said.sha256):
            raise CommandFault(
                f"{name!r} is damaged: its SHA-256 sum is not the one noted; nothing was changed"
            )
    return manifest


def _read_manifest(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Manifest:
    try:
        stream = tar.extractfile(entry)
        raw = json.loads(stream.read()) if stream else {}
        if raw.get("format") != FORMAT:
            raise CommandFault(
                f"the archive has format {raw.get('format')!r}; this version reads format {FORMAT}"
            )
        members = {name: Member(**said) for name, said in raw.pop("members").items()}
        return Manifest(**raw, members=members)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandFault(f"the manifest of the archive cannot be read: {error}") from error
