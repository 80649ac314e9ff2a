"""Keyed entry: batches, forms, the second typing, the end of a batch, and what is refused."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import Role
from okienko.foundation.testing.cast import Person
from okienko.foundation.testing.factories import make_member, make_service_point
from okienko.modules.collection.models import EntryBatch, EntryForm, Mode, Response
from okienko.modules.collection.selectors_entry import batch_state, before_close, typed_at_points
from okienko.modules.collection.services import entry as services
from okienko.modules.collection.services.entry import Pile
from okienko.modules.surveys.models import OfficeWave, PointPlan
from okienko.modules.surveys.tests.factories import (
    make_office_wave,
    make_point_plan,
    make_questionnaire,
    make_survey,
    make_wave,
)


@pytest.fixture
def part(in_office, clients_definition):
    """An open wave of the clients' questionnaire with a service point."""
    today = timezone.localdate()
    survey = make_survey(
        in_office, questionnaire=make_questionnaire(in_office, definition=clients_definition)
    )
    wave = make_wave(survey, state="open", opens_on=today - timedelta(5), closes_on=today + timedelta(5))
    found = make_office_wave(in_office, wave=wave, state="open")
    make_point_plan(found, make_service_point(in_office, name="Sala obsługi", code="sala"))
    return found


@pytest.fixture
def clerk(office) -> Person:
    user = make_member(office, Role.CLERK, "Kasia Przykładowa")
    return Person().sign_in(user, office=office)


@pytest.fixture
def pile(part):
    plan = PointPlan.objects.get(office_wave=part)
    return Pile(plan.service_point, timezone.localdate(), expected=12, spoiled=2, double_every=2)


@pytest.fixture
def batch(part, pile, anna):
    return services.create_batch(office_wave=part, pile=pile, by=anna.actor, at=timezone.now())


def url(name, office, *args):
    return reverse(f"collection:{name}", args=[office.slug, *args])


def sheet(number=1, **answers):
    fields = {"sprawa": "1", "sposob": "1", "zadowolenie": "4", "polecenie": "9", "dotarcie": "5"}
    return fields | answers | {"klucz": str(uuid.uuid4()), "numer": str(number), "jezyk": "pl"}


def type_in(person, office, batch, **answers):
    number = batch.forms.count() + 1
    return person.post(url("type_form", office, batch.pk), sheet(number, **answers))


def test_a_clerk_types_a_pile_and_closing_it_makes_answers(clerk, office, part, batch):
    for mark in ("5", "4", "1"):
        assert type_in(clerk, office, batch, zadowolenie=mark).status_code == 302
    assert Response.objects.count() == 0
    assert clerk.post(url("close_batch", office, batch.pk)).status_code == 302
    rows = Response.objects.all()
    assert sorted(row.answers["zadowolenie"] for row in rows) == [1, 4, 5]
    assert {(row.mode, row.day, row.service_point_id) for row in rows} == {
        (Mode.PAPER, batch.day, batch.service_point_id)
    }
    assert all(row.id.version == 4 and row.weight is None for row in rows)


def test_a_form_has_exactly_the_answers_that_were_typed(clerk, office, batch):
    type_in(clerk, office, batch, dotarcie="-3", polecenie="10", uwagi="Długa kolejka", ulatwienia_2="1")
    form = batch.forms.get()
    assert {code: form.answers[code] for code in ("zadowolenie", "dotarcie", "polecenie")} == {
        "zadowolenie": 4,
        "dotarcie": -3,
        "polecenie": 10,
    }
    assert (form.answers["ulatwienia_2"], form.answers["ulatwienia_1"]) == (1, 0)
    assert form.texts == {"uwagi": "Długa kolejka"}
    assert "szacunek" not in form.answers


def test_closing_forgets_which_form_became_which_answer(anna, office, batch):
    for mark in "12345":
        type_in(anna, office, batch, zadowolenie=mark)
    anna.post(url("close_batch", office, batch.pk))
    forms = list(EntryForm.objects.all())
    assert all(form.answers == {} and form.texts == {} and form.second_answers is None for form in forms)
    ids = {str(pk) for pk in Response.objects.values_list("pk", flat=True)}
    assert ids.isdisjoint({str(form.key) for form in forms})
    trail = " ".join(f"{entry.target_id} {entry.before} {entry.after}" for entry in AuditEntry.objects.all())
    assert not any(pk in trail for pk in ids)


def test_the_same_screen_sent_twice_is_one_form(anna, office, batch):
    fields = sheet()
    for _time in range(2):
        assert anna.post(url("type_form", office, batch.pk), fields).status_code == 302
    assert batch.forms.count() == 1


