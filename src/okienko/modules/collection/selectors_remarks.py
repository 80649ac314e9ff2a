"""Reads of remarks. Originals are for the page of the coordinator; others get `published_remarks`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Model, QuerySet

from okienko.engines.questionnaire import Item, items
from okienko.modules.collection.models import Remark, RemarkState
from okienko.modules.collection.remark_words import worded
from okienko.modules.questionnaires import selectors as questionnaires


@dataclass(frozen=True)
class PublishedRemark:
    """A remark as everybody may read it: approved, masked, its codes in words of the active language."""

    item: str
    text: str


def published_remarks(office_wave: Model, item: str = "") -> list[PublishedRemark]:
    """Approved remarks of an office's wave (of one item), masked, in random order. One query."""
    rows = Remark.objects.filter(office_wave=office_wave, state=RemarkState.APPROVED)
    rows = (rows.filter(item=item) if item else rows).order_by("item", "pk")
    return [PublishedRemark(code, worded(masked)) for code, masked in rows.values_list("item", "masked")]


def remark_states(office_wave: Model) -> dict[str, int]:
    """How many remarks are in each state; a state without remarks is there with 0."""
    found = Remark.objects.filter(office_wave=office_wave).values_list("state").annotate(Count("pk"))
    return dict.fromkeys(RemarkState.values, 0) | dict(found.order_by())


def remarks(office_wave: Model, state: str) -> QuerySet[Remark]:
    """Remarks in a state, those with something masked first: they need the eye most."""
    rows = Remark.objects.filter(office_wave=office_wave, state=state)
    return rows.order_by("-masked_by_machine", "pk")


def get_remark(office_wave: Model, pk: UUID) -> Remark | None:
    return Remark.objects.filter(office_wave=office_wave, pk=pk).first()


def chosen_remarks(office_wave: Model, keys: Collection[str]) -> list[Remark]:
    """The remarks of this wave among the keys; a key that is none is left out."""
    found = []
    for key in keys:
        with suppress(ValueError):
            found.append(UUID(key))
    rows = Remark.objects.filter(office_wave=office_wave, pk__in=found)
    return list(rows.select_related("office_wave__wave"))


def text_items(office_wave: Model) -> dict[str, Item]:
    """Code → item of every question, or part of one, that is answered in words."""
    if office_wave.wave.version is None:
        return {}
    found = items(questionnaires.definition(office_wave.wave.version))
    return {item.code: item for item in found if item.kind == "text"}


def expired_originals(before: datetime) -> QuerySet[Remark]:
    """Remarks of waves closed before a day, whose original words are still kept."""
    return Remark.objects.filter(office_wave__closed_at__lt=before).exclude(text="")


def unread_by_wave(office_id: int) -> Counter[int]:
    """Office wave → remarks that nobody has read yet, in one query."""
    rows = Remark.objects.filter(office_id=office_id, state=RemarkState.NEW)
    return Counter(dict(rows.values_list("office_wave_id").annotate(Count("pk")).order_by()))
