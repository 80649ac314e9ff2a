"""Keeping and reading files, for use inside of commands and jobs.

A file's content is written before the row is committed and deleted after, so a row never lacks its content;
content that a failed transaction left behind is swept up at night (`jobs`).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from okienko.foundation.files.kinds import KINDS, Kind, sniff
from okienko.foundation.files.models import StoredFile
from okienko.foundation.files.names import clean_name, extension
from okienko.foundation.files.purposes import Purpose, get_purpose
from okienko.foundation.offices.actor import Actor
from okienko.foundation.offices.models import Office

FOLDER = "stored"


@dataclass(frozen=True)
class _Origin:
    by: Actor
    at: datetime
    office: Office | None
    declared_type: str = ""


class FileFault(ValueError):
    """A file cannot be taken; the text says which, why, and what to do."""


def keep_upload(
    upload: UploadedFile, *, purpose: str, by: Actor, at: datetime, office: Office | None = None
) -> StoredFile:
    """Check what a person sends and keep it; `FileFault` when it is too large, empty, or not what it says."""
    rules = get_purpose(purpose)
    name = clean_name(upload.name or "")
    if upload.size is None or upload.size > rules.max_bytes:
        raise FileFault(_too_large(name, rules))
    content = upload.read(rules.max_bytes + 1)
    if len(content) > rules.max_bytes:
        raise FileFault(_too_large(name, rules))
    kind = check_kind(content, name, rules)
    declared = "".join(char for char in upload.content_type or "" if " " <= char <= "~")[:100]
    return _keep(content, name, kind, rules, _Origin(by, at, office, declared))


def keep_bytes(
    content: bytes, *, name: str, purpose: str, by: Actor, at: datetime, office: Office | None = None
) -> StoredFile:
    """Keep a file that Okienko has made. Its name and content are checked all the same."""
    rules = get_purpose(purpose)
    name = clean_name(name)
    return _keep(content, name, check_kind(content, name, rules), rules, _Origin(by, at, office))


def check_kind(content: bytes, name: str, rules: Purpose) -> Kind:
    """The kind that both the content and the name say; `FileFault` when they differ or it is not wanted."""
    if not content:
        raise FileFault(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    sniffed, ending = sniff(content), extension(name).lower()
    allowed = [KINDS[code] for code in rules.kinds]
    for kind in allowed:
        if ending in kind.extensions and kind.sniffed == sniffed:
            return kind
    endings = ", ".join(kind.extensions[0] for kind in allowed)
    if any(kind.sniffed == sniffed for kind in allowed):
        text = _("“%(name)s” has a name that does not fit what is in it. Its name must end with %(endings)s.")
    elif any(ending in kind.extensions for kind in allowed):
        text = _(
            "“%(name)s” is called %(ending)s, but something else is in it. "
            "Open it in the program that made it and save it again as %(endings)s."
        )
    else:
        text = _("“%(name)s” is of a kind that cannot be used here. Choose one of these: %(endings)s.")
    raise FileFault(text % {"name": name, "ending": ending, "endings": endings})


def open_content(file: StoredFile) -> IO[bytes]:
    return default_storage.open(file.content_name, "rb")


def read_content(file: StoredFile) -> bytes:
    with open_content(file) as content:
        return content.read()


def discard(file: StoredFile) -> None:
    """Delete the row with the present transaction, and the content once that is committed."""
    name = file.content_name
    file.delete()
    transaction.on_commit(partial(default_storage.delete, name))


def all_content_names() -> Iterable[str]:
    """Every content in the storage, with a row or without."""
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"


def _keep(content: bytes, name: str, kind: Kind, rules: Purpose, origin: _Origin) -> StoredFile:
    by, office = origin.by, origin.office
    secret = secrets.token_hex(20)
    row = StoredFile(
        purpose_code=rules.code,
        name=name,
        kind=kind.code,
        declared_type=origin.declared_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content_name=f"{FOLDER}/{secret[:2]}/{secret[2:]}",
        office_id=office.pk if office else by.office_id,
        network_id=office.network_id if office else by.network_id,
        created_by_id=by.user_id,
        created_at=origin.at,
        expires_on=_expiry(rules, origin.at),
    )
    row.check_scope()
    row.content_name = default_storage.save(row.content_name, ContentFile(content))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except BaseException:
        default_storage.delete(row.content_name)
        raise
    return row


def _expiry(rules: Purpose, at: datetime) -> date | None:
    return timezone.localdate(at) + timedelta(days=rules.keep_days) if rules.keep_days is not None else None


def _too_large(name: str, rules: Purpose) -> str:
    limit = filesizeformat(rules.max_bytes)
    return _(
        "“%(name)s” is too large: at most %(limit)s are taken here. Split it or leave out what is not needed."
    ) % {
        "name": name,
        "limit": limit,
    }
