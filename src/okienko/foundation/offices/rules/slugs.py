"""Words for addresses, made from Polish names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

# Letters that Unicode does not take apart into a Latin letter and a mark.
_WHOLE = str.maketrans(
    {"ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
)


def transliterate(text: str) -> str:
    """The text in ASCII letters: „Gołuń” becomes "Golun"; what has no Latin letter is left out."""
    parted = unicodedata.normalize("NFKD", text.translate(_WHOLE))
    return parted.encode("ascii", "ignore").decode("ascii")


def make_slug(name: str, *, taken: Container[str] = (), fallback: str = "urzad", longest: int = 60) -> str:
    """An address word for `name` that is not in `taken`; the second of a name gets "-2", and so on."""
    words = re.findall(r"[a-z0-9]+", transliterate(name).lower())
    base = "-".join(words)[:longest].strip("-") or fallback
    slug, number = base, 1
    while slug in taken:
        number += 1
        tail = f"-{number}"
        slug = base[: longest - len(tail)].rstrip("-") + tail
    return slug
