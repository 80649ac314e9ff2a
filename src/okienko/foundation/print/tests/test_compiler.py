import os
import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from okienko.foundation.print import PrintError, compile_pdf, compiler
from okienko.foundation.print.fonts import FOLDER, typeface
from okienko.foundation.print.images import LIMIT
from okienko.foundation.print.tests.samples import AT, IMAGES, elements, opened, report, text_of
from okienko.foundation.testing.machine import require

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = f'<svg {NAMES} width="9" height="9">{{}}</svg>'


@pytest.mark.parametrize(
    "name", ["letter", "../typst/report", "okienko/../report", "", "report.typ", "/etc/passwd"]
)
def test_only_templates_of_the_package_are_compiled(name: str) -> None:
    with pytest.raises(PrintError, match="no template"):
        compile_pdf(name, report(), images=IMAGES, at=AT)


def test_a_file_needs_a_title_and_a_date_with_a_zone() -> None:
    with pytest.raises(PrintError, match="title"):
        compile_pdf("report", report() | {"title": " "}, images=IMAGES, at=AT)
    with pytest.raises(PrintError, match="time zone"):
        compile_pdf("report", report(), images=IMAGES, at=AT.replace(tzinfo=None))


def test_a_warning_of_the_compiler_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    face = typeface(FOLDER)
    unknown = type(face)("Nie Ma Takiego Kroju", face.fonts, face.letters)
    monkeypatch.setattr(compiler, "typeface", lambda folder: unknown)
    with pytest.raises(PrintError, match="unknown font family"):
        compile_pdf("report", report(), images=IMAGES, at=AT)


def test_without_built_assets_another_typeface_prints_the_same_letters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiler, "FOLDER", tmp_path)
    pdf = compile_pdf("report", report(), images=IMAGES, at=AT)
    assert "Zażółć gęślą jaźń, ŻÓŁĆ." in text_of(pdf)
    assert "Дуже ввічливо." in text_of(pdf)
    assert opened(pdf).Root.MarkInfo.Marked


def test_the_typeface_of_the_bundle_has_polish_and_ukrainian_letters() -> None:
    require("assets")
    face = typeface(FOLDER)
    assert face.family == "Lato"
    assert set(map(ord, "ąćęłńóśźżĄĆĘŁŃÓŚŹŻґєіїҐЄІЇ„”–−×→↑□")) <= face.letters
    assert not {0x1F600, 0x4E2D} & face.letters


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (SVG.format("<script>alert(1)</script>"), "script"),
        (SVG.format('<image href="file:///etc/passwd" width="9" height="9"/>'), "outside itself"),
        (SVG.format('<use xlink:href="http://example.org/a.svg#b"/>'), "outside itself"),
        (SVG.format('<rect width="9" height="9" onload="x"/>'), "outside itself"),
        (SVG.format('<rect width="9" height="9" fill="url(http://example.org/a)"/>'), "outside itself"),
        (SVG.format("<foreignObject/>"), "foreignObject"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<text>&a;</text>"), "well-formed"),
        ("<svg", "well-formed"),
        (b"GIF89a\xff", "not an SVG"),
        (b"\x89PNG\r\n\x1a\n broken", "decode|image|PNG|png"),
        ("<svg>" + " " * LIMIT + "</svg>", "larger"),
    ],
)
def test_a_picture_that_is_broken_or_reaches_outside_is_refused(image: str | bytes, message: str) -> None:
    with pytest.raises(PrintError, match=message):
        compile_pdf("report", report(), images={"areas": image}, at=AT)


def png(side: int) -> bytes:
    """A grey square (PNG specification: signature, header, data, end)."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = (b"\x00" + b"\x80" * side) * side
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def test_a_png_emblem_is_printed() -> None:
    data = report()
    data["cover"]["logo"] = {"image": "emblem", "alt": "Herb Brzozowa Dolnego"}
    document = opened(compile_pdf("report", data, images=IMAGES | {"emblem": png(40)}, at=AT))
    assert "Herb Brzozowa Dolnego" in [str(figure.Alt) for figure in elements(document, "/Figure")]
    pictures = [
        o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
    ]
    assert [(int(o.Width), int(o.Height)) for o in pictures] == [(40, 40)]


def test_files_can_be_made_in_threads() -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: compile_pdf("report", report(), images=IMAGES, at=AT), range(2))
    assert first == second


FORKING = """
import os, sys
from okienko.foundation.print import PrintError, compile_pdf
from okienko.foundation.print.tests.samples import AT, IMAGES, report
compile_pdf("report", report(), images=IMAGES, at=AT)
child = os.fork()
if child == 0:
    try:
        compile_pdf("report", report(), images=IMAGES, at=AT)
    except PrintError as error:
        os._exit(7 if "forked" in str(error) else 8)
    os._exit(9)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_refuses_instead_of_hanging() -> None:
    source = Path(compiler.__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", FORKING], cwd=source, timeout=60, check=False, capture_output=True, text=True
    )
    assert done.returncode == 7, done.stderr
