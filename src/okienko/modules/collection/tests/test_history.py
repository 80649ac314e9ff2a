"""The history of surveys and of collecting is told in words: no field names, no codes, no numbers of rows."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from okienko.foundation.administration import history
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.registry import noted
from okienko.foundation.testing.factories import make_service_point
from okienko.modules import collection, surveys
from okienko.modules.collection.models import Response
from okienko.modules.collection.services import entry, quality
from okienko.modules.surveys import services
from okienko.modules.surveys.services import (
    FormCounts,
    People,
    PointSize,
    ShiftTime,
    SurveyDescription,
    WaveDates,
)
from okienko.modules.surveys.tests import factories


def noted_keys(module) -> set[str]:
    """The keys that `note(before={…}, after={…})` of a module's services writes literally."""
    found = set()
    for path in Path(module.__file__).parent.glob("services/*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "note":
                found |= {
                    key.value
                    for side in call.keywords
                    if side.arg in ("before", "after")
                    for part in ast.walk(side.value)
                    if isinstance(part, ast.Dict)
                    for key in part.keys
                    if isinstance(key, ast.Constant)
                }
    return found


@pytest.mark.parametrize("module", [surveys, collection])
def test_every_key_that_a_command_notes_has_words(module):
    name = module.__name__.rpartition(".")[2]
    keys = noted_keys(module)
    assert len(keys) > 8, "the search itself must find something"
    # `label` and `name` are fields of what is noted, and have names of their own
    bare = {
        key
        for key in keys - {"label", "name", "channel"}
        if noted(f"{name}.any", key) is None and key not in history._WORDS
    }
    assert not bare


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def part(anna, in_office, today):
    """A survey as its coordinator prepares it, so that each step writes its entry."""

    def by() -> dict:
        return {"by": anna.actor, "at": timezone.now()}

    first, second = (factories.make_questionnaire(in_office, name=name) for name in ("Stara", "Nowa"))
    described = SurveyDescription(name="Puls", purpose="Krócej czekać")
    survey = services.create_survey(office=in_office, questionnaire=first, description=described, **by())
    services.change_survey(survey=survey, questionnaire=second, description=described, **by())
    dates = WaveDates("Jesień", today - timedelta(2), today + timedelta(9))
    wave = services.plan_wave(survey=survey, dates=dates, **by())
    row = wave.office_waves.get()
    hall = make_service_point(in_office, name="Sala", code="sala")
    services.set_points(office_wave=row, points=[hall], **by())
    plan = row.points.get()
    services.plan_people(office_wave=row, people=People("systematic", 900, "kolejka"), **by())
    services.plan_points(office_wave=row, sizes={plan.pk: PointSize(12, 300, 5)}, **by())
    services.draw_shifts(office_wave=row, days={plan.pk: 2}, seed=7, **by())
    services.add_shift(plan=plan, when=ShiftTime(today + timedelta(8)), **by())
    services.add_link(office_wave=row, service_point=hall, channel="phone", label="Telefon", **by())
    services.open_office_wave(office_wave=row, **by())
    services.record_forms(office_wave=row, counts={plan.pk: FormCounts(40, 30, 2)}, **by())
    Response.objects.create(
        office=in_office, office_wave=row, mode="web", day=today, answers={}, flags=["burst"]
    )
    quality.exclude(office_wave=row, flag="burst", reason="Próba linku", **by())
    entry.create_batch(office_wave=row, pile=entry.Pile(hall, today, 12, 2), **by())
    return row


def test_the_history_says_in_words_what_was_done(part):
    lines = [line for row in AuditEntry.objects.all() for line in history.details(row).split("\n") if line]
    for words in (
        "kwestionariusz: z „Stara” na „Nowa”",
        "punkty obsługi: „Sala”",
        "Sala: z „",
        "dni otwarcia: 12",
        "klienci w okresie: 300",
        "co który klient: 5",
        "sposób wyboru osób: „co któryś klient",
        "zwrócone formularze: 30",
        "wersja kwestionariusza: 1",
        "kanał: „telefonicznie”",
        "oznaczenie: „wiele przez jeden link w ciągu minuty”",
        "powód: „Próba linku”",
        "formularze w pliku: 12",
        "dzień dodany: „Sala, ",
    ):
        assert any(words in line for line in lines), (words, lines)
    codes = re.compile(r"\b[a-z]+_[a-z]+\b|systematic|\bburst\b|\bphone\b|None|True|\d{4}-\d\d-\d\d")
    assert [line for line in lines if codes.search(line)] == []
