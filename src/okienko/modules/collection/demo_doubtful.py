"""A few doubtful answers of the demo, as every survey has them, so that their page has something to show."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence

import numpy as np

from okienko.modules.collection.answering.bursts import LIMITS
from okienko.modules.collection.models import Mode, Response

TYPED_TWICE = 2
STUFFED = 9


def doubtful(rows: Sequence[Response], chance: np.random.Generator, *, open_wave: bool) -> list[Response]:
    """Paper forms that were typed in twice; while a wave is open, one answer sent nine times in a row."""
    paper = [row for row in rows if row.mode == Mode.PAPER and not row.texts]
    found = [_again(row, chance) for row in _some(paper, TYPED_TWICE, chance)]
    online = [row for row in rows if row.mode == Mode.WEB]
    if open_wave and online:
        robot = _some(online, 1, chance)[0]
        robot.flags = ["honeypot"]
        found += _stuffed(online, chance)
    return found


def _stuffed(online: Sequence[Response], chance: np.random.Generator) -> list[Response]:
    """Within seconds, at the point and day with most answers: those beyond the limit are marked."""
    busiest = Counter((row.service_point_id, row.day) for row in online).most_common(1)[0][0]
    row = next(row for row in online if (row.service_point_id, row.day) == busiest)
    copies = [_again(row, chance) for _ in range(STUFFED - 1)]
    most, _seconds = LIMITS[0]
    for copy in copies[most - 1 :]:
        copy.flags = ["burst"]
    return copies


def _some(rows: Sequence[Response], count: int, chance: np.random.Generator) -> list[Response]:
    places = chance.choice(len(rows), size=min(count, len(rows)), replace=False) if rows else ()
    return [rows[int(place)] for place in places]


def _again(row: Response, chance: np.random.Generator) -> Response:
    return Response(
        id=uuid.UUID(bytes=chance.bytes(16), version=4),
        office_id=row.office_id,
        office_wave_id=row.office_wave_id,
        service_point_id=row.service_point_id,
        mode=row.mode,
        day=row.day,
        answers=row.answers,
        texts={},
    )
