"""The typeface of printed files: Lato, put beside the static files by the asset build.

Typst reads TTF, not the woff2 files of the pages. Where the assets were not built, the typeface inside the
Typst package takes over, which has Polish and Ukrainian letters as well.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).resolve().parent.parent / "ui" / "static" / "okienko" / "fonts-print"
FAMILY = "Lato"
FALLBACK = "Libertinus Serif"
FILES = ("Lato-Regular.ttf", "Lato-Italic.ttf", "Lato-Bold.ttf", "Lato-BoldItalic.ttf", "Lato-Black.ttf")

# Letters that the typeface inside the Typst package certainly has: Latin, Cyrillic, signs.
_FALLBACK_RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x400, 0x45F), (0x490, 0x491), (0x2010, 0x2015),
    (0x2018, 0x2022), (0x2026, 0x2026), (0x202F, 0x2030), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x2190, 0x2193), (0x2212, 0x2212), (0x2260, 0x2265), (0x25A1, 0x25A1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family that Typst can set, and the letters that it has."""

    family: str
    fonts: typst.Fonts
    letters: frozenset[int]


@lru_cache(maxsize=4)
def typeface(folder: Path = FOLDER) -> Typeface:
    """The typeface to print with; never a font of the machine, so that files are the same everywhere."""
    import typst  # a whole compiler, which only those who print need

    if not (folder / FILES[0]).is_file():
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
        letters = frozenset(code for first, last in _FALLBACK_RANGES for code in range(first, last + 1))
        return Typeface(FALLBACK, fonts, letters)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    faces = [_letters((folder / name).read_bytes()) for name in FILES if (folder / name).is_file()]
    return Typeface(FAMILY, fonts, frozenset.intersection(*faces))


def _letters(font: bytes) -> frozenset[int]:
    """Code points of a TrueType file: its character map of format 4 (OpenType specification, `cmap`)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {
        tag: offset
        for tag, _, offset, _ in (struct.unpack_from(">4sIII", font, 12 + 16 * k) for k in range(count))
    }
    start = tables[b"cmap"]
    for k in range(struct.unpack_from(">H", font, start + 2)[0]):
        place = start + struct.unpack_from(">I", font, start + 8 + 8 * k)[0]
        if struct.unpack_from(">H", font, place)[0] == 4:
            return _format_4(font, place)
    raise ValueError("the font has no character map of format 4")


def _format_4(font: bytes, place: int) -> frozenset[int]:
    segments = struct.unpack_from(">H", font, place + 6)[0] // 2
    row = f">{segments}H"
    size = 2 * segments
    ends = struct.unpack_from(row, font, place + 14)
    starts = struct.unpack_from(row, font, place + 16 + size)
    deltas = struct.unpack_from(row, font, place + 16 + 2 * size)
    offsets_at = place + 16 + 3 * size
    offsets = struct.unpack_from(row, font, offsets_at)
    letters = set()
    for k, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", font, offsets_at + 2 * k + offset + 2 * (code - first))[0]
            # Glyph 0 is the box for "not here"; an index of 0 in the array means it too.
            if (not offset or glyph) and (glyph + delta) & 0xFFFF:
                letters.add(code)
    return frozenset(letters)
