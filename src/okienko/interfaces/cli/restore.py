"""`okienko restore FILE`: an archive of `okienko backup` into an empty installation, whole or not at all."""

from __future__ import annotations

import argparse
import shutil
import tarfile
from pathlib import Path

from okienko.interfaces.cli.archive import Manifest, checked, opened
from okienko.interfaces.cli.backup import files_dir
from okienko.interfaces.cli.fault import CommandFault
from okienko.interfaces.cli.manage import migrate, start_django


def run(arguments: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="okienko restore", description="Bring an archive back.")
    reader.add_argument("file", type=Path, help="the archive")
    reader.add_argument("--force", action="store_true", help="replace what the installation holds")
    options = reader.parse_args(arguments)
    start_django()
    manifest = restore(options.file, force=options.force)
    rows, files = sum(manifest.tables().values()), len(manifest.members) - len(manifest.tables())
    print(f"{options.file} of {manifest.made_at}: {rows} rows and {files} files are back.")
    print("Everybody signs in again; the secret key is not in the archive (see docs/administrator.md).")
    return 0


def restore(path: Path, *, force: bool = False) -> Manifest:
    """Check everything first; then change everything, or nothing."""
    with opened(path) as tar:
        manifest = checked(tar)
        migrate()
        _check_fits(manifest)
        if not force:
            _check_empty()
        new, old = files_dir().with_name("files.restoring"), files_dir().with_name("files.replaced")
        for folder in (new, old):
            shutil.rmtree(folder, ignore_errors=True)
        try:
            _unpack(tar, manifest, new)
            _load(tar, manifest, new, old)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return manifest


def _check_fits(manifest: Manifest) -> None:
    from okienko.interfaces.cli import rows

    here, there = set(rows.migrations()), set(manifest.migrations)
    known = {model._meta.label for model in rows.tables()}
    if here != there or known != set(manifest.tables()):
        odd = sorted(here ^ there) or sorted(known ^ set(manifest.tables()))
        raise CommandFault(
            f"the archive was made by version {manifest.version} with other tables ({odd[0]}); "
            "install that version, restore, then update; nothing was changed"
        )


def _check_empty() -> None:
    from okienko.foundation.accounts.models import User
    from okienko.foundation.offices.models import Network

    held = [str(model._meta.verbose_name_plural) for model in (User, Network) if model.objects.exists()]
    if files_dir().exists() and any(files_dir().iterdir()):
        held.append(str(files_dir()))
    if held:
        raise CommandFault(
            f"this installation is not empty ({', '.join(held)}); restore into an empty one, "
            "or use --force to replace all that it holds"
        )


def _unpack(tar: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o700)
    for name in manifest.members:
        if name.startswith("files/"):
            target = folder / name.removeprefix("files/")
            target.parent.mkdir(parents=True, exist_ok=True)
            stream = tar.extractfile(name)
            with target.open("wb") as out:
                shutil.copyfileobj(stream, out)
            target.chmod(0o600)


def _load(tar: tarfile.TarFile, manifest: Manifest, new: Path, old: Path) -> None:
    from django.db import connection, transaction

    from okienko.interfaces.cli import rows

    moved = False
    try:
        with transaction.atomic():
            rows.empty_tables()
            for model in rows.tables():
                label = model._meta.label
                number = rows.read_rows(model, tar.extractfile(f"data/{label}.jsonl"))
                if number != manifest.tables()[label]:
                    raise CommandFault(
                        f"{label} holds {number} rows, not as many as noted; nothing was changed"
                    )
            rows.set_sequences()
            connection.check_constraints()
            if files_dir().exists():
                files_dir().rename(old)
            new.rename(files_dir())
            moved = True
    except BaseException:
        if moved:
            shutil.rmtree(files_dir(), ignore_errors=True)
        if old.exists():
            old.rename(files_dir())
        raise
