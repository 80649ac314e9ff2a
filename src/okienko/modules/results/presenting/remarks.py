"""What people wrote: approved and masked remarks only, never beside anything known of who wrote them."""

from __future__ import annotations

from dataclasses import dataclass

from okienko.modules.collection import selectors as collection

FIRST = 6


@dataclass(frozen=True)
class Remarks:
    """`shown` on the page, `count` altogether."""

    count: int
    shown: tuple[str, ...]


def remarks_of(results, most: int | None = FIRST) -> Remarks:
    """The remarks of a wave. Hidden results show none: few people would be easy to recognise."""
    if results.estimate is None:
        return Remarks(0, ())
    found = collection.published_remarks(results.office_wave)
    return Remarks(len(found), tuple(each.text for each in found[:most]))
