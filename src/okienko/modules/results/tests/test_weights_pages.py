"""The pages of weights: empty, open, closed, refused, decided; forms; who may come in."""

from __future__ import annotations

import pytest
from django.urls import reverse

from okienko.foundation.registry import Role
from okienko.foundation.testing import factories
from okienko.foundation.testing.cast import Person
from okienko.modules.results.models import ResultSet
from okienko.modules.results.tests.test_weights import MATTERS, rows, save, use
from okienko.modules.results.weighting.selectors import margins_of, weights_of
from okienko.modules.surveys.models import OfficeWave, PointPlan


@pytest.fixture
def wave(in_office, make_closed):
    return make_closed(in_office, rows())


def address(name: str, wave, *rest) -> str:
    return reverse(f"results:{name}", args=[wave.office.slug, wave.pk, *rest])


def matters(first: str = "", second: str = "", **more) -> dict:
    return {"source": "rejestr spraw", "unit": "people", "count_0": first, "count_1": second} | more


def test_a_wave_of_which_nothing_is_known_offers_its_divisions(anna, wave):
    text = anna.get(address("weights", wave)).content.decode()
    assert address("weights_margin", wave, "sprawa") in text
    assert address("weights_margin", wave, "service_point") in text
    assert "Nic jeszcze nie wiadomo o klientach" in text


def test_from_the_division_to_the_weighted_results(anna, wave):
    posted = anna.post(address("weights_margin", wave, "sprawa"), matters("3000", "1000"))
    assert posted.status_code == 302 and posted.url == address("weights", wave)
    text = anna.get(address("weights", wave)).content.decode()
    assert "75,0%" in text and "rejestr spraw" in text and "Efektywna liczba odpowiedzi" in text
    assert "Użyć wag" in anna.get(address("weights_use", wave)).content.decode()
    assert not ResultSet.objects.exists()
    done = anna.post(address("weights_use", wave))
    made = ResultSet.objects.get()
    assert done.url == reverse("results:result", args=[wave.office.slug, made.pk])
    assert "zważono" in anna.get(done.url).content.decode()
    text = anna.get(address("weights", wave)).content.decode()
    assert "Użyj wag" not in text and "są zważone" in text


def test_without_weights_the_results_are_computed_as_well(anna, wave):
    save(wave)
    assert anna.get(address("weights_refuse", wave)).status_code == 200
    assert anna.post(address("weights_refuse", wave)).status_code == 302
    assert ResultSet.objects.get().document.get("weighting") is None
    assert "nie są zważone" in anna.get(address("weights", wave)).content.decode()


def test_an_open_wave_takes_divisions_and_shows_no_answers(anna, wave):
    save(wave)
    OfficeWave.objects.filter(pk=wave.pk).update(state="open")
    text = anna.get(address("weights", wave)).content.decode()
    assert "75,0%" in text and "Przed ważeniem" not in text and "Użyj wag" not in text
    refused = anna.post(address("weights_use", wave), follow=True).content.decode()
    assert "Decyzję podejmuje się po zamknięciu fali" in refused


def test_a_planned_wave_has_no_page(anna, wave):
    OfficeWave.objects.filter(pk=wave.pk).update(state="planned")
    assert anna.get(address("weights", wave)).status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (matters("3000", ""), "co najmniej dwóch grup"),
        (matters("3000", "-1"), "większa lub równa 0"),
        (matters("3000", "dużo"), "Wpisz liczbę"),
        (matters("75", "30", unit="percent"), "105,0"),
        (matters("3000", "1000", source=""), "pole"),
        (matters("3000", "1000", join_0="2", join_1="1"), "sama jest połączona"),
    ],
    ids=["one number", "negative", "a word", "percent", "no source", "chain"],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(anna, wave, given, said):
    answer = anna.post(address("weights_margin", wave, "sprawa"), given)
    text = answer.content.decode()
    assert answer.status_code == 422 and said.lower() in text.lower()
    assert 'value="3000"' in text or 'value="75"' in text
    assert weights_of(wave.pk) is None


