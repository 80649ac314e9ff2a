"""Opening and closing: what forbids it, that it happens once, and what follows."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.testing.factories import make_service_point, scope_of
from okienko.modules.surveys import selectors, services
from okienko.modules.surveys.models import OfficeWave, SurveyLink, Wave
from okienko.modules.surveys.tests import factories
from okienko.modules.surveys.tests.factories import AT, TODAY
from okienko.modules.surveys.tests.test_services_waves import refused


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_opening_freezes_the_latest_version_of_the_questionnaire(anna, ready):
    newer = factories.make_version(ready.wave.survey.questionnaire)
    services.open_office_wave(office_wave=ready, by=anna.actor, at=AT)
    wave = fresh(ready.wave)
    assert (wave.state, fresh(ready).state, wave.version, wave.opened_at) == ("open", "open", newer, AT)
    factories.make_version(ready.wave.survey.questionnaire)
    assert fresh(wave).version == newer


def test_an_unfinished_plan_is_refused_with_every_reason_in_words(anna, in_office):
    office_wave = factories.make_office_wave(in_office, sample_kind="")
    with pytest.raises(ValidationError) as caught:
        services.open_office_wave(office_wave=office_wave, by=anna.actor, at=AT)
    assert len(caught.value.messages) == 3  # way of choosing, points, links
    assert fresh(office_wave).state == fresh(office_wave.wave).state == "planned"
    assert not AuditEntry.objects.exists()


def test_an_unpublished_questionnaire_does_not_go_to_clients(anna, in_office):
    survey = factories.make_survey(
        in_office, questionnaire=factories.make_questionnaire(in_office, published=False)
    )
    office_wave = factories.make_ready(in_office, wave=factories.make_wave(survey))
    with pytest.raises(ValidationError, match=r"not published|nieopublikowany|opublikowan"):
        services.open_office_wave(office_wave=office_wave, by=anna.actor, at=AT)


def test_a_colleague_without_the_right_opens_and_closes_nothing(bartek, ready, open_wave):
    with pytest.raises(PermissionDenied):
        services.open_office_wave(office_wave=ready, by=bartek.actor, at=AT)
    with pytest.raises(PermissionDenied):
        services.close_office_wave(office_wave=open_wave, by=bartek.actor, at=AT)
    assert (fresh(ready).state, fresh(open_wave).state) == ("planned", "open")


def test_a_coordinator_elsewhere_opens_nothing_here(celina, ready, other_office):
    with open_scope(scope_of(other_office)), pytest.raises(PermissionDenied):
        services.open_office_wave(office_wave=ready, by=celina.actor, at=AT)
    assert fresh(ready).state == "planned"


def test_a_wave_is_opened_once_and_closed_once(anna, ready, slots):
    told = []
    slots["surveys.wave.opened"] = slots["surveys.wave.closed"] = [lambda ids: told.append(list(ids))]
    stale = fresh(ready)
    services.open_office_wave(office_wave=ready, by=anna.actor, at=AT)
    with refused("opened"):
        services.open_office_wave(office_wave=stale, by=anna.actor, at=AT)
    services.close_office_wave(office_wave=ready, by=anna.actor, at=AT)
    with refused("closed"):
        services.close_office_wave(office_wave=stale, by=anna.actor, at=AT)
    with refused("closed"):
        services.open_office_wave(office_wave=stale, by=anna.actor, at=AT)
    assert told == [[ready.pk], [ready.pk]]
    assert [entry.code for entry in AuditEntry.objects.order_by("pk")] == ["surveys.open", "surveys.close"]
    assert (fresh(ready.wave).state, fresh(ready).closed_at) == ("closed", AT)


def test_a_second_wave_of_a_survey_opens_only_after_the_first_has_closed(anna, in_office, open_wave):
    survey = open_wave.wave.survey
    following = factories.make_ready(in_office, wave=factories.make_wave(survey))
    with pytest.raises(ValidationError, match=r"still open|nadal otwarta|trwa"):
        services.open_office_wave(office_wave=following, by=anna.actor, at=AT)
    services.close_office_wave(office_wave=open_wave, by=anna.actor, at=AT)
    services.open_office_wave(office_wave=following, by=anna.actor, at=AT)
    assert fresh(following).state == "open"


def test_posters_lead_to_the_wave_that_has_opened_except_where_the_point_left(anna, in_office):
    stays, leaves = make_service_point(in_office), make_service_point(in_office)
    old = factories.make_office_wave(in_office, state="closed")
    for point in (stays, leaves):
        factories.make_point_plan(old, point)
    hall, cash, site = (factories.make_link(old, point) for point in (stays, leaves, None))
    new = factories.make_office_wave(in_office, wave=factories.make_wave(old.wave.survey))
    services.set_points(office_wave=new, points=[stays], by=anna.actor, at=AT)
    assert SurveyLink.objects.count() == 3  # the poster in the hall is used again
    assert list(selectors.links_of(new).values_list("pk", flat=True).order_by("pk")) == [hall.pk, site.pk]

    services.open_office_wave(office_wave=new, by=anna.actor, at=AT)
    assert {fresh(hall).office_wave, fresh(site).office_wave} == {new}
    assert fresh(cash).office_wave == old
    assert selectors.link_for_answering(hall.token).wave_id == new.wave_id
    assert selectors.link_for_answering(hall.token).status(TODAY) == "open"
    assert selectors.link_for_answering(cash.token).status(TODAY) == "ended"


def test_a_network_opens_its_wave_and_each_office_its_own_part(
    dorota, anna, in_network, office, other_office
):
    survey = factories.make_survey(office, shared=True)
    wave = factories.make_wave(survey)
    mine = factories.make_ready(office, wave=wave)
    theirs = factories.make_ready(other_office, wave=wave)
    with open_scope(scope_of(office)):
        with pytest.raises(ValidationError, match=r"network|Sieć"):
            services.open_office_wave(office_wave=mine, by=anna.actor, at=AT)
    services.open_network_wave(wave=wave, by=dorota.actor, at=AT)
    with refused("opened"):
        services.open_network_wave(wave=wave, by=dorota.actor, at=AT)
    with open_scope(scope_of(office)):
        services.open_office_wave(office_wave=fresh(mine), by=anna.actor, at=AT)
        assert fresh(mine).wave.version is not None
    assert (fresh(mine).state, fresh(theirs).state) == ("open", "planned")


def test_an_office_closes_its_part_early_and_the_network_the_rest(
    dorota, anna, in_network, office, other_office, slots
):
    told = []
    slots["surveys.wave.closed"] = [told.append]
    wave = factories.make_wave(factories.make_survey(office, shared=True), state="open")
    mine = factories.make_office_wave(office, wave=wave, state="open")
    never = factories.make_office_wave(other_office, wave=wave)
    with open_scope(scope_of(office)):
        services.close_office_wave(office_wave=mine, by=anna.actor, at=AT)
    assert fresh(wave).state == "open"
    services.close_network_wave(wave=wave, by=dorota.actor, at=AT + timedelta(1))
    assert fresh(wave).state == "closed"
    assert (fresh(mine).closed_at, fresh(never).state, fresh(never).opened_at) == (AT, "closed", None)
    assert told == [[mine.pk], []]


def test_a_network_wave_without_offices_is_not_opened(dorota, in_network, office):
    wave = factories.make_wave(factories.make_survey(office, shared=True))
    with refused("no_offices"):
        services.open_network_wave(wave=wave, by=dorota.actor, at=AT)


def test_the_schedule_closes_a_wave_only_after_its_last_day(in_office, open_wave):
    wave, system = open_wave.wave, system_actor("schedule")
    wave.opened_at = AT - timedelta(5)
    wave.save()
    with refused("state_changed"):
        services.close_at_end(wave=wave, by=system, at=AT)
    services.close_at_end(wave=wave, by=system, at=AT + timedelta(60))
    assert (fresh(wave).state, fresh(open_wave).state) == ("closed", "closed")


def test_nobody_closes_a_wave_in_the_schedules_name(anna, dorota, open_wave):
    for person in (anna, dorota):
        with pytest.raises(PermissionDenied):
            services.close_at_end(wave=open_wave.wave, by=person.actor, at=AT + timedelta(60))


def test_a_fault_in_what_follows_an_opening_leaves_everything_as_it_was(anna, ready, slots):
    def fail(_ids):
        raise RuntimeError("queue is full")

    slots["surveys.wave.opened"] = [fail]
    with pytest.raises(RuntimeError, match="queue"):
        services.open_office_wave(office_wave=ready, by=anna.actor, at=AT)
    assert (fresh(ready).state, fresh(ready.wave).state, fresh(ready.wave).version) == (
        "planned",
        "planned",
        None,
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_people_opening_at_once_one_succeeds(anna, office):
    with open_scope(scope_of(office)):
        ready = factories.make_ready(office)
    outcomes, start = [], threading.Barrier(2)

    def open_it():
        try:
            with open_scope(scope_of(office)):
                start.wait(10)
                services.open_office_wave(office_wave=ready, by=anna.actor, at=AT)
                outcomes.append("opened")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("an in-memory database has no second connection")
    threads = [threading.Thread(target=open_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["opened", "refused"]
    with open_scope(scope_of(office)):
        assert AuditEntry.objects.filter(code="surveys.open").count() == 1
        assert OfficeWave.objects.get().state == Wave.objects.get().state == "open"
