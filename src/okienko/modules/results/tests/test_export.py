"""Microdata: the figures of the report come out of it, and nobody can be found in it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import timedelta

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from okienko.engines.questionnaire import items
from okienko.engines.statistics import ItemSpec, Mean, build_cube
from okienko.engines.statistics import estimate as estimated
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.testing.factories import make_service_point
from okienko.interfaces.cli import estimate, wave
from okienko.interfaces.cli.fault import CommandFault
from okienko.modules.collection.models import Mode, Response
from okienko.modules.collection.selectors import analysis_table
from okienko.modules.questionnaires import library
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.results.anonymity import anonymise, smallest
from okienko.modules.results.asking import telling
from okienko.modules.results.computing.sample import sample_of
from okienko.modules.results.export import export_wave
from okienko.modules.results.tests.conftest import answer, draw
from okienko.modules.surveys import selectors as surveys
from okienko.modules.surveys.tests.factories import (
    make_office_wave,
    make_point_plan,
    make_questionnaire,
    make_survey,
    make_wave,
)

ITEMS = ("zadowolenie", "czas_oczekiwania", "polecenie")


@pytest.fixture(autouse=True)
def django_is_started(monkeypatch):
    monkeypatch.setattr(wave, "start_django", lambda: None)


@pytest.fixture(params=["systematic", "census", "open"])
def part(request, in_office):
    """A closed wave: two points, five days each, 200 answers."""
    today = timezone.localdate()
    questionnaire = make_questionnaire(in_office, definition=json.loads(library.read("klienci")))
    survey = make_survey(in_office, questionnaire=questionnaire)
    row = make_wave(survey, state="closed", opens_on=today - timedelta(20), closes_on=today - timedelta(2))
    found = make_office_wave(in_office, wave=row, state="closed", sample_kind=request.param, population=900)
    chance = np.random.default_rng(7)
    rows = []
    for visits in (4000, 900):
        point = make_service_point(in_office)
        plan = make_point_plan(found, point, days_open=14, visits=visits)
        draw(plan, [today - timedelta(3 + day) for day in range(5)] if request.param == "systematic" else [])
        rows += [_response(found, point, today - timedelta(3 + index % 5), chance) for index in range(100)]
    Response.objects.bulk_create(rows)
    return found


def _response(part, point, day, chance) -> Response:
    answers = {
        "zadowolenie": int(chance.integers(1, 6)),
        "czas_oczekiwania": int(chance.choice([1, 2, 3, 4, 5, -3])),
        "polecenie": int(chance.integers(0, 11)),
        "sposob": int(chance.choice([1, 2], p=[0.9, 0.1])),
        "wiek": int(chance.integers(1, 8)),
        "plec": int(chance.integers(1, 3)),
        "rodzaj_klienta": int(chance.choice([1, 2, 3], p=[0.9, 0.08, 0.02])),
    }
    return Response(
        office_id=part.office_id, office_wave=part, service_point=point, mode=Mode.PAPER, day=day,
        answers=answers, texts={"uwagi": "Tajemnica"},
    )  # fmt: skip


def _exporter(part):
    return system_actor("test", office_id=part.office_id, network_id=part.office.network_id)


def export(part):
    return export_wave(office_wave=part, by=_exporter(part), at=timezone.now())


def rows_of(found) -> list[dict]:
    return list(csv.DictReader(found.files["data.csv"].decode("utf-8-sig").splitlines()))


def test_estimate_gives_the_figures_of_the_report_from_the_export(part, tmp_path, capsys):
    told = ["export", part.office.slug, str(part.pk), "--out", str(tmp_path)]
    assert wave.run(told) == 0
    capsys.readouterr()
    asked = [word for item in ITEMS for word in ("--item", item)]
    arguments = [str(tmp_path / "data.csv"), "--design", str(tmp_path / "design.toml"), *asked]
    assert estimate.run([*arguments, "--statistic", "mean", "--format", "json"]) == 0
    got = {row["item"]: row for row in json.loads(capsys.readouterr().out)}
    table = analysis_table(part, ITEMS)
    sample = sample_of(table, surveys.design_of(part))
    columns = {item: table.items[item][sample.keep] for item in ITEMS}
    cube = build_cube(columns, [ItemSpec(item) for item in ITEMS], sample.design)
    for item in ITEMS:
        (want,) = estimated(cube, Mean(item, scale=None if item == "polecenie" else (1, 5)))
        assert got[item]["n"] == want.n
        for name in ("estimate", "se", "lower", "upper", "df"):
            value = getattr(want, name)
            assert got[item][name] == (value if value is None else pytest.approx(value, rel=1e-12)), name


def test_no_combination_of_background_answers_is_rare(part):
    found = export(part)
    assert smallest_group(part, found) >= found.k == part.wave.threshold
    assert found.left_out, "the sample has rare combinations, so something must have been left out"


def smallest_group(part, found) -> int:
    """People of the rarest combination of background answers and of questions asked because of them."""
    definition = questionnaires.definition(part.wave.version)
    background = [item.code for item in items(definition) if item.role in ("domain", "outcome")]
    rows = rows_of(found)
    told = telling(definition, background)
    return min(
        Counter(
            (
                row.get("design_stratum", ""),
                *(row[code] for code in background if code in row),
                *(row[code] == "-4" for code in sorted(told) if code in row),
            )
            for row in rows
        ).values()
    )


def test_who_was_asked_what_does_not_tell_what_was_left_out(part):
    """Three people came another way, and the questions that only they were not asked would tell it."""
    rows = list(Response.objects.filter(office_wave=part))
    for index, row in enumerate(rows):
        row.answers |= {"sposob": 3 if index < 80 else 2 if index < 83 else 1, "wynik": 1 + (index < 3)}
        row.answers |= {"dotarcie": 4 if row.answers["sposob"] == 1 else -4}
        row.answers |= {"czas_oczekiwania": -4 if row.answers["sposob"] == 3 else 4}
        row.save()
    found = export(part)
    assert smallest_group(part, found) >= found.k
    held = Counter((row["sposob"], row["dotarcie"], row["czas_oczekiwania"]) for row in rows_of(found))
    assert min(held.values()) >= found.k and ("3", "-4", "-4") in held
    assert "wynik" in found.left_out


def test_a_question_of_few_answers_does_not_leave(part):
    for row in Response.objects.filter(office_wave=part)[:4]:
        row.answers["jasnosc"] = 2
        row.save()
    found = export(part)
    assert "jasnosc" not in rows_of(found)[0]
    assert "jasnosc" in found.files["codebook.txt"].decode().split("\n\n")[2]


def test_nothing_that_could_name_a_person_is_in_the_files(part):
    found = export(part)
    whole = b" ".join(found.files.values()).decode()
    assert "Tajemnica" not in whole
    header = set(rows_of(found)[0])
    assert header.isdisjoint({"id", "day", "uwagi", "service_point", "language", "mode"})
    for row in Response.objects.all():
        assert str(row.pk) not in whole
    assert timezone.localdate().isoformat()[:8] not in found.files["data.csv"].decode()


def test_the_export_is_in_the_audit_trail(part):
    export(part)
    entry = AuditEntry.objects.get(code="collection.export_microdata")
    assert entry.after["rows"] == 200 and entry.after["k"] == part.wave.threshold


def test_answers_left_out_of_the_results_do_not_leave(part):
    Response.objects.filter(pk=Response.objects.first().pk).update(excluded=True)
    assert export(part).rows == 199


def test_only_analysts_and_the_networks_coordinator_may(part, anna, dorota):
    with pytest.raises(PermissionDenied):
        export_wave(office_wave=part, by=anna.actor, at=timezone.now())
    assert dorota.actor.can("collection.export_microdata")


def test_an_open_wave_is_refused(part):
    part.state = "open"
    with translation.override("pl"), pytest.raises(ValidationError, match="nie jest zamknięta"):
        export(part)


def test_single_answers_of_staff_never_leave(part, tmp_path):
    """Forty answered, enough for any threshold: it is the audience that is refused."""
    content = json.loads(library.read("pracownicy"))
    staff = make_questionnaire(part.office, definition=content, audience="staff")
    row = make_wave(make_survey(part.office, questionnaire=staff), state="closed")
    other = make_office_wave(part.office, wave=row, state="closed", sample_kind="open")
    answer(other, [{"zadowolenie": 1 + number % 5} for number in range(40)])
    with translation.override("pl"), pytest.raises(ValidationError, match="badania pracowników"):
        export(surveys.get_office_wave(other.pk))
    told = ["export", part.office.slug, str(other.pk), "--out", str(tmp_path)]
    with pytest.raises(CommandFault):
        wave.run(told)
    assert list(tmp_path.iterdir()) == []


def test_another_offices_wave_is_not_exported(part, other_office, tmp_path):
    with pytest.raises(CommandFault):
        wave.run(["export", other_office.slug, str(part.pk), "--out", str(tmp_path)])


@pytest.mark.parametrize("seed", range(20))
def test_anonymising_holds_for_random_backgrounds(seed):
    chance = np.random.default_rng(seed)
    rows = int(chance.integers(5, 120))
    columns = {f"v{n}": chance.integers(-1, 2 + n * 3, rows) for n in range(int(chance.integers(1, 4)))}
    within = ["a"] * rows
    safe = anonymise(columns, within, 5)
    assert smallest(safe.columns, within) in (0, *range(5, rows + 1))
    keys = Counter(zip(*(column.tolist() for column in safe.columns.values()), strict=True))
    assert min(keys.values()) >= 5
    for name, column in columns.items():
        changed = safe.columns[name] != column
        assert (safe.columns[name][changed] == -1).all()
