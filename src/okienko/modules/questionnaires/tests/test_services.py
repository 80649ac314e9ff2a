"""Copies, edits with optimistic locking, and what an edit may not lead to."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from okienko.engines.questionnaire import All, Compare, check, to_json
from okienko.engines.questionnaire.changes import (
    AddOption,
    DeleteQuestion,
    SetProperties,
    SetText,
    SwitchQuestion,
)
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.scope import ScopeViolation, open_scope
from okienko.foundation.testing import factories as offices
from okienko.modules.questionnaires import library, selectors, services
from okienko.modules.questionnaires.drafts import StaleDraft
from okienko.modules.questionnaires.models import Questionnaire
from okienko.modules.questionnaires.tests.factories import AT, make_questionnaire

pytestmark = pytest.mark.django_db


def edit(row, *changes, by, revision=None):
    return services.edit(questionnaire=row, revision=revision or row.revision, changes=changes, by=by, at=AT)


@pytest.mark.parametrize("code", library.names())
def test_a_copy_of_every_ready_questionnaire_can_be_published_at_once(in_office, code):
    row = make_questionnaire(in_office, code=code)
    assert [problem for problem in check(selectors.draft(row)) if problem.severity == "error"] == []


def test_an_unknown_ready_questionnaire_is_refused(in_office, anna):
    with pytest.raises(ValidationError):
        services.copy_from_library(
            code="../secret", name="x", network=in_office.network, office=in_office, by=anna.actor, at=AT
        )


def test_an_edit_changes_the_draft_and_raises_its_revision(in_office, pulse, anna):
    edit(pulse, SetText("title", "pl", "Nowy tytuł"), SwitchQuestion("jasnosc", False), by=anna.actor)
    stored = Questionnaire.objects.get(pk=pulse.pk)
    content = selectors.draft(stored)
    assert (stored.revision, content.title["pl"]) == (2, "Nowy tytuł")
    assert content.question("jasnosc").enabled is False


def test_an_edit_is_one_entry_with_what_was_there_before(in_office, pulse, anna):
    old = selectors.draft(pulse).title["pl"]
    edit(pulse, SetText("title", "pl", "Nowy"), SwitchQuestion("jasnosc", False), by=anna.actor)
    entry = AuditEntry.objects.get(code="questionnaires.edit")
    assert entry.target_id == str(pulse.pk)
    asked = "3. Jak ocenia Pani/Pan jasność wyjaśnień? – zadawane"
    assert entry.before == {"tytuł (polski)": old, asked: "tak"}
    assert entry.after == {"tytuł (polski)": "Nowy", asked: "nie"}


def test_a_stale_edit_is_refused_and_changes_nothing(in_office, pulse, anna):
    edit(pulse, SetText("title", "pl", "Pierwsza"), by=anna.actor)
    with pytest.raises(StaleDraft):
        edit(pulse, SetText("title", "pl", "Druga"), by=anna.actor, revision=1)
    assert selectors.draft(Questionnaire.objects.get(pk=pulse.pk)).title["pl"] == "Pierwsza"


def test_two_requests_that_read_the_same_draft_do_not_overwrite_each_other(in_office, pulse, anna):
    mine, hers = (Questionnaire.objects.get(pk=pulse.pk) for _ in range(2))
    edit(mine, SetText("title", "pl", "Moja"), by=anna.actor)
    with pytest.raises(StaleDraft):
        edit(hers, SetText("title", "pl", "Jej"), by=anna.actor)
    assert selectors.draft(Questionnaire.objects.get(pk=pulse.pk)).title["pl"] == "Moja"


@pytest.mark.parametrize(
    "change",
    [
        SetText("question:nie_ma/text", "pl", "x"),
        SetText("title", "xx", "x"),
        DeleteQuestion("nie_ma"),
        SetProperties("szybkosc", {"code": "inny"}),
        SetProperties("szybkosc", {"required": "może"}),
        SetProperties("szybkosc", {"condition": {"type": "is", "op": "eq"}}),
        AddOption("nie_ma", {"pl": "x"}),
    ],
)
def test_an_impossible_change_is_refused_in_words_and_changes_nothing(in_office, pulse, anna, change):
    before = to_json(selectors.draft(pulse))
    with pytest.raises(ValidationError) as refusal:
        edit(pulse, SetText("title", "pl", "Zmiana"), change, by=anna.actor)
    assert refusal.value.messages[0]
    stored = Questionnaire.objects.get(pk=pulse.pk)
    assert (to_json(selectors.draft(stored)), stored.revision) == (before, 1)


def test_a_huge_text_is_refused(in_office, pulse, anna):
    with pytest.raises(ValidationError):
        edit(pulse, SetText("title", "pl", "ą" * 5001), by=anna.actor)


def test_a_condition_on_itself_or_on_something_later_is_an_error_of_the_draft(in_office, pulse, anna):
    for item in ("szybkosc", "uwagi"):
        wanted = {"condition": All((Compare(item, "answered"),))}
        pulse.refresh_from_db()
        edit(pulse, SetProperties("szybkosc", wanted), by=anna.actor)
        codes = [problem.code for problem in check(selectors.draft(pulse))]
        assert "condition_later" in codes


def test_condition_nested_too_deeply_is_refused_and_the_draft_stays_readable(in_office, pulse, anna):
    nested = {"type": "is", "item": "zadowolenie", "op": "answered"}
    for _ in range(40):
        nested = {"type": "all", "of": [nested]}
    with pytest.raises(ValidationError):
        edit(pulse, SetProperties("szybkosc", {"condition": nested}), by=anna.actor)
    assert selectors.draft(Questionnaire.objects.get(pk=pulse.pk))


def test_an_office_cannot_write_the_networks_questionnaire(office, shared, anna):
    with open_scope(offices.scope_of(office)):
        assert selectors.get_own(shared.pk, office=office, network=office.network) is None
        row = Questionnaire.objects.get(pk=shared.pk)
        with pytest.raises(ScopeViolation):
            edit(row, SetText("title", "pl", "Przejęty"), by=anna.actor)
        with pytest.raises(ScopeViolation):
            services.publish(questionnaire=row, revision=1, by=anna.actor, at=AT)
        with pytest.raises(ScopeViolation):
            services.archive(questionnaire=row, by=anna.actor, at=AT)


def test_an_office_does_not_see_the_questionnaire_of_another_office(other_office, pulse):
    with open_scope(offices.scope_of(other_office)):
        assert list(selectors.list_questionnaires()) == []
        assert selectors.get_questionnaire(pulse.pk, office=other_office) is None


def test_an_office_copies_the_networks_questionnaire_and_the_original_stays(office, shared, anna):
    with open_scope(offices.scope_of(office)):
        copy = services.copy_questionnaire(
            questionnaire=shared, name="Nasz", network=office.network, office=office, by=anna.actor, at=AT
        )
        edit(copy, SetText("title", "pl", "Nasz tytuł"), by=anna.actor)
        assert copy.copied_from_id == shared.pk
        assert selectors.draft(Questionnaire.objects.get(pk=shared.pk)).title["pl"] != "Nasz tytuł"


def test_an_archived_questionnaire_is_edited_only_after_it_is_taken_out(in_office, pulse, anna):
    services.archive(questionnaire=pulse, by=anna.actor, at=AT)
    assert list(selectors.list_questionnaires()) == []
    with pytest.raises(ValidationError):
        edit(pulse, SetText("title", "pl", "x"), by=anna.actor)
    services.restore(questionnaire=pulse, by=anna.actor, at=AT)
    edit(pulse, SetText("title", "pl", "x"), by=anna.actor)


@pytest.mark.parametrize("name", ["edit", "publish", "archive", "copy_questionnaire", "rename"])
def test_somebody_without_the_right_writes_nothing(in_office, pulse, bartek, name):
    more = {
        "edit": {"revision": 1, "changes": []},
        "publish": {"revision": 1},
        "archive": {},
        "copy_questionnaire": {"name": "x", "network": in_office.network, "office": in_office},
        "rename": {"name": "x"},
    }[name]
    with pytest.raises(PermissionDenied):
        getattr(services, name)(questionnaire=pulse, by=bartek.actor, at=AT, **more)
