"""Which encoding a text is in: Polish files come in five. An honest answer, or a question."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from okienko.foundation.files.tables.model import fault

UTF8, UTF16, CP1250, LATIN2 = "utf-8", "utf-16", "windows-1250", "iso-8859-2"
ENCODINGS = (UTF8, CP1250, LATIN2, UTF16, "windows-1252", "windows-1251")
POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
TYPOGRAPHY = frozenset("„”“’‘–—…€§°«»•\u00a0")
# The same byte is ± or ą, ¶ or ś, Ľ or ź, š or ą: one reading is common in Polish tables, the other is not.
UNLIKELY = frozenset("ˇ±¶ĽľŠšŤťŽžŞşľ˘¤¦¬Ąą") - POLISH


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str
    certain: bool = True


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """The text, without its byte-order mark; `TableFault` where the bytes are not what they should be."""
    if encoding is not None:
        return _decode_as(content, encoding)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_as(content, UTF16)
    if content.startswith(codecs.BOM_UTF8):
        return _decode_as(content, UTF8)
    if unmarked := _unmarked_utf16(content):
        return Decoded(content.decode(unmarked, "replace"), UTF16)
    try:
        return Decoded(content.decode("utf-8"), UTF8)
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(content):
            raise fault("mixed_encoding", row=_row_of(content, error.start)) from error
    return _decode_single_byte(content)


def _decode_as(content: bytes, encoding: str) -> Decoded:
    if encoding not in ENCODINGS:
        raise fault("unknown_encoding", encoding=encoding, encodings=", ".join(ENCODINGS))
    codec = "utf-8-sig" if encoding == UTF8 else encoding
    if encoding == UTF16 and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = _unmarked_utf16(content) or "utf-16-le"
    try:
        return Decoded(content.decode(codec), encoding)
    except UnicodeDecodeError as error:
        raise fault("encoding", row=_row_of(content, error.start), encoding=encoding) from error


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without its mark has a NUL in every other place; "" if this is not it."""
    head = content[:10_000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) <= 0.2 * len(head) or min(even, odd) >= 0.025 * len(head):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_mostly_utf8(content: bytes) -> bool:
    """Many letters in proper UTF-8 and a few bytes that are not: damaged, rather than another encoding."""
    text = content.decode("utf-8", "surrogateescape")
    broken = sum(1 for char in text if "\udc80" <= char <= "\udcff")
    proper = sum(1 for char in text if char > "\x7f") - broken
    return proper > 4 * broken


def _decode_single_byte(content: bytes) -> Decoded:
    """Windows-1250 or ISO-8859-2, by what the bytes that differ would spell."""
    counts = {byte: content.count(bytes([byte])) for byte in range(0x80, 0x100)}
    counts = {byte: count for byte, count in counts.items() if count}
    scores = {codec: _score(counts, codec) for codec in (CP1250, LATIN2)}
    best, other = sorted(scores, key=lambda codec: -scores[codec])
    text = content.decode(best, "replace")
    is_polish = scores[best] > 0.6 * sum(counts.values())
    differs = text != content.decode(other, "replace")
    certain = is_polish and (not differs or scores[best] > 2 * max(scores[other], 0))
    return Decoded(text, best, certain)


def _score(counts: dict[int, int], codec: str) -> int:
    score = 0
    for byte, count in counts.items():
        char = bytes([byte]).decode(codec, "replace")
        if char in POLISH or char in TYPOGRAPHY:
            score += count
        elif char == "\ufffd" or "\x80" <= char <= "\x9f":
            score -= 5 * count
        elif char in UNLIKELY:
            score -= 2 * count
    return score


def _row_of(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1
