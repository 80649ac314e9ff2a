"""Writes of results: compute and freeze, the report, the decision."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from msgspec import to_builtins

from okienko import __version__
from okienko.foundation.audit.commands import command, note
from okienko.foundation.files.api import keep_bytes
from okienko.foundation.offices.actor import Actor
from okienko.modules.results import selectors
from okienko.modules.results.computing.compute import compute
from okienko.modules.results.document import Document, to_json
from okienko.modules.results.models import Report, ReportState, ResultSet
from okienko.modules.results.weighting.selectors import waiting
from okienko.modules.surveys import selectors as surveys


@dataclass(frozen=True)
class ReportText:
    """What the coordinator writes."""

    conclusions: str = ""
    proposal: str = ""
    owner: str = ""
    due: date | None = None
    next_survey: str = ""


@dataclass(frozen=True)
class HeadDecision:
    """What the head of the office decides: `accepted`, `changed` or `rejected`."""

    decision: str
    words: str = ""
    due: date | None = None


@command("results.release")
def release_results(*, office_wave, by: Actor, at: datetime) -> ResultSet:
    """Compute a closed wave's figures, suppress them once and freeze them. A second call changes nothing."""
    # The row's lock waits for answers that are just being stored: each holds a key share on the same row.
    office_wave = surveys.office_waves().select_for_update(of=("self",)).get(pk=office_wave.pk)
    found = selectors.result_set(office_wave.pk)
    if found is not None:
        return found
    if office_wave.state != "closed":
        raise ValidationError(_("Results are computed when the wave is closed. Close it first."))
    if waiting([office_wave.pk]):
        raise ValidationError(_("First decide whether the answers are weighted."))
    computed = compute(office_wave, selectors.published_before(office_wave))
    document = computed.document
    note(after={"answers": document.fieldwork.answers, "inference": document.inference})
    return ResultSet.objects.create(
        office_id=office_wave.office_id,
        office_wave=office_wave,
        wave_id=office_wave.wave_id,
        computed_at=at,
        engine=__version__,
        data_sha256=hashlib.sha256(computed.data).hexdigest(),
        inference=document.inference,
        answers=document.fieldwork.answers,
        totals=to_builtins(computed.totals) if computed.totals else None,
        document=to_json(document),
        **_headline(document),
    )


def _headline(document: Document) -> dict:
    item = document.index
    values: dict = {"csi": document.csi.estimate if document.csi else None}
    if item is None or item.mean is None:
        return values
    mean = item.mean
    values |= {name: getattr(mean, name) for name in ("n", "estimate", "se", "lower", "upper", "df", "cut")}
    if item.change is not None:
        values |= {"change": item.change.difference, "change_p": item.change.p}
    return values


@command("results.write_report")
def write_report(
    *, results: ResultSet, text: ReportText, revision: int | None = None, by: Actor, at: datetime
) -> Report:
    """Save the coordinator's part. `revision` is what she read: a colleague's newer one stays."""
    report = selectors.latest_report(results)
    if report is None or not report.is_draft:
        report = _new_report(results, at)
    elif revision is not None and revision != report.revision:
        raise ValidationError(
            _("Somebody else has saved this report meanwhile. Read the newer text, then write yours.")
        )
    for name in ("conclusions", "proposal", "owner", "due", "next_survey"):
        setattr(report, name, getattr(text, name))
    report.revision += 0 if report.pk is None else 1
    report.changed_at, report.written_by = at, by.name
    report.save()
    note(target=report, after={"version": report.version, "revision": report.revision})
    return report


def _new_report(results: ResultSet, at: datetime) -> Report:
    last = Report.objects.filter(results=results).aggregate(last=Max("version"))["last"] or 0
    return Report(office_id=results.office_id, results=results, version=last + 1, changed_at=at)


@command("results.hand_over")
def hand_over(*, report: Report, by: Actor, at: datetime) -> Report:
    """Give the report to the head of the office. From then on it is frozen."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not report.is_draft:
        raise ValidationError(_("This report has been handed over already."))
    if report.missing:
        raise ValidationError(_("Before handing over write: %(gaps)s.") % {"gaps": ", ".join(report.missing)})
    report.state, report.handed_at = ReportState.HANDED, at
    report.revision += 1
    report.save()
    note(target=report, after={"state": report.state})
    return report


@command("results.decide")
def decide(*, report: Report, made: HeadDecision, by: Actor, at: datetime) -> Report:
    """The head of the office decides on a report that was handed over; once."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.state != ReportState.HANDED:
        raise ValidationError(_("Only a report that was handed over and is not decided can be decided."))
    if made.decision != "accepted" and not made.words.strip():
        raise ValidationError({"words": _("Write what you change, or why you do not accept it.")})
    report.state, report.decision = ReportState.DECIDED, made.decision
    report.decision_words, report.decision_due = made.words, made.due or report.due
    report.decided_at, report.decided_by = at, by.name
    report.revision += 1
    report.save()
    note(target=report, after={"decision": report.decision})
    return report


@command("results.keep_report")
def keep_report(
    *, report: Report, revision: int, content: bytes, name: str, by: Actor, at: datetime
) -> Report:
    """Keep the printed report. A text that changed while it was being printed is printed again."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if revision != report.revision:
        raise ValidationError(_("The report has changed meanwhile. Make the PDF again."))
    report.file = keep_bytes(content, name=name, purpose="results.report", by=by, at=at)
    report.file_revision = revision
    report.save(update_fields=["file", "file_revision"])
    note(target=report, after={"file": name})
    return report
