"""The words of problems, sampling kinds and steps; the rules know only their codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from okienko.modules.surveys.rules import Pace, Problem

PROBLEMS = {
    # the plan of a wave
    "purpose_missing": _("Write what the survey is for. The report will begin with it."),
    "not_published": _(
        "The questionnaire is not published yet. Publish it: the wave will keep that version."
    ),
    "kind_missing": _("Say how people are chosen. It decides what may be concluded from the answers."),
    "population_needed": _(
        "Enter how many people there are: without it the margin of error cannot be worked out."
    ),
    "population_useful": _(
        "Enter the number of clients in the period if you know it: the plan will be more exact."
    ),
    "staff_answers_may_repeat": _(
        "An open link lets one person answer twice. The results will say so and show no census figures."
    ),
    "points_missing": _("Choose at least one service point at which clients are asked."),
    "days_open_missing": _("Enter the number of days open in the period."),
    "network_not_open": _("The network has not opened this wave yet. You can prepare everything now."),
    "earlier_wave_open": _("The previous wave of this survey is still open. Close it first."),
    "dates_are_past": _(
        "The dates of this wave are past. You can open it to type in or import answers collected then; "
        "its links will take no more answers."
    ),
    "target_missing": _("Decide how many answers you want, so that everybody sees how the collecting goes."),
    "shifts_missing": _("Draw the days on which forms are handed out."),
    "more_shifts_than_days": _("There are more days with forms than days open. Correct one of the two."),
    "interval_missing": _("Enter to which client in a row a form is given."),
    "one_shift_only": _(
        "With one day only, the differences between days cannot be judged. Draw at least two."
    ),
    "links_missing": _("Add at least one link, so that clients can also answer online."),
    # dates
    "closes_before_it_opens": _("The last day is before the first one. Correct one of the dates."),
    "longer_than_a_year": _("A wave may last a year at most. Plan several waves instead."),
    "typed_before_it_closes": _(
        "Forms are typed in after the last client has answered: choose the last day or later."
    ),
    "typed_a_year_later": _("Forms must be typed in within a year after the last day."),
    "unlikely_year": _("Check the year: a wave lies between 1990 and 2100."),
    "not_extended": _("Choose a day after the present last day: %(day)s. To end earlier, close the wave."),
    "extended_to_the_past": _("Choose today or a later day."),
    # forms
    "issued_missing": _("Enter how many forms were issued: without it the return rate is unknown."),
    "returned_missing": _("Enter how many forms were returned before counting the spoiled ones."),
    "more_returned_than_issued": _(
        "More forms were returned than issued. Count again or correct the number issued."
    ),
    "more_spoiled_than_returned": _("More forms are spoiled than were returned. Count again."),
    # states
    "state_changed": _("Somebody has changed the state of this wave in the meantime. Look at it again."),
    "closed": _("This wave is closed, so its fieldwork can no longer be changed."),
    "opened": _("This wave has been opened, so this can no longer be changed."),
    "not_open": _("This wave is not open."),
    "archived": _("This survey is archived. Restore it first."),
    "has_open_wave": _("A wave of this survey is open. Close it first."),
    "opened_offices": _("These offices have opened the wave already and stay in it: %(names)s."),
    "no_offices": _("Choose at least one office."),
    "foreign_offices": _("Some of the chosen offices do not belong to the network."),
    "foreign_points": _("Some of the chosen points do not belong to the office or are no longer in use."),
    "foreign_questionnaire": _("The questionnaire belongs to another office or network."),
    "points_with_forms": _("Forms have been counted at these points, so they stay: %(names)s."),
    "days_outside": _("The day lies outside the wave: choose one from %(first)s to %(last)s."),
    "same_shift": _("There is a shift at this point at that time already."),
    "hours_turned": _("The shift ends before it begins."),
    "not_enough_days": _(
        "%(name)s: %(wanted)s days wanted, but the point is open on %(open)s days of the wave."
    ),
    "only_open_days": _("Days are drawn for points of this wave only."),
    "weights_unknown": _("The questionnaire has no such area: %(names)s."),
    "weights_zero": _("Give at least one area a weight above zero, or leave all of them empty."),
    "threshold_too_low": _("The smallest group shown must not be under %(least)s."),
    "too_many_points": _("There may be %(most)s points at most."),
    "too_many_links": _("There may be %(most)s links at most. Switch off those that are not used."),
    "same_link": _("There is such a link already. Use it, or give the new one another name."),
    "number_taken": _("A wave of this survey was planned at the same moment. Look at the list of waves."),
}


def problem_text(problem: Problem) -> str:
    """The problem in words, with the points that it concerns."""
    if not problem.points:
        return PROBLEMS[problem.code]
    return format_lazy("{} ({})", PROBLEMS[problem.code], ", ".join(problem.points))


def refusal(code: str, field: str = "", **params) -> ValidationError:
    """A refused write: what is wrong and what to do; `field` names the form's field."""
    error = ValidationError(PROBLEMS[code], code=code, params=params)
    return ValidationError({field: error}) if field else error


