"""Row headers in the tag tree.

Typst tags the head of a table; the first cell of a row it tags as data. In our tables that cell names its
row, so it becomes a header of the row here, and the other cells of the row are joined to it. A screen reader
then says "Kompetencje, średnia: 4,22" and not a lonely figure.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf


def mark_row_headers(pdf: bytes) -> bytes:
    """The same file with the first cell of every table row tagged as the header of its row."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tree = document.Root.StructTreeRoot
        headers: dict[str, Any] = {}
        for number, table in enumerate(_elements(tree.K, "/Table")):
            for line, row in enumerate(_body_rows(table)):
                _mark(row, f"R{number}y{line}", headers)
        if not headers:
            return pdf
        _register(document, tree, headers)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _elements(node: Any, kind: str) -> Iterator[Any]:
    """Structure elements of a kind below a node, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child, kind)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if kind == node.S:
            yield node
        elif "/K" in node:
            yield from _elements(node.K, kind)


def _body_rows(table: Any) -> Iterator[Any]:
    for part in table.K if isinstance(table.K, pikepdf.Array) else [table.K]:
        if part.S == "/TR":
            yield part
        elif part.S == "/TBody":
            yield from _elements(part.K, "/TR")


def _mark(row: Any, name: str, headers: dict[str, Any]) -> None:
    """Make the first cell a header, unless it stands for the whole row or the row is one cell."""
    cells = list(row.K) if isinstance(row.K, pikepdf.Array) else [row.K]
    first = cells[0]
    if len(cells) < 2 or first.S != "/TD":
        return
    first.S = pikepdf.Name.TH
    first.ID = pikepdf.String(name)
    _table_attributes(first).Scope = pikepdf.Name.Row
    headers[name] = first
    for cell in cells[1:]:
        attributes = _table_attributes(cell)
        attributes.Headers = pikepdf.Array([*attributes.get("/Headers", []), pikepdf.String(name)])


def _table_attributes(cell: Any) -> Any:
    """The attributes of a cell that are owned by its table."""
    owned = cell.get("/A", pikepdf.Array())
    for attributes in owned if isinstance(owned, pikepdf.Array) else [owned]:
        if attributes.get("/O") == "/Table":
            return attributes
    fresh = pikepdf.Dictionary(O=pikepdf.Name.Table)
    cell.A = pikepdf.Array([fresh, *(owned if isinstance(owned, pikepdf.Array) else [owned])])
    return cell.A[0]


def _register(document: pikepdf.Pdf, tree: Any, headers: dict[str, Any]) -> None:
    """Add the new names to the tree of ids, which must be in the order of their bytes."""
    known = {str(key): value for key, value in _names(tree.get("/IDTree"))}
    names = pikepdf.Array()
    for key, value in sorted((known | headers).items()):
        names.append(pikepdf.String(key))
        names.append(value)
    limits = pikepdf.Array([names[0], names[-2]])
    leaf = document.make_indirect(pikepdf.Dictionary(Names=names, Limits=limits))
    tree.IDTree = pikepdf.Dictionary(Kids=pikepdf.Array([leaf]))


def _names(node: Any) -> Iterator[tuple[Any, Any]]:
    if node is None:
        return
    names = list(node.get("/Names", []))
    yield from zip(names[::2], names[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _names(kid)
