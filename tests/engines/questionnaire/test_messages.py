"""Words for respondents: complete in three languages, with the right plurals."""

from __future__ import annotations

import string

import pytest

from okienko.engines.questionnaire import (
    MESSAGES,
    Question,
    choice_note,
    input_note,
    message,
    problem_text,
    read_form,
)
from okienko.engines.questionnaire.words import WORDS

from .samples import SAMPLE, TICKS, words


def parameters(text: str | tuple[str, ...]) -> set[str]:
    forms = (text,) if isinstance(text, str) else text
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("table", [MESSAGES, WORDS])
@pytest.mark.parametrize("language", ["pl", "uk"])
def test_every_language_says_everything_with_the_same_parameters(table: dict, language: str) -> None:
    assert table[language].keys() == table["en"].keys()
    for key, text in table["en"].items():
        assert parameters(table[language][key]) == parameters(text), key
        assert all(form.strip() for form in ([text] if isinstance(text, str) else text))


@pytest.mark.parametrize(
    ("n", "polish", "ukrainian", "english"),
    [
        (1, "1 pytanie", "1 запитання", "1 question"),
        (2, "2 pytania", "2 запитання", "2 questions"),
        (5, "5 pytań", "5 запитань", "5 questions"),
        (12, "12 pytań", "12 запитань", "12 questions"),
        (21, "21 pytań", "21 запитання", "21 questions"),
        (22, "22 pytania", "22 запитання", "22 questions"),
        (112, "112 pytań", "112 запитань", "112 questions"),
        (0, "0 pytań", "0 запитань", "0 questions"),
    ],
)
def test_numbers_inflect_their_nouns(n: int, polish: str, ukrainian: str, english: str) -> None:
    assert [message("questions", language, n=n) for language in ("pl", "uk", "en")] == [
        polish,
        ukrainian,
        english,
    ]


def test_a_language_without_a_table_speaks_english() -> None:
    assert message("next", "de") == "Next"
    assert message("questions", "de", n=1) == "1 question"


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_every_problem_of_an_answer_can_be_said(language: str) -> None:
    form = {
        "channel": ["7"], "needs_1": ["1"], "needs_2": ["1"], "needs_3": ["1"], "places_1": ["2"],
        "speed": ["1", "2"],
        "visits": ["2,5"], "hours": ["99"], "day": ["1.1.1900"], "name": ["x" * 30],
    }  # fmt: skip
    found = read_form(SAMPLE, form).problems
    assert len(found) == 8
    for problem in found:
        text = problem_text(problem, language)
        assert text.endswith(".") and "{" not in text


def test_limits_are_written_as_the_language_writes_them() -> None:
    (problem,) = read_form(SAMPLE, {"channel": ["9"], "overall": ["1"], "day": ["1900-01-01"]}).problems
    assert problem_text(problem, "pl") == "Data jest za wczesna: najwcześniejsza to 1.01.1980."
    assert message("number_range", "pl", least=0.5, most=24) == "Liczba od 0,5 do 24"
    assert message("number_range", "en", least=0.5, most=2.0) == "A number from 0.5 to 2"


@pytest.mark.parametrize(
    ("least", "most", "note"),
    [
        (None, None, "Można zaznaczyć kilka odpowiedzi."),
        (None, 1, "Można zaznaczyć najwyżej 1 odpowiedź."),
        (None, 3, "Można zaznaczyć najwyżej 3 odpowiedzi."),
        (2, None, "Proszę zaznaczyć co najmniej 2 odpowiedzi."),
        (2, 3, "Proszę zaznaczyć od 2 do 3 odpowiedzi."),
        (2, 2, "Proszę zaznaczyć dokładnie 2 odpowiedzi."),
    ],
)
def test_how_many_answers_may_be_marked_is_said(least: int | None, most: int | None, note: str) -> None:
    question = Question("m", "multiple", words("m"), options=TICKS, min_choices=least, max_choices=most)
    assert choice_note(question, "pl") == note


def test_numbers_and_dates_say_what_they_take() -> None:
    notes = {question.code: input_note(question, "pl") for question in SAMPLE.questions()}
    assert notes["visits"] == "Liczba od 0 do 50"
    assert notes["day"] == "Dzień, miesiąc i rok, na przykład 22.11.2026"
    assert notes["name"] == ""
    from_five = Question("n", "number", words("n"), minimum=5)
    assert input_note(from_five, "en") == "A number not less than 5"
