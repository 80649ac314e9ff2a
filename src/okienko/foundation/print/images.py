"""Pictures on their way into a file: our own drawings and an office's emblem."""

import json
import re

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from okienko.foundation.print.errors import PrintError
from okienko.foundation.print.text import printable

LIMIT = 3_000_000  # bytes
_RASTER = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_FORBIDDEN = {"script", "foreignObject", "iframe", "animate", "set", "handler"}
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


def prepared(name: str, image: str | bytes, letters: frozenset[int]) -> dict[str, str]:
    """Inputs of the compiler for one picture: SVG as text, a PNG or JPEG as a list of bytes."""
    if len(image) > LIMIT:
        raise PrintError(f"picture {name!r} is larger than {LIMIT // 1_000_000} MB")
    if isinstance(image, bytes):
        for start, kind in _RASTER.items():
            if image.startswith(start):
                return {f"image:{name}": json.dumps(list(image)), f"format:{name}": kind}
        try:
            image = image.decode("utf-8")
        except UnicodeDecodeError:
            raise PrintError(f"picture {name!r} is not an SVG, PNG or JPEG") from None
    _check_svg(name, image)
    return {f"image:{name}": printable(image, letters), f"format:{name}": "svg"}


def _check_svg(name: str, svg: str) -> None:
    """A drawing may not run anything nor fetch anything from outside itself."""
    try:
        root = fromstring(svg, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise PrintError(f"picture {name!r} is not a well-formed SVG: {error}") from None
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in _FORBIDDEN:
            raise PrintError(f"picture {name!r} contains <{tag}>, which is not allowed")
        for key, value in element.attrib.items():
            word = key.rpartition("}")[2]
            outside = word == "href" and not value.startswith(("#", "data:image/png", "data:image/jpeg"))
            if outside or word.startswith("on") or _OUTSIDE.search(value):
                raise PrintError(f"picture {name!r} refers to something outside itself ({word})")
