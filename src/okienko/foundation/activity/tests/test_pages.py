"""The pages of jobs: progress with and without script, results, stopping, repeating; and downloads."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from okienko.foundation.activity.home import failed_jobs
from okienko.foundation.files import api, purposes
from okienko.foundation.files.purposes import Purpose
from okienko.foundation.jobs.api import enqueue
from okienko.foundation.jobs.models import Job, State
from okienko.foundation.jobs.tests import kinds
from okienko.foundation.offices.scope import open_scope
from okienko.foundation.registry import Role
from okienko.foundation.testing.cast import Person
from okienko.foundation.testing.factories import make_member, scope_of

HTMX = {"HX-Request": "true"}


def page(office, rest: str = "") -> str:
    return f"/u/{office.slug}/zadania/{rest}"


def ordered(anna, office, run=kinds.note_down, **fields) -> Job:
    with open_scope(scope_of(office)):
        job = enqueue(run, by=anna.actor, title="Import odpowiedzi")
        Job.objects.filter(pk=job.pk).update(**fields)
        job.refresh_from_db()
    return job


def state_of(job: Job, office) -> str:
    with open_scope(scope_of(office)):
        job.refresh_from_db()
    return job.state


def test_a_running_job_shows_how_far_it_is_and_asks_for_itself(anna, office):
    job = ordered(anna, office, state=State.RUNNING, done=3, total=12, words="Czytam wiersze")
    text = anna.get(page(office, f"{job.pk}/")).content.decode()
    assert "Czytam wiersze" in text and 'value="3" max="12"' in text
    assert f'hx-get="{page(office, f"{job.pk}/postep/")}"' in text
    assert f"{job.pk}/przerwij/" in text and f"{job.pk}/powtorz/" not in text


def test_a_job_that_nobody_takes_says_whom_to_tell(anna, office):
    job = ordered(anna, office)
    assert b"administrator" not in anna.get(page(office, f"{job.pk}/")).content
    old = ordered(anna, office, available_at=timezone.now() - timedelta(minutes=4))
    assert b"administrator" in anna.get(page(office, f"{old.pk}/")).content


def test_the_fragment_comes_alone_and_without_script_the_whole_page(anna, office):
    job = ordered(anna, office, state=State.RUNNING)
    fragment = anna.get(page(office, f"{job.pk}/postep/"), headers=HTMX)
    assert b"<html" not in fragment.content and b'id="job"' in fragment.content
    assert fragment["Cache-Control"] == "no-store"
    assert anna.get(page(office, f"{job.pk}/postep/")).url == page(office, f"{job.pk}/")


def test_a_finished_job_stops_asking_and_shows_what_came_of_it(anna, office):
    result = {
        "text": "Wczytano odpowiedzi.",
        "counts": [["odpowiedzi", 12345]],
        "link": {"url": f"/u/{office.slug}/", "label": "Zobacz falę"},
    }
    job = ordered(anna, office, state=State.DONE, result=result, finished_at=timezone.now())
    text = anna.get(page(office, f"{job.pk}/postep/"), headers=HTMX).content.decode()
    assert "hx-get" not in text
    assert "Wczytano odpowiedzi." in text and "12 345" in text.replace("\xa0", " ")
    assert f'href="/u/{office.slug}/"' in text and "Zobacz falę" in text


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_result_leads_nowhere_else(anna, office, url):
    result = {"text": "<script>x</script>", "link": {"url": url, "label": "Zobacz"}}
    job = ordered(anna, office, state=State.DONE, result=result)
    text = anna.get(page(office, f"{job.pk}/")).content.decode()
    assert "evil" not in text and "javascript:" not in text and "<script>x" not in text


def test_a_failed_job_says_why_and_offers_to_try_again(anna, office):
    job = ordered(anna, office, state=State.FAILED, error="Wiersz 7: brak daty.", reference="AB12CD34")
    text = anna.get(page(office, f"{job.pk}/")).content.decode()
    assert "Wiersz 7: brak daty." in text and "AB12CD34" in text and f"{job.pk}/powtorz/" in text
    assert anna.get(page(office, f"{job.pk}/powtorz/")).status_code == 200
    assert state_of(job, office) == State.FAILED  # a question changes nothing
    assert anna.post(page(office, f"{job.pk}/powtorz/")).url == page(office, f"{job.pk}/")
    assert state_of(job, office) == State.QUEUED


def test_a_job_is_stopped_after_a_question(anna, office):
    job = ordered(anna, office)
    assert anna.get(page(office, f"{job.pk}/przerwij/")).status_code == 200
    assert state_of(job, office) == State.QUEUED
    assert anna.post(page(office, f"{job.pk}/przerwij/")).status_code == 302
    assert state_of(job, office) == State.CANCELLED


def test_the_list_is_narrowed_by_the_address_and_explains_itself_when_empty(anna, office):
    assert b'class="empty' in anna.get(page(office)).content
    job = ordered(anna, office, state=State.FAILED)
    link = f'href="{page(office, f"{job.pk}/")}"'
    assert link in anna.get(page(office)).content.decode()
    assert link in anna.get(page(office, "?stan=nieudane")).content.decode()
    assert link not in anna.get(page(office, "?stan=udane")).content.decode()
    assert link in anna.get(page(office, "?stan=bzdura&page=x")).content.decode()


def test_the_list_asks_the_database_as_often_for_many_jobs_as_for_one(
    anna, office, django_assert_num_queries, django_assert_max_num_queries
):
    ordered(anna, office)
    anna.get(page(office))  # the session is noted at the first visit
    with django_assert_max_num_queries(16) as first:
        anna.get(page(office))
    for _number in range(20):
        ordered(anna, office)
    with django_assert_num_queries(len(first.captured_queries)):
        anna.get(page(office))


def test_strangers_find_no_job(anna, bartek, celina, dorota, ewa, office, network):
    job = ordered(anna, office)
    assert celina.get(page(office, f"{job.pk}/")).status_code == 404
    assert celina.get(page(celina.office, f"{job.pk}/")).status_code == 404
    assert bartek.get(page(office, f"{job.pk}/")).status_code == 403
    assert ewa.get(page(office, f"{job.pk}/")).status_code == 302
    assert dorota.get(f"/siec/{network.slug}/zadania/{job.pk}/").status_code == 404


def test_a_colleague_sees_only_what_she_ordered(anna, office):
    clerk = Person().sign_in(make_member(office, Role.CLERK), office=office)
    job = ordered(anna, office)
    assert clerk.get(page(office, f"{job.pk}/")).status_code == 404
    assert b"Import odpowiedzi" not in clerk.get(page(office)).content


def test_the_network_has_its_own_list(dorota, in_network, network):
    job = enqueue(kinds.note_down, by=dorota.actor, title="Raport sieci")
    assert b"Raport sieci" in dorota.get(f"/siec/{network.slug}/zadania/").content
    assert dorota.post(f"/siec/{network.slug}/zadania/{job.pk}/przerwij/").status_code == 302
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_the_home_page_tells_of_an_own_job_that_failed_until_it_is_done(anna, in_office, run_jobs):
    job = enqueue(kinds.cannot, by=anna.actor, title="Import")
    run_jobs()
    request = SimpleNamespace(actor=anna.actor, office=in_office, network=in_office.network)
    [task] = failed_jobs(request)
    assert "Import" in task.title and task.text == "Row 7 has no date. Fill it in and order the import again."
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(days=4))
    assert failed_jobs(request) == []
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(minutes=5))
    assert len(failed_jobs(request)) == 1
    again = enqueue(kinds.cannot, by=anna.actor, title="Import")
    Job.objects.filter(pk=again.pk).update(state=State.DONE, finished_at=timezone.now())
    assert failed_jobs(request) == []


# --- downloads ---------------------------------------------------------------------------------------------


@pytest.fixture
def stored(anna, in_office, settings, tmp_path, monkeypatch):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }
    purpose = Purpose("test.import", "Answers", "jobs.manage", ("csv",))
    monkeypatch.setattr(purposes, "purposes", lambda: {"test.import": purpose})
    return api.keep_bytes(
        b"a;b\n1;2\n", name="dane.csv", purpose="test.import", by=anna.actor, at=timezone.now()
    )


def test_who_may_do_what_the_file_is_for_downloads_it(anna, office, stored):
    answer = anna.get(f"/u/{office.slug}/pliki/{stored.pk}/")
    assert b"".join(answer.streaming_content) == b"a;b\n1;2\n"
    answer.close()
    assert answer["Content-Disposition"] == 'attachment; filename="dane.csv"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_nobody_else_downloads_it(anna, bartek, celina, dorota, ewa, office, network, stored):
    address = f"/u/{office.slug}/pliki/{stored.pk}/"
    clerk = Person().sign_in(make_member(office, Role.CLERK), office=office)
    assert clerk.get(address).status_code == 403
    assert bartek.get(address).status_code == 403
    assert celina.get(address).status_code == 404
    assert celina.get(f"/u/{celina.office.slug}/pliki/{stored.pk}/").status_code == 404
    assert dorota.get(f"/siec/{network.slug}/pliki/{stored.pk}/").status_code == 404
    assert ewa.get(address).status_code == 302


def test_a_file_of_a_purpose_that_no_module_knows_is_given_to_nobody(anna, office, stored):
    with open_scope(scope_of(office)):
        type(stored).objects.filter(pk=stored.pk).update(purpose_code="gone.module")
    assert anna.get(f"/u/{office.slug}/pliki/{stored.pk}/").status_code == 403


def test_a_file_whose_content_is_gone_is_not_found(anna, office, stored, tmp_path):
    (tmp_path / stored.content_name).unlink()
    assert anna.get(f"/u/{office.slug}/pliki/{stored.pk}/").status_code == 404
