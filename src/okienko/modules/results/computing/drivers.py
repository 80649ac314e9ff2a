"""What goes with the overall rating: questions' shares, what they explain, the index they would weigh."""

from __future__ import annotations

from okienko.engines.statistics import (
    Csi,
    DerivedCsi,
    DriverAnalysis,
    Measure,
    Moments,
    build_moments,
    derived_csi,
    drivers,
)
from okienko.engines.statistics.suppression import Lattice
from okienko.modules.results.computing.bounds import INDEX, SHARE, within
from okienko.modules.results.computing.lattice import hidden
from okienko.modules.results.computing.wave import WaveData
from okienko.modules.results.document import DriverResult, Figure

FEWEST = 60


def drivers_of(data: WaveData, lattice: Lattice, overall: str | None, csi: Measure | None) -> dict:
    """The fields of the document on drivers, where enough people answered the questions that are shown."""
    codes = [
        item.code
        for item in data.items
        if item.role == "driver" and item.kind == "ordinal" and hidden(lattice, (), item.code) is None
    ]
    if overall is None or hidden(lattice, (), overall) is not None or len(codes) < 2:
        return {}
    if int((data.columns[overall] >= 0).sum()) < FEWEST:
        return {"drivers_note": "too_few"}
    moments = build_moments(data.columns, [overall, *codes], data.design)
    (analysis,) = drivers(moments, overall, codes)
    if analysis.note:
        return {"drivers_note": str(analysis.note)}
    rows = [
        DriverResult(row.item, row.share, *within(row.lower, row.upper, SHARE))
        for row in sorted(analysis.drivers, key=lambda row: -(row.share or 0))
        if row.share is not None
    ]
    return {
        "drivers": tuple(rows),
        "explained": _explained(analysis),
        "drivers_clipped": analysis.clipped,
        "csi_derived": _derived(moments, overall, csi),
    }


def _explained(analysis: DriverAnalysis) -> Figure:
    low, high, cut = within(analysis.lower, analysis.upper, SHARE)
    return Figure(analysis.n, analysis.r_squared, analysis.se, low, high, analysis.df, cut=cut)


def _derived(moments: Moments, overall: str, csi: Measure | None) -> Figure | None:
    """The index of the same questions, weighed by their influence in place of importance."""
    if not isinstance(csi, Csi) or len(csi.items) < 2 or not set(csi.items) <= set(moments.items):
        return None
    measure = DerivedCsi(overall, csi.items, csi.low, csi.high, own_weights=True)
    (found,) = derived_csi(moments, measure)
    index = found.index
    if index.estimate is None or index.lower is None:
        return None
    low, high, cut = within(index.lower, index.upper, INDEX)
    return Figure(index.n, index.estimate, index.se, low, high, index.df, cut=cut)
