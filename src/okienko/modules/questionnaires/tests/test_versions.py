"""Publication: once, without errors, for ever."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from okienko.engines.questionnaire import to_json
from okienko.engines.questionnaire.changes import AddLanguage, DeleteOption, SetText, SwitchQuestion
from okienko.modules.questionnaires import selectors, services
from okienko.modules.questionnaires.adding import new_option, new_question
from okienko.modules.questionnaires.drafts import NothingNew, StaleDraft, edited
from okienko.modules.questionnaires.models import FrozenVersion, Questionnaire, QuestionnaireVersion
from okienko.modules.questionnaires.presenting.versions import changes
from okienko.modules.questionnaires.tests.factories import AT, make_questionnaire, make_version

pytestmark = pytest.mark.django_db


def edit(row, *wanted, by):
    row.refresh_from_db()
    return services.edit(questionnaire=row, revision=row.revision, changes=wanted, by=by, at=AT)


def publish(row, by, revision=None):
    return services.publish(questionnaire=row, revision=revision or row.revision, by=by, at=AT)


def test_two_clicks_make_one_version_and_say_so(in_office, pulse, anna):
    first = publish(pulse, anna.actor)
    with pytest.raises(NothingNew):
        publish(pulse, anna.actor)
    assert (first.number, QuestionnaireVersion.objects.count()) == (1, 1)


def test_the_database_itself_refuses_a_second_version_of_the_same_number(in_office, pulse):
    version = make_version(pulse)
    values = {"network_id": version.network_id, "office_id": version.office_id, "questionnaire": pulse}
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionnaireVersion.objects.create(number=1, definition={}, sha256="x", published_at=AT, **values)


def test_a_change_and_its_reversal_make_no_new_version(in_office, pulse, anna):
    publish(pulse, anna.actor)
    edit(pulse, SwitchQuestion("jasnosc", False), by=anna.actor)
    edit(pulse, SwitchQuestion("jasnosc", True), by=anna.actor)
    with pytest.raises(NothingNew):
        publish(pulse, anna.actor)


def test_only_the_draft_that_was_looked_at_is_published(in_office, pulse, anna):
    edit(pulse, SetText("title", "pl", "Nowszy"), by=anna.actor)
    with pytest.raises(StaleDraft):
        publish(pulse, anna.actor, revision=1)
    assert QuestionnaireVersion.objects.count() == 0


def test_a_draft_with_errors_is_not_published(in_office, pulse, anna):
    edit(pulse, AddLanguage("de"), by=anna.actor)
    with pytest.raises(ValidationError):
        publish(pulse, anna.actor)
    assert QuestionnaireVersion.objects.count() == 0


def test_a_version_keeps_its_words_whatever_happens_to_the_draft(in_office, pulse, anna):
    version = publish(pulse, anna.actor)
    before = to_json(selectors.definition(version))
    edit(pulse, SetText("title", "pl", "Inny"), by=anna.actor)
    stored = QuestionnaireVersion.objects.get(pk=version.pk)
    assert to_json(selectors.definition(stored)) == before
    assert stored.sha256 == version.sha256


def test_a_version_cannot_be_changed_or_deleted_in_any_way(in_office, pulse):
    version = make_version(pulse)
    version.definition = {}
    rows = QuestionnaireVersion.objects.filter(pk=version.pk)
    for act in (
        version.save,
        version.delete,
        rows.delete,
        lambda: rows.update(definition={}),
        lambda: QuestionnaireVersion.objects.bulk_update([version], ["definition"]),
        lambda: QuestionnaireVersion.objects.update_or_create(pk=version.pk, defaults={"definition": {}}),
        lambda: QuestionnaireVersion.objects.bulk_create(
            [version], update_conflicts=True, update_fields=["definition"], unique_fields=["id"]
        ),
    ):
        with pytest.raises(FrozenVersion), transaction.atomic():
            act()
    assert QuestionnaireVersion.objects.get(pk=version.pk).definition != {}


def test_the_next_version_says_what_changed_and_what_stays_comparable(in_office, pulse, anna):
    first = publish(pulse, anna.actor)
    edit(
        pulse,
        SetText("question:szybkosc/text", "pl", "Jak szybko?"),
        SwitchQuestion("jasnosc", False),
        by=anna.actor,
    )
    second = publish(pulse, anna.actor)
    found = changes(selectors.definition(first), selectors.definition(second))
    assert {line.code: (line.status, line.comparable) for line in found.lines} == {
        "szybkosc": ("reworded", True),
        "jasnosc": ("removed", False),
    }
    assert (second.number, selectors.latest_version(pulse)) == (2, second)


def test_what_earlier_versions_used_is_not_given_to_anything_new(in_office, anna):
    row = make_questionnaire(in_office, code="klienci")
    publish(row, anna.actor)
    content, earlier = selectors.draft(row), selectors.earlier_definitions(row)
    last = max(option.value for option in content.question("sposob").options)
    bare = edited(content, [DeleteOption("sposob", last)])
    added = new_option(bare, earlier, "sposob", "nowa")
    assert edited(bare, [added]).question("sposob").options[-1].value == last + 1
    data = {"kind": "text", "text": "Szybkosc", "after": "", "scale": "", "importance_scale": ""}
    assert new_question(content, earlier, "wizyta", data, []).question.code == "szybkosc_2"


def test_the_list_tells_the_latest_version_in_one_query(in_office, pulse, django_assert_num_queries):
    make_version(pulse)
    with django_assert_num_queries(1):
        assert [row.latest_number for row in selectors.list_questionnaires()] == [1]
    assert Questionnaire.objects.count() == 1
