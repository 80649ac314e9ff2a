"""Reads of frozen results and of reports."""

from __future__ import annotations

from django.db.models import QuerySet

from okienko.foundation.registry import Role
from okienko.modules.results.computing.compute import Published
from okienko.modules.results.document import Document, from_json
from okienko.modules.results.models import Report, ResultSet
from okienko.modules.surveys import selectors as surveys


def result_set(office_wave_id: int) -> ResultSet | None:
    """The results of an office's wave; None while it is not closed and computed."""
    rows = ResultSet.objects.select_related("wave__survey", "wave__version", "office")
    return rows.filter(office_wave_id=office_wave_id).first()


def has_results(office_wave_id: int) -> bool:
    return ResultSet.objects.filter(office_wave_id=office_wave_id).exists()


def document_of(results: ResultSet) -> Document:
    return from_json(results.document)


def result_sets() -> QuerySet[ResultSet]:
    """Headlines of the active scope, newest wave first, without their documents."""
    return ResultSet.objects.defer("document").select_related("wave__survey", "office__type")


def latest(office) -> ResultSet | None:
    """The office's newest results, with their document."""
    rows = ResultSet.objects.filter(office=office).select_related("wave__survey", "wave__version")
    return rows.order_by("-wave__closes_on", "-pk").first()


def published_before(office_wave) -> list[Published]:
    """What was published of earlier waves of the same survey in this office, oldest first."""
    rows = ResultSet.objects.filter(
        office_id=office_wave.office_id,
        wave__survey_id=office_wave.wave.survey_id,
        wave__number__lt=office_wave.wave.number,
    ).order_by("wave__number")
    found = rows.values_list("office_wave_id", "wave__number", "document")
    return [Published(part, number, from_json(document)) for part, number, document in found]


def of_wave(wave_id: int) -> list[ResultSet]:
    """The headlines of all offices of a network's wave, in one query, without the wave itself."""
    rows = ResultSet.objects.defer("document").select_related("office__type")
    return list(rows.filter(wave_id=wave_id).order_by("office__name", "pk"))


def parts_of(wave) -> list:
    """The parts of a network's wave with their offices; what they all share is not read again for each."""
    rows = surveys.office_waves(wave=wave).select_related(None).select_related("office")
    return list(rows.order_by("office__name", "pk"))


def latest_report(results: ResultSet) -> Report | None:
    return Report.objects.filter(results=results).select_related("file").order_by("-version").first()


def get_report(pk: int) -> Report | None:
    found = Report.objects.select_related(
        "results__wave__survey", "results__wave__version", "office__network", "file"
    )
    return found.filter(pk=pk).first()


def reports_of(results: ResultSet) -> QuerySet[Report]:
    """All versions, the newest first."""
    return Report.objects.filter(results=results).select_related("file")


def has_head(office) -> bool:
    """Whether anybody can decide on the office's reports."""
    return office.memberships.filter(role=Role.HEAD, user__is_active=True).exists()


def open_reports(office) -> QuerySet[Report]:
    """Reports that wait for somebody: being written, or handed over and not decided."""
    rows = Report.objects.filter(office=office).exclude(state="decided")
    return rows.select_related("results__wave__survey")


def get_results(pk: int) -> ResultSet | None:
    """The results of the active scope with their document, wave and questionnaire."""
    rows = ResultSet.objects.select_related(
        "wave__survey", "wave__version", "office__type", "office__network"
    )
    return rows.filter(pk=pk).first()


def before(wave) -> list[ResultSet]:
    """What the wave before this one of the same survey adds to the mean of the network, by office."""
    rows = ResultSet.objects.filter(wave__survey_id=wave.survey_id, wave__number=wave.number - 1)
    return list(rows.only("office_id", "inference", "totals").order_by("pk"))


def waves_with_results() -> list:
    """The network's own waves that have results, the newest first."""
    made = ResultSet.objects.filter(wave__office=None).order_by().values("wave_id")
    return list(surveys.waves().filter(pk__in=made).order_by("-closes_on", "-pk"))
