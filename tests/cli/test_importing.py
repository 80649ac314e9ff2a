"""`okienko import` speaks one language, English, and counts as people do."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from okienko.foundation.testing.cast import *  # noqa: F403 (fixtures)
from okienko.interfaces.cli import importing
from okienko.modules.collection.models import Response
from okienko.modules.surveys.tests.factories import make_office_wave, make_survey, make_wave

pytestmark = pytest.mark.django_db
POLISH = re.compile(r"[ąćęłńóśźż]|\bwiersz|\bkolumna|\bpytani", re.IGNORECASE)


@pytest.fixture
def bring(in_office, tmp_path, capsys, monkeypatch):
    """Import these rows of the pulse; exit code and all that was said."""
    monkeypatch.setattr(importing, "start_django", lambda: None)
    day = timezone.localdate()
    wave = make_wave(make_survey(in_office), state="open", opens_on=day - timedelta(3), closes_on=day)
    part = make_office_wave(in_office, wave=wave, state="open")

    def run(*rows: str, more: tuple[str, ...] = ()) -> tuple[int, str]:
        path = tmp_path / "answers.csv"
        path.write_text("zadowolenie,dzien\n" + "\n".join(row.replace("DAY", str(day)) for row in rows))
        told = ["responses", str(path), "--office", in_office.slug, "--wave", str(part.pk), *more]
        code = importing.run(told)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_one_problem_and_two_are_told_in_english(bring):
    code, said = bring("77,DAY")
    assert (code, said.splitlines()[-1]) == (1, "1 problem; nothing was imported.")
    assert "row 2, column zadowolenie" in said
    _, more = bring("77,DAY", "5,2020-13-13")
    assert more.splitlines()[-1] == "2 problems; nothing was imported."
    assert not POLISH.search(said + more)


def test_what_was_imported_is_counted_and_taken_back(bring, in_office, capsys):
    assert bring("5,DAY", more=("--dry-run",))[1].startswith("1 answer could be imported")
    code, said = bring("5,DAY", "4,DAY")
    assert code == 0
    assert said.startswith("2 answers imported as import ")
    number = re.search(r"import undo (\d+)", said).group(1)
    assert importing.run(["undo", number, "--office", in_office.slug]) == 0
    assert capsys.readouterr().out == f"Import {number} is undone: 2 answers deleted.\n"
    assert not Response.objects.exists()


def test_a_refusal_of_the_same_file_is_in_english_too(bring):
    bring("5,DAY")
    with pytest.raises(importing.CommandFault, match="This very file has been imported"):
        bring("5,DAY")
