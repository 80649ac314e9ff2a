"""Reads of answers: counts for open waves, the analysis table for closed ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import msgspec
import numpy as np
from django.db.models import Count, Model, TextField
from django.db.models.functions import Cast

from okienko.modules.collection.models import Exclusion, Response
from okienko.modules.collection.selectors_remarks import PublishedRemark, published_remarks

__all__ = ["AnalysisTable", "PublishedRemark", "analysis_table", "counts", "exclusions", "published_remarks"]

EMPTY = -1

_decode = msgspec.json.Decoder(dict[str, int | float]).decode


@dataclass(frozen=True)
class AnalysisTable:
    """The answers of one office's wave as columns of equal length, in no order that means anything.

    Attributes
    ----------
    items : dict of item code → (rows,) int16
        −1 empty, −2 don't know, −3 not applicable, −4 not shown.
    numbers : dict of item code → (rows,) float64
        Answers with decimals; NaN where there is none.
    day, mode, language, stratum, psu : (rows,) str arrays
    service_point : (rows,) int64
        0 where the answer came without a point.
    weight : (rows,) float64
        1.0 where none is given.
    excluded : (rows,) bool
    """

    rows: int
    items: Mapping[str, np.ndarray]
    numbers: Mapping[str, np.ndarray]
    day: np.ndarray
    mode: np.ndarray
    language: np.ndarray
    service_point: np.ndarray
    stratum: np.ndarray
    psu: np.ndarray
    weight: np.ndarray
    excluded: np.ndarray
    flags: Mapping[str, int] = field(default_factory=dict)


def counts(office_wave_ids: Collection[int]) -> dict[int, int]:
    """Answers that count, per office wave, in one query."""
    rows = Response.objects.filter(office_wave_id__in=office_wave_ids, excluded=False)
    found = rows.values_list("office_wave_id").annotate(Count("pk")).order_by()
    return dict(found)


def exclusions(office_wave: Model) -> list[Exclusion]:
    """What the coordinator has left out and why; the report says it."""
    return list(Exclusion.objects.filter(office_wave=office_wave).select_related("made_by"))


def analysis_table(office_wave: Model, codes: Collection[str]) -> AnalysisTable:
    """All answers of an office's wave, in one scan without model instances."""
    columns = ("day", "mode", "language", "service_point_id", "stratum", "psu", "weight", "excluded", "flags")
    found = (
        Response.objects.filter(office_wave=office_wave)
        .annotate(raw=Cast("answers", TextField()))
        .order_by("pk")
        .values_list("raw", *columns)
    )
    rows = list(found)
    answers = [_decode(row[0]) for row in rows]
    items, numbers = _columns(answers, codes)
    return AnalysisTable(
        rows=len(rows),
        items=items,
        numbers=numbers,
        day=np.array([row[1].isoformat() for row in rows], dtype=str),
        mode=np.array([row[2] for row in rows], dtype=str),
        language=np.array([row[3] for row in rows], dtype=str),
        service_point=np.array([row[4] or 0 for row in rows], dtype=np.int64),
        stratum=np.array([row[5] for row in rows], dtype=str),
        psu=np.array([row[6] for row in rows], dtype=str),
        weight=np.array([1.0 if row[7] is None else row[7] for row in rows], dtype=np.float64),
        excluded=np.array([row[8] for row in rows], dtype=bool),
        flags=Counter(flag for row in rows for flag in row[9]),
    )


def _columns(
    answers: list[dict[str, int | float]], codes: Collection[str]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Whole answers as int16, answers with decimals or beyond int16 as float64."""
    items: dict[str, np.ndarray] = {}
    numbers: dict[str, np.ndarray] = {}
    for code in codes:
        values = [row.get(code, EMPTY) for row in answers]
        if all(isinstance(value, int) and -32_768 <= value < 32_768 for value in values):
            items[code] = np.array(values, dtype=np.int16)
        else:
            numbers[code] = np.array([np.nan if value < 0 else value for value in values], dtype=np.float64)
    return items, numbers
