"""Scales and areas by screen: made, translated, used and deleted; what was typed is never lost."""

from __future__ import annotations

import pytest

from okienko.engines.questionnaire import errors
from okienko.engines.questionnaire.changes import AddScale, SetText
from okienko.engines.questionnaire.definition import Point, Scale
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing import factories as offices
from okienko.modules.questionnaires import selectors, services
from okienko.modules.questionnaires.models import Questionnaire
from okienko.modules.questionnaires.tests.factories import AT, make_questionnaire, make_version
from okienko.modules.questionnaires.tests.test_pages import XSS, draft, opened, url

pytestmark = pytest.mark.django_db
SCALE = {
    "points": "4",
    "first": "1",
    "low": "wcale nie",
    "high": "w pełni",
    "between": "raczej nie\nraczej tak",
    "revision": 1,
}


@pytest.fixture
def clients(office):
    with open_scope(offices.scope_of(office)):
        return make_questionnaire(office, code="klienci")


def add_scale(person, row, **values):
    return person.post(url(person, "add_scale", row.pk), SCALE | values)


def names(row) -> list[str]:
    return [area.name["pl"] for area in draft(row).areas]


def test_a_scale_is_made_by_screen_and_a_question_asks_on_it(anna, clients):
    made = add_scale(anna, clients)
    scale = draft(clients).scales[-1]
    assert [(point.value, point.text["pl"]) for point in scale.points] == [
        (1, "wcale nie"), (2, "raczej nie"), (3, "raczej tak"), (4, "w pełni")
    ]  # fmt: skip
    # the questionnaire has other languages, so their words are asked for next
    assert made.url.startswith(url(anna, "edit_scale", clients.pk, scale.code)) and "jezyk=" in made.url
    part = draft(clients).sections[0].code
    page = url(anna, "add_question", clients.pk, part)
    assert "wcale nie – w pełni (4)" in anna.get(page).content.decode()
    question = {"text": "Czy było zrozumiale?", "kind": "scale", "scale": scale.code, "revision": 2}
    anna.post(page, question)
    assert draft(clients).sections[0].questions[-1].scale == scale.code


def test_a_scale_of_a_questionnaire_in_one_language_needs_no_translation(anna, pulse):
    for number, language in enumerate(("en", "uk"), start=1):
        anna.post(url(anna, "delete", pulse.pk) + f"?co=language:{language}", {"revision": number})
    made = add_scale(anna, pulse, revision=3)
    assert made.url == url(anna, "scales", pulse.pk)
    with open_scope(offices.scope_of(anna.office)):
        assert errors(selectors.draft(Questionnaire.objects.get(pk=pulse.pk))) == ()


def test_the_words_of_a_scale_are_given_in_every_language(anna, clients):
    add_scale(anna, clients)
    code = draft(clients).scales[-1].code
    page = url(anna, "edit_scale", clients.pk, code) + "?jezyk=en"
    assert "wcale nie" in anna.get(page).content.decode(), "the main language stands beside"
    anna.post(page, opened(anna, page) | {"point_1": "not at all"})
    assert draft(clients).scale(code).points[0].text == {"pl": "wcale nie", "en": "not at all"}
    todo = anna.get(url(anna, "edit", clients.pk)).content.decode()
    assert url(anna, "edit_scale", clients.pk, code) + "?jezyk=en" in todo, "what is missing leads here"


def test_only_the_ends_of_a_scale_need_words(anna, clients):
    add_scale(anna, clients, points="11", first="0", between="")
    points = draft(clients).scales[-1].points
    assert [point.value for point in points] == list(range(11))
    assert [bool(point.text) for point in points] == [True, *[False] * 9, True]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"points": "1"}, "points"),
        ({"points": "12"}, "points"),
        ({"points": ""}, "points"),
        ({"first": "2"}, "first"),
        ({"low": ""}, "low"),
        ({"high": "  "}, "high"),
        ({"high": "wcale nie"}, "high"),
        ({"between": "jedno"}, "between"),
        ({"between": "a\nb\nc"}, "between"),
        ({"points": "2"}, "between"),
        ({"low": "x" * 301}, "low"),
        ({"between": "x" * 301 + "\ny"}, "between"),
    ],
)
def test_a_scale_that_makes_no_sense_is_refused_at_its_field_and_nothing_is_lost(anna, clients, wrong, field):
    refused = add_scale(anna, clients, **wrong)
    form = refused.context["form"]
    assert refused.status_code == 422 and list(form.errors) == [field]
    assert (SCALE | wrong)["between"] in form["between"].value()
    assert len(draft(clients).scales) == len(draft(make_again(clients)).scales)


def make_again(row) -> Questionnaire:
    with open_scope(offices.scope_of(row.office)):
        return make_questionnaire(row.office, code="klienci", name="Wzór")


def test_the_same_scale_is_not_made_twice(anna, clients):
    add_scale(anna, clients)
    again = add_scale(anna, clients, revision=2)
    assert again.status_code == 422 and "już" in str(again.context["form"].errors)


def test_a_scale_that_questions_use_is_not_deleted_and_another_is(anna, clients):
    add_scale(anna, clients)
    used, free = draft(clients).scales[0].code, draft(clients).scales[-1].code
    listed = anna.get(url(anna, "scales", clients.pk)).content.decode()
    assert f"co=scale:{free}" in listed and f"co=scale:{used}" not in listed
    refused = anna.post(url(anna, "delete", clients.pk) + f"?co=scale:{used}", {"revision": 2}, follow=True)
    assert "w użyciu" in refused.content.decode()
    anna.post(url(anna, "delete", clients.pk) + f"?co=scale:{free}", {"revision": 2})
    assert draft(clients).scale(used) and draft(clients).scale(free) is None


