"""Intervals never leave the possible values: what reaches beyond is cut there, and says so.

A t interval of a few answers may reach past the end of the scale. Nothing lies there, so the part inside is
the same set of possible values; the probability is not less (docs/methodology.md, "Przedziały ufności").
"""

from __future__ import annotations

SHARE = (0.0, 1.0)
INDEX = (0.0, 100.0)
PROMOTERS = (-100.0, 100.0)
# Rounding of the last bits is no cut.
_SLACK = 1e-9

Limits = tuple[float, float]
Ends = tuple[float | None, float | None, bool]


def within(lower: float | None, upper: float | None, limits: Limits) -> Ends:
    """The ends of an interval inside the possible values, and whether any was cut."""
    if lower is None or upper is None:
        return lower, upper, False
    low, high = limits
    cut = lower < low - _SLACK or upper > high + _SLACK
    return max(lower, low), min(upper, high), cut
