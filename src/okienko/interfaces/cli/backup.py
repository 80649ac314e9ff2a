"""`okienko backup FILE`: the whole installation, at one moment, in one archive; the server may go on."""

from __future__ import annotations

import argparse
import os
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from okienko import __version__
from okienko.interfaces.cli.archive import Manifest, Writer
from okienko.interfaces.cli.fault import CommandFault
from okienko.interfaces.cli.manage import start_django


def files_dir() -> Path:
    """Where the default storage keeps what people have uploaded and what was made for them."""
    from django.conf import settings

    return Path(settings.STORAGES["default"]["OPTIONS"]["location"])


def run(arguments: list[str]) -> int:
    reader = argparse.ArgumentParser(
        prog="okienko backup", description="Write database and files into one archive."
    )
    reader.add_argument(
        "file", type=Path, help="the archive to write: NAME.tar, or NAME.tar.gz to have it packed"
    )
    reader.add_argument("--force", action="store_true", help="write over a file that is already there")
    options = reader.parse_args(arguments)
    start_django()
    manifest = write(options.file, force=options.force)
    rows, files = sum(manifest.tables().values()), len(manifest.members) - len(manifest.tables())
    print(f"{options.file}: {rows} rows of {len(manifest.tables())} tables and {files} files")
    print("It holds personal data: keep it where only those who may read them can.")
    return 0


def write(path: Path, *, force: bool = False) -> Manifest:
    """Write the archive beside its place first, so that a broken run leaves no half of one."""
    if path.exists() and not force:
        raise CommandFault(f"{path} is already there; choose another name, or --force to write over it")
    if not path.parent.is_dir():
        raise CommandFault(f"there is no folder {path.parent}")
    part = path.with_name(path.name + ".part")
    packed = path.suffix in {".gz", ".tgz"}
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz" if packed else "w") as tar:
                manifest = _fill(tar)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    except OSError as error:
        raise CommandFault(f"{path} could not be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _fill(tar: tarfile.TarFile) -> Manifest:
    from django.db import connection

    from okienko.interfaces.cli import rows

    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    writer = Writer(tar, Manifest(__version__, made_at, connection.vendor, rows.migrations()))
    with tempfile.TemporaryDirectory() as folder, rows.snapshot():
        for model in rows.tables():
            member = Path(folder) / "rows.jsonl"
            number = rows.write_rows(model, member)
            writer.add(f"data/{model._meta.label}.jsonl", member, number)
    # After the rows: a file is written before its row, so every file that a row names is there.
    for file in sorted(files_dir().rglob("*")):
        if file.is_file() and not file.is_symlink():
            writer.add(f"files/{file.relative_to(files_dir()).as_posix()}", file)
    writer.close()
    return writer.manifest