def refusal_of(problems: dict[str, str]) -> ValidationError:
    """Field → code of the problem, as the rules give them."""
    return ValidationError({field: refusal(code) for field, code in problems.items()})


@dataclass(frozen=True)
class KindWords:
    """A way of choosing people: what it is, when it suits, what it permits one to conclude."""

    title: Any
    what: Any
    conclude: Any


KINDS = {
    "systematic": KindWords(
        _("Some clients at the service points, for example every fifth, on drawn days"),
        _(
            "Days are drawn by lot. On these days a form goes to, for example, every fifth client. "
            "Suits a service hall."
        ),
        _(
            "You may conclude about all clients who came in the period, with a margin of error. "
            "Changes and differences can be called significant."
        ),
    ),
    "census": KindWords(
        _("Everybody is asked"),
        _("All clients of the period, or all employees, get a form or a link. Suits small groups."),
        _(
            "You may conclude about the whole group. The smaller the part that answers, "
            "the more depends on who did not."
        ),
    ),
    "random_list": KindWords(
        _("Drawn from a list"),
        _("People are drawn by lot from a register and asked by letter, mail or telephone."),
        _("You may conclude about everybody on the list, with a margin of error."),
    ),
    "open": KindWords(
        _("Open link or ballot box"),
        _("Anybody who wishes answers: a poster with a QR code, a link on the website, forms beside a box."),
        _(
            "You hear remarks and see what hurts. You may not say how satisfied all clients are: "
            "there is no margin of error, no ranking, and no change is called significant."
        ),
    ),
}

ORDINALS = {
    2: _("every second"),
    3: _("every third"),
    4: _("every fourth"),
    5: _("every fifth"),
    6: _("every sixth"),
    7: _("every seventh"),
    8: _("every eighth"),
    9: _("every ninth"),
    10: _("every tenth"),
}


def every(number: int) -> str:
    """`every fifth`, for a client or a form."""
    if number == 1:
        return gettext("every one")
    return str(ORDINALS.get(number) or gettext("every %(k)sth") % {"k": number})


PACES = {
    Pace.WAITING: _("not begun yet"),
    Pace.NOT_STARTED: _("should have begun"),
    Pace.NOT_PLANNED: _("no target"),
    Pace.LATE: _("behind"),
    Pace.ON_COURSE: _("on course"),
    Pace.REACHED: _("target reached"),
    Pace.CLOSED: pgettext_lazy("wave", "closed"),
    Pace.NEVER_STARTED: pgettext_lazy("wave", "never begun"),
}
STATES = {
    "planned": pgettext_lazy("wave", "planned"),
    "open": pgettext_lazy("wave", "open"),
    "closed": pgettext_lazy("wave", "closed"),
}
