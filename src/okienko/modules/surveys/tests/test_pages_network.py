"""A network's pages: planning for many offices, progress of each, help where it is needed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import Role
from okienko.foundation.testing.factories import make_member, make_network, make_office, make_office_type
from okienko.modules.surveys.models import OfficeWave, Survey, Wave
from okienko.modules.surveys.tests import factories
from okienko.modules.surveys.tests.pages import XSS, questions


def url(name, network, *args):
    return reverse(f"surveys:{name}", args=[network.slug, *args])


@pytest.fixture
def running(in_network, office, other_office, today):
    """An open wave in two offices: one has begun, one has not."""
    wave = factories.make_wave(
        factories.make_survey(office, shared=True),
        state="open",
        opens_on=today - timedelta(10),
        closes_on=today + timedelta(10),
    )
    factories.make_office_wave(office, wave=wave, state="open", target=200)
    factories.make_office_wave(other_office, wave=wave)
    return wave


WAVE_PAGES = [
    "network_wave",
    "network_dates",
    "offices",
    "weights",
    "network_open",
    "network_close",
    "network_drop",
]
SURVEY_PAGES = ["network_survey", "network_change", "network_archive", "network_plan_wave"]


@pytest.mark.parametrize("name", WAVE_PAGES)
@pytest.mark.parametrize("state", ["planned", "open", "closed"])
def test_every_page_of_a_wave_opens_for_the_networks_coordinator(dorota, in_network, office, name, state):
    wave = factories.make_wave(factories.make_survey(office, shared=True), state=state)
    factories.make_office_wave(office, wave=wave, state=state)
    assert dorota.get(url(name, in_network, wave.pk)).status_code == 200


@pytest.mark.parametrize("name", SURVEY_PAGES)
def test_every_page_of_a_survey_opens(dorota, in_network, running, name):
    assert dorota.get(url(name, in_network, running.survey_id)).status_code == 200


@pytest.mark.parametrize("name", ["network_surveys", "calendar", "network_create"])
def test_lists_open_with_and_without_surveys(dorota, in_network, office, name):
    assert dorota.get(url(name, in_network)).status_code == 200
    survey = factories.make_survey(office, shared=True)
    assert dorota.get(url(name, in_network)).status_code == 200
    factories.make_office_wave(office, wave=factories.make_wave(survey))
    assert dorota.get(url(name, in_network)).status_code == 200


def test_members_of_offices_do_not_enter_the_networks_pages(anna, celina, bartek, in_network, running):
    for person in (anna, celina, bartek):
        for name in WAVE_PAGES:
            assert person.get(url(name, in_network, running.pk)).status_code == 404
            assert person.post(url(name, in_network, running.pk)).status_code == 404
    running.refresh_from_db()
    assert running.state == "open"


def test_another_networks_wave_and_an_offices_own_are_not_found(dorota, in_network, office):
    with all_offices("test"):
        foreign = factories.make_wave(factories.make_survey(make_office(make_network("Inna")), shared=True))
        own = factories.make_wave(factories.make_survey(office))
    for wave in (foreign, own):
        for name in WAVE_PAGES:
            assert dorota.get(url(name, in_network, wave.pk)).status_code == 404
            assert dorota.post(url(name, in_network, wave.pk)).status_code == 404
        for name in SURVEY_PAGES:
            assert dorota.get(url(name, in_network, wave.survey_id)).status_code == 404


def test_a_survey_is_prepared_and_a_wave_planned_in_chosen_offices(
    dorota, in_network, office, other_office, today
):
    questionnaire = factories.make_questionnaire(office, shared=True)
    own = factories.make_questionnaire(office)
    values = {"name": "Sieciowe", "questionnaire": own.pk}
    assert dorota.post(url("network_create", in_network), values).status_code == 422
    values["questionnaire"] = questionnaire.pk
    answer = dorota.post(url("network_create", in_network), values)
    survey = Survey.objects.get()
    assert answer.url == url("network_plan_wave", in_network, survey.pk)
    page = dorota.get(answer.url).content.decode()
    assert page.count(" checked") == 2  # at first all offices take part
    dates = {"name": "Jesień", "opens_on": str(today), "closes_on": str(today), "offices": [office.pk]}
    wave_url = dorota.post(answer.url, dates).url
    assert wave_url == url("network_wave", in_network, Wave.objects.get().pk)
    assert OfficeWave.objects.get().office == office


@pytest.mark.parametrize("chosen", [[], ["99999"], ["x"], ["1; DROP"]])
def test_offices_that_are_none_or_foreign_are_refused(dorota, in_network, running, chosen):
    answer = dorota.post(url("offices", in_network, running.pk), {"offices": chosen})
    assert answer.status_code == 422
    assert OfficeWave.objects.count() == 2


def test_an_office_that_has_begun_is_not_taken_out(dorota, in_network, running, office, other_office):
    answer = dorota.post(url("offices", in_network, running.pk), {"offices": [other_office.pk]})
    assert answer.status_code == 422
    assert office.name in answer.content.decode()


def test_the_progress_page_shows_each_office_and_whom_to_help(
    dorota, in_network, running, office, other_office, slots
):
    part = OfficeWave.objects.get(office=office)
    slots["surveys.wave.counts"] = [lambda ids: {part.pk: 30}]
    make_member(office, Role.COORDINATOR)
    page = dorota.get(url("network_wave", in_network, running.pk)).content.decode()
    assert "Zebrano 30 z\xa0200 odpowiedzi" in page or "Collected 30" in page
    helped = page.split('id="help"')[1].split('id="offices"')[0]
    assert helped.index(other_office.name) < helped.index(office.name)  # nobody coordinates there


def test_the_progress_page_is_narrowed_sorted_and_survives_nonsense(
    dorota, in_network, running, office, other_office
):
    address = url("network_wave", in_network, running.pk)

    def table(**query):
        return dorota.get(address, query).content.decode().split('id="list"')[1]

    assert other_office.name not in table(q="brzoz")
    assert office.name not in table(tempo="not_started")
    names = table(sort="-name")
    assert names.index(office.name) < names.index(other_office.name)
    for query in ({"tempo": "x"}, {"rodzaj": XSS}, {"sort": "__dict__"}, {"page": "-1"}, {"region": "\x00"}):
        assert XSS not in table(**query)


def test_the_progress_page_asks_no_more_for_more_offices(dorota, in_network, running):
    address = url("network_wave", in_network, running.pk)
    dorota.get(address)
    few = questions(dorota, address)
    with all_offices("test"):
        for number in range(30):
            office = make_office(in_network, type=make_office_type(f"typ-{number % 4}", f"typ {number % 4}"))
            part = factories.make_office_wave(office, wave=running, state="open", target=100)
            factories.make_point_plan(part, issued=10, returned=5)
    assert questions(dorota, address) == few <= 16


def test_lists_and_the_home_page_ask_no_more_for_more_surveys(dorota, in_network, running, office):
    pages = [url("network_surveys", in_network), url("calendar", in_network)]
    counts = []
    for _ in range(2):
        for page in pages:
            dorota.get(page)
        counts.append([questions(dorota, page) for page in pages])
        for _ in range(6):
            wave = factories.make_wave(factories.make_survey(office, shared=True), state="closed")
            factories.make_office_wave(office, wave=wave, state="closed")
    assert counts[0] == counts[1]


def test_weights_are_saved_with_a_comma_and_cleared(dorota, in_network, running):
    address = url("weights", in_network, running.pk)
    areas = [
        code
        for code in ("wizerunek", "kompetencje")
        if f"weight_{code}" in dorota.get(address).content.decode()
    ]
    for code in areas:
        assert dorota.post(address, {f"weight_{code}": "1,5"}).status_code == 302
        running.refresh_from_db()
        assert running.area_weights == {code: 1.5}
        assert dorota.post(address, {f"weight_{code}": "-1"}).status_code == 422
        assert dorota.post(address, {f"weight_{code}": "NaN"}).status_code == 422
    dorota.post(address, {})
    running.refresh_from_db()
    assert running.area_weights == {}


def test_the_network_opens_extends_and_closes_from_its_pages(dorota, in_network, office, today):
    wave = factories.make_wave(
        factories.make_survey(office, shared=True), opens_on=today, closes_on=today + timedelta(5)
    )
    factories.make_office_wave(office, wave=wave)
    dorota.post(url("network_open", in_network, wave.pk))
    wave.refresh_from_db()
    assert wave.state == "open"
    later = {"closes_on": str(today + timedelta(8))}
    assert dorota.post(url("network_dates", in_network, wave.pk), later).status_code == 302
    assert (
        dorota.post(url("network_dates", in_network, wave.pk), {"closes_on": str(today)}).status_code == 422
    )
    assert (
        dorota.post(url("network_dates", in_network, wave.pk), {"closes_on": "9999-12-31"}).status_code == 422
    )
    dorota.post(url("network_close", in_network, wave.pk))
    wave.refresh_from_db()
    assert (wave.state, wave.closes_on) == ("closed", today + timedelta(8))
    assert OfficeWave.objects.get().never_begun


def test_the_networks_home_page_names_who_needs_help(dorota, in_network, running):
    page = dorota.get(reverse("web:network_home", args=[in_network.slug])).content.decode()
    assert f"{url('network_wave', in_network, running.pk)}?tempo=pomoc#offices" in page


def test_names_written_by_people_are_shown_as_text(dorota, in_network, office):
    survey = factories.make_survey(office, shared=True, name=XSS, purpose=XSS)
    wave = factories.make_wave(survey, name=XSS, state="open")
    factories.make_office_wave(office, wave=wave)
    office.name = XSS
    office.save()
    pages = [url(name, in_network) for name in ("network_surveys", "calendar")]
    pages += [url(name, in_network, wave.pk) for name in WAVE_PAGES]
    pages += [url(name, in_network, survey.pk) for name in SURVEY_PAGES]
    pages.append(reverse("web:network_home", args=[in_network.slug]))
    for page in pages:
        assert XSS not in dorota.get(page).content.decode(), page
