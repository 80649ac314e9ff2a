"""Put the pictures of the manual into `obrazy/`: from `build/screens/`, narrow enough and small enough.

    .venv/bin/python docs/podrecznik/obrazki.py

The pictures come from `tests/e2e/test_pictures.py` (`python3 run.py test tests/e2e/test_pictures.py`).
A picture that would be too heavy gets fewer colours; one that is too tall is cut at the bottom.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
SCREENS = HERE.parents[1] / "build" / "screens"
WIDTH, HEIGHT, MOST_BYTES, MOST_PICTURES = 1200, 1200, 120_000, 20
COLOURS = (192, 128, 64, 32, 16)

# picture of the manual: page as the test names it
CHOSEN = {
    "pulpit": "pulpit",
    "gotowe-kwestionariusze": "gotowe-kwestionariusze",
    "edytor": "edytor-poczatek",
    "plan-fali": "plan-fali",
    "kogo-pytamy": "kogo-pytamy",
    "dyzury": "dyzury",
    "linki": "linki",
    "fala-otwarta": "fala-otwarta",
    "ankieta": "ankieta-uk",
    "wpisywanie": "wpisywanie",
    "partia": "partia",
    "import": "import",
    "wyniki": "wyniki",
    "pytanie": "pytanie",
    "pisanie-raportu": "pisanie-raportu",
    "decyzja": "decyzja",
    "porownania": "porownania",
    "ludzie": "ludzie",
    "dane-osobowe": "dane-osobowe",
}


def small(source: Path, target: Path) -> int:
    """Write the picture and return its size in bytes."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    if picture.width > WIDTH:
        height = round(picture.height * WIDTH / picture.width)
        picture = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    picture = picture.crop((0, 0, picture.width, min(picture.height, HEIGHT)))
    for colours in COLOURS:
        # without dithering: dots do not compress and blur the letters; rare colours of charts are kept
        few = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            break
    return target.stat().st_size


def main() -> int:
    missing = [name for name in CHOSEN.values() if not (SCREENS / f"{name}-1440.png").exists()]
    if missing:
        print(
            f"not in {SCREENS}: {', '.join(missing)}; run tests/e2e/test_pictures.py first", file=sys.stderr
        )
        return 1
    sizes = {
        name: small(SCREENS / f"{page}-1440.png", HERE / "obrazy" / f"{name}.png")
        for name, page in CHOSEN.items()
    }
    for name, size in sizes.items():
        print(f"{size:>8} {name}")
    heavy = [name for name, size in sizes.items() if size > MOST_BYTES]
    if heavy or len(sizes) > MOST_PICTURES:
        print(f"too heavy or too many: {', '.join(heavy)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
