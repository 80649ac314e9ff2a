"""The theme's own promises: contrast, icons, pinned packages, no address in the lock file."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from threading import Event, Thread

import pytest

from okienko.foundation.testing.machine import require
from okienko.foundation.ui.icons import NAMES

ROOT = Path(__file__).resolve().parents[5]
TOKENS = ROOT / "assets" / "scss" / "_tokens.scss"
pytestmark = pytest.mark.skipif(not TOKENS.exists(), reason="the wheel carries no sources of the theme")

# Ink on its ground, at least 4.5:1.
TEXTS = [
    ("ok-ink", "ok-paper"), ("ok-ink", "ok-sheet"), ("ok-ink", "ok-paper-2"),
    ("ok-ink", "ok-brand-tint"), ("ok-ink-2", "ok-paper"), ("ok-ink-2", "ok-sheet"),
    ("ok-ink-2", "ok-paper-2"), ("ok-ink-2", "ok-brand-tint"), ("ok-brand", "ok-paper"),
    ("ok-brand", "ok-sheet"), ("ok-brand", "ok-brand-tint"), ("ok-brand", "ok-paper-2"),
    ("ok-brand-deep", "ok-brand-tint"), ("ok-on-brand", "ok-brand"), ("ok-on-brand", "ok-brand-deep"),
    ("ok-on-bar", "ok-bar"), ("ok-on-bar-2", "ok-bar"), ("ok-on-bar-2", "ok-bar-field"),
    ("ok-amber-ink", "ok-amber-tint"), ("ok-on-amber", "ok-amber"), ("ok-red", "ok-sheet"),
    ("ok-red", "ok-red-tint"), ("ok-on-red", "ok-red"), ("ok-on-red", "ok-red-sill"),
    ("ok-ink", "ok-amber-tint"), ("ok-ink", "ok-red-tint"),
    *[(f"sat-{step}-on", f"sat-{step}") for step in range(1, 6)],
]  # fmt: skip
# Edges of controls and marks of figures, at least 3:1.
MARKS = [
    ("ok-line-strong", "ok-paper"), ("ok-line-strong", "ok-sheet"), ("ok-line-strong", "ok-paper-2"),
    ("ok-amber-edge", "ok-sheet"), ("ok-bar-line", "ok-bar"), ("focus", "ok-paper"),
    ("focus", "ok-sheet"), ("ok-brand", "ok-sheet"), ("ok-red", "ok-paper"), ("fig-dot", "ok-sheet"),
    ("fig-trend", "ok-sheet"), ("fig-band-edge", "ok-sheet"), ("fig-ref", "ok-sheet"),
    *[(f"sat-{step}-edge", "ok-sheet") for step in range(1, 6)],
]  # fmt: skip


def colours(theme: str) -> dict[str, str]:
    """Tokens of the light theme, or of the dark one laid over it."""
    text = TOKENS.read_text()
    mixins = dict(re.findall(r"@mixin ([\w-]+) \{(.*?)\n\}", text, re.DOTALL))
    names = ["light-core", "light-more"] + (["dark-core", "dark-more"] if theme == "dark" else [])
    pairs = [
        pair for name in names for pair in re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})", mixins[name])
    ]
    return dict(pairs)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(sign * 2 for sign in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(theme, ink, ground):
    tokens = colours(theme)
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_edges_and_marks_can_be_seen(theme, mark, ground):
    tokens = colours(theme)
    assert contrast(tokens[mark], tokens[ground]) >= 3


def test_every_icon_has_its_shape_and_every_shape_its_name():
    lines = (ROOT / "assets" / "icons.txt").read_text().splitlines()
    drawn = [line.split(" ", 1)[0] for line in lines if line.strip() and not line.startswith("#")]
    assert sorted(drawn) == sorted(NAMES)


def test_icons_named_in_the_sources_exist():
    named = {}
    for file in [*ROOT.glob("src/**/*.html"), *ROOT.glob("src/**/*.py")]:
        if "/tests/" not in file.as_posix():
            for name in re.findall(r"""(?:\bicon=|{% icon )["']([a-z-]+)["']""", file.read_text()):
                named[name] = file.name
    assert {name: where for name, where in named.items() if name not in NAMES} == {}


def test_a_colour_is_named_before_it_is_used():
    stray = {}
    for file in (ROOT / "assets" / "scss").glob("*.scss"):
        if file.name not in {"_tokens.scss", "_settings.scss"}:
            rules = re.sub(r"//.*", "", file.read_text())
            found = re.findall(r":[^;{}]*?(#[0-9a-fA-F]{3,8}\b)", rules)
            stray[file.name] = [colour for colour in found if colour not in {"#fff", "#85c2ba"}]
    assert {name: found for name, found in stray.items() if found} == {}


def test_packages_are_pinned_and_the_lock_names_no_registry():
    package = json.loads((ROOT / "package.json").read_text())
    for version in package["devDependencies"].values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    lock = (ROOT / "package-lock.json").read_text()
    assert "resolved" not in lock
    assert "http" not in lock
    assert lock.count('"integrity"') > 10


def build(out: Path) -> subprocess.CompletedProcess:
    command = [shutil.which("node"), ROOT / "assets" / "build.mjs", "--out", out]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_a_running_server_never_lacks_its_style_sheet_while_the_assets_are_built(tmp_path):
    require("node")
    out = tmp_path / "static" / "okienko"
    assert build(out).returncode == 0
    made = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    for name in ("okienko.css", ".built-from", "fonts/alt.woff2"):
        (out / name).write_text("of an earlier build")
    lacking, done = [], Event()

    def watch() -> None:
        while not done.is_set():
            lacking.extend(name for name in made if not (out / name).exists())

    server = Thread(target=watch)
    server.start()
    again = build(out)
    done.set()
    server.join()
    assert again.returncode == 0, again.stderr
    assert set(lacking) == set()
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == made
    assert "of an earlier build" not in (out / "okienko.css").read_text()
    assert [path.name for path in out.parent.iterdir()] == ["okienko"], "nothing is left beside"
