"""Text that can be printed: letters that the typeface has, nothing invisible that reorders or breaks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from okienko.foundation.print.errors import PrintError

MISSING = "\u25a1"  # an empty square

# Controls but the line break; zero-width and bidirectional marks; variation selectors; private use.
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
    "\ufff9-\uffff\ud800-\udfff\ue000-\uf8ff]"
)


def printable(text: str, letters: frozenset[int]) -> str:
    """The text with what cannot be set replaced: `MISSING` stands for a run of such letters.

    A client may have written a smiley or Chinese; PDF/UA forbids a letter without a glyph, and one comment
    must not stop the report of a whole office.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    text = _DROPPED.sub("", text)
    if text.isascii() or all(ord(letter) in letters or letter == "\n" for letter in text):
        return text
    out: list[str] = []
    for letter in text:
        if ord(letter) in letters or letter == "\n":
            out.append(letter)
            continue
        plain = unicodedata.normalize("NFKC", letter)
        if plain != letter and all(ord(part) in letters for part in plain):
            out.append(plain)
        elif not unicodedata.category(letter).startswith("M") and out[-1:] != [MISSING]:
            out.append(MISSING)
    return "".join(out)


def printable_data(value: Any, letters: frozenset[int], place: str = "data") -> Any:
    """The same for every string of JSON-able data; anything else that JSON cannot say is refused."""
    if isinstance(value, str):
        return printable(value, letters)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if value - value != 0:
            raise PrintError(f"{place}: {value} is not a number that can be printed")
        return value
    if isinstance(value, Mapping):
        return {str(key): printable_data(part, letters, f"{place}.{key}") for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [printable_data(part, letters, f"{place}[{k}]") for k, part in enumerate(value)]
    raise PrintError(
        f"{place}: {type(value).__name__} cannot be printed; give text, numbers, lists and mappings"
    )
