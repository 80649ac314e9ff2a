"""The pages: take, edit, switch off, publish; forms that come too late; hostile texts."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse

from okienko.engines.questionnaire import Compare
from okienko.engines.questionnaire.changes import SetText
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing import factories as offices
from okienko.modules.questionnaires import selectors, services
from okienko.modules.questionnaires.models import Questionnaire, QuestionnaireVersion
from okienko.modules.questionnaires.tests.factories import AT, make_questionnaire, make_version

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def url(person, name, *args) -> str:
    if person.office is not None:
        return reverse(f"questionnaires:{name}", args=[person.office.slug, *args])
    return reverse(f"questionnaires:network_{name}", args=[person.network.slug, *args])


def opened(person, address) -> dict:
    """The fields of the editor's form as a browser would send them back."""
    form = person.get(address).context["form"]
    data = {}
    for field in form:
        value = field.value()
        if value is True:
            data[field.html_name] = "on"
        elif value not in (None, False):
            data[field.html_name] = str(value)
    return data


def draft(row):
    with open_scope(offices.scope_of(row.office) if row.office else offices.scope_of_network(row.network)):
        return selectors.draft(Questionnaire.objects.get(pk=row.pk))


def test_the_way_from_the_library_to_a_published_version(anna):
    assert b"puls" in anna.get(url(anna, "library")).content
    taken = anna.post(url(anna, "take") + "?ktory=puls", {"name": "Nasz puls"})
    with open_scope(offices.scope_of(anna.office)):
        row = Questionnaire.objects.get(name="Nasz puls")
    assert taken.url == url(anna, "edit", row.pk)
    page = url(anna, "edit_question", row.pk, "szybkosc")
    answer = anna.post(page, opened(anna, page) | {"text": "Jak szybko Państwa obsłużyliśmy?"})
    assert answer.status_code == 302
    anna.post(url(anna, "change", row.pk), {"do": "question_off:jasnosc", "revision": 2, "here": "puls"})
    content = draft(row)
    assert content.question("szybkosc").text["pl"] == "Jak szybko Państwa obsłużyliśmy?"
    assert content.question("jasnosc").enabled is False
    anna.post(url(anna, "publish", row.pk), {"revision": 3})
    again = anna.post(url(anna, "publish", row.pk), {"revision": 3}, follow=True)
    assert "nie powstała nowa" in again.content.decode()
    with open_scope(offices.scope_of(anna.office)):
        assert QuestionnaireVersion.objects.count() == 1


def test_the_networks_coordinator_takes_one_for_the_network(dorota, anna):
    dorota.post(url(dorota, "take") + "?ktory=klienci", {"name": "Sieciowy"})
    with open_scope(offices.scope_of_network(dorota.network)):
        row = Questionnaire.objects.get(name="Sieciowy")
    assert row.office_id is None
    page = anna.get(url(anna, "questionnaire", row.pk)).content.decode()
    assert url(anna, "copy", row.pk) in page
    assert url(anna, "edit", row.pk) not in page
    for name in ("edit", "publish", "rename", "archive", "languages", "add_section", "condition", "delete"):
        assert anna.get(url(anna, name, row.pk)).status_code == 404
    assert (
        anna.post(url(anna, "change", row.pk), {"do": "section_off:wizyta", "revision": 1}).status_code == 404
    )


def test_the_network_does_not_open_an_offices_own_questionnaire(dorota, pulse):
    for name in ("questionnaire", "edit", "preview", "publish"):
        assert dorota.get(url(dorota, name, pulse.pk)).status_code == 404


def test_a_colleague_without_rights_looks_but_finds_no_buttons(bartek, pulse):
    page = bartek.get(url(bartek, "questionnaire", pulse.pk))
    assert page.status_code == 200
    assert url(bartek, "edit", pulse.pk) not in page.content.decode()
    assert bartek.get(url(bartek, "edit", pulse.pk)).status_code == 403


def test_a_translation_is_edited_beside_the_main_language(anna, pulse):
    page = url(anna, "edit_question", pulse.pk, "szybkosc") + "?jezyk=uk"
    shown = anna.get(page)
    main = draft(pulse).question("szybkosc").text["pl"]
    assert shown.context["form"].fields["text"].help_text == main
    assert "required" not in shown.context["form"].fields
    anna.post(page, opened(anna, page) | {"text": "Нове"})
    assert draft(pulse).question("szybkosc").text["uk"] == "Нове"
    assert draft(pulse).question("szybkosc").text["pl"] == main


