"""The only way in which a kept file leaves Okienko."""

from __future__ import annotations

from django.http import FileResponse

from okienko.foundation.files import api
from okienko.foundation.files.kinds import KINDS
from okienko.foundation.files.models import StoredFile
from okienko.foundation.files.purposes import UnknownPurpose
from okienko.foundation.offices.actor import Actor


def may_download(actor: Actor, file: StoredFile) -> bool:
    """Whether the actor holds the permission of what the file is for; nobody, if no module knows that."""
    try:
        return actor.can(file.purpose.permission)
    except UnknownPurpose:
        return False


def file_response(file: StoredFile) -> FileResponse:
    """A download that the browser neither guesses about, runs, nor keeps. The right is checked before."""
    kind = KINDS.get(file.kind)
    response = FileResponse(
        api.open_content(file),
        as_attachment=True,
        filename=file.name,
        content_type=kind.media_type if kind else "application/octet-stream",
    )
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
