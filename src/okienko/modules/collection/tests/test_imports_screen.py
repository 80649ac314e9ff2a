"""The screen on which columns are named, and the way from there to what the check has found."""

# ruff: noqa: F811 (a fixture is named twice: imported, and asked for)

from __future__ import annotations

import pytest

from okienko.engines.questionnaire import from_builtins, items
from okienko.modules.collection.models import ImportRun
from okienko.modules.collection.tests.test_imports import day, fields_of, part, send, url  # noqa: F401 (fixtures)
from okienko.modules.surveys.tests.factories import PULSE


def test_a_column_is_chosen_from_the_questions_words(anna, part, day):
    page = anna.get(send(anna, part, f"P1;kiedy\n5;{day}\n".encode()).url).content.decode()
    question = items(from_builtins(PULSE))[0]
    assert f'<option value="{question.code}">{question.number}. {question.label["pl"]}'[:80] in page
    assert 'name="kol-0"' in page and 'name="rola-1"' in page
    assert "<datalist" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kol-1": "zadowolenie"}, "Kolumny zadowolenie i dzien mają to samo znaczenie"),
        ({"rola-0": "day", "rola-1": "day"}, "mają to samo znaczenie"),
        ({"kol-0": "nie_ma"}, "w kwestionariuszu nie ma „nie_ma”"),
        ({"rola-0": "office_id"}, "w kwestionariuszu nie ma „office_id”"),
        ({"kol-0": ""}, "Żadna kolumna nie jest odpowiedzią"),
    ],
)
def test_a_choice_that_cannot_be_is_told_and_kept_on_the_screen(anna, part, day, changes, words):
    address = send(anna, part, f"zadowolenie,dzien\n5,{day}\n".encode()).url
    fields = fields_of(anna.get(address)) | {"missing": "9", "empty": "NA"} | changes
    answer = anna.post(address, fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["rows"][1]["target"] == fields["kol-1"]
    assert not ImportRun.objects.exclude(mapping={}).exists()


def test_who_waits_for_the_check_is_led_to_what_it_found(anna, office, part, day, run_jobs):
    """No click between: the page of the import shows the work, and then itself."""
    address = send(anna, part, f"zadowolenie,dzien\n5,{day}\n".encode()).url
    answer = anna.post(address, fields_of(anna.get(address)) | {"missing": "9", "empty": "NA"})
    run = ImportRun.objects.get()
    own, progress = url("import", office, run.pk), url("import_progress", office, run.pk)
    assert answer.url == own
    assert f'hx-get="{progress}"' in anna.get(own).content.decode()
    piece = anna.get(progress, headers={"HX-Request": "true"})
    assert piece.status_code == 200 and "<html" not in piece.content.decode()
    assert anna.get(progress).url == own, "without a script: look again"
    run_jobs()
    assert anna.get(progress, headers={"HX-Request": "true"}).url == own
    page = anna.get(own).content.decode()
    assert "Gotowe do wczytania" in page and "hx-get" not in page.split("<main")[1]


def test_a_check_that_could_not_be_made_says_why_on_the_same_page(anna, office, part, day, run_jobs):
    address = send(anna, part, f"zadowolenie,dzien\n5,{day}\n".encode()).url
    anna.post(address, fields_of(anna.get(address)) | {"missing": "9", "empty": "NA"})
    run = ImportRun.objects.get()
    run.file_id = ""
    run.save()
    run_jobs(keep_errors=True)
    assert "Plik został już usunięty" in anna.get(url("import", office, run.pk)).content.decode()