def test_a_form_that_comes_too_late_loses_nothing(anna, pulse):
    page = url(anna, "edit_question", pulse.pk, "szybkosc")
    mine = opened(anna, page) | {"text": "Moja treść"}
    theirs = [
        SetText("question:szybkosc/text", "pl", "Jej treść"),
        SetText("question:szybkosc/help", "pl", "Jej"),
    ]
    with open_scope(offices.scope_of(anna.office)):
        services.edit(questionnaire=pulse, revision=1, changes=theirs, by=anna.actor, at=AT)
    late = anna.post(page, mine)
    form = late.context["form"]
    assert late.status_code == 409
    assert form["text"].value() == "Moja treść"
    assert "Jej treść" in form.fields["text"].help_text
    # what was not touched shows the present text, so that saving again does not undo a colleague's work
    assert form["help"].value() == "Jej"
    assert draft(pulse).question("szybkosc").text["pl"] == "Jej treść"
    again = {field.html_name: str(field.value()) for field in form if field.value() not in (None, False)}
    assert anna.post(page, again).status_code == 302
    kept = draft(pulse).question("szybkosc")
    assert (kept.text["pl"], kept.help["pl"]) == ("Moja treść", "Jej")


def test_saving_without_a_change_writes_nothing(anna, pulse):
    page = url(anna, "edit_question", pulse.pk, "szybkosc")
    assert anna.post(page, opened(anna, page)).status_code == 302
    with open_scope(offices.scope_of(anna.office)):
        assert Questionnaire.objects.get(pk=pulse.pk).revision == 1


@pytest.mark.parametrize("was", ["", "{", "[]", '"x"', "[" * 5000, json.dumps({"text": {"a": 1}})])
def test_a_broken_note_of_what_was_seen_breaks_nothing(anna, pulse, was):
    page = url(anna, "edit_question", pulse.pk, "szybkosc")
    answer = anna.post(page, opened(anna, page) | {"was": was, "text": "Nowa treść"})
    assert answer.status_code == 302
    assert draft(pulse).question("szybkosc").text["pl"] == "Nowa treść"


@pytest.mark.parametrize(
    "pressed",
    ["", "x", "question_up", "question_up:", "option_up:szybkosc:x", "option_up:szybkosc:-1",
     "section_burn:puls", "question_off:nie_ma", "section_off:NIE-MA", "question_off:" + "a" * 5000,
     "option_delete:szybkosc:999"],
)  # fmt: skip
def test_an_unknown_button_changes_nothing_and_says_so(anna, pulse, pressed):
    answer = anna.post(url(anna, "change", pulse.pk), {"do": pressed, "revision": 1}, follow=True)
    assert answer.status_code == 200
    assert next(iter(answer.context["messages"])).message
    with open_scope(offices.scope_of(anna.office)):
        assert Questionnaire.objects.get(pk=pulse.pk).revision == 1


@pytest.mark.parametrize("revision", ["", "x", "-1", "0", "99999999999999999999", "2"])
def test_a_wrong_revision_publishes_and_edits_nothing(anna, pulse, revision):
    anna.post(url(anna, "change", pulse.pk), {"do": "question_off:jasnosc", "revision": revision})
    anna.post(url(anna, "publish", pulse.pk), {"revision": revision})
    with open_scope(offices.scope_of(anna.office)):
        assert Questionnaire.objects.get(pk=pulse.pk).revision == 1
        assert QuestionnaireVersion.objects.count() == 0


def test_answers_are_added_moved_and_deleted_without_losing_what_was_typed(anna, office):
    with open_scope(offices.scope_of(office)):
        row = make_questionnaire(office, code="klienci")
    page = url(anna, "edit_question", row.pk, "sposob")
    anna.post(page, opened(anna, page) | {"added": "na tarasie", "also": "add"})
    assert draft(row).question("sposob").options[-1].text == {"pl": "na tarasie"}
    typed = opened(anna, page) | {"option_1": "w urzędzie", "also": "option_down:sposob:1"}
    anna.post(page, typed)
    options = draft(row).question("sposob").options
    assert [option.value for option in options[:2]] == [2, 1]
    assert options[1].text["pl"] == "w urzędzie"
    anna.post(page, opened(anna, page) | {"also": "option_delete:sposob:2", "other_1": "on"})
    options = draft(row).question("sposob").options
    assert (options[0].value, options[0].other) == (1, True)


def test_a_question_without_which_there_is_no_report_is_not_deleted(anna, pulse):
    page = url(anna, "delete", pulse.pk) + "?co=question:zadowolenie"
    assert "nie można usunąć" in anna.get(page).content.decode()
    anna.post(page, {"revision": 1})
    assert draft(pulse).question("zadowolenie")
    anna.post(url(anna, "delete", pulse.pk) + "?co=question:uwagi", {"revision": 1})
    with pytest.raises(KeyError):
        draft(pulse).question("uwagi")


