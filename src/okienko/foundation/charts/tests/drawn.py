"""Reading a drawing back: its elements, their places and their words."""

from typing import Any

from defusedxml.ElementTree import fromstring

SVG = "{http://www.w3.org/2000/svg}"


def root(svg: str) -> Any:
    """The drawing as a tree; fails unless it is well-formed."""
    return fromstring(svg, forbid_dtd=True)


def marks(svg: str, tag: str, kind: str | None = None) -> list[dict[str, str]]:
    """Attributes of all elements of a tag, or of those of one class."""
    found = [dict(element.attrib) for element in root(svg).iter(SVG + tag)]
    return [each for each in found if kind is None or each.get("class") == kind]


def words(svg: str) -> list[str]:
    """Every line of text that is drawn."""
    return ["".join(element.itertext()) for element in root(svg).iter(SVG + "text")]


def share(value: str) -> float:
    """A position across, in per cent."""
    assert value.endswith("%"), value
    return float(value.removesuffix("%"))
