"""Counts of few answers: told while clients answer, hidden from staff surveys and from closed waves."""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from django.urls import reverse

from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import make_service_point, scope_of
from okienko.modules.collection import selectors_quality as selectors
from okienko.modules.collection.models import Response
from okienko.modules.collection.rules.small_groups import rule_for, untold
from okienko.modules.surveys.tests.factories import (
    make_office_wave,
    make_point_plan,
    make_questionnaire,
    make_survey,
    make_wave,
)

DAY = datetime.date(2026, 11, 10)
CLIENTS = rule_for(audience="clients", state="closed", threshold=5)


@pytest.mark.parametrize(
    ("audience", "state", "threshold", "least"),
    [
        ("clients", "open", 5, None),
        ("partners", "open", 8, None),
        ("clients", "closed", 5, 5),
        ("partners", "closed", 8, 8),
        ("staff", "open", 5, 10),
        ("staff", "closed", 12, 12),
    ],
)
def test_who_is_asked_and_whether_the_wave_is_open_decide_what_is_small(audience, state, threshold, least):
    rule = rule_for(audience=audience, state=state, threshold=threshold)
    assert (rule.threshold if rule else None) == least


def possible(total: int, shown: int, hidden: int) -> list[tuple[int, ...]]:
    """Every way in which the hidden names can share what the shown ones leave of the total."""
    rest = total - shown
    return [each for each in product(range(1, rest + 1), repeat=hidden) if sum(each) == rest]


@pytest.mark.parametrize(
    "counts", [(1, 40), (4, 40, 6), (1, 1, 9), (4, 4, 30), (2, 3, 5, 8), (1, 5), (5, 5, 5)]
)
def test_a_small_count_cannot_be_worked_out_from_the_total_and_the_others(counts):
    """The attacker knows the total, every shown count, and that nobody is counted as less than one."""
    table = {f"n{place}": count for place, count in enumerate(counts)}
    hidden = untold({"points": table}, CLIENTS)
    names = [name for name in table if ("points", name) in hidden]
    assert {name for name, count in table.items() if count < 5} <= set(names)
    ways = possible(sum(counts), sum(table[name] for name in table if name not in names), len(names))
    for place, name in enumerate(names):
        guesses = {way[place] for way in ways}
        assert len(guesses) > 1, f"{name} can only be {guesses}"


@pytest.mark.parametrize("counts", [(3,), (1, 1, 1), (1, 4)])
def test_so_few_answers_are_not_divided_at_all(counts):
    """Three names and three answers: the list alone tells that each has one."""
    assert untold({"points": {f"n{place}": count for place, count in enumerate(counts)}}, CLIENTS) is None


def test_where_nothing_is_small_nothing_is_hidden():
    assert untold({"points": {"a": 5, "b": 9}, "days": {"x": 14}}, CLIENTS) == frozenset()
    assert untold({}, CLIENTS) == untold({"points": {"a": 1}}, None) == frozenset()


@pytest.fixture
def part(office, clients_definition):
    """45 answers: 40 in the hall, 4 in the annexe, 1 without a point; 44 in Polish, 1 in Ukrainian."""
    with open_scope(scope_of(office)):
        survey = make_survey(office, questionnaire=make_questionnaire(office, definition=clients_definition))
        row = make_office_wave(office, wave=make_wave(survey, state="open"), state="open")
        hall, annexe = (make_service_point(office, name=name) for name in ("Sala", "Aneks"))
        for place in range(45):
            point = None if place == 44 else annexe if place >= 40 else hall
            answer(row, service_point=point, language="uk" if place == 44 else "pl")
        for point in (hall, annexe):
            make_point_plan(row, point)
        return row


def answer(part, **fields) -> None:
    values = {"mode": "web", "day": DAY, "answers": {"zadowolenie": 4}} | fields
    Response.objects.create(office_id=part.office_id, office_wave=part, **values)


def become(part, *, audience: str = "clients", state: str = "open"):
    part.wave.survey.questionnaire.audience = audience
    part.wave.survey.questionnaire.save()
    for row in (part, part.wave):
        row.state = state
        row.save()
    return part


def test_while_clients_answer_every_count_is_told(part):
    with open_scope(scope_of(part.office)):
        found = selectors.standing(become(part))
    assert dict(found.points) == {"Sala": 40, "Aneks": 4, "": 1}
    assert found.least is None


@pytest.mark.parametrize(
    ("audience", "state"), [("clients", "closed"), ("staff", "open"), ("staff", "closed")]
)
def test_afterwards_and_among_staff_small_counts_are_hidden(part, audience, state):
    with open_scope(scope_of(part.office)):
        found = selectors.standing(become(part, audience=audience, state=state))
    assert dict(found.languages) == {"pl": None, "uk": None}, "45 − 44 would tell of the one"
    assert dict(found.days) == {"2026-11-10": 45}
    told = dict(found.points)
    assert told["Aneks"] is None and told[""] is None
    assert told["Sala"] is None, "45 − 40 leaves five for two groups: too few to hide among"


def test_the_place_in_the_list_does_not_tell_the_size(part):
    with open_scope(scope_of(part.office)):
        for _ in range(3):
            answer(part, language="en")
        found = selectors.standing(become(part, state="closed"))
    hidden = [name for name, count in found.languages if count is None]
    assert hidden == sorted(hidden)


def test_the_page_says_hidden_and_why(part, anna):
    address = reverse("collection:quality", args=[part.office.slug, part.pk])
    assert ">ukryte<" not in anna.get(address).content.decode()
    with open_scope(scope_of(part.office)):
        become(part, state="closed")
    shown = anna.get(address).content.decode()
    assert ">ukryte<" in shown
    assert "mniej niż 5 odpowiedzi" in shown


def test_a_closed_wave_of_three_answers_shows_no_tables(part, anna):
    address = reverse("collection:quality", args=[part.office.slug, part.pk])
    with open_scope(scope_of(part.office)):
        for row in Response.objects.all()[3:]:
            row.delete()
        become(part, state="closed")
        found = selectors.standing(part)
    assert (found.total, found.points, found.languages) == (3, (), ())
    assert "Aneks" not in anna.get(address).content.decode()


def test_what_a_colleague_left_out_is_not_told_while_staff_answer(part, anna):
    address = reverse("collection:quality", args=[part.office.slug, part.pk])
    with open_scope(scope_of(part.office)):
        become(part, audience="staff")
        assert selectors.standing(part).unanswered is None
    assert "Pokażemy po zamknięciu fali" in anna.get(address).content.decode()


def test_a_question_that_few_left_empty_is_not_named_afterwards(part):
    with open_scope(scope_of(part.office)):
        answer(part, answers={"jasnosc": 3})
        assert "zadowolenie" in {row.item.code for row in selectors.standing(part).unanswered}
        told = {
            row.item.code: row.count for row in selectors.standing(become(part, state="closed")).unanswered
        }
    assert "zadowolenie" not in told
    assert "jasnosc" not in told, "one person answered it"
    assert told["wiedza"] == 46