def test_a_condition_is_built_from_an_earlier_answer_and_taken_away(anna, pulse):
    page = url(anna, "condition", pulse.pk) + "?miejsce=question:uwagi"
    anna.post(page + "&pytanie=zadowolenie", {"op": "in", "answers": ["1", "2"], "revision": 1})
    condition = draft(pulse).question("uwagi").condition
    assert condition.of == (Compare("zadowolenie", "in", (1, 2)),)
    assert "bardzo źle" in anna.get(page).content.decode()
    anna.post(page, {"do": "without:0", "revision": 2})
    assert draft(pulse).question("uwagi").condition is None


def test_a_condition_looks_at_earlier_questions_only(anna, pulse):
    chooser = anna.get(url(anna, "condition", pulse.pk) + "?miejsce=question:szybkosc").context["chooser"]
    assert [code for code, _ in chooser.fields["pytanie"].choices] == ["zadowolenie"]
    first = anna.get(url(anna, "condition", pulse.pk) + "?miejsce=question:zadowolenie&pytanie=uwagi")
    assert first.context["subject"] is None


def test_questions_and_parts_are_added_with_codes_of_their_own(anna, pulse):
    anna.post(url(anna, "add_section", pulse.pk), {"title": "Ósma część!", "revision": 1})
    assert draft(pulse).sections[-1].code == "osma_czesc"
    values = {"text": "Где?", "kind": "single", "answers": "tu\n\n tam ", "after": "", "revision": 2}
    anna.post(url(anna, "add_question", pulse.pk, "osma_czesc"), values)
    added = draft(pulse).sections[-1].questions[0]
    assert (added.code, [option.text["pl"] for option in added.options]) == ("pytanie", ["tu", "tam"])
    refused = anna.post(
        url(anna, "add_question", pulse.pk, "osma_czesc"), values | {"answers": "", "revision": 3}
    )
    assert refused.status_code == 422


def test_a_language_is_added_and_removed(anna, pulse):
    anna.post(url(anna, "languages", pulse.pk), {"language": "de", "revision": 1})
    assert "de" in draft(pulse).languages
    assert anna.post(url(anna, "languages", pulse.pk), {"language": "xx", "revision": 2}).status_code == 422
    anna.post(url(anna, "delete", pulse.pk) + "?co=language:de", {"revision": 2})
    assert "de" not in draft(pulse).languages


def test_hostile_texts_are_shown_as_texts_on_every_page(anna, pulse):
    page = url(anna, "edit_question", pulse.pk, "szybkosc")
    anna.post(page, opened(anna, page) | {"text": XSS, "help": XSS})
    whole = url(anna, "edit", pulse.pk)
    anna.post(whole, opened(anna, whole) | {"title": XSS, "intro": XSS})
    anna.post(url(anna, "rename", pulse.pk), {"name": XSS})
    addresses = [
        page,
        page + "?jezyk=en",
        whole,
        url(anna, "questionnaire", pulse.pk),
        url(anna, "preview", pulse.pk),
    ]
    addresses += [url(anna, "edit_section", pulse.pk, "puls"), url(anna, "questionnaires")]
    addresses += [url(anna, "delete", pulse.pk) + "?co=question:szybkosc"]
    for address in addresses:
        body = anna.get(address).content.decode()
        assert "<script>alert" not in body, address
        assert "<img src=x" not in body, address


def test_hostile_texts_of_a_colleague_are_shown_as_texts_beside_ones_own(anna, pulse):
    page = url(anna, "edit_question", pulse.pk, "szybkosc")
    mine = opened(anna, page) | {"text": "Moja treść"}
    anna.post(page, opened(anna, page) | {"text": XSS})
    late = anna.post(page, mine)
    assert late.status_code == 409
    assert "<script>alert" not in late.content.decode()


def test_the_preview_asks_everything_that_is_asked_in_the_chosen_language(anna, office):
    with open_scope(offices.scope_of(office)):
        row = make_questionnaire(office, code="klienci")
    body = anna.get(url(anna, "preview", row.pk) + "?jezyk=en").content.decode()
    assert '<html lang="en">' in body
    assert len(re.findall(r"<fieldset", body)) == 32


@pytest.mark.parametrize("name", ["draft_form", "version_form"])
def test_the_paper_form_is_a_tagged_pdf_in_the_language_asked_for(anna, pulse, name):
    with open_scope(offices.scope_of(anna.office)):
        make_version(pulse)
    args = [pulse.pk, 1] if name == "version_form" else [pulse.pk]
    answer = anna.get(url(anna, name, *args) + "?jezyk=uk")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content or len(answer.content) > 10_000


def test_the_pages_ask_the_database_as_often_for_many_as_for_one(anna, office, django_assert_max_num_queries):
    with open_scope(offices.scope_of(office)):
        rows = [make_questionnaire(office, name=f"Puls {number}") for number in range(12)]
        make_version(rows[0])
    with django_assert_max_num_queries(14):
        anna.get(url(anna, "questionnaires"))
    with django_assert_max_num_queries(14):
        anna.get(url(anna, "edit_question", rows[0].pk, "szybkosc"))
