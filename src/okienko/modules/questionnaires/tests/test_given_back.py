"""A form whose question, part or scale a colleague deleted meanwhile: nothing typed is lost."""

from __future__ import annotations

import pytest

from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing import factories as offices
from okienko.modules.questionnaires.tests.factories import make_questionnaire
from okienko.modules.questionnaires.tests.test_pages import XSS, draft, opened, url

pytestmark = pytest.mark.django_db


def given_back(answer) -> dict[str, str]:
    return {line.label: line.text for line in answer.context["lines"]}


def deleted(person, row, what) -> None:
    person.post(url(person, "delete", row.pk) + f"?co={what}", {"revision": 1})


def test_the_words_of_a_deleted_question_are_given_back(anna, pulse):
    page = url(anna, "edit_question", pulse.pk, "szybkosc")
    mine = opened(anna, page) | {"text": "Moja\ntreść", "help": "Moje objaśnienie"}
    deleted(anna, pulse, "question:szybkosc")
    answer = anna.post(page, mine)
    assert answer.status_code == 409
    assert "ktoś inny usunął" in answer.content.decode()
    back = given_back(answer)
    assert back["Pytanie"] == "Moja\ntreść" and back["Objaśnienie pod pytaniem"] == "Moje objaśnienie"
    assert "Moja\ntreść" in answer.content.decode()
    assert all(question.code != "szybkosc" for question in draft(pulse).questions())
    assert anna.get(page).status_code == 404


def test_answers_and_the_one_just_written_are_given_back(anna, office):

    with open_scope(offices.scope_of(office)):
        row = make_questionnaire(office, code="klienci")
    page = url(anna, "edit_question", row.pk, "sposob")
    mine = opened(anna, page) | {"option_1": "w urzędzie", "added": "na tarasie"}
    deleted(anna, row, "question:sposob")
    back = given_back(anna.post(page, mine))
    assert back["Odpowiedź 1"] == "w urzędzie" and back["Nowa odpowiedź"] == "na tarasie"


def test_a_question_written_for_a_deleted_part_is_given_back(anna, pulse):
    anna.post(url(anna, "add_section", pulse.pk), {"title": "Część na chwilę", "revision": 1})
    page = url(anna, "add_question", pulse.pk, "czesc_na_chwile")
    anna.post(url(anna, "delete", pulse.pk) + "?co=section:czesc_na_chwile", {"revision": 2})
    typed = {"text": "Co dalej?", "kind": "single", "answers": "tu\ntam", "revision": 2}
    answer = anna.post(page, typed)
    assert answer.status_code == 409
    assert list(given_back(answer).values()) == ["Co dalej?", "tu\ntam"]
    assert url(anna, "add_question", pulse.pk, draft(pulse).sections[0].code) in answer.content.decode()


def test_the_title_of_a_deleted_part_is_given_back(anna, pulse):
    anna.post(url(anna, "add_section", pulse.pk), {"title": "Część na chwilę", "revision": 1})
    page = url(anna, "edit_section", pulse.pk, "czesc_na_chwile")
    mine = opened(anna, page) | {"title": "Lepszy tytuł"}
    anna.post(url(anna, "delete", pulse.pk) + "?co=section:czesc_na_chwile", {"revision": 2})
    assert given_back(anna.post(page, mine))["Tytuł części"] == "Lepszy tytuł"


def test_only_words_are_given_back_and_hostile_ones_as_text(anna, pulse):
    page = url(anna, "edit_question", pulse.pk, "szybkosc")
    mine = {"text": XSS, "help": "", "required": "on", "scale": "x", "evil": "y", "csrfmiddlewaretoken": "z"}
    deleted(anna, pulse, "question:szybkosc")
    answer = anna.post(page, mine | {"revision": 1})
    assert list(given_back(answer).values()) == [XSS]
    assert "<script>alert" not in answer.content.decode()


def test_a_condition_of_a_deleted_question_says_that_it_is_gone(anna, pulse):
    page = url(anna, "condition", pulse.pk) + "?miejsce=question:szybkosc&pytanie=zadowolenie"
    deleted(anna, pulse, "question:szybkosc")
    answer = anna.post(page, {"op": "in", "answers": ["1"], "revision": 1}, follow=True)
    assert "nie ma już" in answer.content.decode()
