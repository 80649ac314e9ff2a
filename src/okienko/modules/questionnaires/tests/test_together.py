"""Two people at the same moment, on two connections."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from okienko.engines.questionnaire.changes import SetText
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing import factories as offices
from okienko.modules.questionnaires import selectors, services
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion
from okienko.modules.questionnaires.tests.factories import AT, make_questionnaire

pytestmark = pytest.mark.django_db(transaction=True)


def together(office, act) -> list[str]:
    """Both have read the row, then both write; what became of each."""
    barrier, told = Barrier(2), []

    def run(number: int) -> None:
        try:
            with open_scope(offices.scope_of(office)):
                row = Questionnaire.objects.get()
                barrier.wait(timeout=20)
                act(row, number)
            told.append("done")
        except ValidationError as refusal:
            told.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(told)


@pytest.fixture
def row(office):
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("two connections share one in-memory database; PostgreSQL tells more")
    with open_scope(offices.scope_of(office)):
        return make_questionnaire(office)


def test_two_people_who_publish_at_once_make_one_version(row, office, anna):
    def publish(found, number):
        services.publish(questionnaire=found, revision=1, by=anna.actor, at=AT)

    assert together(office, publish) == ["NothingNew", "done"]
    with open_scope(offices.scope_of(office)):
        assert QuestionnaireVersion.objects.count() == 1


def test_two_people_who_edit_at_once_do_not_overwrite_each_other(row, office, anna):
    def edit(found, number):
        changes = [SetText("title", "pl", f"Tytuł {number}")]
        services.edit(questionnaire=found, revision=1, changes=changes, by=anna.actor, at=AT)

    assert together(office, edit) == ["StaleDraft", "done"]
    with open_scope(offices.scope_of(office)):
        stored = Questionnaire.objects.get(pk=row.pk)
        assert (stored.revision, selectors.draft(stored).title["pl"][:5]) == (2, "Tytuł")
