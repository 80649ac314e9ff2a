"""Writing estimates as JSON, CSV or a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from okienko.engines.statistics import Estimate

FIGURES = ("n", "estimate", "se", "lower", "upper", "df", "deff")


def as_json(estimates: Sequence[Estimate], by: Sequence[str]) -> str:
    """A list with an object per figure; what is not known is null."""
    del by
    lines = [
        json.dumps(
            {
                "item": e.item,
                "statistic": e.statistic,
                "value": e.value,
                "by": e.by,
                **{name: getattr(e, name) for name in FIGURES},
            },
            ensure_ascii=False,
            allow_nan=False,
        )
        for e in estimates
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def as_csv(estimates: Sequence[Estimate], by: Sequence[str]) -> str:
    """One line per figure, a column for every dimension; what is not known is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["item", "statistic", "value", *by, *FIGURES, "note"])
    for e in estimates:
        figures = [_exact(getattr(e, name)) for name in FIGURES]
        labels = [_safe(e.by[name]) for name in by]
        writer.writerow([_safe(e.item), e.statistic, _exact(e.value), *labels, *figures, e.note or ""])
    return out.getvalue()


def _exact(value: float | None) -> str:
    return "" if value is None else repr(value)


def _safe(text: object) -> object:
    """A text that a spreadsheet would take for a formula starts with an apostrophe."""
    return f"'{text}" if isinstance(text, str) and text[:1] in tuple("=+-@\t\r") else text


def as_table(estimates: Sequence[Estimate], by: Sequence[str]) -> str:
    """Columns for the eye, four decimals."""
    head = ["item", "statistic", "value", *by, *FIGURES, "note"]
    rows = [
        [
            e.item,
            e.statistic,
            _short(e.value),
            *(str(e.by[name]) for name in by),
            str(e.n),
            *(_short(getattr(e, name)) for name in FIGURES[1:]),
            e.note or "",
        ]
        for e in estimates
    ]
    widths = [max(len(row[k]) for row in [head, *rows]) for k in range(len(head))]
    texts = {0, 1, *range(3, 3 + len(by)), len(head) - 1}
    lines = [
        "  ".join(
            c.ljust(w) if k in texts else c.rjust(w) for k, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in [head, *rows]
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _short(value: float | None) -> str:
    if value is None:
        return "–"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e12 else f"{value:.4f}"


FORMATS = {"json": as_json, "csv": as_csv, "table": as_table}
