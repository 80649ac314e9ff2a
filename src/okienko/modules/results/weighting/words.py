"""Names of divisions and groups, and in plain words why weights cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from okienko.engines.statistics import StatisticsError
from okienko.foundation.offices.models import Channel
from okienko.modules.results.computing.wave import POINT
from okienko.modules.results.computing.weighed import FEWEST
from okienko.modules.results.computing.weighted import CHANNEL
from okienko.modules.results.presenting.words import Words, words_of
from okienko.modules.surveys.selectors import FieldDesign


class Names:
    """What the divisions of a wave and their groups are called."""

    def __init__(self, words: Words, points: dict[str, str]) -> None:
        self.words, self.points = words, points

    def division(self, code: str) -> str:
        return _("Channel") if code == CHANNEL else self.words.domain(code)

    def category(self, code: str, value: str) -> str:
        if code == POINT:
            return self.points.get(value, value)
        if code == CHANNEL:
            return str(dict(Channel.choices).get(value, value))
        return self.words.answer(code, int(value))

    def group(self, code: str, values: Sequence[str]) -> str:
        return ", ".join(self.category(code, value) for value in values)


def names_of(results_or_part, plan: FieldDesign) -> Names:
    """The names in the language of the page; the first argument knows its wave."""
    points = {str(stratum.service_point_id): stratum.name for stratum in plan.strata}
    return Names(words_of(results_or_part), points)


def refusal(error: StatisticsError, names: Names) -> str:
    """Why the weights cannot be used, and what to do."""
    code = str(error.about.get("division", ""))
    division = names.division(code) if code else ""
    values = error.about.get("group")
    group = names.group(code, values) if isinstance(values, tuple) else ""
    place = {"division": division, "group": group, "fewest": FEWEST}
    said = _reasons().get(error.code)
    if said is None or (not group and "%(group)s" in said):
        return _("These margins cannot be met by any weights. Check the numbers and the sources.")
    return said % place


def _reasons() -> dict[str, str]:
    return {
        "too_few_in_group": _(
            "“%(division)s”: fewer than %(fewest)s answers came from the group “%(group)s”. Join it with"
            " another group."
        ),
        "zero_population": _(
            "“%(division)s”: the group “%(group)s” has zero clients, but answers came from it. Correct the"
            " number or join it with another group."
        ),
        "bounds_too_tight": _(
            "No weights within the limit make the answers divide like the clients; the group “%(group)s”"
            " (“%(division)s”) is the furthest off. Join groups or allow greater weights."
        ),
        "margins_contradict": _(
            "The divisions contradict one another in these answers; the group “%(group)s” (“%(division)s”)"
            " is the furthest off. Check the numbers or leave one division out."
        ),
        "weights_do_not_converge": _(
            "The weights do not settle; the group “%(group)s” (“%(division)s”) is the furthest off. Check"
            " the numbers, join groups or leave one division out."
        ),
    }
