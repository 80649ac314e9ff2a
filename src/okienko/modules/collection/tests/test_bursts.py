"""Answers that come faster through one link than people can give them: marked, shown, never dropped."""

# ruff: noqa: F811 (a fixture is named twice: imported, and asked for)

from __future__ import annotations

import itertools

import pytest
from django.urls import reverse

from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import scope_of
from okienko.modules.collection.answering import bursts
from okienko.modules.collection.models import Response
from okienko.modules.collection.selectors import counts
from okienko.modules.collection.tests.test_answering import full_answer, key_of, send, url  # noqa: F401 (fixtures)


def flags(*moments: float, token: str = "hall") -> list[bool]:
    """Which answers, stored at these seconds, would carry the mark."""
    found = []
    for moment in moments:
        found.append(bursts.is_burst(token, moment))
        bursts.count(token, moment)
    return found


def test_fourteen_within_seconds_are_marked_from_the_sixth_on():
    assert flags(*(second / 2 for second in range(14))) == [False] * 5 + [True] * 9


def test_five_within_ten_seconds_are_people():
    assert not any(flags(0, 1, 2, 3, 9.9))


def test_the_sixth_just_after_ten_seconds_is_a_person_and_just_before_is_not():
    assert flags(0, 2, 4, 6, 8, 9.99)[-1]
    bursts.forget()
    assert not flags(0, 2, 4, 6, 8, 10.0)[-1]


def test_more_than_twenty_within_a_minute_are_marked_however_evenly_they_come():
    assert flags(*(2.9 * number for number in range(21))) == [False] * 20 + [True]
    bursts.forget()
    assert not any(flags(*(3.0 * number for number in range(40))))


def test_another_link_and_a_later_hour_begin_anew():
    assert flags(*[0] * 6)[-1]
    assert not bursts.is_burst("annexe", 0)
    assert not bursts.is_burst("hall", 60)


def test_no_more_links_are_remembered_than_fit():
    for number in range(bursts.MOST_LINKS + 1):
        bursts.count(str(number), 0)
    assert len(bursts._recent) <= bursts.MOST_LINKS


def test_a_form_sent_again_and_again_is_no_burst(ewa, url, full_answer, open_link):
    key = key_of(ewa.get(url))
    for _ in range(9):
        assert send(ewa, url, k=key, go="send", w="1", **full_answer).status_code == 303
    assert not bursts.is_burst(open_link.token)


@pytest.fixture
def clock(monkeypatch):
    """Half a second between two looks at the clock."""
    steps = itertools.count()
    monkeypatch.setattr(bursts.time, "monotonic", lambda: next(steps) / 2)


def test_a_burst_is_kept_counted_and_shown_to_the_coordinator(ewa, anna, url, full_answer, open_link, clock):
    for _ in range(14):
        send(ewa, url, k=key_of(ewa.get(url)), go="send", w="1", **full_answer)
    part = open_link.office_wave
    with open_scope(scope_of(part.office)):
        marked = [row for row in Response.objects.all() if row.flags == ["burst"]]
        assert (len(marked), counts([part.pk])) == (9, {part.pk: 14})
    page = anna.get(reverse("collection:quality", args=[part.office.slug, part.pk])).content.decode()
    row = page.split("przez jeden link")[1].split("</tr>")[0]
    assert ">9<" in row
