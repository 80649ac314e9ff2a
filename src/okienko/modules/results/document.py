"""The frozen document of one office's closed wave: published figures only, and why a cell is hidden.

What is suppressed is not here at all, so no page, file or chart can leak it. Words of questions are not here
either: they stand in the wave's frozen questionnaire. Stored as JSON; what repeats is stored as lists.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, convert, to_builtins
from msgspec.structs import replace

VERSION = 5
_PLACES = 6


class Part(Struct, frozen=True, omit_defaults=True):
    """What all parts share."""


class Figure(Part, frozen=True, array_like=True):
    """An estimate with its 95% interval; `note` is the engine's code of what is missing.

    `cut`, here and below: the computed interval reached beyond the possible values and ends there.
    """

    n: int
    estimate: float
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    df: float | None = None
    deff: float | None = None
    note: str | None = None
    cut: bool = False


class Change(Part, frozen=True, array_like=True):
    """Later minus earlier. `p` is adjusted by Holm over the figures compared on the page.

    None: it cannot be tested.
    """

    earlier: float
    difference: float
    lower: float | None = None
    upper: float | None = None
    p: float | None = None

    @property
    def significant(self) -> bool:
        return self.p is not None and self.p < 0.05


class ShareOf(Part, frozen=True, array_like=True):
    """The share of one answer: 0–1."""

    value: int
    share: float
    lower: float | None = None
    upper: float | None = None
    cut: bool = False


class Hidden(Part, frozen=True):
    """A suppressed cell says why: `primary`, `dominance`, `complementary` or `previous_wave`."""

    reason: str
    threshold: int


class ItemResult(Part, frozen=True):
    """One question or row: its figures, or why they are hidden.

    `empty` … count answers that are no answers.
    """

    code: str
    mean: Figure | None = None
    shares: tuple[ShareOf, ...] = ()
    top: Figure | None = None
    bottom: Figure | None = None
    empty: int | None = None
    dont_know: int | None = None
    not_applicable: int | None = None
    not_shown: int | None = None
    change: Change | None = None
    # mean of the item minus the mean of all drivers, with p by Holm
    contrast: Change | None = None
    hidden: Hidden | None = None


class AreaResult(Part, frozen=True):
    """An area: the mean of the means of its items, and how their answers are spread."""

    code: str
    items: tuple[str, ...]
    mean: Figure | None = None
    spread: tuple[ShareOf, ...] = ()
    importance: Figure | None = None
    change: Change | None = None
    hidden: Hidden | None = None


class DriverResult(Part, frozen=True):
    """How much of the explained differences in overall satisfaction goes with one question."""

    item: str
    share: float
    lower: float | None = None
    upper: float | None = None
    cut: bool = False


class GroupMean(Part, frozen=True, array_like=True):
    """The mean of one question in a group of clients."""

    n: int
    estimate: float
    lower: float | None = None
    upper: float | None = None
    cut: bool = False


class DomainCell(Part, frozen=True):
    """A group of clients: how many, and the means of the questions. `label` names a service point."""

    value: str
    label: str = ""
    n: int | None = None
    overall: GroupMean | None = None
    means: dict[str, GroupMean] = {}
    hidden: Hidden | None = None


class DomainResult(Part, frozen=True):
    """All groups by one dimension: service point, channel, matter, client group…"""

    code: str
    cells: tuple[DomainCell, ...]


class TrendPoint(Part, frozen=True):
    wave: str
    closes_on: str
    figure: Figure


class FormsAt(Part, frozen=True):
    name: str
    issued: int | None = None
    returned: int | None = None
    spoiled: int | None = None


class Aside(Part, frozen=True):
    """Answers beside a drawn sample: `web` by an open link, `elsewhere` at a point or on a day not drawn.

    None: there are some, but so few, or so few of the other kind, that their number is not told.
    """

    web: int | None = 0
    elsewhere: int | None = 0
    overall: GroupMean | None = None
    count: int | None = 0

    @property
    def any(self) -> bool:
        return self.web != 0 or self.elsewhere != 0


def aside_of_counts(web: int, elsewhere: int, threshold: int, overall: GroupMean | None = None) -> Aside:
    """Numbers below the threshold are not told, nor is what they could be subtracted from."""
    total = web + elsewhere
    few = any(0 < count < threshold for count in (web, elsewhere))
    kinds = [None if few and count else count for count in (web, elsewhere)]
    return Aside(*kinds, overall, None if 0 < total < threshold else total)


class Fieldwork(Part, frozen=True):
    """How the answers came: for the method note and chapter 1 of the report."""

    sample_kind: str
    audience: str
    opens_on: str
    closes_on: str
    answers: int
    excluded: int
    threshold: int
    population: int | None = None
    population_source: str = ""
    issued: int | None = None
    returned: int | None = None
    spoiled: int | None = None
    return_rate: float | None = None
    points: tuple[FormsAt, ...] = ()
    # way of answering → answers; None: not told, for they or others are few
    modes: dict[str, int | None] = {}
    flags: dict[str, int] = {}
    strata: int = 0
    psus: int = 0
    weighted: bool = False
    aside: Aside = Aside()
    # why a draw that was planned proves nothing: `not_drawn`, `nobody_drawn`
    doubt: str = ""


class WeightGroup(Part, frozen=True):
    """A group that the answers are weighted by: its share among clients, and among answers where told."""

    values: tuple[str, ...]
    share: float
    n: int | None = None
    before: float | None = None
    after: float | None = None


class WeightMargin(Part, frozen=True):
    """A division of the clients and who says so. `people`: how many clients, where people were counted."""

    division: str
    source: str
    groups: tuple[WeightGroup, ...]
    people: float | None = None
    without: int | None = None


class Weighting(Part, frozen=True):
    """How the answers were weighted. Where a group is hidden, nothing it could be worked out from is here.

    `least`, `greatest`: weights in mean weights; `effective_…`: Kish's number of answers.
    """

    margins: tuple[WeightMargin, ...]
    limit: int
    steps: int | None = None
    least: float | None = None
    greatest: float | None = None
    trimmed: int | None = None
    effective_before: float | None = None
    effective_after: float | None = None


class Document(Part, frozen=True, kw_only=True):
    """Everything that may be shown of one office's wave."""

    version: int = VERSION
    office: str
    survey: str
    wave: str
    inference: str  # "design" | "census" | "none": what may be concluded
    fieldwork: Fieldwork
    overall: str | None = None  # code of the item of overall satisfaction
    nps: Figure | None = None
    csi: Figure | None = None
    csi_weights: str = ""  # "fixed" | "stated" | "equal"
    items: tuple[ItemResult, ...] = ()
    areas: tuple[AreaResult, ...] = ()
    drivers: tuple[DriverResult, ...] = ()
    explained: Figure | None = None  # R² of the drivers together
    csi_derived: Figure | None = None  # CSI weighed by the drivers' influence
    drivers_clipped: bool = False
    drivers_note: str = ""
    driver_mean: float | None = None
    domains: tuple[DomainResult, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    previous_wave: str = ""
    weighting: Weighting | None = None
    hidden: Hidden | None = None  # the whole office is too small

    @property
    def index(self) -> ItemResult | None:
        """The item of overall satisfaction."""
        return self.item(self.overall)

    @property
    def published(self) -> bool:
        """Whether there is an overall figure to show."""
        return self.index is not None and self.index.mean is not None

    @property
    def pair_known(self) -> bool:
        """Whether anything on the page is compared with the earlier wave."""
        return any(part.change is not None for part in (*self.items, *self.areas))

    def item(self, code: str | None) -> ItemResult | None:
        return next((item for item in self.items if item.code == code), None)


def to_json(document: Document) -> dict:
    """Rounded to a millionth: far below any interval, and a third of the bytes."""
    return _rounded(to_builtins(document))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _PLACES)
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return value


def from_json(data: dict) -> Document:
    """Of any version.

    Until 3 the explained part stood alone, without its number of answers and interval; until 4 few answers
    beside the draw were counted.
    """
    if data.get("drivers_explain") is not None:
        data = data | {"explained": [data["fieldwork"]["answers"], data["drivers_explain"]]}
    found = convert(data, Document)
    return found if found.version > 4 else _guarded(found)


def _guarded(old: Document) -> Document:
    field, aside = old.fieldwork, old.fieldwork.aside
    told = aside_of_counts(aside.web or 0, aside.elsewhere or 0, field.threshold, aside.overall)
    few = min((count or 0 for count in field.modes.values()), default=0) < field.threshold
    modes = {mode: None if few else count for mode, count in field.modes.items()}
    return replace(old, fieldwork=replace(field, aside=told, modes=modes))
