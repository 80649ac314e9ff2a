"""The office scope cannot be forgotten, whatever kind of query is made."""

from __future__ import annotations

import pytest
from django.db.models import Count, Exists, OuterRef

from okienko.foundation.offices.models import ServicePoint, Unit
from okienko.foundation.offices.scope import (
    OfficeScope,
    ScopeMissing,
    ScopeViolation,
    all_offices,
    open_scope,
)
from okienko.foundation.testing.factories import make_service_point, make_unit, scope_of

QUERIES = {
    "all": lambda: list(ServicePoint.objects.all()),
    "get": lambda: ServicePoint.objects.get(pk=1),
    "count": ServicePoint.objects.count,
    "exists": ServicePoint.objects.exists,
    "first": ServicePoint.objects.first,
    "values": lambda: list(ServicePoint.objects.values_list("pk")),
    "aggregate": lambda: ServicePoint.objects.aggregate(Count("pk")),
    "update": lambda: ServicePoint.objects.update(name="x"),
    "delete": lambda: ServicePoint.objects.all().delete(),
    "union": lambda: list(
        ServicePoint.objects.order_by().values("pk").union(Unit.objects.order_by().values("pk"))
    ),
    "subquery": lambda: list(Unit.objects.filter(Exists(ServicePoint.objects.filter(unit=OuterRef("pk"))))),
    "in_bulk": lambda: ServicePoint.objects.in_bulk([1]),
    "iterator": lambda: list(ServicePoint.objects.iterator()),
    "get_or_create": lambda: ServicePoint.objects.get_or_create(code="x"),
    "save": lambda: ServicePoint(office_id=1, name="x", code="x").save(),
    "bulk_create": lambda: ServicePoint.objects.bulk_create([ServicePoint(office_id=1, name="x", code="x")]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_query_outside_of_any_scope_raises(query):
    with pytest.raises(ScopeMissing):
        query()


def test_a_scope_shows_its_own_office_only(office, other_office):
    with all_offices("test"):
        mine, theirs = make_service_point(office), make_service_point(other_office)
    with open_scope(scope_of(office)):
        assert list(ServicePoint.objects.all()) == [mine]
        assert not ServicePoint.objects.filter(pk=theirs.pk).exists()
        assert ServicePoint.objects.filter(pk=theirs.pk).update(name="hacked") == 0
        assert ServicePoint.objects.filter(pk=theirs.pk).delete()[0] == 0


def test_a_join_does_not_widen_the_scope(office, other_office):
    with all_offices("test"):
        unit = make_unit(other_office)
        make_service_point(other_office, unit=unit)
    with open_scope(scope_of(office)):
        assert not ServicePoint.objects.filter(unit__name=unit.name).exists()


def test_an_empty_scope_shows_nothing(office):
    with all_offices("test"):
        make_service_point(office)
    with open_scope(OfficeScope()):
        assert ServicePoint.objects.count() == 0


def test_a_row_of_a_foreign_office_is_not_written(office, other_office):
    with open_scope(scope_of(office)):
        with pytest.raises(ScopeViolation):
            make_service_point(other_office)
        with pytest.raises(ScopeViolation):
            ServicePoint.objects.bulk_create([ServicePoint(office=other_office, name="x", code="x")])


def test_a_row_fetched_in_a_wider_scope_is_not_deleted_in_a_narrower(office, other_office):
    with all_offices("test"):
        point = make_service_point(other_office)
    with open_scope(scope_of(office)), pytest.raises(ScopeViolation):
        point.delete()


def test_all_offices_needs_a_reason():
    with pytest.raises(ValueError, match="reason"), all_offices(" "):
        pass


def test_the_scope_is_closed_after_a_fault(office):
    with pytest.raises(ZeroDivisionError), open_scope(scope_of(office)):
        raise ZeroDivisionError
    with pytest.raises(ScopeMissing):
        ServicePoint.objects.count()
