"""What comes of the real survey: R's figures by command, released results, a report as PDF."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.urls import reverse
from django.utils import timezone

from okienko.foundation.files.api import read_content
from okienko.foundation.testing.cast import *  # noqa: F403 (fixtures)
from okienko.interfaces.cli import estimate, wave
from okienko.modules.collection.models import Response
from okienko.modules.results import selectors as results
from okienko.modules.results import services as results_services
from okienko.modules.surveys import services as surveys_services
from tests.journeys.test_kansas_city import (  # noqa: F401 (fixtures)
    DATA,
    by_command,
    django_is_started,
    original,
    part,
    pytestmark,
)

REFERENCES = Path(__file__).parents[1] / "engines/statistics/references/references.json"
EXACT = 1e-9


def reference(name: str) -> list[dict]:
    """Figures that R has given (`make_references.R`)."""
    cases = json.loads(REFERENCES.read_text(encoding="utf-8"))["cases"]
    return next(case for case in cases if case["name"] == name)["rows"]


def estimated(capsys, data: Path, design: Path, *more: str) -> list[dict]:
    capsys.readouterr()
    assert estimate.run([str(data), "--design", str(design), *more, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def agree(found: dict, wanted: dict) -> None:
    for name in ("n", "estimate", "se", "df", "lower", "upper"):
        assert found[name] == pytest.approx(wanted[name], rel=EXACT), name


@pytest.fixture
def own_design(tmp_path) -> Path:
    path = tmp_path / "own.toml"
    lines = ["[design]", 'stratum = "counci"', "[missing]", "default = [9]", "[missing.items]", "q4_01 = []"]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_file_itself_gives_the_figures_of_r(own_design, capsys):
    rows = estimated(capsys, DATA / "responses.csv", own_design, "--item", "q3_01", "--by", "counci",
                     "--statistic", "mean")  # fmt: skip
    wanted = {str(row["by"]["counci"]): row for row in reference("Kansas City q3_01 by council district")}
    assert {str(row["by"]["counci"]) for row in rows} == set(wanted) and len(wanted) == 6
    for row in rows:
        agree(row, wanted[str(row["by"]["counci"])])
    (nine,) = estimated(capsys, DATA / "responses.csv", own_design, "--item", "q4_01", "--statistic", "share",
                        "--value", "9", "--method", "t")  # fmt: skip
    agree(nine, reference("Kansas City q4_01 = 9")[0])


@pytest.fixture
def released(office, part, anna, run_jobs):  # noqa: F811
    """Imported, the wave closed by the coordinator, its results computed by the job that this orders."""
    assert by_command(office, part) == 0
    surveys_services.close_office_wave(office_wave=part, by=anna.actor, at=timezone.now())
    jobs = run_jobs()
    assert [job.state for job in jobs if job.kind == "results.release"] == ["done"]
    part.refresh_from_db()
    return results.result_set(part.pk)


def test_what_is_exported_gives_the_figures_of_r(released, part, tmp_path, monkeypatch, capsys):  # noqa: F811
    monkeypatch.setattr(wave, "start_django", lambda: None)
    folder = tmp_path / "export"
    assert wave.run(["export", part.office.slug, str(part.pk), "--out", str(folder)]) == 0
    design = folder / "design.toml"
    rows = estimated(capsys, folder / "data.csv", design, "--item", "q3_01", "--by", "design_stratum",
                     "--statistic", "mean")  # fmt: skip
    wanted = reference("Kansas City q3_01 by council district")
    # strata leave without their names, and the plan knows the population, which R was not told
    for row, want in zip(_sorted(rows), _sorted(wanted), strict=True):
        assert row["n"] == want["n"]
        assert row["estimate"] == pytest.approx(want["estimate"], rel=EXACT)
    with (folder / "data.csv").open(encoding="utf-8-sig") as file:
        exported = [row["q4_01"] for row in csv.DictReader(file)]
    with (DATA / "responses.csv").open(encoding="utf-8") as file:
        sent = [row["q4_01"] for row in csv.DictReader(file)]
    assert exported.count("9") == sent.count("9") > 0


def _sorted(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=lambda row: row["estimate"])


def test_its_report_is_made_and_nine_stays_an_answer(released, anna, office, run_jobs, original):  # noqa: F811
    assert released.answers == 1033
    nines = sum(row["q4_01"] == "9" for row in original)
    assert sum(row.answers.get("q4_01") == 9 for row in Response.objects.all()) == nines > 0
    document = results.document_of(released)
    overall = [float(row["q2_01"]) for row in original if row["q2_01"] not in ("9", "NA", "")]
    assert document.index.mean.n == len(overall)
    page = anna.get(reverse("results:question", args=[office.slug, released.pk, "q4_01"]))
    assert page.status_code == 200
    shares = next(item.shares for item in document.items if item.code == "q4_01")
    assert next(row.share for row in shares if row.value == 9) == pytest.approx(nines / 1033, abs=1e-6)
    text = results_services.ReportText(
        conclusions="Mieszkańcy najniżej oceniają ulice.",
        proposal="Plan napraw na 2022 rok.",
        owner="Wydział",
    )
    results_services.write_report(results=released, text=text, by=anna.actor, at=timezone.now())
    answer = anna.post(reverse("results:make_pdf", args=[office.slug, released.pk]))
    assert answer.status_code == 302
    assert [job.state for job in run_jobs() if job.kind == "results.print_report"] == ["done"]
    report = results.latest_report(released)
    content = read_content(report.file)
    with pikepdf.open(io.BytesIO(content)) as file:
        assert "/StructTreeRoot" in file.Root
    printed = " ".join(sheet.get_textpage().get_text_range() for sheet in pdfium.PdfDocument(content))
    assert "najniżej oceniają ulice" in printed and "1033" in re.sub(r"(?<=\d)\s(?=\d)", "", printed)
