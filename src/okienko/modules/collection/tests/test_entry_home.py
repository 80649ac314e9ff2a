"""Paper forms on the home page: a task where something can be done, none where nothing is to be typed."""

# ruff: noqa: F811 (a fixture is named twice: imported, and asked for)

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.modules.collection.services import entry as services
from okienko.modules.collection.tests.test_entry import batch, clerk, part, pile, type_in, url  # noqa: F401 (fixtures)


@pytest.fixture
def home(office):
    return reverse("web:office_home", args=[office.slug])


def tasks(person, home) -> str:
    page = person.get(home).content.decode()
    return page.split('id="tasks"')[1].split("</section>")[0] if 'id="tasks"' in page else ""


def test_where_no_pile_lies_on_the_table_nothing_waits(clerk, part, home):
    assert tasks(clerk, home) == ""


def test_a_pile_waits_until_all_of_it_is_typed_checked_and_closed(clerk, office, pile, part, anna, home):
    small = replace(pile, expected=2, spoiled=0, double_every=2)
    row = services.create_batch(office_wave=part, pile=small, by=anna.actor, at=timezone.now())
    assert "Wpisz 2 formularze papierowe" in tasks(clerk, home)
    assert url("type_form", office, row.pk) in tasks(clerk, home)
    type_in(clerk, office, row)
    assert "Wpisz 1 formularz papierowy" in tasks(clerk, home)
    type_in(clerk, office, row)
    assert "Sprawdź 1 wpisany formularz" in tasks(clerk, home)
    row.forms.filter(number=2).update(compared=5, differed=0)
    assert "Zamknij gotową partię" in tasks(clerk, home)
    assert "Wpisz" not in tasks(clerk, home)
    services.close_batch(batch=row, by=anna.actor, at=timezone.now())
    assert tasks(clerk, home) == ""


def test_a_pile_of_a_closed_wave_asks_nobody(clerk, batch, part, home):
    part.state = "closed"
    part.save()
    assert tasks(clerk, home) == ""


def test_others_do_not_see_the_clerks_tasks(bartek, batch, home):
    assert tasks(bartek, home) == ""
