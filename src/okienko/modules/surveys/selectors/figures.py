"""What the module says about a wave to the modules above it: plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from okienko.modules.surveys.rules import return_rate


@dataclass(frozen=True)
class StratumPlan:
    """A service point as a stratum: `psus` days open in the period (N), of them `drawn_days` with shifts."""

    service_point_id: int
    code: str
    name: str
    channel: str
    psus: int | None
    drawn_days: tuple[date, ...]
    visits: int | None
    interval: int | None


@dataclass(frozen=True)
class FieldDesign:
    """How people were chosen in an office: all that the estimates need to know."""

    office_wave_id: int
    office_id: int
    wave_id: int
    sample_kind: str
    is_probability: bool
    audience: str
    population: int | None
    population_source: str
    threshold: int
    area_weights: Mapping[str, float]
    strata: tuple[StratumPlan, ...]
    previous_id: int | None
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class PointFigures:
    """The paper forms of one service point."""

    service_point_id: int
    name: str
    issued: int | None
    returned: int | None
    spoiled: int | None

    @property
    def return_rate(self) -> float | None:
        return return_rate(self.issued, self.returned)


@dataclass(frozen=True)
class ResponseFigures:
    """Forms and answers of a wave in an office. Sums are None where nobody has counted anything."""

    points: tuple[PointFigures, ...]
    answers: int
    target: int | None

    @property
    def issued(self) -> int | None:
        return self._sum("issued")

    @property
    def returned(self) -> int | None:
        return self._sum("returned")

    @property
    def spoiled(self) -> int | None:
        return self._sum("spoiled")

    @property
    def usable(self) -> int | None:
        return None if self.returned is None else self.returned - (self.spoiled or 0)

    @property
    def return_rate(self) -> float | None:
        """Of the points where both numbers are known, so that an uncounted box does not lower the rate."""
        counted = [point for point in self.points if point.return_rate is not None]
        return return_rate(
            sum(point.issued for point in counted),
            sum(point.returned for point in counted) if counted else None,
        )

    def _sum(self, name: str) -> int | None:
        known = [value for point in self.points if (value := getattr(point, name)) is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class WaveAction:
    """A way on from the page of a wave, offered by a module above (typing forms, results)."""

    label: Any
    url: str
    primary: bool = False
    text: Any = ""