def test_two_people_on_one_batch_get_different_numbers_and_are_told(anna, clerk, office, batch):
    anna.post(url("type_form", office, batch.pk), sheet(1))
    answer = clerk.post(url("type_form", office, batch.pk), sheet(1), follow=True)
    assert [form.number for form in batch.forms.all()] == [1, 2]
    assert "pod numerem 2" in answer.content.decode()


def test_an_empty_form_is_refused_as_spoiled(anna, office, batch):
    fields = {"klucz": str(uuid.uuid4()), "numer": "1", "jezyk": "pl"}
    answer = anna.post(url("type_form", office, batch.pk), fields)
    assert answer.status_code == 422
    assert batch.forms.count() == 0


def test_a_refused_answer_keeps_what_was_typed(anna, office, batch):
    answer = type_in(anna, office, batch, zadowolenie="7")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="9" data-key="9" selected' in text and batch.forms.count() == 0


def test_answers_to_skipped_questions_are_not_kept(anna, office, batch):
    type_in(anna, office, batch, sposob="2", dotarcie="5")
    assert batch.forms.get().answers["dotarcie"] == -4


def test_a_form_can_be_corrected_and_deleted_before_closing(anna, office, batch):
    type_in(anna, office, batch)
    page = anna.get(url("correct_form", office, batch.pk, 1)).content.decode()
    assert 'value="4" data-key="4" selected' in page
    anna.post(url("correct_form", office, batch.pk, 1), sheet(1, zadowolenie="2"))
    assert batch.forms.get().answers["zadowolenie"] == 2
    anna.post(url("delete_form", office, batch.pk, 1))
    assert not batch.forms.exists()


def test_the_second_typing_is_compared_settled_and_measured(anna, clerk, office, batch):
    for _form in range(2):
        type_in(anna, office, batch)
    assert batch_state(batch).due == (2,)
    answer = clerk.post(url("retype_form", office, batch.pk, 2), sheet(2, zadowolenie="5", polecenie=""))
    assert answer.url == url("settle_form", office, batch.pk, 2)
    form = batch.forms.get(number=2)
    assert form.differences == ["zadowolenie", "polecenie"]
    with pytest.raises(ValidationError):
        services.close_batch(batch=batch, by=anna.actor, at=timezone.now())
    chosen = {"zadowolenie": "second", "polecenie": "first"}
    assert anna.post(answer.url, chosen | {"polecenie": ""}).status_code == 422
    assert anna.post(answer.url, chosen).status_code == 302
    form.refresh_from_db()
    assert (form.answers["zadowolenie"], form.answers["polecenie"]) == (5, 9)
    rate = batch_state(batch).rate
    assert (rate.differed, rate.compared) == (2, form.compared)
    assert rate.low < rate.rate < rate.high
    assert batch_state(batch).due == ()
    page = anna.get(url("batch", office, batch.pk)).content.decode()
    assert "Przeczytane inaczej" in page


def test_a_second_answer_given_anew_does_not_embellish_the_rate(anna, office, batch):
    type_in(anna, office, batch)
    anna.post(url("retype_form", office, batch.pk, 1), sheet(1, zadowolenie="1"))
    anna.post(url("retype_form", office, batch.pk, 1), sheet(1))
    form = batch.forms.get()
    assert form.differences == [] and form.differed == 1


def test_closing_tells_the_wave_how_many_forms_came_back(anna, office, batch):
    PointPlan.objects.update(issued=50)
    for _form in range(3):
        type_in(anna, office, batch)
    anna.post(url("close_batch", office, batch.pk))
    plan = PointPlan.objects.get()
    assert (plan.returned, plan.spoiled) == (5, 2)


def test_a_higher_count_of_the_wave_stays_and_the_page_says_so(anna, office, batch):
    PointPlan.objects.update(issued=100, returned=40, spoiled=3)
    type_in(anna, office, batch)
    anna.post(url("close_batch", office, batch.pk))
    assert PointPlan.objects.get().returned == 40
    assert "nie zgadzają się" in anna.get(url("batch", office, batch.pk)).content.decode()


def test_where_nobody_counted_the_forms_given_out_the_page_says_just_that(anna, office, batch):
    type_in(anna, office, batch)
    anna.post(url("close_batch", office, batch.pk))
    page = anna.get(url("batch", office, batch.pk)).content.decode()
    assert "Brakuje liczby wydanych formularzy" in page
    assert "są 3 zwrócone formularze, ale nikt jeszcze nie wpisał" in page  # one typed in, two spoiled
    assert "fala mówi" not in page


