"""Kinds of files, told by their content. The name and the type that a browser declares are only claims."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass

# A workbook's list of entries is some kilobytes; more is a bomb for whoever reads it.
LONGEST_DIRECTORY = 2_000_000
END_OF_DIRECTORY = b"PK\x05\x06"


@dataclass(frozen=True)
class Kind:
    """`sniffed`: what `sniff` says of its content."""

    code: str
    extensions: tuple[str, ...]
    media_type: str
    sniffed: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("csv", (".csv", ".txt", ".tsv"), "text/csv", "text"),
        Kind("xlsx", (".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        Kind("pdf", (".pdf",), "application/pdf", "pdf"),
        Kind("png", (".png",), "image/png", "png"),
        Kind("jpeg", (".jpg", ".jpeg"), "image/jpeg", "jpeg"),
        Kind("svg", (".svg",), "image/svg+xml", "text"),
        Kind("json", (".json",), "application/json", "text"),
        Kind("toml", (".toml",), "application/toml", "text"),
        Kind("parquet", (".parquet",), "application/vnd.apache.parquet", "parquet"),
        Kind("zip", (".zip",), "application/zip", "zip"),
    )
}
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(content: bytes) -> str:
    """What the bytes are: text, xlsx, xlsm, pdf, png, jpeg, ole, parquet, zip, gzip, … or unknown."""
    for start, name in MAGIC:
        if content.startswith(start):
            return name
    if content.startswith((b"PK\x03\x04", END_OF_DIRECTORY)):
        return _kind_of_zip(content)
    return "text" if _looks_like_text(content) else "unknown"


def _kind_of_zip(content: bytes) -> str:
    end = content.rfind(END_OF_DIRECTORY, max(0, len(content) - 66_000))
    if (
        end < 0
        or len(content) < end + 22
        or struct.unpack_from("<I", content, end + 12)[0] > LONGEST_DIRECTORY
    ):
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, RuntimeError, OverflowError):
        return "zip"
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return "zip"
    return "xlsm" if any(name.lower().endswith("vbaproject.bin") for name in names) else "xlsx"


def _looks_like_text(content: bytes) -> bool:
    """Text has no NUL (unless UTF-16 says so at once) and next to no other control characters."""
    head = content[:65_536]
    if head.startswith(BOMS):
        return True
    if b"\0" not in head:
        return _few_controls(head.decode("latin-1"))
    # UTF-16 without its mark: every other byte of Latin text is NUL, and only one half of them.
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) <= 0.2 * len(head) or min(even, odd) >= 0.025 * len(head):
        return False
    return _few_controls(head.decode("utf-16-be" if even > odd else "utf-16-le", "replace"))


def _few_controls(text: str) -> bool:
    return sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\f\r") <= len(text) // 100
