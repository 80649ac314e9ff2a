"""The indices of a wave: CSI with its weights, NPS."""

from __future__ import annotations

from collections.abc import Callable

from okienko.engines.statistics import Csi, Measure, Nps
from okienko.modules.results.computing.wave import WaveData

Shows = Callable[[str], bool]


def importance_of(data: WaveData, shows: Shows) -> dict[str, str]:
    """Area → the item that asks how important it is, where it may be shown."""
    asked = {item.area: item.code for item in data.items if item.role == "importance" and item.area}
    return {area: code for area, code in asked.items() if shows(code)}


def csi_of(data: WaveData, shows: Shows) -> tuple[Measure | None, str]:
    """CSI over the areas' drivers. Weights: fixed by the network, else stated importance, else equal."""
    importance, fixed = importance_of(data, shows), data.plan.area_weights
    members = [i for i in data.items if i.role == "driver" and i.kind == "ordinal" and i.area]
    members = [item for item in members if shows(item.code)]
    if not members:
        return None, ""
    low, high = min(i.low or 0 for i in members), max(i.high or 0 for i in members)
    codes = tuple(item.code for item in members)
    size = {area: sum(item.area == area for item in members) for area in {i.area for i in members}}
    if fixed and all(item.area in fixed for item in members):
        weights = tuple(fixed[item.area] / size[item.area] for item in members)
        return Csi(codes, low, high, weights=weights), "fixed"
    if all(item.area in importance for item in members) and len(set(size.values())) == 1:
        stated = tuple(importance[item.area] for item in members)
        return Csi(codes, low, high, importance=stated), "stated"
    return Csi(codes, low, high, weights=tuple(1.0 / size[item.area] for item in members)), "equal"


def nps_of(data: WaveData, shows: Shows) -> Measure | None:
    asked = next((item for item in data.items if item.role == "recommendation"), None)
    return Nps(asked.code) if asked is not None and shows(asked.code) else None
