"""The whole document of one office's closed wave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from okienko.engines.statistics.lattice import key_of
from okienko.engines.statistics.suppression import Lattice
from okienko.modules.results.computing.aside import aside_of
from okienko.modules.results.computing.bounds import INDEX, PROMOTERS
from okienko.modules.results.computing.domains import domains_of, in_domains
from okienko.modules.results.computing.drivers import drivers_of
from okienko.modules.results.computing.figures import Before, Figures
from okienko.modules.results.computing.indices import csi_of, nps_of
from okienko.modules.results.computing.lattice import decide, hidden, rule_of
from okienko.modules.results.computing.totals import Totals, totals_of
from okienko.modules.results.computing.wave import POINT, WaveData
from okienko.modules.results.computing.weighted import account, read_weighted
from okienko.modules.results.document import Document, Fieldwork, FormsAt, Hidden, TrendPoint
from okienko.modules.surveys import selectors as surveys


@dataclass(frozen=True)
class Computed:
    """The document, the answers as bytes for its checksum, and what the office adds to the network's mean."""

    document: Document
    data: bytes
    totals: Totals | None = None


@dataclass(frozen=True)
class Published:
    """What was published of an earlier wave of the same survey in the office."""

    office_wave_id: int
    number: int
    document: Document


def compute(part, earlier: Sequence[Published] = ()) -> Computed:
    """Compute and suppress once. `earlier`: what was published of earlier waves, oldest first.

    `part` is the office's part of a wave (`surveys.selectors.get_office_wave`).
    """
    data = read_weighted(part)
    told = _told_before(data.plan.previous_id, earlier)
    lattice = decide(data, in_domains(data), [each.document for each in told])
    frame = {
        "office": part.office.name,
        "survey": part.wave.survey.name,
        "wave": part.wave.name,
        "inference": data.sample.inference,
        "fieldwork": _fieldwork(data, lattice, _overall(data)),
    }
    why = hidden(lattice) if data.answers else Hidden("primary", rule_of(data).threshold)
    if why is not None:
        return Computed(Document(**frame, hidden=why), data.fingerprint())
    document = _whole(frame, data, lattice, told)
    totals = totals_of(data, document.overall) if document.overall and document.published else None
    return Computed(document, data.fingerprint(), totals)


def _told_before(previous_id: int | None, earlier: Sequence[Published]) -> list[Published]:
    """What was published, and of the last wave, if nobody has computed it yet, what will be.

    Without it the two waves would be suppressed as if the other did not exist.
    """
    if previous_id is None or any(each.office_wave_id == previous_id for each in earlier):
        return list(earlier)
    part = surveys.get_office_wave(previous_id)
    number = part.wave.number
    older = [each for each in earlier if each.number < number]
    newer = [each for each in earlier if each.number > number]
    return [*older, Published(part.pk, number, compute(part, older).document), *newer]


def _before(data: WaveData, told: Sequence[Published]) -> Before | None:
    """The last wave's published document and its answers."""
    found = next((each for each in told if each.office_wave_id == data.plan.previous_id), None)
    if found is None:
        return None
    return Before(found.document, read_weighted(surveys.get_office_wave(found.office_wave_id)))


def _overall(data: WaveData) -> str | None:
    return next((item.code for item in data.items if item.role == "overall_satisfaction"), None)


def _whole(frame: dict, data: WaveData, lattice: Lattice, told: Sequence[Published]) -> Document:
    before = _before(data, told)
    figures = Figures(data, lattice, before)
    overall = _overall(data)
    of_items = figures.items()
    csi, csi_weights = csi_of(data, figures.shows)
    nps = nps_of(data, figures.shows)
    return Document(
        **frame,
        overall=overall,
        items=of_items,
        areas=figures.areas(),
        csi=figures.figure(csi, INDEX) if csi else None,
        csi_weights=csi_weights,
        nps=figures.figure(nps, PROMOTERS) if nps else None,
        driver_mean=next((item.contrast.earlier for item in of_items if item.contrast), None),
        domains=domains_of(data, lattice, overall),
        trend=_trend(data, overall, of_items, told),
        previous_wave=before.document.wave if before is not None else "",
        weighting=account(data, data.weighed, lattice) if data.weighed else None,
        **drivers_of(data, lattice, overall, csi),
    )


def _trend(
    data: WaveData, overall: str | None, of_items, told: Sequence[Published]
) -> tuple[TrendPoint, ...]:
    """The earlier waves as they were published, and this one."""
    found = []
    for document in (each.document for each in told):
        item = document.item(overall)
        if item is not None and item.mean is not None:
            found.append(TrendPoint(document.wave, document.fieldwork.closes_on, item.mean))
    now = next((item.mean for item in of_items if item.code == overall), None)
    if now is not None:
        found.append(TrendPoint(data.part.wave.name, data.plan.closes_on.isoformat(), now))
    return tuple(found)


def _fieldwork(data: WaveData, lattice: Lattice, overall: str | None) -> Fieldwork:
    plan, forms = data.plan, surveys.response_figures(data.part)
    return Fieldwork(
        sample_kind=plan.sample_kind,
        audience=plan.audience,
        opens_on=plan.opens_on.isoformat(),
        closes_on=plan.closes_on.isoformat(),
        answers=data.answers,
        excluded=int(data.table.excluded.sum()),
        threshold=plan.threshold,
        population=plan.population,
        population_source=plan.population_source,
        issued=forms.issued,
        returned=forms.returned,
        spoiled=forms.spoiled,
        return_rate=forms.return_rate,
        points=tuple(_forms_at(data, lattice, point) for point in forms.points),
        modes=_modes(data),
        flags=dict(data.table.flags),
        strata=data.sample.strata,
        psus=data.sample.psus,
        weighted=data.sample.weighted,
        aside=aside_of(data, overall),
        doubt=data.sample.doubt,
    )


def _modes(data: WaveData) -> dict[str, int | None]:
    """Ways of answering. Where one has few answers none is told: the number of all would give it back."""
    counts = Counter(data.table.mode[data.sample.keep].tolist())
    few = min(counts.values(), default=0) < rule_of(data).threshold
    return {mode: None if few else count for mode, count in sorted(counts.items())}


def _forms_at(data: WaveData, lattice: Lattice, point) -> FormsAt:
    """Forms of a point; what came back is not told where the number of answers is hidden."""
    key = key_of({POINT: str(point.service_point_id)})
    if key in lattice.domains and hidden(lattice, key) is not None:
        return FormsAt(point.name, point.issued)
    return FormsAt(point.name, point.issued, point.returned, point.spoiled)
