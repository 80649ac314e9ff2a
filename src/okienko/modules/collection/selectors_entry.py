"""Reads of keyed entry: batches, forms, what is due, how often two typings differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.modules.collection.models import EntryBatch, EntryForm
from okienko.modules.collection.rules.comparing import MisreadRate, is_due, misread_rate
from okienko.modules.surveys import selectors as surveys
from okienko.modules.surveys.selectors import WaveAction


@dataclass(frozen=True)
class BatchState:
    """How far a batch is. `due`: numbers of forms that still wait for the second typing."""

    typed: int
    left: int
    due: tuple[int, ...]
    unsettled: tuple[int, ...]
    rate: MisreadRate | None

    @property
    def agrees(self) -> bool:
        return self.left == 0


def batches(office_wave: Any = None) -> QuerySet[EntryBatch]:
    """In scope, the newest first, with the number of forms typed in."""
    rows = EntryBatch.objects.select_related("service_point", "office_wave__wave__survey", "created_by")
    if office_wave is not None:
        rows = rows.filter(office_wave=office_wave)
    return rows.annotate(typed=Count("forms")).order_by("closed_at", "-created_at", "-pk")


def get_batch(pk: int) -> EntryBatch | None:
    rows = EntryBatch.objects.select_related(
        "office__network", "service_point", "office_wave__office", "office_wave__wave__survey"
    )
    return rows.select_related("office_wave__wave__version").filter(pk=pk).first()


def forms_of(batch: EntryBatch) -> QuerySet[EntryForm]:
    return batch.forms.select_related("typed_by", "second_by").order_by("number")


def get_form(batch: EntryBatch, number: int) -> EntryForm | None:
    form = batch.forms.filter(number=number).first()
    if form is not None:
        form.batch = batch
    return form


def next_number(batch: EntryBatch) -> int:
    last = batch.forms.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


_STATE = ("number", "differences", "differed", "compared")


def batch_state(batch: EntryBatch) -> BatchState:
    return _state_of(batch, list(batch.forms.values_list(*_STATE)))


def _state_of(batch: EntryBatch, rows: list[tuple]) -> BatchState:
    """From the rows of `_STATE` of the batch's forms."""
    done = [row for row in rows if row[3] is not None]
    again = {row[0] for row in done}
    return BatchState(
        typed=len(rows),
        left=batch.expected - batch.spoiled - len(rows),
        due=tuple(row[0] for row in rows if is_due(row[0], batch.double_every) and row[0] not in again),
        unsettled=tuple(row[0] for row in rows if row[1]),
        rate=misread_rate(sum(row[2] or 0 for row in done), sum(row[3] or 0 for row in done)),
    )


def closed_at_point(office_wave_id: int, service_point_id: int | None) -> tuple[int, int]:
    """Forms that came back (read and spoiled) and spoiled ones, in the closed batches of a point."""
    rows = EntryBatch.objects.filter(
        office_wave_id=office_wave_id, service_point_id=service_point_id, closed_at__isnull=False
    )
    forms = EntryForm.objects.filter(batch__in=rows.values("pk")).count()
    spoiled = rows.aggregate(total=Sum("spoiled"))["total"] or 0
    return forms + spoiled, spoiled


def typed_at_points(office_wave_id: int) -> dict[int, int]:
    """Service point → paper forms typed in, in open and closed batches."""
    rows = EntryForm.objects.filter(
        batch__office_wave_id=office_wave_id, batch__service_point__isnull=False
    ).values_list("batch__service_point_id")
    return dict(rows.annotate(Count("pk")).order_by())


def before_close(office_wave_ids: Collection[int]) -> Iterable[str]:
    """Batches that would be lost if the wave were closed now."""
    count = EntryBatch.objects.filter(office_wave_id__in=office_wave_ids, closed_at__isnull=True).count()
    if count:
        yield ngettext(
            "%(n)d batch of paper forms is not closed; what is typed in it would not count.",
            "%(n)d batches of paper forms are not closed; what is typed in them would not count.",
            count,
        ) % {"n": count}


def open_waves() -> list[Any]:
    """Waves of the office into which paper forms may be typed, the newest first."""
    rows = surveys.office_waves(states=["open"]).order_by("-wave__opens_on")
    return [row for row in rows if surveys.may_type(row)]


def wave_actions(request: HttpRequest, office_wave: Any) -> Iterable[WaveAction]:
    """Ways on from the page of a wave: paper forms and files with answers."""
    if not surveys.may_type(office_wave):
        return
    address = [request.office.slug, office_wave.pk]
    if request.actor.can("collection.view_batches"):
        yield WaveAction(_("Paper forms"), reverse("collection:wave_batches", args=address))
    if request.actor.can("collection.import"):
        yield WaveAction(_("Import answers"), reverse("collection:imports", args=address))


def open_batches(office: Any) -> list[tuple[EntryBatch, BatchState]]:
    """Batches of the office that may be worked on, each with its state; in two queries."""
    rows = EntryBatch.objects.filter(office=office, closed_at=None).select_related(
        "service_point", "office_wave__wave"
    )
    found = [batch for batch in rows.order_by("created_at", "pk") if surveys.may_type(batch.office_wave)]
    forms: dict[int, list[tuple]] = {batch.pk: [] for batch in found}
    for pk, *row in EntryForm.objects.filter(batch__in=forms).values_list("batch_id", *_STATE):
        forms[pk].append(tuple(row))
    return [(batch, _state_of(batch, forms[batch.pk])) for batch in found]
