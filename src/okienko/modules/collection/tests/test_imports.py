"""Import of answers: what goes in, what is refused with its place, all or nothing, and the way back."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from okienko.engines.questionnaire import from_builtins, items
from okienko.foundation.offices.scope import all_offices
from okienko.modules.collection.models import ImportRun, Mode, Response
from okienko.modules.collection.rules.mapping import MappingFault, from_file, guess
from okienko.modules.collection.services import imports as services
from okienko.modules.surveys.models import OfficeWave
from okienko.modules.surveys.tests.factories import (
    PULSE,
    make_office_wave,
    make_point_plan,
    make_survey,
    make_wave,
)

HEAD = "zadowolenie,szybkosc,jasnosc,uwagi,dzien,punkt,waga"


@pytest.fixture
def day():
    return timezone.localdate() - timedelta(1)


@pytest.fixture
def part(in_office, day):
    """An open wave of the pulse with one service point."""
    wave = make_wave(
        make_survey(in_office), state="open", opens_on=day - timedelta(5), closes_on=day + timedelta(5)
    )
    found = make_office_wave(in_office, wave=wave, state="open")
    make_point_plan(found)
    return found


@pytest.fixture
def point(part):
    return part.points.get().service_point


def url(name, office, *args):
    return reverse(f"collection:{name}", args=[office.slug, *args])


def send(person, part, content: bytes, name="odpowiedzi.csv"):
    upload = SimpleUploadedFile(name, content, "text/csv")
    return person.post(url("imports", part.office, part.pk), {"file": upload})


def fields_of(page) -> dict[str, str]:
    found = {}
    for row in page.context["rows"]:
        for key, name in (("target", "kol"), ("role", "rola"), ("missing", "brak"), ("values", "wart")):
            found[f"{name}-{row['index']}"] = row[key]
    return found


def bring(person, part, run_jobs, content: bytes, *, name="odpowiedzi.csv", **changes) -> ImportRun:
    """Send the file, accept what is recognised, check; the run as it is then."""
    address = send(person, part, content, name).url
    fields = fields_of(person.get(address)) | {"missing": "9", "empty": "NA"} | changes
    person.post(address, fields)
    run_jobs(keep_errors=True)
    return ImportRun.objects.order_by("-pk").first()


def carry_out(person, run, run_jobs, **fields):
    answer = person.post(url("carry_out_import", run.office, run.pk), fields)
    run_jobs(keep_errors=True)
    run.refresh_from_db()
    return answer


def table(day, point, *rows) -> bytes:
    lines = [HEAD, *(row.format(day=day, point=point.code) for row in rows)]
    return "\n".join(lines).encode()


def test_answers_go_in_as_they_stand_in_the_file(anna, part, point, day, run_jobs):
    content = table(day, point, '5,4,NA,"Było miło",{day},{point},1.5', "2,9,3,,{day},{point},2")
    run = bring(anna, part, run_jobs, content)
    assert (run.state, run.rows, run.problems) == ("checked", 2, [])
    assert Response.objects.count() == 0
    carry_out(anna, run, run_jobs)
    first, second = Response.objects.order_by("weight")
    assert first.answers["zadowolenie"] == 5 and "jasnosc" not in first.answers
    assert first.texts == {"uwagi": "Było miło"}
    assert second.answers["szybkosc"] in (-2, None) or "szybkosc" not in second.answers
    for row, weight in ((first, 1.5), (second, 2.0)):
        assert (row.mode, row.day, row.service_point_id, row.weight) == (Mode.IMPORT, day, point.pk, weight)
        assert row.id.version == 4


def test_labels_and_own_words_become_codes(anna, part, point, day, run_jobs):
    item = next(item for item in items(from_builtins(PULSE)) if item.code == "zadowolenie")
    label = next(c.label["pl"] for c in item.categories if c.value == 4)
    content = table(day, point, f"{label.upper()},4,4,,{{day}},,", "super,4,4,,{day},,")
    run = bring(anna, part, run_jobs, content.replace(b",waga", b",inne"), **{"wart-0": "super = 5"})
    assert run.state == "checked"
    carry_out(anna, run, run_jobs)
    assert sorted(row.answers["zadowolenie"] for row in Response.objects.all()) == [4, 5]


def test_every_problem_is_told_with_row_and_column_and_nothing_goes_in(
    anna, office, part, point, day, run_jobs
):
    rows = [
        "5,4,4,,{day},{point},1",
        "7,4,4,,{day},{point},1",
        "5,abc,4,,{day},{point},1",
        "5,4,4,,1980-01-01,{point},1",
        "5,4,4,,wczoraj,{point},1",
        "5,4,4,,{day},nie-ma-takiego,1",
        "5,4,4,,{day},{point},-3",
        ",,,,{day},{point},1",
    ]
    run = bring(anna, part, run_jobs, table(day, point, *rows))
    assert run.state == "failed"
    places = [(p["row"], p["column"], p["code"]) for p in run.problems]
    assert places == [
        (3, "zadowolenie", "unknown_value"),
        (4, "szybkosc", "unknown_value"),
        (5, "dzien", "day_outside"),
        (6, "dzien", "bad_day"),
        (7, "punkt", "unknown_point"),
        (8, "waga", "bad_weight"),
        (9, "", "no_answer"),
    ]
    assert carry_out(anna, run, run_jobs).status_code == 404
    assert Response.objects.count() == 0
    page = anna.get(url("import", office, run.pk)).content.decode()
    assert "wiersz 3, kolumna zadowolenie" in page
    listed = anna.get(url("import_problems", office, run.pk))
    assert listed["Content-Disposition"].startswith("attachment") and "wczoraj" in listed.content.decode(
        "utf-8-sig"
    )


def test_a_code_that_is_missing_elsewhere_can_be_an_answer_here(part):
    header = ["zadowolenie", "szybkosc"]
    asked = items(from_builtins(PULSE))
    content = {"missing": {"default": [9], "items": {"szybkosc": []}}}
    mapping = from_file(content, header, asked)
    assert mapping.missing_of("zadowolenie") == {"9"} and mapping.missing_of("szybkosc") == frozenset()


def test_a_mapping_that_does_not_fit_the_file_is_refused(part):
    asked = items(from_builtins(PULSE))
    for content, words in [
        ({"items": {"zadowolenie": "nie_ma"}}, "no column"),
        ({"items": {"nie_ma": "a"}}, "no such item"),
        ({"columns": {"wiek": "a"}}, "not known"),
        ({"cokolwiek": 1}, "not known"),
        ({"missing": {"default": 9}}, "list"),
        ({"values": {"zadowolenie": {"tak": "1"}}}, "code"),
        ({}, "no column is an answer"),
    ]:
        with pytest.raises(MappingFault, match=words):
            from_file(content, ["a"], asked)


def test_columns_are_recognised_by_code_and_by_words(part):
    asked = items(from_builtins(PULSE))
    words = next(item.label["pl"] for item in asked if item.code == "szybkosc")
    found = guess(["ZADOWOLENIE", words, "Data", "x"], asked)
    assert found.items == {"zadowolenie": "ZADOWOLENIE", "szybkosc": words}
    assert found.columns == {"day": "Data"}


def test_the_same_file_twice_is_told_and_needs_a_second_word(anna, office, part, point, day, run_jobs):
    content = table(day, point, "5,4,4,,{day},{point},1")
    carry_out(anna, bring(anna, part, run_jobs, content), run_jobs)
    run = bring(anna, part, run_jobs, content)
    assert "już jest" in anna.get(url("import", office, run.pk)).content.decode()
    carry_out(anna, run, run_jobs)
    assert Response.objects.count() == 1 and run.state == "checked"
    carry_out(anna, run, run_jobs, **{"jeszcze-raz": "1"})
    assert Response.objects.count() == 2


def test_two_clicks_import_once(anna, part, point, day, run_jobs):
    run = bring(anna, part, run_jobs, table(day, point, "5,4,4,,{day},{point},1"))
    address = url("carry_out_import", part.office, run.pk)
    anna.post(address)
    anna.post(address)
    run_jobs(keep_errors=True)
    assert Response.objects.count() == 1


def test_undoing_takes_out_exactly_what_came_in(anna, office, part, point, day, run_jobs):
    first = bring(anna, part, run_jobs, table(day, point, "5,4,4,,{day},{point},1"))
    carry_out(anna, first, run_jobs)
    second = bring(
        anna, part, run_jobs, table(day, point, "1,1,1,,{day},{point},1", "2,2,2,,{day},{point},1")
    )
    carry_out(anna, second, run_jobs)
    assert Response.objects.count() == 3
    anna.post(url("undo_import", office, second.pk))
    assert [row.answers["zadowolenie"] for row in Response.objects.all()] == [5]
    anna.post(url("undo_import", office, second.pk))
    assert Response.objects.count() == 1


def test_a_closed_wave_takes_nothing_in_and_gives_nothing_back(anna, office, part, point, day, run_jobs):
    done = bring(anna, part, run_jobs, table(day, point, "5,4,4,,{day},{point},1"))
    carry_out(anna, done, run_jobs)
    ready = bring(anna, part, run_jobs, table(day, point, "4,4,4,,{day},{point},1"))
    OfficeWave.objects.filter(pk=part.pk).update(state="closed", closed_at=timezone.now())
    carry_out(anna, ready, run_jobs)
    anna.post(url("undo_import", office, done.pk))
    assert Response.objects.count() == 1
    with pytest.raises(ValidationError):
        services.undo_import(run=done, by=anna.actor, at=timezone.now())
    assert send(anna, part, b"zadowolenie\n5\n").status_code == 422


def test_another_offices_import_is_not_there(
    anna, celina, bartek, other_office, office, part, point, day, run_jobs
):
    run = bring(anna, part, run_jobs, table(day, point, "5,4,4,,{day},{point},1"))
    for name in ("import", "import_columns", "import_problems", "undo_import"):
        assert celina.get(url(name, other_office, run.pk)).status_code == 404
        assert celina.get(url(name, office, run.pk)).status_code == 404
        assert bartek.get(url(name, office, run.pk)).status_code == 403
    assert celina.post(url("carry_out_import", other_office, run.pk)).status_code == 404
    assert celina.get(url("imports", other_office, part.pk)).status_code == 404
    with all_offices("test"):
        assert Response.objects.count() == 0


def workbook(*rows) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_goes_in_too(anna, part, day, run_jobs):
    content = workbook(["zadowolenie", "dzien"], [5, day], [3, day])
    run = bring(anna, part, run_jobs, content, name="odpowiedzi.xlsx")
    assert (run.state, run.rows) == ("checked", 2)


def bomb() -> bytes:
    good, out = zipfile.ZipFile(io.BytesIO(workbook(["zadowolenie"], [5]))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in good.namelist():
            content = good.read(name)
            if name.endswith("sheet1.xml"):
                content = content + b" " * 1_200_000_000
            target.writestr(name, content)
    return out.getvalue()


def entities() -> bytes:
    good, out = zipfile.ZipFile(io.BytesIO(workbook(["zadowolenie"], [5]))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in good.namelist():
            content = good.read(name)
            if name.endswith("workbook.xml"):
                content = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'
            target.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "pusty.csv"),
        (b"zadowolenie,szybkosc\n5\n", "dziurawy.csv"),
        (b"zadowolenie,zadowolenie\n5,4\n", "podwojny.csv"),
        (b"zadowolenie\n", "sam-naglowek.csv"),
        (b"\x00\x01\x02\x03" * 50, "smieci.csv"),
        (b"zadowolenie,opis\n5,\xff\xfe\x81\x8d\n", "kodowanie.csv"),
        (b"PK\x03\x04 to nie jest zip", "zepsuty.xlsx"),
        (b"<html>zadowolenie</html>", "strona.html"),
    ],
)
def test_a_broken_file_is_refused_in_words_and_nothing_goes_in(anna, part, run_jobs, content, name):
    answer = send(anna, part, content, name)
    if answer.status_code == 302:
        answer = anna.get(answer.url)
        if answer.status_code == 200:
            anna.post(answer.wsgi_request.path, fields_of(answer) | {"missing": "", "empty": ""})
            run_jobs(keep_errors=True)
            assert ImportRun.objects.get().state in ("failed", "uploaded")
    else:
        assert answer.status_code == 422
    assert Response.objects.count() == 0


@pytest.mark.parametrize("make", [entities, bomb])
def test_a_hostile_workbook_is_refused(anna, part, make):
    answer = send(anna, part, make(), "odpowiedzi.xlsx")
    if answer.status_code == 302:
        answer = anna.get(answer.url)
    assert answer.status_code == 422
    assert Response.objects.count() == 0


def test_a_formula_in_a_remark_stays_text(anna, part, point, day, run_jobs):
    content = table(day, point, "5,4,4,=HYPERLINK(1),{day},{point},1")
    carry_out(anna, bring(anna, part, run_jobs, content), run_jobs)
    assert Response.objects.get().texts["uwagi"] == "=HYPERLINK(1)"


def test_too_large_a_file_is_refused_before_it_is_read(anna, part):
    answer = send(anna, part, b"zadowolenie\n" + b"5\n" * 10_500_000)
    assert answer.status_code == 422 and not ImportRun.objects.exists()


def test_a_mapping_is_taken_over_from_the_last_import(anna, part, point, day, run_jobs):
    content = f"P1;kiedy\n5;{day}\n".encode()
    bring(
        anna,
        part,
        run_jobs,
        content,
        **{"kol-0": "zadowolenie", "kol-1": "", "rola-1": "day", "missing": "8"},
    )
    page = anna.get(send(anna, part, content.replace(b"5;", b"4;")).url)
    assert [(row["target"], row["role"]) for row in page.context["rows"]] == [
        ("zadowolenie", ""),
        ("", "day"),
    ]
    assert page.context["form"].initial["missing"] == "8"


def test_every_page_opens_in_polish(anna, office, part, point, day, run_jobs):
    run = bring(anna, part, run_jobs, table(day, point, "5,4,4,,{day},{point},1"))
    pages = [
        url("imports", office, part.pk),
        url("import", office, run.pk),
        url("import_columns", office, run.pk),
    ]
    carry_out_later = url("undo_import", office, run.pk)
    for page in [*pages, carry_out_later]:
        answer = anna.get(page)
        assert answer.status_code == 200 and 'lang="pl"' in answer.content.decode(), page
