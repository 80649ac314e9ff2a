"""Base classes of rows that belong to an office, or to a network whose offices share them.

The guard sits in the SQL condition (`InActiveScope`), so no kind of query can go round it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Func

from okienko.foundation.offices.scope import OfficeScope, ScopeViolation, active_scope


class _ScopeCondition(Func):
    """A condition whose SQL is made from the scope that is open when the query runs."""

    output_field = models.BooleanField()
    conditional = True

    def as_sql(self, compiler, connection, **context):
        scope = active_scope()
        if scope.everything:
            return "1 = 1", []
        # Columns only, so they bring no parameters of their own.
        return self._inside(scope, *(compiler.compile(column)[0] for column in self.source_expressions))

    def _inside(self, scope: OfficeScope, *columns: str) -> tuple[str, list[int]]:
        raise ScopeViolation(f"{type(self).__name__} does not say what is inside of a scope")

    @staticmethod
    def _within(column: str, ids: Iterable[int]) -> tuple[str, list[int]]:
        ids = sorted(ids)
        if not ids:
            return "1 = 0", []
        return f"{column} IN ({', '.join(['%s'] * len(ids))})", ids


class InActiveScope(_ScopeCondition):
    """True where the office id is one of the active scope's."""

    def _inside(self, scope, office):
        return self._within(office, scope.offices)


class InActiveNetwork(_ScopeCondition):
    """True for rows of the scope's networks that are shared, or that belong to one of its offices."""

    def _inside(self, scope, network, office):
        shared, networks = self._within(network, scope.networks)
        own, offices = self._within(office, scope.offices)
        return f"({shared} AND ({office} IS NULL OR {own}))", [*networks, *offices]


class InActiveOwner(_ScopeCondition):
    """True for rows of the scope's offices; rows of a network itself only where its role is held."""

    def _inside(self, scope, network, office):
        own, offices = self._within(office, scope.offices)
        of_network, networks = self._within(network, scope.networks if scope.writes_network else ())
        return f"({own} OR ({office} IS NULL AND {of_network}))", [*offices, *networks]


class _GuardedQuerySet(models.QuerySet):
    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for row in objs:
            row.check_scope()
        return super().bulk_create(objs, *args, **kwargs)


class OfficeScopedManager(models.Manager.from_queryset(_GuardedQuerySet)):
    """Rows of the offices in the active scope."""

    def get_queryset(self):
        return super().get_queryset().filter(InActiveScope(F("office_id")))


class NetworkScopedManager(models.Manager.from_queryset(_GuardedQuerySet)):
    """Shared rows of the active scope's networks, and the own rows of its offices."""

    def get_queryset(self):
        return super().get_queryset().filter(InActiveNetwork(F("network_id"), F("office_id")))


class OwnerScopedManager(models.Manager.from_queryset(_GuardedQuerySet)):
    """Rows of the active scope's offices; rows of its networks only for whoever holds the network's role."""

    def get_queryset(self):
        return super().get_queryset().filter(InActiveOwner(F("network_id"), F("office_id")))


class _Guarded(models.Model):
    class Meta:
        abstract = True

    def check_scope(self) -> None:
        raise ScopeViolation(f"{type(self).__name__} does not say whose it is")

    def save(self, *args, **kwargs):
        self.check_scope()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.check_scope()
        return super().delete(*args, **kwargs)


class OfficeOwned(_Guarded):
    """A row that one office owns; nobody else sees it."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    objects = OfficeScopedManager()

    class Meta:
        abstract = True

    def check_scope(self) -> None:
        if not active_scope().holds_office(self.office_id):
            raise ScopeViolation(f"{type(self).__name__} belongs to an office outside the scope")


class NetworkOwned(_Guarded):
    """A row that a network's offices share (`office` empty), or that one office of it keeps for itself."""

    network = models.ForeignKey("offices.Network", models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", null=True, blank=True)
    objects = NetworkScopedManager()

    class Meta:
        abstract = True

    def check_scope(self) -> None:
        if not active_scope().may_write_shared(self.network_id, self.office_id):
            raise ScopeViolation(f"{type(self).__name__} belongs to a network or office outside the scope")


class OwnerOnly(NetworkOwned):
    """A row of one office; or of a network itself (`office` empty), which its offices do not see; or of the
    whole installation (`network` empty), which only `all_offices` sees."""

    network = models.ForeignKey("offices.Network", models.PROTECT, related_name="+", null=True, blank=True)
    objects = OwnerScopedManager()

    class Meta:
        abstract = True
