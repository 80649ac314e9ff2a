"""The office scope cannot be forgotten: every model of an office is guarded, with no side doors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from okienko.foundation.offices.models import Network, Office
from okienko.foundation.offices.scope import ScopeMissing, open_scope
from okienko.foundation.offices.scoped import NetworkOwned, OfficeOwned
from okienko.foundation.testing import factories
from tests.architecture.tree import PACKAGE, files, plant, where

GUARDED = (OfficeOwned, NetworkOwned)

# Rows that every office may see, or that are guarded otherwise. May only shrink; each says why.
OPEN_ROWS = {
    "accounts.User": "a person may belong to several offices; shown only through memberships",
    "administration.Installation": "says only that the first-run set-up is done",
    "audit.AuditEntry": "append-only, with a guarded manager of its own (InActiveNetwork)",
    "collection.SubmissionKey": "says nothing of any office: a keyed hash and a day",
    "jobs.Tick": "moments of the installation's own schedules",
    "offices.Invitation": "found by the hash of its token, before anybody is signed in; lists go by office",
    "offices.Membership": "decides which scope is opened, so it cannot stand inside one",
    "offices.Network": "the register of networks",
    "offices.NetworkMembership": "decides which scope is opened, so it cannot stand inside one",
    "offices.Office": "the register of offices is open",
    "offices.OfficeType": "the register of office types is open",
    "retention.PurgeRun": "counts of deleted rows of the whole installation",
}
# Unique without the office: a value nobody can guess, so that a clash tells nothing of another office.
UNGUESSABLE = {"surveys.SurveyLink.token": "random, 128 bits"}
# Links within one office: a part goes with its whole, or outlives what it named.
PARTS = {
    "results.Report.file": "the made PDF may be purged; what was concluded stays, and the PDF is made again",
    "surveys.Shift.point_plan": "the days of a plan are replaced together with it",
}


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("okienko.")]


def unguarded(found: Iterable[type[models.Model]], open_rows: Iterable[str]) -> list[str]:
    """Models that are neither guarded nor named with a reason; guarded ones with a loose manager."""
    troubles = []
    for model in found:
        if not issubclass(model, GUARDED):
            if model._meta.label not in open_rows:
                troubles.append(f"{model._meta.label} belongs to no scope")
            continue
        for manager in model._meta.managers:
            if not _asks_the_scope(manager):
                troubles.append(f"{model._meta.label}.{manager.name} is a loose manager")
    return troubles


def _asks_the_scope(manager: models.Manager) -> bool:
    """Whether the manager's query cannot be made while no scope is open."""
    try:
        manager.all().query.sql_with_params()
    except ScopeMissing:
        return True
    return False


def loose_uniqueness(found: Iterable[type[models.Model]]) -> list[str]:
    """Unique checks that would tell one office about another's rows."""
    troubles = []
    for model in found:
        if not issubclass(model, GUARDED):
            continue
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and not _within_owner(model, constraint):
                troubles.append(f"{model._meta.label} {constraint.name}")
        for field in model._meta.local_fields:
            name = f"{model._meta.label}.{field.name}"
            if (
                field.unique
                and not field.primary_key
                and not _hangs_on_one(field)
                and name not in UNGUESSABLE
            ):
                troubles.append(name)
        troubles += [f"{model._meta.label} unique_together" for _ in model._meta.unique_together]
    return troubles


def _within_owner(model: type[models.Model], constraint: models.UniqueConstraint) -> bool:
    """Whether the rows that may clash have one owner: by its column, or by a guarded row they hang on."""
    expressions = " ".join(str(item) for item in constraint.expressions)
    names = {*constraint.fields, *re.findall(r"F\((\w+)\)", expressions)}
    return bool(names & {"office", "network"}) or any(
        model._meta.get_field(name).is_relation
        and issubclass(model._meta.get_field(name).related_model, GUARDED)
        for name in names
    )


def _hangs_on_one(field: models.Field) -> bool:
    """A one-to-one link to a guarded row: whoever may see the one may know of the other."""
    return bool(field.one_to_one) and issubclass(field.related_model, GUARDED)


