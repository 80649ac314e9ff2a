"""Remarks leave the answers when a wave closes; the coordinator reads them before anybody else does."""

from __future__ import annotations

import datetime
import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.registry import Role
from okienko.foundation.testing.cast import Person
from okienko.foundation.testing.factories import make_member, scope_of
from okienko.modules.collection import purging
from okienko.modules.collection.models import Remark, Response
from okienko.modules.collection.selectors import published_remarks
from okienko.modules.collection.services import remarks as services
from okienko.modules.surveys import services as surveys
from okienko.modules.surveys.tests.factories import (
    make_office_wave,
    make_questionnaire,
    make_survey,
    make_wave,
)

AT = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
PHONE = "Proszę oddzwonić: 600 000 000."
DAY = datetime.date(2026, 11, 10)


@pytest.fixture
def part(office, clients_definition):
    """A wave that was closed a moment ago, with three texts and a date in its answers."""
    with open_scope(scope_of(office)):
        survey = make_survey(office, questionnaire=make_questionnaire(office, definition=clients_definition))
        row = make_office_wave(office, wave=make_wave(survey, state="closed"), state="closed")
        for text in (PHONE, "Miła obsługa.", "Pani Zmyślona była nieuprzejma."):
            answered(row, {"uwagi": text, "dzien_wizyty": "2026-11-10"})
        answered(row, {})
        return row


def answered(part, texts) -> Response:
    return Response.objects.create(
        office_id=part.office_id,
        office_wave=part,
        mode="web",
        day=DAY,
        answers={"zadowolenie": 4},
        texts=texts,
    )


def extract(part) -> int:
    return services.extract_remarks(
        office_wave=part, by=system_actor("test", office_id=part.office_id), at=AT
    )


@pytest.fixture
def remarks(part):
    with open_scope(scope_of(part.office)):
        extract(part)
        return {row.text: row for row in Remark.objects.all()}


def page(part, name="remarks", *more) -> str:
    return reverse(f"collection:{name}", args=[part.office.slug, part.pk, *more])


def decide(person, part, do, *rows):
    data = {"do": do, "remark": [str(row.pk) for row in rows], "stan": "new"}
    return person.post(page(part, "decide_remarks"), data)


def test_texts_are_moved_out_of_the_answers_and_nothing_joins_them(part, remarks):
    with open_scope(scope_of(part.office)):
        assert sorted(remarks) == sorted([PHONE, "Miła obsługa.", "Pani Zmyślona była nieuprzejma."])
        left = [row.texts for row in Response.objects.all()]
        assert sorted(map(json.dumps, left)) == sorted(
            [json.dumps({"dzien_wizyty": "2026-11-10"})] * 3 + ["{}"]
        )
        keys = {str(row.pk) for row in Response.objects.all()}
        assert not keys & {str(row.pk) for row in remarks.values()}
        fields = {field.name for field in Remark._meta.get_fields()}
    assert fields == {"id", "office", "office_wave", "item", "text", "masked", "masked_by_machine", "state"}


def test_taking_them_out_twice_finds_nothing_more(part, remarks):
    with open_scope(scope_of(part.office)):
        assert extract(part) == 0
        assert Remark.objects.count() == 3


def test_the_order_of_remarks_says_nothing_of_the_order_of_answers(part):
    """Thirty answers in a known order: the rows of remarks must not keep it."""
    with open_scope(scope_of(part.office)):
        Response.objects.all().delete()
        for number in range(30):
            answered(part, {"uwagi": f"uwaga {number:02}"})
        before = list(Response.objects.order_by("pk").values_list("texts__uwagi", flat=True))
        extract(part)
        after = list(Remark.objects.order_by("pk").values_list("text", flat=True))
    assert sorted(before) == sorted(after)
    assert after != before
    assert after != sorted(after)


