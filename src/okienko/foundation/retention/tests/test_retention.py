"""The register of personal data, and its scheduled deletion."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from okienko.foundation.accounts.models import User
from okienko.foundation.audit.models import AppendOnly, AuditEntry
from okienko.foundation.jobs.api import JobFault
from okienko.foundation.offices import retention as of_offices
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.models import Invitation
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import manifests
from okienko.foundation.retention import jobs, selectors, services
from okienko.foundation.retention.models import PurgeRun
from okienko.foundation.retention.purging import purge_expired
from okienko.foundation.testing import factories


@pytest.fixture
def now():
    return timezone.now()


def entry_of(code: str):
    return next(entry for entry in selectors.entries() if entry.code == code)


def invitation(office, at, **fields) -> Invitation:
    number = Invitation.objects.count()
    values = {"email": f"o{number}@example.org", "name": "O", "role": "member", "token_hash": str(number)}
    return Invitation.objects.create(
        office=office, created_at=at, expires_at=at + timedelta(days=7), **values | fields
    )


def write_entry(office, days: int) -> AuditEntry:
    entry = AuditEntry.objects.create(code="x", actor_name="A", network_id=office.network_id, office=office)
    with all_offices("test"):
        # the date is the database's own; an old entry can only be made from underneath
        AuditEntry.objects.filter(pk=entry.pk)._update_at(timezone.now() - timedelta(days=days))
    return entry


@pytest.fixture(autouse=True)
def age(monkeypatch):
    """Let the tests make old entries of the append-only table."""
    from django.db.models import QuerySet

    from okienko.foundation.audit.models import AuditQuerySet

    monkeypatch.setattr(
        AuditQuerySet, "_update_at", lambda rows, at: QuerySet.update(rows, at=at), raising=False
    )


def test_every_entry_of_the_register_says_what_why_on_what_basis_and_how_long(db):
    entries = selectors.entries()
    assert len({entry.code for entry in entries}) == len(entries)
    for entry in entries:
        for words in (entry.label, entry.purpose, entry.basis, entry.retention):
            assert str(words).strip(), entry.code
        if entry.purge:
            assert callable(import_string(entry.purge))
            assert entry.retention_days is not None


def test_every_table_that_names_a_person_is_in_the_register(db):
    codes = {entry.code for entry in selectors.entries()}
    assert codes >= {
        "accounts.session",
        "offices.account",
        "offices.membership",
        "offices.invitation",
        "audit.entry",
        "declaration.contact",
    }


def test_invitations_go_thirty_days_after_their_end(office, now):
    old, young = now - timedelta(days=40), now - timedelta(days=20)
    gone = [invitation(office, old), invitation(office, old, accepted_at=now - timedelta(days=31))]
    kept = [invitation(office, young), invitation(office, now, accepted_at=now), invitation(office, now)]
    kept.append(invitation(office, now - timedelta(days=29), withdrawn_at=now - timedelta(days=28)))
    purge_expired(now)
    assert set(Invitation.objects.all()) == set(kept)
    assert PurgeRun.objects.filter(code="offices.invitation").latest("pk").deleted == len(gone)


def test_sessions_that_have_ended_go_with_the_notes_about_them(anna, now, office):
    anna.get(f"/u/{office.slug}/")
    assert UserSession.objects.count() == 1
    purge_expired(now)
    assert Session.objects.count() == 1 and UserSession.objects.count() == 1
    Session.objects.update(expire_date=now - timedelta(seconds=1))
    purge_expired(now)
    assert not Session.objects.exists() and not UserSession.objects.exists()


def test_history_goes_after_two_years_and_not_before(office, now):
    write_entry(office, 740)
    kept = write_entry(office, 700)
    purge_expired(now)
    with all_offices("test"):
        assert list(AuditEntry.objects.filter(code="x")) == [kept]


def test_nothing_but_the_schedule_deletes_history_and_not_even_that_before_its_time(office, now):
    entry = write_entry(office, 740)
    with all_offices("test"):
        for days in (0, 30, 729):
            with pytest.raises(AppendOnly):
                AuditEntry.objects.all().delete_accounted_for(now - timedelta(days=days))
        with pytest.raises(AppendOnly):
            AuditEntry.objects.all().delete()
        assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_an_account_without_a_role_goes_a_year_after_the_last_sign_in(anna, office, now):
    idle, fresh = factories.make_user("Dawna Osoba"), factories.make_user("Niedawna Osoba")
    User.objects.filter(pk=idle.pk).update(last_login=now - timedelta(days=400))
    User.objects.filter(pk=fresh.pk).update(last_login=now - timedelta(days=300))
    never = factories.make_user("Nigdy Nie Była")
    User.objects.filter(pk=never.pk).update(date_joined=now - timedelta(days=400))
    User.objects.filter(pk=anna.user.pk).update(last_login=now - timedelta(days=4000))
    purge_expired(now)
    assert set(User.objects.values_list("name", flat=True)) == {"Niedawna Osoba", "Anna Przykładowa"}


def test_an_account_that_other_rows_need_is_emptied_instead(db, now, monkeypatch):
    from django.db.models import ProtectedError

    user = factories.make_user("Dawna Osoba", email="dawna@example.org")
    User.objects.filter(pk=user.pk).update(last_login=now - timedelta(days=400))

    def protected(self, *rest, **options):
        raise ProtectedError("needed", set())

    monkeypatch.setattr(User, "delete", protected)
    assert of_offices.purge_accounts(now) == 1
    user.refresh_from_db()
    assert not user.is_active and not user.has_usable_password() and user.last_login is None
    assert "awna" not in f"{user.name}{user.email}{user.job_title}"
    assert of_offices.purge_accounts(now) == 0


def test_one_failure_stops_no_other_deletion_and_is_shown(dorota, office, now, monkeypatch):
    def broken(before):
        invitation_row.delete()
        raise RuntimeError("boom")

    invitation_row = invitation(office, now - timedelta(days=60))
    monkeypatch.setattr(of_offices, "purge_invitations", broken)
    Session.objects.update(expire_date=now - timedelta(days=1))
    runs = {run.code: run for run in purge_expired(now)}
    assert runs["offices.invitation"].error == "RuntimeError"
    assert Invitation.objects.count() == 1  # what it began was undone
    assert runs["accounts.session"].error == ""
    with pytest.raises(JobFault, match=r"offices\.invitation"):
        jobs.purge(None)


def test_the_nightly_job_tells_what_it_deleted_and_may_run_twice(office, now):
    invitation(office, now - timedelta(days=60))
    assert jobs.purge(None)["deleted"]["offices.invitation"] == 1
    assert jobs.purge(None)["deleted"]["offices.invitation"] == 0


def test_the_deletion_is_scheduled_every_night():
    schedules = [schedule for manifest in manifests() for schedule in manifest.schedules]
    nightly = next(schedule for schedule in schedules if schedule.name == "retention.purge")
    assert import_string(nightly.job) is jobs.purge
    minute, hour, *rest = nightly.cron.split()
    assert minute.isdigit() and hour.isdigit() and rest == ["*", "*", "*"]


def test_no_person_may_order_a_deletion(anna, dorota, now):
    for person in (anna, dorota):
        with pytest.raises(PermissionDenied):
            services.purge(entry=entry_of("offices.invitation"), by=person.actor, at=now)


def test_the_record_of_deletions_is_forgotten_too(db, now):
    PurgeRun.objects.create(at=now - timedelta(days=800), code="x", deleted=1)
    purge_expired(now)
    assert not PurgeRun.objects.filter(code="x").exists()


def test_the_deletion_itself_is_in_the_audit_trail(db, now):
    services.purge(entry=replace(entry_of("offices.invitation")), by=system_actor("Zegar"), at=now)
    with all_offices("test"):
        entry = AuditEntry.objects.get(code="retention.purge")
    assert entry.after == {"deleted": 0} and entry.actor_name == "Zegar"


def test_the_register_shows_what_was_deleted_and_when(anna, bartek, dorota, office, now):
    invitation(office, now - timedelta(days=60))
    purge_expired(now)
    for person in (anna, bartek):
        text = person.get(reverse("retention:office_register", args=[office.slug])).content.decode()
        assert "Zaproszenia: imię i nazwisko" in text
        assert "wiersze usunięte w ciągu roku: 1" in text
    text = dorota.get(reverse("retention:network_register", args=[dorota.network.slug])).content.decode()
    assert "Dwa lata" in text


def test_strangers_do_not_open_an_offices_register(celina, dorota, ewa, office):
    url = reverse("retention:office_register", args=[office.slug])
    assert celina.get(url).status_code == dorota.get(url).status_code == 404
    assert ewa.get(url).status_code == 302


def test_everybody_reads_what_is_kept_but_no_counts(ewa, office, now):
    invitation(office, now - timedelta(days=60))
    purge_expired(now)
    text = ewa.get(reverse("retention:register")).content.decode()
    assert "Zaproszenia: imię i nazwisko" in text and "art. 6" in text.lower()
    assert "usunięte w ciągu roku" not in text


def test_the_register_costs_a_fixed_number_of_queries(anna, office, now, django_assert_num_queries):
    url = reverse("retention:office_register", args=[office.slug])
    purge_expired(now)
    anna.get(url)
    with django_assert_num_queries(13):
        anna.get(url)
