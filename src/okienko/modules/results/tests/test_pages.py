"""Pages: who may, how many queries, empty states, downloads."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from okienko.foundation.offices.scope import open_scope
from okienko.foundation.registry import Role
from okienko.foundation.testing import factories
from okienko.foundation.testing.cast import Person
from okienko.modules.results.models import FrozenResults
from okienko.modules.results.tests.conftest import drawn, release
from okienko.modules.surveys.tests.factories import make_office_wave


def pages(released) -> list[str]:
    args = [released.office.slug, released.pk]
    plain = [
        reverse(f"results:{name}", args=args) for name in ("result", "questions", "xlsx", "csv", "report")
    ]
    question = reverse("results:question", args=[*args, "zadowolenie"])
    group = reverse("results:group", args=[*args, "service_point"])
    return [*plain, question, group, reverse("results:chart", args=[*args, "areas"])]


def test_the_coordinator_reads_every_page_and_others_none(anna, bartek, celina, ewa, released):
    for address in pages(released):
        assert anna.get(address).status_code == 200, address
        assert bartek.get(address).status_code == 403
        assert celina.get(address).status_code == 404
        assert ewa.get(address).status_code == 302


def test_another_offices_number_under_ones_own_address_is_not_found(celina, released):
    assert celina.get(reverse("results:result", args=[celina.office.slug, released.pk])).status_code == 404


def test_the_page_shows_the_engines_figure_and_its_interval(anna, released):
    text = anna.get(pages(released)[0]).content.decode()
    figure = f"{released.estimate:.2f}".replace(".", ",")
    ends = f"{released.lower:.2f}–{released.upper:.2f}".replace(".", ",")
    assert figure in text and ends in text
    assert "Jak ogólnie ocenia" in text
    assert "gotowość polecenia" in text and "wskaźnik zadowolenia" in text, "NPS and CSI are explained"


def test_queries_do_not_grow_with_the_wave(anna, released, django_assert_max_num_queries):
    for address in pages(released):
        anna.get(address)
        with django_assert_max_num_queries(14):
            anna.get(address)


def test_a_published_result_cannot_be_changed(released):
    released.estimate = 5.0
    with pytest.raises(FrozenResults):
        released.save()


def test_a_second_release_changes_nothing(closed, released):
    assert release(closed).pk == released.pk


def test_an_office_without_a_closed_wave_is_told_the_first_step(anna):
    text = anna.get(reverse("results:results", args=[anna.office.slug])).content.decode()
    assert "Nie ma jeszcze wyników" in text


def test_an_open_wave_shows_its_count_only(anna, in_office):
    part = make_office_wave(in_office, state="open")
    text = anna.get(reverse("results:results", args=[anna.office.slug])).content.decode()
    assert part.wave.name in text and "trwa" in text and "policz" not in text


def test_a_closed_wave_is_computed_by_a_button(anna, closed):
    listing = anna.get(reverse("results:results", args=[anna.office.slug])).content.decode()
    address = reverse("results:release", args=[anna.office.slug, closed.pk])
    assert address in listing
    assert anna.post(address).status_code == 302
    assert (
        anna.get(reverse("results:results", args=[anna.office.slug])).content.decode().count("policz/") == 0
    )


@pytest.mark.parametrize(
    "rows",
    [[], drawn(1), [{} for _ in range(30)], drawn(30, zadowolenie=None), drawn(30, zadowolenie=5)],
    ids=["nobody", "one", "all missing", "overall missing", "all alike"],
)
def test_thin_waves_have_a_page(anna, in_office, make_closed, rows):
    made = release(make_closed(in_office, rows))
    for address in pages(made):
        response = anna.get(address)
        assert response.status_code in (200, 404), address
    assert anna.get(f"/u/{anna.office.slug}/").status_code == 200


def test_one_day_at_one_point_says_that_there_is_no_margin(anna, in_office, make_closed):
    made = release(make_closed(in_office, drawn(40), points=1, days=1))
    text = anna.get(pages(made)[0]).content.decode()
    assert made.lower is None and "marginesu błędu nie da się policzyć" in text


def test_without_a_margin_nothing_is_said_to_lie_within_it(anna, in_office, make_closed):
    made = release(make_closed(in_office, drawn(40), points=2, days=1))
    text = anna.get(pages(made)[0]).content.decode()
    assert made.lower is None and "Co najmniej w jednym punkcie" in text
    assert "granicach błędu" not in text and "nie da się ich porównać" in text


def test_an_open_sample_has_a_model_interval_and_no_significance(anna, in_office, make_closed):
    made = release(make_closed(in_office, drawn(80), kind="open"))
    text = anna.get(pages(made)[0]).content.decode()
    assert "przedział z modelu" in text and "próba losowa" in text
    assert "istotna" not in text.replace("nie nazywamy istotną", "")


def test_text_in_a_file_is_never_a_formula(anna, in_office, make_closed):
    from okienko.foundation.offices.models import ServicePoint

    part = make_closed(in_office, drawn(80))
    ServicePoint.objects.filter(office=in_office, code="p0").update(name='=HYPERLINK("http://zly.example")')
    made = release(part)
    content = anna.get(reverse("results:csv", args=[anna.office.slug, made.pk])).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content), delimiter=";") for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "@")) for cell in cells)


def test_the_network_compares_its_offices(
    dorota, anna, network, in_network, office, other_office, make_closed
):
    first = make_closed(office, drawn(150, level=4.4))
    wave = first.wave
    wave.office = None
    wave.save()
    second = make_office_wave(other_office, state="closed", wave=wave, sample_kind="open")
    from okienko.modules.results.tests.conftest import answer

    answer(second, drawn(60, seed=2, level=3.0))
    rows = [release(first), release(second)]
    address = reverse("results:comparison", args=[network.slug, wave.pk])
    text = dorota.get(address).content.decode()
    assert office.name in text and other_office.name in text and "próba nielosowa" in text
    assert dorota.get(address, {"q": "Lipow"}).content.decode().count("n-rank") == 1
    for name in ("network_xlsx", "network_csv"):
        assert dorota.get(reverse(f"results:{name}", args=[network.slug, wave.pk])).status_code == 200
    shown = reverse("results:network_result", args=[network.slug, rows[0].pk])
    assert dorota.get(shown).status_code == 200
    assert anna.get(address).status_code == 404 and anna.get(shown).status_code == 404
    assert dorota.get(f"/siec/{network.slug}/").status_code == 200


def test_a_network_without_results_is_told_what_to_wait_for(dorota, network):
    text = dorota.get(reverse("results:network", args=[network.slug])).content.decode()
    assert "Nie ma jeszcze wyników do porównania" in text


def head_of(office) -> Person:
    return Person().sign_in(factories.make_member(office, Role.HEAD, "Helena Próbna"), office=office)


def test_the_report_goes_from_the_coordinator_to_the_head(anna, office, released, run_jobs):
    args = [office.slug, released.pk]
    page, write, over = (reverse(f"results:{name}", args=args) for name in ("report", "write", "hand_over"))
    head = head_of(office)
    assert head.get(write).status_code == 403
    anna.post(over)
    draft = {"conclusions": "Czekanie jest słabe.", "proposal": "Zapisy na godzinę.", "owner": "Sekretariat"}
    assert anna.post(over).status_code == 404  # nothing to hand over yet
    assert anna.post(write, draft).status_code == 302
    assert "Podejmij decyzję" not in head.get(f"/u/{office.slug}/").content.decode()
    stale = anna.post(write, draft | {"revision": "0"})
    assert stale.status_code == 422 and "Ktoś inny zapisał" in stale.content.decode()
    refused = anna.post(over)
    assert refused.url == write
    assert "Przed przekazaniem uzupełnij: do kiedy." in anna.get(write).content.decode()
    asked = anna.get(over).content.decode()
    assert "uzupełnij: do kiedy" in asked and f'href="{write}"' in asked
    assert "Podejmij decyzję" not in head.get(f"/u/{office.slug}/").content.decode()
    assert anna.post(write, draft | {"due": "2027-03-31"}).status_code == 302
    assert anna.post(over).status_code == 302
    assert "Podejmij decyzję" in head.get(f"/u/{office.slug}/").content.decode()
    decide = reverse("results:decide", args=args)
    assert anna.get(decide).status_code == 403
    assert head.post(decide, {"decision": "changed", "words": ""}).status_code == 422
    assert head.post(decide, {"decision": "changed", "words": "Od maja."}).status_code == 302
    jobs = run_jobs()
    assert [job.state for job in jobs if "report" in job.kind] == ["done"]
    text = head.get(page).content.decode()
    assert "Od maja." in text and "przyjęto ze zmianami" in text
    with open_scope(factories.scope_of(office)):
        file = released.reports.get().file
    pdf = anna.get(reverse("activity:file", args=[office.slug, file.pk]))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")


def test_before_the_report_is_written_its_page_says_what_is_known_and_what_is_missing(anna, office, released):
    page = reverse("results:report", args=[office.slug, released.pk])
    figure = f"{released.estimate:.2f}".replace(".", ",")
    for person, action in ((anna, "Napisz raport"), (head_of(office), "Raport pisze koordynator")):
        text = person.get(page).content.decode()
        assert figure in text and "Co jeszcze napisać" in text and action in text
        assert "czas oczekiwania" in text, "the weakest question is named"


def test_in_an_office_without_a_head_handing_over_offers_to_invite_one(anna, office, released):
    args = [office.slug, released.pk]
    page, write, over = (reverse(f"results:{name}", args=args) for name in ("report", "write", "hand_over"))
    invite = reverse("administration:invite", args=[office.slug])
    who = {"owner": "Sekretariat", "due": "2027-03-31"}
    anna.post(write, {"conclusions": "Dobrze.", "proposal": "Zapisy."} | who)
    asked = anna.get(over).content.decode()
    assert invite in asked and "nie ma jeszcze kierownika" in asked
    assert anna.post(over).status_code == 302, "the report may wait for the head"
    assert invite in anna.get(page).content.decode()
    head_of(office)
    assert invite not in anna.get(page).content.decode()


def test_a_handed_report_is_frozen_and_a_correction_is_a_new_version(anna, office, released):
    args = [office.slug, released.pk]
    write, over = reverse("results:write", args=args), reverse("results:hand_over", args=args)
    who = {"owner": "Sekretariat", "due": "2027-03-31"}
    anna.post(write, {"conclusions": "Pierwsze.", "proposal": "Raz."} | who)
    anna.post(over)
    anna.post(write, {"conclusions": "Drugie.", "proposal": "Dwa."})
    with open_scope(factories.scope_of(office)):
        found = list(released.reports.order_by("version").values_list("version", "state", "conclusions"))
    assert found == [(1, "handed", "Pierwsze."), (2, "draft", "Drugie.")]


def test_closing_a_wave_orders_the_results(anna, closed, run_jobs):
    from okienko.modules.results.hooks import wave_closed
    from okienko.modules.results.models import ResultSet

    wave_closed([closed.pk])
    wave_closed([closed.pk])
    assert [job.state for job in run_jobs()] == ["done"]
    assert ResultSet.objects.filter(office_wave=closed).count() == 1
