"""Whatever the foundation's commands note, the history says in words."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.administration import history, services
from okienko.foundation.administration.values import OfficeDetails, PointDetails
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.declaration.models import Apps, Method, Status
from okienko.foundation.declaration.services import save_declaration
from okienko.foundation.jobs import services as jobs
from okienko.foundation.jobs.models import Job, RequestedAs, State
from okienko.foundation.offices.models import Membership
from okienko.foundation.offices.scope import all_offices
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories
from okienko.foundation.testing.history import codes_in


def entries() -> list[AuditEntry]:
    with all_offices("every entry of the test"):
        return list(AuditEntry.objects.order_by("pk"))


def an_office_lives(anna, at):
    by, office = anna.actor, anna.office
    kind = factories.make_office_type("x", "inny urząd")
    details = {"region": "pomorskie", "city": "Brzozów", "type": kind}
    services.edit_office(office=office, details=OfficeDetails(name="Urząd Gminy", **details), by=by, at=at)
    unit = services.save_unit(unit=None, name="Kancelaria", symbol="K", is_active=True, by=by, at=at)
    services.save_unit(unit=unit, name="Kancelaria", symbol="K", is_active=False, by=by, at=at)
    point = services.save_point(point=None, details=PointDetails("Sala", "in_person"), by=by, at=at)
    changed = PointDetails("Sala", "phone", unit, hours={"mon": [["08:00", "16:00"]]}, accessibility=["lift"])
    services.save_point(point=point, details=changed, by=by, at=at)
    services.switch_point(point=point, active=False, by=by, at=at)
    values = {"status": Status.PARTIAL, "method": Method.SELF, "apps": Apps.NONE, "published_on": at.date()}
    save_declaration(values=values, by=by, at=at)


def people_come_and_go(anna, bartek, at):
    by, office = anna.actor, anna.office
    sent = services.invite(office=office, name="E", email="e@example.org", role=Role.CLERK, by=by, at=at)
    services.resend_invitation(invitation=sent, by=by, at=at)
    services.withdraw_invitation(invitation=sent, by=by, at=at)
    member = Membership.objects.get(user=bartek.user)
    services.change_role(member=member, role=Role.HEAD, by=by, at=at)
    services.edit_profile(name="Bartek Inny", job_title="referent", language="en", by=bartek.actor, at=at)
    services.remove_person(member=member, by=by, at=at)
    heir = factories.make_member(office, Role.DEPUTY)
    successor = Membership.objects.get(user=heir)
    services.hand_over(successor=successor, becomes=Role.ANALYST, by=by, at=at)


def a_network_grows(dorota, at):
    by = dorota.actor
    kind = services.add_office_type(name="urząd morski", name_en="maritime office", by=by, at=at)
    details = OfficeDetails("Urząd Morski", kind, "pomorskie", "Gdynia")
    office = services.add_office(details=details, by=by, at=at)
    services.switch_office(office=office, active=False, by=by, at=at)
    services.edit_network(name="Sieć Nowa", by=by, at=at)
    services.invite_coordinator(office=office, name="F", email="f@example.org", by=by, at=at)
    services.invite_network_coordinator(name="G", email="g@example.org", by=by, at=at)


def jobs_are_stopped_and_repeated(anna, at):
    office = anna.office
    place = {"office": office, "network": office.network, "requested_by": anna.user}
    for state in (State.QUEUED, State.RUNNING, State.FAILED):
        job = Job.objects.create(
            kind="x", title="Raport", state=state, requested_name="Anna", requested_as=RequestedAs.OFFICE,
            created_at=at, available_at=at, **place,
        )  # fmt: skip
        jobs.cancel_job(job=job, by=anna.actor, at=at)
        jobs.retry_job(job=job, by=anna.actor, at=at)


def test_no_command_of_the_foundation_leaves_a_code_in_the_history(anna, bartek, dorota, in_office):
    at = timezone.now()
    an_office_lives(anna, at)
    jobs_are_stopped_and_repeated(anna, at)
    people_come_and_go(anna, bartek, at)
    a_network_grows(dorota, at)
    written = entries()
    assert [said for entry in written for said in codes_in(entry)] == []
    details = "\n".join(history.details(entry) for entry in written)
    assert "na „trwa”" not in details, "what stayed as it was is not told"
    for words in (
        "województwo: z „opolskie” na „pomorskie”",
        "w użyciu: z „tak” na „nie”",
        "stan: z „czeka” na „przerwane”",
        "poproszono o przerwanie: „tak”",
        "rola: z „pracownik” na „kierownik urzędu”",
        "język: z „polski” na „angielski”",
        "link działał do:",
        "koordynator: z „Anna Przykładowa” na „Osoba Próbna”",
    ):
        assert words in details, words


def test_the_modules_own_words_come_before_those_of_a_field_of_the_same_name():
    entry = AuditEntry(code="administration.invite", target_type="offices.membership")
    assert history.value_of(entry, "role", "network_coordinator") == "koordynator sieci"
    assert history.value_of(AuditEntry(code="x.y", target_type="jobs.job"), "state", "queued") == "czeka"


def test_what_the_programme_did_by_itself_is_signed_by_okienko(anna, in_office):
    place = {"office": in_office, "network_id": in_office.network_id}
    for name in ("demo", "schedule:night", "Zofia Zmyślona"):
        AuditEntry.objects.create(code="jobs.cancel", actor_name=name, **place)
    page = anna.get(reverse("administration:history", args=[in_office.slug])).content.decode()
    assert page.count("· Okienko") == 2 and "· Zofia Zmyślona" in page
    assert ">demo<" not in page and "· demo" not in page


@pytest.mark.parametrize(
    ("code", "noted", "said"),
    [
        ("jobs.cancel", {"state": "queued"}, []),
        ("jobs.cancel", {"state": "exploded"}, ["jobs.cancel: state shows 'exploded'"]),
        ("jobs.cancel", {"lease": "x1"}, ["jobs.cancel: the name 'lease'", "jobs.cancel: lease shows 'x1'"]),
        ("x.y", {"stan": {"in_use": ["a_b"]}}, ["x.y: the name 'stan'", "x.y: stan shows 'in_use'",
                                                "x.y: stan shows 'a_b'"]),
    ],
)  # fmt: skip
def test_a_planted_code_is_seen(code, noted, said):
    assert codes_in(AuditEntry(code=code, after=noted)) == said