def test_the_numbers_typed_twice_are_given_as_examples(anna, office, batch):
    assert "formularze nr 2, 4, 6 i tak dalej" in anna.get(url("batch", office, batch.pk)).content.decode()
    batch.double_every = 1
    batch.save()
    assert "każdy formularz" in anna.get(url("batch", office, batch.pk)).content.decode()


def test_a_closed_batch_cannot_be_changed(anna, office, batch):
    type_in(anna, office, batch)
    anna.post(url("close_batch", office, batch.pk))
    anna.post(url("close_batch", office, batch.pk))
    assert Response.objects.count() == 1
    assert type_in(anna, office, batch).status_code == 404
    for name in ("correct_form", "retype_form", "settle_form", "delete_form"):
        assert anna.post(url(name, office, batch.pk, 1), sheet()).status_code == 404
    batch.refresh_from_db()
    with pytest.raises(ValidationError):
        services.change_batch(batch=batch, pile=Pile(None, batch.day, 1), by=anna.actor, at=timezone.now())


def test_a_batch_of_a_closed_wave_refuses(anna, office, part, batch):
    type_in(anna, office, batch)
    OfficeWave.objects.filter(pk=part.pk).update(state="closed", closed_at=timezone.now())
    assert type_in(anna, office, batch).status_code == 404
    anna.post(url("close_batch", office, batch.pk))
    assert Response.objects.count() == 0
    assert anna.get(url("create_batch", office, part.pk)).status_code == 404


def test_a_pile_outside_of_the_wave_is_refused(anna, office, part, pile):
    bad = [
        {"day": "2020-01-01"},
        {"day": str(timezone.localdate() + timedelta(2))},
        {"spoiled": "99"},
        {"expected": "-1"},
        {"service_point": "999999"},
    ]
    good = {"service_point": pile.service_point.pk, "day": str(pile.day), "expected": 3, "spoiled": 0}
    for change in bad:
        answer = anna.post(url("create_batch", office, part.pk), good | {"double_every": 0} | change)
        assert answer.status_code == 422, change
    assert EntryBatch.objects.count() == 0


def test_a_stranger_finds_no_batch_and_a_member_may_not_look(
    celina, bartek, office, other_office, batch, anna
):
    type_in(anna, office, batch)
    names = [
        ("batch", batch.pk),
        ("type_form", batch.pk),
        ("correct_form", batch.pk, 1),
        ("close_batch", batch.pk),
    ]
    for name, *args in names:
        assert celina.post(url(name, other_office, *args), sheet()).status_code == 404
        assert celina.get(url(name, office, *args)).status_code == 404
        assert bartek.get(url(name, office, *args)).status_code == 403
    with all_offices("test"):
        assert EntryForm.objects.count() == 1 and EntryBatch.objects.get().closed_at is None


def test_the_wave_is_told_what_is_typed_and_what_is_not_closed(anna, office, part, batch):
    type_in(anna, office, batch)
    assert typed_at_points(part.pk) == {batch.service_point_id: 1}
    assert len(list(before_close([part.pk]))) == 1
    anna.post(url("close_batch", office, batch.pk))
    assert list(before_close([part.pk])) == []
    assert "papier" in anna.get(reverse("surveys:wave", args=[office.slug, part.pk])).content.decode()


def test_every_page_opens_in_polish(anna, office, part, batch):
    type_in(anna, office, batch)
    pages = [
        url("batches", office),
        url("wave_batches", office, part.pk),
        url("create_batch", office, part.pk),
    ]
    pages += [
        url(n, office, batch.pk)
        for n in ("batch", "change_batch", "close_batch", "delete_batch", "type_form")
    ]
    pages += [
        url(n, office, batch.pk, 1) for n in ("correct_form", "retype_form", "settle_form", "delete_form")
    ]
    for page in pages:
        answer = anna.get(page)
        assert answer.status_code == 200 and 'lang="pl"' in answer.content.decode(), page


def test_the_screen_offers_the_keys_of_the_paper_form(anna, office, batch):
    page = anna.get(url("type_form", office, batch.pk)).content.decode()
    assert 'data-key="+"' in page, "ten is typed with the plus key"
    assert 'id="typing-rules"' in page and '"sposob"' in page
    assert page.index('name="polecenie"') < page.index('name="uwagi"')


def test_a_list_of_batches_asks_the_same_number_of_questions_for_one_and_for_many(
    anna, office, part, pile, batch, django_assert_max_num_queries
):
    for _more in range(10):
        services.create_batch(office_wave=part, pile=pile, by=anna.actor, at=timezone.now())
    with django_assert_max_num_queries(25):
        anna.get(url("batches", office))
    assert connection.vendor in {"sqlite", "postgresql"}
