"""The ready questionnaires: complete in three languages, sound, and comparable with each other."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from okienko.engines.questionnaire import (
    Questionnaire,
    check,
    compile_validator,
    entry_fields,
    from_json,
    items,
    paper_form,
    read_form,
    texts,
    translations,
)
from okienko.interfaces.cli import questionnaire as command
from okienko.modules.questionnaires import library

ALL = {name: from_json(library.read(name)) for name in library.names()}
CLIENTS = ALL["klienci"]


def roles(questionnaire: Questionnaire) -> dict[str, int]:
    found: dict[str, int] = {}
    for item in items(questionnaire):
        if item.role:
            found[item.role] = found.get(item.role, 0) + 1
    return found


@pytest.fixture(params=sorted(ALL))
def ready(request: pytest.FixtureRequest) -> Questionnaire:
    return ALL[request.param]


def test_the_clients_questionnaire_comes_first() -> None:
    assert library.names() == ("klienci", "puls", "pracownicy", "partnerzy")
    with pytest.raises(KeyError):
        library.read("../klienci")


def test_a_ready_questionnaire_has_nothing_to_repair(ready: Questionnaire) -> None:
    assert check(ready) == ()


def test_a_ready_questionnaire_is_complete_in_three_languages(ready: Questionnaire) -> None:
    assert ready.languages == ("pl", "en", "uk") and ready.default_language == "pl"
    assert len(set(translations(ready).values())) == 1
    for place in texts(ready):
        given = {language for language, text in place.texts.items() if text.strip()}
        assert given in (set(), {"pl", "en", "uk"}), place.path


def test_each_language_is_written_in_its_own_letters(ready: Questionnaire) -> None:
    for place in texts(ready):
        if place.texts and re.search("[a-z]{3}", place.texts["en"]):
            assert re.search("[а-яіїєґ]", place.texts["uk"]), place.path
            assert not re.search("[а-яіїєґ]", place.texts["pl"] + place.texts["en"]), place.path
        for text in place.texts.values():
            assert '"' not in text and " - " not in text and "..." not in text and "  " not in text
            assert not re.search("[ыэъё]", text), place.path


def test_a_ready_questionnaire_can_be_reported(ready: Questionnaire) -> None:
    found = roles(ready)
    assert found["overall_satisfaction"] == found["comment"] == 1
    assert found["driver"] >= 2
    assert "overall_satisfaction" in ready.needs


def test_clients_are_asked_what_a_report_on_clients_tells() -> None:
    found = roles(CLIENTS)
    assert 20 <= found["driver"] <= 22
    assert found["recommendation"] == found["outcome"] == 1
    areas = [area.name["pl"] for area in CLIENTS.areas]
    assert areas == ["Wizerunek", "Indywidualne podejście", "Kompetencje", "Terminowość", "Rzetelność"]
    codes = {area.code for area in CLIENTS.areas}
    per_area = [[i for i in items(CLIENTS) if i.role == "driver" and i.area == code] for code in codes]
    assert all(4 <= len(drivers) <= 5 for drivers in per_area)
    assert all((i.low, i.high) == (1, 5) for i in items(CLIENTS) if i.role in ("driver", "importance"))
    assert {i.area for i in items(CLIENTS) if i.role == "importance"} == codes
    domains = {i.domain for i in items(CLIENTS) if i.role == "domain"}
    assert domains == {"background", "channel", "matter", "client_group"}


def test_every_driver_can_be_answered_with_dont_know_and_not_applicable(ready: Questionnaire) -> None:
    assert all(i.dont_know and i.not_applicable for i in items(ready) if i.role == "driver")


def test_background_can_be_withheld_and_is_never_required() -> None:
    for questionnaire in (CLIENTS, ALL["pracownicy"]):
        section = next(section for section in questionnaire.sections if section.code == "metryczka")
        for question in section.questions:
            assert not question.required
            assert "wolę nie podawać" in [option.text["pl"] for option in question.options]


def test_staff_are_asked_little_about_themselves() -> None:
    background = [item for item in items(ALL["pracownicy"]) if item.role == "domain"]
    assert len(background) == 2
    assert ALL["pracownicy"].audience == "staff" and ALL["partnerzy"].audience == "partners"


def test_comments_warn_of_personal_data(ready: Questionnaire) -> None:
    (comment,) = [question for question in ready.questions() if question.role == "comment"]
    assert comment.kind == "long_text" and comment.help["pl"]


def test_waiting_is_asked_of_those_who_waited() -> None:
    form = {"zadowolenie": ["4"], "czas_oczekiwania": ["1"], "dotarcie": ["2"]}
    online = read_form(CLIENTS, {**form, "sposob": ["3"]}).values
    assert (online["czas_oczekiwania"], online["dotarcie"]) == (-4, -4)
    by_phone = read_form(CLIENTS, {**form, "sposob": ["2"]}).values
    assert (by_phone["czas_oczekiwania"], by_phone["dotarcie"]) == (1, -4)


def test_the_pulse_is_four_questions_that_the_long_form_asks_in_the_same_words() -> None:
    pulse = ALL["puls"].questions()
    assert len(pulse) == 4
    assert all(question == CLIENTS.question(question.code) for question in pulse)


def test_a_blank_form_needs_the_overall_rating_only(ready: Questionnaire) -> None:
    assert [problem.item for problem in read_form(ready, {}).problems] == ["zadowolenie"]
    assert compile_validator(ready).read_form({"zadowolenie": ["5"]}).ok


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_a_ready_questionnaire_prints_and_keys_in_every_language(ready: Questionnaire, language: str) -> None:
    blocks = paper_form(ready, language)
    assert all("{" not in getattr(block, "text", "") for block in blocks)
    assert all(len(key) == 1 for field in entry_fields(ready) for key in field.keys)


def test_the_command_lists_names_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["list"]) == 0
    assert capsys.readouterr().out == "klienci\npuls\npracownicy\npartnerzy\n"


def test_the_command_shows_a_definition_that_reads_back(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert command.main(["show", "puls"]) == 0
    assert from_json(capfdbinary.readouterr().out) == ALL["puls"]


@pytest.mark.parametrize("arguments", [["show", "nieznany"], ["show"], [], ["print"], ["show", "a", "b"]])
def test_the_command_refuses_what_it_does_not_know(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and "okienko questionnaire" in captured.err


def test_the_command_starts_without_django() -> None:
    code = (
        "import sys; from okienko.interfaces.cli.questionnaire import main; main(['list']);"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
