"""Blocks of a report, made by functions that refuse what would not print.

Each returns the mapping that `report.typ` reads; a list of them is `data["blocks"]`. Texts are text, never
markup; a blank line in one divides paragraphs.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from okienko.foundation.print.errors import PrintError

Block = dict[str, Any]
Run = str | Mapping[str, Any]
Text = str | Sequence[Run]
Cell = str | int | Mapping[str, Any]
Row = Sequence[Cell] | Mapping[str, Any]
Align = Literal["left", "right", "center"]


def heading(text: str, level: int = 1, *, numbered: bool = True) -> Block:
    """A heading of level 1 to 3; level 3 is never numbered."""
    if level not in (1, 2, 3):
        raise PrintError(f"heading {text!r}: the level is 1, 2 or 3")
    return {"kind": "heading", "text": text, "level": level, "numbered": numbered}


def text(content: Text) -> Block:
    """Paragraphs, or one paragraph of runs (see `run`)."""
    return {"kind": "text", "text": content}


def lead(content: Text) -> Block:
    """The sentence that a reader should take along, in larger type."""
    return {"kind": "lead", "text": content}


def run(content: str, *, bold: bool = False, italic: bool = False, url: str = "") -> Mapping[str, Any]:
    """A piece of a paragraph or of a cell."""
    if url and not url.startswith(("https://", "http://", "mailto:")):
        raise PrintError(f"link {content!r}: the address must begin with https://, http:// or mailto:")
    return {"text": content, "bold": bold, "italic": italic, "url": url}


def stat(value: str, *, label: str = "", interval: str = "", change: str = "") -> Block:
    """The one big number, what it is, its interval, its change."""
    return {"kind": "stat", "value": value, "label": label, "interval": interval, "change": change}


def facts(items: Sequence[tuple[str, Text]]) -> Block:
    """Names and what they are, in two columns."""
    return {"kind": "facts", "items": [list(item) for item in items]}


def column(label: str, align: Align = "left", width: float | None = None) -> Block:
    """A column of a table; `width` is its share of the width, else figures take what they need."""
    return {"label": label, "align": align, **({"width": width} if width is not None else {})}


def cell(content: Text, *, note: str = "", bold: bool = False, span: int = 1) -> Block:
    """A cell with a second line, in bold, or over several columns."""
    return {"text": content, "note": note, "bold": bold, "span": span}


def hidden(reason: str, *, span: int = 1) -> Block:
    """A hatched cell that says why there is no figure."""
    if not reason.strip():
        raise PrintError("a hidden cell must say why it is hidden")
    return {"text": reason, "hidden": True, "span": span}


def group(title: str) -> Block:
    """A row of a table that heads the rows after it."""
    return {"group": title}


def total(*cells: Cell) -> Block:
    """The last row: of the whole."""
    return {"cells": list(cells), "total": True}


def table(
    caption: str, columns: Sequence[Mapping[str, Any]], rows: Sequence[Row], *, note: str = ""
) -> Block:
    """A table; the first cell of a row names it. It is numbered and listed when it has a caption."""
    for place, row in enumerate(rows, 1):
        cells = row.get("cells") if isinstance(row, Mapping) else row
        if cells is None:
            continue
        wide = sum(part.get("span", 1) if isinstance(part, Mapping) else 1 for part in cells)
        if wide != len(columns):
            raise PrintError(f"table {caption!r}, row {place}: {wide} cells for {len(columns)} columns")
    plain = [dict(row) if isinstance(row, Mapping) else list(row) for row in rows]
    return {"kind": "table", "caption": caption, "columns": list(columns), "rows": plain, "note": note}


def figure(image: str, alt: str, caption: str, *, note: str = "", width: int = 100) -> Block:
    """A numbered picture; `image` is its name among the images, `width` per cent of the text."""
    if not alt.strip():
        raise PrintError(f"figure {image!r} needs alternative text")
    if not caption.strip():
        raise PrintError(f"figure {image!r} needs a caption")
    return {"kind": "figure", "image": image, "alt": alt, "caption": caption, "note": note, "width": width}


def note(content: Text, *, title: str = "", tone: Literal["info", "need", "plain"] = "info") -> Block:
    """A box: something to know, something that needs the reader, something aside."""
    return {"kind": "note", "text": content, "title": title, "tone": tone}


def items(entries: Sequence[Text], *, ordered: bool = False) -> Block:
    """A list."""
    return {"kind": "list", "items": list(entries), "ordered": ordered}


def quotes(entries: Sequence[Mapping[str, str]]) -> Block:
    """What people wrote: mappings with `text` and any of `source`, `language`, `translation`."""
    return {"kind": "quotes", "items": [dict(entry) for entry in entries]}


def card(title: str, blocks: Sequence[Block]) -> Block:
    """A framed panel with blocks of its own: the decision that is proposed."""
    return {"kind": "card", "title": title, "blocks": list(blocks)}


def signatures(names: Sequence[str]) -> Block:
    """Lines to sign on."""
    return {"kind": "signatures", "items": list(names)}


def contents(title: str, depth: int = 2) -> Block:
    """Table of contents."""
    return {"kind": "contents", "title": title, "depth": depth}


def list_of(target: Literal["table", "figure"], title: str, level: int = 2) -> Block:
    """List of the numbered tables or figures."""
    return {"kind": "list_of", "target": target, "title": title, "level": level}


def form(blocks: Sequence[Mapping[str, Any]], level: int = 2) -> Block:
    """A questionnaire as it is printed: the blocks of `paper_form` as mappings (`dataclasses.asdict`)."""
    return {"kind": "form", "blocks": [dict(block) for block in blocks], "level": level}


def pagebreak() -> Block:
    """Go on on a new page."""
    return {"kind": "pagebreak"}