def test_joined_groups_are_added_and_come_back_in_the_form(anna, wave):
    anna.post(
        address("weights_margin", wave, "sprawa"), matters("3 000", "1000", count_2="500,5", join_2="1")
    )
    (margin,) = margins_of(weights_of(wave.pk))
    assert [(group.values, group.count) for group in margin.groups] == [
        (("1", "3"), 3500.5),
        (("2",), 1000.0),
    ]
    text = anna.get(address("weights_margin", wave, "sprawa")).content.decode()
    assert 'value="3500,5"' in text.replace("\xa0", "") and "selected" in text


def test_the_form_of_points_begins_with_the_clients_of_the_plan(anna, wave):
    plan = PointPlan.objects.filter(office_wave=wave).order_by("service_point__name").first()
    PointPlan.objects.filter(pk=plan.pk).update(visits=4321)
    text = anna.get(address("weights_margin", wave, "service_point")).content.decode()
    assert "4321" in text.replace("\xa0", "")


def test_weights_that_cannot_be_say_which_group_is_in_the_way(anna, wave):
    save(wave)
    anna.post(address("weights_margin", wave, "sprawa"), matters("3000", "1000", count_2="10"))
    text = anna.get(address("weights", wave)).content.decode()
    assert "Tych wag nie da się użyć" in text and "pojazdy i prawo jazdy" in text and "mniej niż 10" in text
    assert address("weights_use", wave) not in text
    assert "Przed ważeniem" in text and "Efektywna liczba" not in text
    refused = anna.post(address("weights_use", wave), follow=True).content.decode()
    assert "mniej niż 10" in refused and not ResultSet.objects.exists()


def test_a_division_can_be_removed_and_a_limit_set(anna, wave):
    save(wave)
    assert anna.post(address("weights", wave), {"limit": "3"}).status_code == 302
    assert weights_of(wave.pk).limit == 3
    assert anna.post(address("weights", wave), {"limit": "4"}).status_code == 422
    anna.post(address("weights_remove", wave, "sprawa"))
    assert margins_of(weights_of(wave.pk)) == ()
    assert "Nic jeszcze nie wiadomo" in anna.get(address("weights", wave)).content.decode()


def test_the_button_of_results_leads_to_the_decision(anna, wave):
    save(wave)
    answer = anna.post(reverse("results:release", args=[wave.office.slug, wave.pk]))
    assert answer.url == address("weights", wave)
    home = anna.get(f"/u/{wave.office.slug}/").content.decode()
    assert "Zdecyduj o wagach" in home
    use(wave)
    assert "Zdecyduj o wagach" not in anna.get(f"/u/{wave.office.slug}/").content.decode()


def test_the_page_of_the_wave_leads_to_its_weights(anna, wave):
    page = reverse("surveys:wave", args=[wave.office.slug, wave.pk])
    assert address("weights", wave) in anna.get(page).content.decode()
    save(wave)
    use(wave, used=False)
    assert address("weights", wave) not in anna.get(page).content.decode()


def test_only_those_who_run_the_survey_come_in(anna, bartek, celina, ewa, office, wave):
    save(wave)
    head = Person().sign_in(factories.make_member(office, Role.HEAD, "Helena Próbna"), office=office)
    for name, rest in (("weights", ()), ("weights_margin", ("sprawa",)), ("weights_use", ())):
        page = address(name, wave, *rest)
        assert anna.get(page).status_code == 200
        assert [person.get(page).status_code for person in (bartek, head, celina, ewa)] == [
            403,
            403,
            404,
            302,
        ]
        assert celina.post(page).status_code == 404
    foreign = reverse("results:weights", args=[celina.office.slug, wave.pk])
    assert celina.get(foreign).status_code == 404


def test_queries_do_not_grow_with_the_divisions(anna, wave, django_assert_max_num_queries):
    save(wave)
    anna.get(address("weights", wave))
    with django_assert_max_num_queries(25):
        anna.get(address("weights", wave))


def test_only_the_waves_own_divisions_have_a_form(anna, wave):
    assert anna.get(address("weights_margin", wave, "wzrost")).status_code == 404
    assert anna.get(address("weights_margin", wave, "channel")).status_code == 404
    assert MATTERS.division == "sprawa"
