"""Fieldwork in an office: people, points, forms, shifts, links."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import Role
from okienko.foundation.testing.cast import Person
from okienko.foundation.testing.factories import make_member, make_service_point
from okienko.modules.surveys import services
from okienko.modules.surveys.models import PointPlan, Shift, SurveyLink
from okienko.modules.surveys.tests import factories
from okienko.modules.surveys.tests.factories import AT, TODAY
from okienko.modules.surveys.tests.test_services_waves import refused


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def part(in_office):
    return factories.make_office_wave(in_office)


@pytest.fixture
def two_points(in_office, part, anna):
    points = [make_service_point(in_office, name=name) for name in ("BOK", "Kasa")]
    services.set_points(office_wave=part, points=points, by=anna.actor, at=AT)
    return list(PointPlan.objects.order_by("pk"))


def test_the_way_of_choosing_people_is_fixed_once_collecting_has_begun(anna, open_wave):
    people = services.People("open", 5000, "szacunek")
    services.plan_people(office_wave=open_wave, people=people, by=anna.actor, at=AT)
    assert fresh(open_wave).population == 5000
    with refused("opened"):
        services.plan_people(office_wave=open_wave, people=services.People("census", 9), by=anna.actor, at=AT)
    assert (fresh(open_wave).sample_kind, fresh(open_wave).population) == ("open", 5000)


@pytest.mark.parametrize(
    "act",
    [
        lambda part, by: services.plan_people(office_wave=part, people=services.People("open"), by=by, at=AT),
        lambda part, by: services.plan_size(office_wave=part, target=5, expected_return=5, by=by, at=AT),
        lambda part, by: services.write_note(office_wave=part, text="x", by=by, at=AT),
        lambda part, by: services.set_points(office_wave=part, points=[], by=by, at=AT),
        lambda part, by: services.plan_points(office_wave=part, sizes={}, by=by, at=AT),
        lambda part, by: services.record_forms(office_wave=part, counts={}, by=by, at=AT),
        lambda part, by: services.draw_shifts(office_wave=part, days={}, by=by, at=AT),
        lambda part, by: services.add_link(office_wave=part, label="x", by=by, at=AT),
    ],
)
def test_nothing_of_a_closed_wave_is_changed(anna, in_office, act):
    part = factories.make_office_wave(in_office, state="closed")
    with refused("closed"):
        act(part, anna.actor)
    assert not AuditEntry.objects.exists()


def test_points_bring_links_and_days_open_and_leave_with_their_shifts(anna, in_office, part, two_points):
    bok, kasa = two_points
    assert {link.service_point for link in SurveyLink.objects.all()} == {
        bok.service_point,
        kasa.service_point,
    }
    assert bok.days_open == 15  # 3 to 24 November 2026 without weekends and the 11th
    Shift.objects.create(office=in_office, point_plan=kasa, day=TODAY)
    services.set_points(office_wave=part, points=[bok.service_point], by=anna.actor, at=AT)
    assert list(PointPlan.objects.all()) == [bok]
    assert not Shift.objects.exists()
    services.set_points(
        office_wave=part, points=[bok.service_point, kasa.service_point], by=anna.actor, at=AT
    )
    assert SurveyLink.objects.count() == 2  # the poster at the cash desk is used again


def test_foreign_or_closed_points_are_refused(anna, part, in_office, other_office):
    with all_offices("test"):
        foreign = make_service_point(other_office)
    closed = make_service_point(in_office, is_active=False)
    for point in (foreign, closed):
        with refused("foreign_points"):
            services.set_points(office_wave=part, points=[point], by=anna.actor, at=AT)
    assert not PointPlan.objects.exists()


def test_points_of_an_open_wave_are_added_but_not_taken_away(anna, in_office, open_wave):
    present = PointPlan.objects.get()
    new = make_service_point(in_office)
    with refused("opened"):
        services.set_points(office_wave=open_wave, points=[new], by=anna.actor, at=AT)
    services.set_points(office_wave=open_wave, points=[present.service_point, new], by=anna.actor, at=AT)
    assert PointPlan.objects.count() == 2


def test_a_point_with_counted_forms_stays(anna, part, two_points):
    bok, kasa = two_points
    services.record_forms(office_wave=part, counts={kasa.pk: services.FormCounts(20)}, by=anna.actor, at=AT)
    with refused("points_with_forms"):
        services.set_points(office_wave=part, points=[bok.service_point], by=anna.actor, at=AT)


def test_a_clerk_counts_forms_and_a_colleague_does_not(bartek, office, part, two_points):
    clerk = Person().sign_in(make_member(office, Role.CLERK), office=office)
    counts = {two_points[0].pk: services.FormCounts(150, 109, 2)}
    with pytest.raises(PermissionDenied):
        services.record_forms(office_wave=part, counts=counts, by=bartek.actor, at=AT)
    services.record_forms(office_wave=part, counts=counts, by=clerk.actor, at=AT)
    plan = fresh(two_points[0])
    assert (plan.issued, plan.returned, plan.spoiled) == (150, 109, 2)
    entry = AuditEntry.objects.get(code="surveys.record_forms")
    assert entry.after["BOK"] == {"issued": 150, "returned": 109, "spoiled": 2}


def test_one_impossible_number_keeps_all_numbers_from_being_written(anna, part, two_points):
    bok, kasa = two_points
    counts = {bok.pk: services.FormCounts(10, 5), kasa.pk: services.FormCounts(10, 11)}
    with refused("more_returned_than_issued") as caught:
        services.record_forms(office_wave=part, counts=counts, by=anna.actor, at=AT)
    assert list(caught.value.error_dict) == [f"returned_{kasa.pk}"]
    assert fresh(bok).issued is None


def test_the_database_itself_refuses_more_returned_than_issued(two_points):
    with pytest.raises(IntegrityError), transaction.atomic():
        PointPlan.objects.filter(pk=two_points[0].pk).update(issued=5, returned=6)


def test_points_of_another_wave_are_not_written(anna, in_office, part, two_points):
    foreign = factories.make_point_plan(factories.make_office_wave(in_office))
    for act, values in (
        (services.record_forms, {"counts": {foreign.pk: services.FormCounts(5)}}),
        (services.plan_points, {"sizes": {foreign.pk: services.PointSize(5)}}),
    ):
        with refused("foreign_points"):
            act(office_wave=part, by=anna.actor, at=AT, **values)
    assert fresh(foreign).issued is None


def test_the_same_seed_draws_the_same_days_and_the_old_ones_go(anna, part, two_points):
    def days(seed):
        wanted = {plan.pk: 4 for plan in two_points}
        services.draw_shifts(office_wave=part, days=wanted, seed=seed, by=anna.actor, at=AT)
        return list(Shift.objects.values_list("point_plan", "day"))

    first = days(5)
    assert len(first) == 8
    assert days(6) != first
    assert days(5) == first
    assert fresh(part).shift_seed == 5


def test_more_days_than_the_point_is_open_are_refused_with_its_name(anna, part, two_points):
    with refused("not_enough_days") as caught:
        services.draw_shifts(office_wave=part, days={two_points[1].pk: 99}, by=anna.actor, at=AT)
    assert "Kasa" in str(caught.value)
    assert not Shift.objects.exists()


def test_days_are_not_drawn_anew_in_an_open_wave(anna, open_wave):
    with refused("opened"):
        services.draw_shifts(office_wave=open_wave, days={}, by=anna.actor, at=AT)


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (services.ShiftTime(TODAY - timedelta(99)), "days_outside"),
        (services.ShiftTime(TODAY + timedelta(99)), "days_outside"),
        (services.ShiftTime(TODAY, time(12), time(9)), "hours_turned"),
        (services.ShiftTime(TODAY, time(12), time(12)), "hours_turned"),
    ],
)
def test_an_impossible_shift_is_refused(anna, part, two_points, when, code):
    with refused(code):
        services.add_shift(plan=two_points[0], when=when, by=anna.actor, at=AT)
    assert not Shift.objects.exists()


def test_a_shift_is_added_once_and_removed(anna, part, two_points):
    when = services.ShiftTime(TODAY, time(8), time(12))
    shift = services.add_shift(plan=two_points[0], when=when, by=anna.actor, at=AT)
    with refused("same_shift"):
        services.add_shift(plan=two_points[0], when=when, by=anna.actor, at=AT)
    services.add_shift(
        plan=two_points[0], when=services.ShiftTime(TODAY, time(12), time(16)), by=anna.actor, at=AT
    )
    services.remove_shift(shift=shift, by=anna.actor, at=AT)
    assert Shift.objects.get().starts_at == time(12)


def test_tokens_are_random_url_safe_and_never_in_the_history(anna, part):
    tokens = set()
    for number in range(50):
        link = services.add_link(office_wave=part, label=f"Link {number}", by=anna.actor, at=AT)
        tokens.add(link.token)
    assert len(tokens) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)
    history = str(list(AuditEntry.objects.values("before", "after", "target_label")))
    assert not any(token in history for token in tokens)


def test_the_same_link_is_not_made_twice_nor_for_a_point_elsewhere(anna, in_office, part, two_points):
    services.add_link(office_wave=part, channel="online", label="Strona", by=anna.actor, at=AT)
    with refused("same_link"):
        services.add_link(office_wave=part, channel="online", label="Strona", by=anna.actor, at=AT)
    with refused("foreign_points"):
        services.add_link(
            office_wave=part, service_point=make_service_point(in_office), label="x", by=anna.actor, at=AT
        )


def test_a_colleague_without_the_right_switches_no_link(bartek, open_wave):
    link = SurveyLink.objects.get()
    with pytest.raises(PermissionDenied):
        services.switch_link(link=link, active=False, by=bartek.actor, at=AT)
    assert fresh(link).is_active


def test_dates_of_the_calendar_are_local_days(anna, in_office):
    """At half past eleven at night in UTC it is the next day in Warsaw already."""
    part = factories.make_office_wave(in_office, state="open")
    part.wave.closes_on = date(2026, 11, 8)
    part.wave.save()
    late = AT.replace(day=10, hour=23, minute=30)
    with refused("extended_to_the_past"):
        services.extend_wave(wave=part.wave, closes_on=date(2026, 11, 10), by=anna.actor, at=late)
    assert services.extend_wave(
        wave=part.wave, closes_on=date(2026, 11, 11), by=anna.actor, at=late
    ).closes_on == date(2026, 11, 11)
