"""A real survey goes in: by command and by screen, and its figures are those of the file."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from okienko.engines.questionnaire import items
from okienko.foundation.testing.cast import *  # noqa: F403 (fixtures)
from okienko.interfaces.cli import importing
from okienko.modules.collection.models import ImportRun, Response
from okienko.modules.collection.selectors_imports import definition_of
from okienko.modules.questionnaires import services as questionnaires
from okienko.modules.questionnaires.models import Questionnaire
from okienko.modules.surveys.tests.factories import make_office_wave, make_survey, make_wave

HERE = Path(__file__).parent / "kansas_city"
DATA = Path(os.environ.get("OKIENKO_KANSAS_CITY", Path(__file__).parents[3] / "shared/data/kansas-city-2021"))
pytestmark = [
    pytest.mark.skipif(not (DATA / "responses.csv").exists(), reason="the data are not on this machine"),
    pytest.mark.django_db(transaction=False),
]


@pytest.fixture(autouse=True)
def django_is_started(monkeypatch):
    monkeypatch.setattr(importing, "start_django", lambda: None)


@pytest.fixture
def part(in_office, anna):
    """An open wave of the questionnaire that the codebook gives, of the days of the survey."""
    told = ["codebook", str(DATA / "codebook.csv"), "--office", in_office.slug]
    assert importing.run([*told, "--name", "Kansas City", "--with", str(HERE / "questionnaire.toml")]) == 0
    draft = Questionnaire.objects.get(name="Kansas City")
    questionnaires.publish(questionnaire=draft, revision=draft.revision, by=anna.actor, at=timezone.now())
    survey = make_survey(in_office, questionnaire=draft)
    wave = make_wave(survey, state="open", opens_on=date(2021, 8, 1), closes_on=date(2021, 9, 30))
    return make_office_wave(in_office, wave=wave, state="open", sample_kind="random_list", population=200_000)


@pytest.fixture
def original() -> list[dict]:
    with (DATA / "responses.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by_command(office, part, *more) -> int:
    told = ["responses", str(DATA / "responses.csv"), "--office", office.slug, "--wave", str(part.pk)]
    return importing.run([*told, "--mapping", str(HERE / "mapping.toml"), *more])


def tally(values) -> dict:
    found: dict = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found


def check_against(original) -> None:
    rows = list(Response.objects.all())
    assert len(rows) == len(original) == 1033
    for item in ("q3_01", "q2_01", "q31_05", "q26_01"):
        want = tally({"9": "-2", "NA": None}.get(row[item], row[item]) for row in original)
        got = tally(None if (value := row.answers.get(item)) is None else str(value) for row in rows)
        assert got == want, item
    nines = sum(row["q4_01"] == "9" for row in original)
    assert nines > 0 and sum(row.answers.get("q4_01") == 9 for row in rows) == nines
    assert tally(row.stratum for row in rows) == tally(row["counci"] for row in original)


def test_it_goes_in_by_command_and_out_again(office, part, original, capsys):
    assert by_command(office, part, "--dry-run") == 0
    assert Response.objects.count() == 0
    assert by_command(office, part) == 0
    check_against(original)
    with pytest.raises(importing.CommandFault, match="has been imported"):
        by_command(office, part)
    run = ImportRun.objects.get(state="done")
    assert importing.run(["undo", str(run.pk), "--office", office.slug]) == 0
    assert Response.objects.count() == 0


def test_it_goes_in_by_screen(anna, office, part, original, run_jobs):
    upload = SimpleUploadedFile("responses.csv", (DATA / "responses.csv").read_bytes(), "text/csv")
    answer = anna.post(reverse("collection:imports", args=[office.slug, part.pk]), {"file": upload})
    page = anna.get(answer.url)
    fields = _fields(page)
    fields |= {"day": "2021-09-15", "missing": "9", "empty": "NA"}
    for row in page.context["rows"]:
        if row["column"].split("_")[0] in ("q4", "q6", "q8", "q10"):
            fields[f"brak-{row['index']}"] = "-"
        if row["column"] == "counci":
            fields[f"rola-{row['index']}"] = "stratum"
    anna.post(answer.url, fields)
    run_jobs()
    run = ImportRun.objects.get()
    assert (run.state, run.rows, run.problems) == ("checked", 1033, [])
    anna.post(reverse("collection:carry_out_import", args=[office.slug, run.pk]))
    run_jobs()
    check_against(original)


def _fields(page) -> dict[str, str]:
    """The fields of the screen as the browser would send them, filled in by what was recognised."""
    found = {}
    for row in page.context["rows"]:
        found[f"kol-{row['index']}"] = row["target"]
        found[f"rola-{row['index']}"] = row["role"]
        found[f"brak-{row['index']}"] = row["missing"]
        found[f"wart-{row['index']}"] = row["values"]
    return found


def test_the_codebook_gives_every_role_that_a_report_needs(part):
    found = items(definition_of(part))
    roles = tally(item.role for item in found)
    assert roles["overall_satisfaction"] == 1 and roles["driver"] == 16
    assert {item.domain for item in found if item.role == "domain"} == {
        "channel",
        "client_group",
        "background",
    }