def test_closing_a_wave_orders_the_job(
    office, clients_definition, run_jobs, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    with open_scope(scope_of(office)):
        survey = make_survey(office, questionnaire=make_questionnaire(office, definition=clients_definition))
        wave = make_wave(survey, state="open", opens_on=today, closes_on=today)
        row = make_office_wave(office, wave=wave, state="open")
        answered(row, {"uwagi": PHONE})
        by = system_actor("test", office_id=office.pk, network_id=office.network_id)
        with django_capture_on_commit_callbacks(execute=True):
            surveys.close_office_wave(office_wave=row, by=by, at=timezone.now())
    jobs = run_jobs()
    assert [job.state for job in jobs if job.kind == "collection.extract_remarks"] == ["done"]
    with open_scope(scope_of(office)):
        assert [row.masked for row in Remark.objects.all()] == ["Proszę oddzwonić: ⟨phone⟩."]


def test_an_open_wave_gives_no_remarks(office, part):
    with open_scope(scope_of(office)):
        part.state = "open"
        with pytest.raises(Exception, match="po zamknięciu"):
            extract(part)
        assert Remark.objects.count() == 0


def test_only_leads_read_originals(part, remarks, anna, bartek, celina, dorota, ewa):
    assert PHONE in anna.get(page(part)).content.decode()
    analyst = Person().sign_in(make_member(part.office, Role.ANALYST), office=part.office)
    head = Person().sign_in(make_member(part.office, Role.HEAD), office=part.office)
    statuses = [person.get(page(part)).status_code for person in (analyst, head, bartek, celina, dorota, ewa)]
    assert statuses == [403, 403, 403, 404, 404, 302]


def test_nothing_is_published_until_the_coordinator_shows_it_and_then_masked(part, remarks, anna):
    with open_scope(scope_of(part.office)):
        assert published_remarks(part) == []
    assert decide(anna, part, "approve", remarks[PHONE], remarks["Miła obsługa."]).status_code == 302
    with open_scope(scope_of(part.office)):
        shown = {row.text for row in published_remarks(part)}
        assert shown == {"Miła obsługa.", "Proszę oddzwonić: ⟨zasłonięto: numer telefonu⟩."}
    decide(anna, part, "hide", remarks[PHONE])
    with open_scope(scope_of(part.office)):
        assert {row.text for row in published_remarks(part)} == {"Miła obsługa."}
        assert {row.item for row in published_remarks(part, "uwagi")} == {"uwagi"}
        assert published_remarks(part, "inne") == []


def test_the_coordinator_hides_a_word_and_shows_another_again(part, remarks, anna):
    row = remarks["Pani Zmyślona była nieuprzejma."]
    address = page(part, "mask_remark", row.pk)
    shown = anna.get(address).content.decode()
    assert shown.count(" checked") == 1
    assert anna.post(address, {"places": ["3"]}).status_code == 302
    with open_scope(scope_of(part.office)):
        row.refresh_from_db()
    assert row.masked == "Pani Zmyślona była ⟨chosen⟩"
    assert anna.post(address, {"places": ["99"]}).status_code == 422


def test_the_audit_trail_says_what_was_decided_and_not_what_was_written(part, remarks, anna):
    decide(anna, part, "approve", *remarks.values())
    anna.post(page(part, "mask_remark", remarks[PHONE].pk), {"places": ["1"]})
    with open_scope(scope_of(part.office)):
        entries = list(AuditEntry.objects.filter(code__contains="remark"))
    assert {entry.code for entry in entries} >= {"collection.approve_remarks", "collection.mask_remark"}
    written = " ".join(f"{entry.target_label} {entry.before} {entry.after}" for entry in entries)
    for text in ("oddzwonić", "600", "Zmyślona"):
        assert text not in written


def test_a_strangers_remark_cannot_be_decided(part, remarks, celina, other_office):
    with open_scope(scope_of(other_office)):
        own = make_office_wave(other_office, state="closed")
    address = reverse("collection:decide_remarks", args=[other_office.slug, own.pk])
    celina.post(address, {"do": "approve", "remark": [str(row.pk) for row in remarks.values()]})
    foreign = reverse("collection:mask_remark", args=[other_office.slug, own.pk, remarks[PHONE].pk])
    assert celina.get(foreign).status_code == 404
    with open_scope(scope_of(part.office)):
        assert set(Remark.objects.values_list("state", flat=True)) == {"new"}


def test_bad_decisions_change_nothing(part, remarks, anna):
    assert decide(anna, part, "publish", remarks[PHONE]).status_code == 404
    data = {"do": "approve", "remark": ["nie-uuid", str(uuid.uuid4())]}
    assert anna.post(page(part, "decide_remarks"), data).status_code == 302
    with open_scope(scope_of(part.office)):
        assert set(Remark.objects.values_list("state", flat=True)) == {"new"}


def test_originals_are_deleted_a_year_after_the_wave_and_masked_text_stays(part, remarks):
    with open_scope(scope_of(part.office)):
        assert purging.purge_original_remarks(part.closed_at) == 0
        assert purging.purge_original_remarks(part.closed_at + datetime.timedelta(seconds=1)) == 3
        assert set(Remark.objects.values_list("text", flat=True)) == {""}
        assert "Proszę oddzwonić: ⟨phone⟩." in set(Remark.objects.values_list("masked", flat=True))


def test_after_a_year_the_page_still_works_and_the_masking_is_final(part, remarks, anna):
    with open_scope(scope_of(part.office)):
        purging.purge_original_remarks(part.closed_at + datetime.timedelta(seconds=1))
    shown = anna.get(page(part)).content.decode()
    assert "600 000 000" not in shown
    assert anna.get(page(part, "mask_remark", remarks[PHONE].pk)).status_code == 200
    assert anna.post(page(part, "mask_remark", remarks[PHONE].pk), {}).status_code == 422


def test_the_home_page_asks_to_read_them(part, remarks, anna, bartek):
    home = reverse("web:office_home", args=[part.office.slug])
    assert "Przejrzyj uwagi (3)" in anna.get(home).content.decode()
    assert "Przejrzyj uwagi" not in bartek.get(home).content.decode()
    decide(anna, part, "approve", *remarks.values())
    assert "Przejrzyj uwagi" not in anna.get(home).content.decode()


def test_a_page_of_remarks_asks_the_same_number_of_queries_for_many(
    part, remarks, anna, django_assert_max_num_queries
):
    anna.get(page(part))
    with django_assert_max_num_queries(16):
        anna.get(page(part))