def unprotected(found: Iterable[type[models.Model]]) -> list[str]:
    """Links whose deletion reaches rows behind the guard, and names by which they would be joined."""
    troubles = []
    for model in found:
        for field in model._meta.local_fields:
            if not field.is_relation or not isinstance(field.related_model, type):
                continue
            name, target = f"{model._meta.label}.{field.name}", field.related_model
            deletes = field.remote_field.on_delete
            owned = issubclass(target, GUARDED) or target in (Office, Network)
            if owned and deletes is not models.PROTECT and name not in PARTS:
                troubles.append(f"{name} deletes by {deletes.__name__}")
            joins = not field.remote_field.related_name or not field.remote_field.related_name.endswith("+")
            if issubclass(model, GUARDED) and not issubclass(target, GUARDED) and joins:
                troubles.append(f"{name} can be joined from {target._meta.label}, which is open")
    return troubles


SIDE_DOORS = re.compile(
    r"\b(_base_manager|_default_manager|base_manager_name|default_manager_name)\b"
    r"|\.(raw|extra)\(|\bconnections?(\[[^]]*\])?\.cursor\(|\bRawSQL\(|\bQuerySet\("
)
# Raw SQL that has been looked at. May only shrink. Path: why it needs it, and what scopes it.
RAW = {
    "foundation/testing/machine.py": "asks PostgreSQL which sessions a test database still has",
    "foundation/web/views.py": "the health page asks SELECT 1",
    "interfaces/cli/rows.py": "backup and restore are of the whole installation",
    "modules/collection/answering/order.py": "rows of all offices are written again as they are, nightly",
    "modules/collection/answering/store.py": "one INSERT; asks the scope for the office of the link first",
}


def side_doors(root: Path) -> list[str]:
    found = []
    for path in files(root, "*.py"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := SIDE_DOORS.search(line):
                found.append(f"{where(path, root, number)} {match[0]}")
    return found


def test_every_model_is_guarded_or_says_why_not():
    assert unguarded(own_models(), OPEN_ROWS) == []
    assert sorted(set(OPEN_ROWS) - {model._meta.label for model in own_models()}) == []


def test_unique_checks_tell_nothing_of_other_offices():
    assert loose_uniqueness(own_models()) == []


def test_links_to_guarded_rows_are_protected():
    assert unprotected(own_models()) == []


def test_there_are_no_side_doors():
    assert [door for door in side_doors(PACKAGE) if door.split(":")[0] not in RAW] == []


@pytest.mark.django_db
def test_every_guarded_table_refuses_without_a_scope_and_hides_other_offices(office, other_office):
    guarded = [model for model in own_models() if issubclass(model, GUARDED)]
    assert guarded
    for model in guarded:
        with pytest.raises(ScopeMissing):
            model.objects.exists()
        with open_scope(factories.scope_of(office)):
            sql, parameters = model.objects.all().query.sql_with_params()
        assert office.pk in parameters, f"{model._meta.label}: {sql}"
        assert other_office.pk not in parameters, f"{model._meta.label}: {sql}"


@pytest.fixture
def isolated():
    """A registry of apps in which a test may plant models beside the office."""
    with isolate_apps("okienko.foundation.offices") as planted:
        planted.register_model("offices", Office)
        yield


def test_planted_models_are_seen(isolated):
    class Loose(models.Model):
        office = models.ForeignKey(Office, models.CASCADE)

        class Meta:
            app_label = "offices"

    class Leaky(OfficeOwned):
        code = models.CharField(max_length=9, unique=True)
        parent = models.ForeignKey(Loose, models.CASCADE)
        everything = models.Manager()

        class Meta:
            app_label = "offices"
            constraints = (models.UniqueConstraint(fields=["parent"], name="planted_once"),)

    found = [Loose, Leaky]
    assert unguarded(found, OPEN_ROWS) == [
        "offices.Loose belongs to no scope",
        "offices.Leaky.everything is a loose manager",
    ]
    assert loose_uniqueness(found) == ["offices.Leaky planted_once", "offices.Leaky.code"]
    assert unprotected(found) == [
        "offices.Loose.office deletes by CASCADE",
        "offices.Leaky.parent can be joined from offices.Loose, which is open",
    ]


def test_planted_side_doors_are_seen(tmp_path):
    plant(
        tmp_path,
        {
            "a.py": "Response._base_manager.all()\n",
            "b.py": "with connection.cursor() as cursor:\n    pass\n",
            "c.py": "Response.objects.raw('SELECT 1')\nqueryset.extra(where=['1=1'])\n",
            "d.py": "draw = extra(1)\n\n\nclass Rows(models.QuerySet):\n    pass\n",
            "e.py": "models.QuerySet(Response)\n",
        },
    )
    assert side_doors(tmp_path) == [
        "a.py:1 _base_manager",
        "b.py:1 connection.cursor(",
        "c.py:1 .raw(",
        "c.py:2 .extra(",
        "e.py:1 QuerySet(",
    ]
