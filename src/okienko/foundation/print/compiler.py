"""From a template and data to a PDF file.

Trap: after a compile, a child made by `fork` hangs in its own first compile, since the compiler's threads do
not come along. Use threads or the start method *spawn*; `compile_pdf` refuses in a forked child rather than
hang. One file of more than 300 pages of tables takes gigabytes: make volumes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from okienko.foundation.print.errors import PrintError
from okienko.foundation.print.fonts import FOLDER, typeface
from okienko.foundation.print.images import prepared
from okienko.foundation.print.text import printable_data

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).resolve().parent / "typst"
STANDARDS = ("ua-1", "a-2a")

_process = {"compiled": False, "forked": False}


def _after_fork() -> None:
    _process["forked"] = _process["compiled"]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def compile_pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    at: datetime,
    images: Mapping[str, str | bytes] | None = None,
    language: str = "pl",
    standards: Sequence[str] = STANDARDS,
) -> bytes:
    """Make a tagged PDF.

    Parameters
    ----------
    template : name of a template of the package: `report`, `form`, `poster`
    data : what the template prints; needs a `title`. Text only, never markup
    at : date of the file, with a time zone; the same input gives the same bytes
    images : SVG, PNG or JPEG by the names that `data` uses
    language : language of the text, for hyphens and for screen readers
    standards : PDF standards to hold

    Raises
    ------
    PrintError
        Unknown template, missing title, alternative text or picture, a picture that is not allowed, a
        warning or an error of the compiler.
    """
    source = _template(template)
    face = typeface(FOLDER)
    clean = printable_data(data, face.letters)
    if not str(clean.get("title", "")).strip():
        raise PrintError("a file needs a title")
    if at.tzinfo is None:
        raise PrintError("the date of a file needs a time zone")
    pictures = images or {}
    _check_pictures(clean, pictures)
    inputs = {"data": json.dumps(clean, ensure_ascii=False), "language": language, "font": face.family}
    for name, image in pictures.items():
        inputs |= prepared(name, image, face.letters)
    from okienko.foundation.print.tags import mark_row_headers  # loads a big library for PDF files

    pdf = _compile(source, inputs, face.fonts, list(standards), int(at.timestamp()))
    return mark_row_headers(pdf)


def _template(name: str) -> Path:
    path = TEMPLATES / f"{name}.typ"
    if not name.isidentifier() or not path.is_file():
        raise PrintError(f"there is no template {name!r}")
    return path


def _check_pictures(value: Any, pictures: Mapping[str, Any], place: str = "data") -> None:
    """Every place that names a picture must have it, and words for those who do not see it."""
    if isinstance(value, dict):
        if "image" in value:
            if value["image"] not in pictures:
                raise PrintError(f"{place}: there is no picture {value['image']!r}")
            if not str(value.get("alt") or "").strip():
                raise PrintError(f"{place}: picture {value['image']!r} needs alternative text")
        for key, part in value.items():
            _check_pictures(part, pictures, f"{place}.{key}")
    elif isinstance(value, list):
        for k, part in enumerate(value):
            _check_pictures(part, pictures, f"{place}[{k}]")


def _compile(
    source: Path, inputs: dict[str, str], fonts: typst.Fonts, standards: list[Any], timestamp: int
) -> bytes:
    if _process["forked"]:
        raise PrintError("this process was forked after a file was made; use threads or spawn")
    import typst  # a whole compiler, which only those who print need

    _process["compiled"] = True
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(source),
            root=str(TEMPLATES),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=standards,
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise PrintError(_in_words(error)) from error
    if warnings:
        raise PrintError("; ".join(warning.message for warning in warnings))
    return pdf


def _in_words(error: typst.TypstError) -> str:
    hints = f" ({'; '.join(error.hints)})" if error.hints else ""
    return f"{error.message}{hints}"
