"""A wave of one office, read and laid out for the engine: definition, rows that count, cube."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from okienko.engines.questionnaire import Item, Questionnaire, items
from okienko.engines.statistics import Cube, Design, ItemSpec, Labels, build_cube
from okienko.modules.collection import selectors as collection
from okienko.modules.collection.selectors import AnalysisTable
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.results.computing.sample import Sample, sample_of
from okienko.modules.results.computing.weighed import Weighed
from okienko.modules.surveys import selectors as surveys
from okienko.modules.surveys.selectors import FieldDesign

POINT = "service_point"
ANALYSED = frozenset({"categorical", "ordinal", "binary"})


@dataclass(frozen=True)
class WaveData:
    """`columns`: item → codes of the rows that count; `dimensions`: domain → labels of these rows."""

    part: object
    plan: FieldDesign
    definition: Questionnaire
    items: tuple[Item, ...]
    table: AnalysisTable
    sample: Sample
    columns: Mapping[str, np.ndarray]
    dimensions: Mapping[str, Labels]
    weighed: Weighed | None = None

    @property
    def answers(self) -> int:
        return int(self.sample.keep.sum())

    @property
    def design(self) -> Design:
        """The design with the weights as they are used, for what does not come from a cube."""
        if self.weighed is None:
            return self.sample.design
        return replace(self.sample.design, weight=self.weighed.weight)

    def fingerprint(self) -> bytes:
        """The answers that count, in one order, for the checksum of a frozen result."""
        return b"".join(code.encode() + self.columns[code].tobytes() for code in sorted(self.columns))

    def specs(self, of_items: Sequence[Item]) -> list[ItemSpec]:
        return [ItemSpec(item.code, codes=tuple(sorted(item.values()))) for item in of_items]

    def cube(
        self, of_items: Sequence[Item], *, by: Sequence[str] = (), groups: Mapping | None = None
    ) -> Cube:
        columns = dict(self.columns) | {name: self.dimensions[name] for name in by}
        if self.weighed is not None:
            return self.weighed.cube(columns, self.specs(of_items), self.sample.design, by=by, groups=groups)
        return build_cube(columns, self.specs(of_items), self.sample.design, by=by, groups=groups)


def analysed(definition: Questionnaire) -> tuple[Item, ...]:
    """The items that figures are made of."""
    return tuple(item for item in items(definition) if item.kind in ANALYSED)


def read_wave(part) -> WaveData:
    """Read the answers of an office's part of a wave in one scan."""
    definition = questionnaires.definition(part.wave.version)
    of_items = analysed(definition)
    table = collection.analysis_table(part, [item.code for item in of_items])
    plan = surveys.design_of(part)
    sample = sample_of(table, plan)
    columns = {code: column[sample.keep] for code, column in table.items.items()}
    usable = tuple(item for item in of_items if item.code in columns)
    return WaveData(
        part,
        plan,
        definition,
        usable,
        table,
        sample,
        columns,
        _dimensions(usable, columns, table, plan, sample),
    )


def _dimensions(
    of_items: Sequence[Item],
    columns: Mapping[str, np.ndarray],
    table: AnalysisTable,
    plan: FieldDesign,
    sample: Sample,
) -> dict[str, Labels]:
    """Service point, and every question that the questionnaire calls a domain or the outcome."""
    found = {}
    points = [stratum.service_point_id for stratum in plan.strata]
    if len(points) > 1:
        place = {pk: number for number, pk in enumerate(points)}
        codes = np.array(
            [place.get(pk, -1) for pk in table.service_point[sample.keep].tolist()], dtype=np.int64
        )
        found[POINT] = Labels(codes, [str(pk) for pk in points])
    for item in of_items:
        if item.role in ("domain", "outcome") and item.kind == "categorical":
            values = sorted(item.values())
            place = {value: number for number, value in enumerate(values)}
            codes = np.array([place.get(value, -1) for value in columns[item.code].tolist()], dtype=np.int64)
            found[item.code] = Labels(codes, [str(value) for value in values])
    # A division that nobody's answer falls into has no groups to show.
    return {name: labels for name, labels in found.items() if (np.asarray(labels.codes) >= 0).any()}