def test_an_area_is_made_in_all_languages_and_a_question_belongs_to_it(anna, clients):
    page = url(anna, "add_area", clients.pk)
    fields = [name for name in anna.get(page).context["form"].fields if name.startswith("name_")]
    assert fields == [f"name_{code}" for code in draft(clients).languages]
    anna.post(page, {"name_pl": "Parking", "name_en": "Parking space", "revision": 1})
    area = draft(clients).areas[-1]
    assert (area.code, area.name) == ("parking", {"pl": "Parking", "en": "Parking space"})
    rated = next(found for found in draft(clients).questions() if found.kind == "scale" and found.area)
    page = url(anna, "edit_question", clients.pk, rated.code)
    anna.post(page, opened(anna, page) | {"area": "parking"})
    assert draft(clients).question(rated.code).area == "parking"


@pytest.mark.parametrize("name", ["", "   ", "x" * 301])
def test_an_area_without_a_good_name_is_refused(anna, clients, name):
    refused = anna.post(url(anna, "add_area", clients.pk), {"name_pl": name, "revision": 1})
    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["name_pl"]


def test_an_area_of_a_name_that_is_there_is_refused(anna, clients):
    there = names(clients)[0]
    refused = anna.post(url(anna, "add_area", clients.pk), {"name_pl": there.upper(), "revision": 1})
    assert refused.status_code == 422 and len(names(clients)) == len(draft(make_again(clients)).areas)


def test_an_area_with_questions_is_not_deleted_and_an_empty_one_is(anna, clients):
    anna.post(url(anna, "add_area", clients.pk), {"name_pl": "Parking", "revision": 1})
    used = draft(clients).areas[0].code
    anna.post(url(anna, "delete", clients.pk) + f"?co=area:{used}", {"revision": 2})
    anna.post(url(anna, "delete", clients.pk) + "?co=area:parking", {"revision": 2})
    assert used in [area.code for area in draft(clients).areas] and "Parking" not in names(clients)


def test_a_code_of_a_published_scale_or_area_is_never_given_again(anna, clients):
    add_scale(anna, clients)
    anna.post(url(anna, "add_area", clients.pk), {"name_pl": "Parking", "revision": 2})
    scale = draft(clients).scales[-1].code
    with open_scope(offices.scope_of(anna.office)):
        row = Questionnaire.objects.get(pk=clients.pk)
        texts = {1: "not at all", 2: "rather not", 3: "rather yes", 4: "fully"}
        changes = [
            SetText(path, language, words)
            for language in draft(clients).languages
            if language != "pl"
            for path, words in [
                ("area:parking", "Parking"),
                *((f"scale:{scale}/point:{value}", words) for value, words in texts.items()),
            ]
        ]
        services.edit(questionnaire=row, revision=3, changes=changes, by=anna.actor, at=AT)
        make_version(row)
    for what in (f"scale:{scale}", "area:parking"):
        with open_scope(offices.scope_of(anna.office)):
            revision = Questionnaire.objects.get(pk=clients.pk).revision
        anna.post(url(anna, "delete", clients.pk) + f"?co={what}", {"revision": revision})
    add_scale(anna, clients, revision=6)
    anna.post(url(anna, "add_area", clients.pk), {"name_pl": "Parking", "revision": 7})
    assert draft(clients).scales[-1].code == f"{scale}_2"
    assert draft(clients).areas[-1].code == "parking_2"


def test_scales_and_areas_are_told_in_the_history(anna, clients):
    add_scale(anna, clients)
    anna.post(url(anna, "add_area", clients.pk), {"name_pl": "Parking", "revision": 2})
    with open_scope(offices.scope_of(anna.office)):
        entries = AuditEntry.objects.filter(code="questionnaires.edit").order_by("pk")
        told = [entry.after for entry in entries]
    assert told == [{"dodano skalę": "wcale nie – w pełni (4)"}, {"dodano obszar": "Parking"}]


def test_a_scale_that_comes_too_late_is_shown_again_and_saved_at_the_second_try(anna, clients):
    anna.post(url(anna, "change", clients.pk), {"do": "section_off:wizyta", "revision": 1})
    late = add_scale(anna, clients)
    form = late.context["form"]
    assert late.status_code == 409 and form["low"].value() == "wcale nie"
    assert add_scale(anna, clients, revision=form["revision"].value()).status_code == 302


def test_somebody_without_the_right_makes_nothing(bartek, celina, clients):
    for person, status in ((bartek, 403), (celina, 404)):
        assert add_scale(person, clients).status_code == status
        area = person.post(url(person, "add_area", clients.pk), {"name_pl": "Parking", "revision": 1})
        assert area.status_code == status
    assert "Parking" not in names(clients)


def test_hostile_names_are_shown_as_texts(anna, clients):
    add_scale(anna, clients, low=XSS)
    anna.post(url(anna, "add_area", clients.pk), {"name_pl": XSS, "revision": 2})
    code = draft(clients).scales[-1].code
    for address in (url(anna, "scales", clients.pk), url(anna, "edit_scale", clients.pk, code) + "?jezyk=en"):
        assert "<script>alert" not in anna.get(address).content.decode()


def test_a_scale_can_be_left_without_words_only_between_its_ends(anna, clients):
    """A scale made elsewhere with a point without words: the page shows an empty field for it."""
    scale = Scale("cicha", (Point(1, {"pl": "źle"}), Point(2), Point(3, {"pl": "dobrze"})))
    with open_scope(offices.scope_of(anna.office)):
        services.edit(questionnaire=clients, revision=1, changes=[AddScale(scale)], by=anna.actor, at=AT)
    form = anna.get(url(anna, "edit_scale", clients.pk, "cicha")).context["form"]
    assert [form[name].value() for name in ("point_1", "point_2", "point_3")] == ["źle", "", "dobrze"]
