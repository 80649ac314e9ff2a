"""The name that a person gave a file: a label to show, never a path."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
# Marks that turn the direction of writing make "fdp.exe" look like "exe.pdf".
_UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(name: str, fallback: str = "plik") -> str:
    """The last part of `name`, without what could mislead a person, a header, or a file system."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in last if unicodedata.category(char) not in _UNWANTED)
    kept = re.sub(r'[<>:"|?*;]', "_", kept)
    kept = re.sub(r"\s+", " ", kept).strip(" .")
    suffix = extension(kept)
    stem = kept[: len(kept) - len(suffix)].strip(" .") or fallback
    return stem[: LONGEST - len(suffix)] + suffix


def extension(name: str) -> str:
    """`.csv` of `Answers.CSV`, with the case it has; empty when there is none worth the name."""
    suffix = PurePosixPath(name).suffix
    return suffix if 1 < len(suffix) <= 10 else ""
