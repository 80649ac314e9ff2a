"""Weights in words: tables of divisions, what weighting did, what to think over, the note on the method."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okienko.foundation.ui import words as ui
from okienko.modules.results.document import Document, Weighting, WeightMargin
from okienko.modules.results.weighting.words import Names

# From here on weighting costs so much, or cuts so many weights, that it is worth thinking it over.
_LITTLE_LEFT = 0.6
_MUCH_CUT = 0.05
_OTHER_PEOPLE = 0.05


@dataclass(frozen=True)
class GroupRow:
    """A group of clients; empty texts where the group is hidden."""

    name: str
    population: str
    n: str = ""
    before: str = ""
    after: str = ""

    @property
    def hidden(self) -> bool:
        return not self.n


@dataclass(frozen=True)
class DivisionTable:
    code: str
    name: str
    source: str
    rows: tuple[GroupRow, ...]
    people: str = ""
    without: str = ""


def tables(weighting: Weighting, names: Names) -> list[DivisionTable]:
    return [_table(margin, names) for margin in weighting.margins]


def _table(margin: WeightMargin, names: Names) -> DivisionTable:
    rows = []
    for group in margin.groups:
        name = names.group(margin.division, group.values)
        if group.n is None:
            rows.append(GroupRow(name, ui.percent(group.share, 1)))
            continue
        shares = ("–" if share is None else ui.percent(share, 1) for share in (group.before, group.after))
        rows.append(GroupRow(name, ui.percent(group.share, 1), ui.number(group.n), *shares))
    return DivisionTable(
        margin.division,
        names.division(margin.division),
        margin.source,
        tuple(rows),
        ui.number(margin.people, 0) if margin.people else "",
        _without(margin.without),
    )


def _without(count: int | None) -> str:
    if not count:
        return ""
    return ngettext(
        "%(n)s answer says nothing of this division; it is weighted by the others.",
        "%(n)s answers say nothing of this division; they are weighted by the others.",
        count,
    ) % {"n": ui.number(count)}


def figures(weighting: Weighting) -> list[tuple[str, str]]:
    """What weighting did; nothing where a hidden group could be worked out from it."""
    if weighting.greatest is None:
        return []
    spread = _("from %(least)s to %(greatest)s") % {
        "least": ui.number(weighting.least, 2),
        "greatest": ui.number(weighting.greatest, 2),
    }
    return [
        (_("Weights, in mean weights"), spread),
        (_("Cut at the limit"), ui.number(weighting.trimmed)),
        (_("Effective number of answers before"), ui.number(weighting.effective_before, 0)),
        (_("Effective number of answers after"), ui.number(weighting.effective_after, 0)),
        (_("Steps until all divisions agree"), ui.number(weighting.steps)),
    ]


def doubts(weighting: Weighting, answers: int, inference: str) -> list[str]:
    """What to think over before using the weights."""
    found = []
    if inference == "none":
        found.append(
            _(
                "People answered of their own accord. Weights make them divide like the clients, but do not"
                " make them a random sample."
            )
        )
    counted = [margin for margin in weighting.margins if margin.people]
    if counted and max(m.people for m in counted) > (1 + _OTHER_PEOPLE) * min(m.people for m in counted):
        found.append(
            _("The divisions speak of different numbers of clients. Check that they are of the same period.")
        )
    if weighting.effective_after is not None and weighting.effective_after < _LITTLE_LEFT * answers:
        found.append(
            _(
                "Weighting makes the results much less exact: %(n)s answers tell as much as %(left)s without"
                " weights. Joining groups helps."
            )
            % {"n": ui.number(answers), "left": ui.number(weighting.effective_after, 0)}
        )
    if weighting.trimmed is not None and weighting.trimmed > _MUCH_CUT * answers:
        found.append(_("Many weights stop at the limit. Allow greater weights or join groups."))
    return found


def note(document: Document) -> str:
    """The paragraph of the note on the method; empty where answers are not weighted."""
    found = document.weighting
    if found is None:
        return ""
    count = len(found.margins)
    said = ngettext(
        "Answers are weighted so that they divide like the clients in %(n)s way (%(sources)s). The standard"
        " errors know of the weights.",
        "Answers are weighted so that they divide like the clients in %(n)s ways (%(sources)s). The standard"
        " errors know of the weights.",
        count,
    ) % {"n": count, "sources": "; ".join(margin.source for margin in found.margins)}
    said += " " + _("No weight is greater than %(limit)s mean weights.") % {"limit": found.limit}
    if found.effective_after is not None:
        said += " " + _("After weighting the answers tell as much as %(n)s answers of equal weight.") % {
            "n": ui.number(found.effective_after, 0)
        }
    return said
