"""The page of answers: counts only, doubtful answers marked, and left out by a coordinator with a reason."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from django.urls import reverse

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.registry import Role
from okienko.foundation.testing.cast import Person
from okienko.foundation.testing.factories import make_member, make_service_point, scope_of
from okienko.modules.collection import selectors_quality as selectors
from okienko.modules.collection.models import Exclusion, Flag, Response
from okienko.modules.collection.rules.quality import repeats, straight_lines
from okienko.modules.collection.selectors import counts, exclusions
from okienko.modules.surveys.tests.factories import (
    make_office_wave,
    make_point_plan,
    make_questionnaire,
    make_survey,
    make_wave,
)

DAY = datetime.date(2026, 11, 10)


def column(*values) -> np.ndarray:
    return np.array(values, dtype=np.int16)


def test_one_mark_for_everything_needs_enough_marks():
    marks = [column(4, 4, -1, 3)] * 7 + [column(4, 5, 4, -2)]
    assert straight_lines(marks, 4).tolist() == [True, False, False, False]
    assert straight_lines(marks, 4, least=1).tolist() == [True, False, True, True]
    assert straight_lines([], 2).tolist() == [False, False]


def test_a_repeat_is_equal_in_everything_and_the_first_is_not_one():
    items = {f"q{number}": column(number % 5, number % 5, number % 5, 1, number % 5) for number in range(9)}
    places = (np.array(["a", "a", "a", "a", "b"]),)
    assert repeats(items, places).tolist() == [False, True, True, False, False]


def test_content_people_who_agree_are_not_repeats():
    items = {f"q{number}": column(5, 5) for number in range(9)}
    assert repeats(items, (np.array(["a", "a"]),)).tolist() == [False, False]


def test_short_answers_are_not_repeats_and_nothing_is_nothing():
    items = {f"q{number}": column(number, number) for number in range(3)}
    assert repeats(items, (np.array(["a", "a"]),)).tolist() == [False, False]
    assert repeats({}, (np.array([], dtype=str),)).tolist() == []


@pytest.fixture
def part(office, clients_definition):
    """An open wave: 2 ordinary answers, 2 with the hidden field (one of a burst), 3 alike, 1 of one mark."""
    with open_scope(scope_of(office)):
        survey = make_survey(office, questionnaire=make_questionnaire(office, definition=clients_definition))
        row = make_office_wave(office, wave=make_wave(survey, state="open"), state="open")
        point = make_service_point(office, name="Sala obsługi")
        make_point_plan(row, point)
        codes = rated(row)
        answer(row, {"zadowolenie": 4}, service_point=point)
        answer(row, {"zadowolenie": 5}, mode="paper")
        answer(row, {"zadowolenie": 1}, flags=["honeypot"])
        answer(row, {"zadowolenie": 2}, flags=["honeypot", "burst"], language="uk")
        for _ in range(3):
            answer(row, {code: 1 + place % 4 for place, code in enumerate(codes)})
        answer(row, dict.fromkeys(codes, 3))
        return row


def rated(part) -> list[str]:
    found = [item for item in selectors._asked(part) if item.kind == "ordinal" and item.role == "driver"]
    assert len(found) >= 9
    return [item.code for item in found]


def answer(part, answers, **fields) -> Response:
    values = {"mode": "web", "day": DAY} | fields
    return Response.objects.create(office_id=part.office_id, office_wave=part, answers=answers, **values)


def page(part, name="quality", *more) -> str:
    return reverse(f"collection:{name}", args=[part.office.slug, part.pk, *more])


def marks(part) -> dict[str, tuple[int, int]]:
    return {row.flag.value: (row.count, row.excluded) for row in selectors.standing(part).flags}


def test_answers_are_counted_by_mark_and_by_place(part):
    with open_scope(scope_of(part.office)):
        found = selectors.standing(part)
        assert (found.total, found.counted) == (8, 8)
        assert dict(found.points) == {"Sala obsługi": 1, "": 7}
        assert dict(found.modes) == {"web": 7, "paper": 1}
        assert dict(found.languages) == {"pl": 7, "uk": 1}
        assert dict(found.days) == {"2026-11-10": 8}
        assert marks(part) == {
            "honeypot": (2, 0), "burst": (1, 0), "duplicate": (2, 0), "straight_line": (1, 0)
        }  # fmt: skip
        assert {row.item.code: row.count for row in found.unanswered}["zadowolenie"] == 4


def test_how_many_were_asked_a_conditional_question_is_not_told(part):
    """It would tell what these people answered before: a figure, though the wave is open."""
    with open_scope(scope_of(part.office)):
        answer(part, {"jasnosc": -4, "zadowolenie": 2})
        told = {row.item.code: row.of for row in selectors.standing(part).unanswered}
        assert "jasnosc" not in told and set(told.values()) == {9}


def test_the_page_shows_counts_and_never_a_code_of_an_answer(part, anna):
    shown = anna.get(page(part)).content.decode()
    assert "Jest 8 odpowiedzi" in shown
    assert "wypełnione ukryte pole" in shown
    assert "Sala obsługi" in shown
    with open_scope(scope_of(part.office)):
        assert not [str(row.pk) for row in Response.objects.all() if str(row.pk) in shown]


def test_who_sees_the_page_and_who_decides(part, anna, bartek, celina, dorota, ewa):
    analyst = Person().sign_in(make_member(part.office, Role.ANALYST), office=part.office)
    people = (anna, analyst, bartek, celina, dorota, ewa)
    assert [person.get(page(part)).status_code for person in people] == [200, 200, 403, 404, 404, 302]
    address = page(part, "exclude", "burst")
    statuses = [person.post(address, {"reason": "x"}).status_code for person in people[1:]]
    assert statuses == [403, 403, 404, 404, 302]
    assert address not in analyst.get(page(part)).content.decode()


def test_a_coordinator_leaves_answers_out_with_a_reason_and_takes_them_in_again(part, anna):
    assert anna.post(page(part, "exclude", "honeypot"), {"reason": " "}).status_code == 422
    assert anna.post(page(part, "exclude", "honeypot"), {"reason": "Próba linku"}).status_code == 302
    with open_scope(scope_of(part.office)):
        assert counts([part.pk]) == {part.pk: 6}
        assert [(row.flag, row.reason) for row in exclusions(part)] == [("honeypot", "Próba linku")]
        assert Response.objects.count() == 8
    assert "Próba linku" in anna.get(page(part)).content.decode()
    anna.post(page(part, "include", "honeypot"))
    with open_scope(scope_of(part.office)):
        assert counts([part.pk]) == {part.pk: 8}
        assert exclusions(part) == []
        codes = list(AuditEntry.objects.filter(code__contains="clude").values_list("code", flat=True))
    assert sorted(codes) == ["collection.exclude", "collection.include"]


def test_an_answer_with_two_marks_stays_out_while_one_of_them_is(part, anna):
    for flag in ("honeypot", "burst"):
        anna.post(page(part, "exclude", flag), {"reason": "Próba"})
    anna.post(page(part, "include", "honeypot"))
    with open_scope(scope_of(part.office)):
        assert marks(part)["honeypot"] == (2, 1)
        assert marks(part)["burst"] == (1, 1)


def test_of_repeated_answers_one_keeps_counting(part, anna):
    anna.post(page(part, "exclude", "duplicate"), {"reason": "Wysłane kilka razy"})
    with open_scope(scope_of(part.office)):
        assert counts([part.pk]) == {part.pk: 6}
        assert marks(part)["duplicate"] == (2, 2)


def test_answers_that_come_later_stay_in_until_decided(part, anna):
    anna.post(page(part, "exclude", "burst"), {"reason": "Próba"})
    with open_scope(scope_of(part.office)):
        answer(part, {}, flags=["burst"])
        assert marks(part)["burst"] == (2, 1)
    anna.post(page(part, "exclude", "burst"), {"reason": "Próba, druga część"})
    with open_scope(scope_of(part.office)):
        assert marks(part)["burst"] == (2, 2)
        assert Exclusion.objects.get().reason == "Próba, druga część"


def test_a_mark_that_nobody_has_or_that_is_none_changes_nothing(part, anna):
    with open_scope(scope_of(part.office)):
        Response.objects.filter(flags=["honeypot", "burst"]).delete()
    assert anna.post(page(part, "exclude", "burst"), {"reason": "x"}).status_code == 422
    assert anna.get(page(part, "exclude", "nie-ma")).status_code == 404
    with open_scope(scope_of(part.office)):
        assert exclusions(part) == []


def test_released_results_freeze_what_counts(part, anna, monkeypatch):
    class Provider:
        provider = staticmethod(lambda office_wave_id: office_wave_id == part.pk)

    monkeypatch.setattr(selectors, "slot", lambda name: [Provider] if name == "collection.is_frozen" else [])
    with open_scope(scope_of(part.office)):
        assert not selectors.is_frozen(part)
        part.state = "closed"
        part.save()
    assert anna.post(page(part, "exclude", "honeypot"), {"reason": "x"}).status_code == 422
    anna.post(page(part, "include", "honeypot"))
    with open_scope(scope_of(part.office)):
        assert counts([part.pk]) == {part.pk: 8}
    shown = anna.get(page(part)).content.decode()
    assert "Wyniki są gotowe" in shown
    assert page(part, "exclude", "honeypot") not in shown


def test_the_page_asks_the_same_number_of_queries_for_many_answers(part, anna, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        anna.get(page(part))


def test_every_flag_has_words():
    assert all(str(flag.label) != flag.value for flag in Flag)


def test_an_empty_wave_says_what_will_come(office, anna):
    with open_scope(scope_of(office)):
        row = make_office_wave(office, state="open")
    assert "Nie ma jeszcze żadnej odpowiedzi" in anna.get(page(row)).content.decode()
