"""The first sentence in Polish, in every case."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import translation

from okienko.modules.results.document import (
    AreaResult,
    Change,
    Document,
    Fieldwork,
    Figure,
    Hidden,
    ItemResult,
)
from okienko.modules.results.home import _areas
from okienko.modules.results.presenting.comparison import headline as network_headline
from okienko.modules.results.presenting.comparison import unranked_sentence
from okienko.modules.results.presenting.network import Comparison, Ranked
from okienko.modules.results.presenting.sentences import change_sentence, headline
from okienko.modules.results.presenting.words import listed, why_hidden

FIELD = Fieldwork("systematic", "clients", "2026-10-19", "2026-11-13", 200, 0, 5)


def told(change=None, *, mean=4.12, item_hidden=None, answers=200, **said) -> str:
    figure = None if item_hidden else Figure(answers, mean, 0.04, 4.03, 4.21, 31)
    field = Fieldwork("systematic", "clients", "2026-10-19", "2026-11-13", answers, 0, 5)
    item = ItemResult("zadowolenie", mean=figure, change=change, hidden=item_hidden)
    before = "jesień 2025" if change else ""
    parts = {
        "office": "U",
        "survey": "B",
        "wave": "jesień 2026",
        "inference": "design",
        "previous_wave": before,
    }
    parts |= {"fieldwork": field, "overall": "zadowolenie", "items": (item,)}
    with translation.override("pl"):
        return headline(Document(**(parts | said)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change(3.91, 0.21, 0.08, 0.34, 0.002), "Zadowolenie wzrosło z 3,91 do 4,12. Zmiana jest istotna."),
        (Change(4.33, -0.21, -0.34, -0.08, 0.002), "Zadowolenie spadło z 4,33 do 4,12. Zmiana jest istotna."),
        (
            Change(4.07, 0.05, -0.05, 0.15, 0.3),
            "Zadowolenie wynosiło 4,07, teraz 4,12. Różnica mieści się w granicach błędu.",
        ),
        (Change(4.121, -0.001, -0.1, 0.1, 0.9), "Zadowolenie się nie zmieniło: 4,12."),
        (Change(3.91, 0.21), "Było 3,91, jest 4,12. Tej zmiany nie da się sprawdzić."),
        (None, "Pierwszy wynik: zadowolenie wynosi 4,12."),
    ],
)
def test_the_change_is_told_in_words(change, sentence):
    assert told(change) == sentence


def test_a_wave_that_cannot_be_compared_is_not_called_the_first():
    said = told(previous_wave="jesień 2025")
    assert said == "Zadowolenie wynosi 4,12. Z poprzednią falą nie da się go porównać."


def test_without_a_probability_sample_nothing_is_called_significant():
    said = told(Change(3.91, 0.21, 0.08, 0.34, 0.002), inference="none")
    assert said == "Osoby, które odpowiedziały, oceniły obsługę na 4,12."


def test_hidden_results_are_told():
    assert told(hidden=Hidden("primary", 5), answers=3) == "Odpowiedziało za mało osób, żeby pokazać wyniki."
    assert told(hidden=Hidden("primary", 5), answers=0) == "W tej fali nikt nie odpowiedział."
    assert told(item_hidden=Hidden("primary", 5)) == "Za mało osób oceniło obsługę jako całość."


def test_the_amount_of_the_change_has_its_direction_and_interval():
    item = ItemResult(
        "z", mean=Figure(9, 4.12, 0.1, 4.0, 4.2, 9), change=Change(3.91, 0.21, 0.08, 0.34, 0.01)
    )
    document = Document(
        office="U", survey="B", wave="f", inference="design", fieldwork=FIELD, overall="z", items=(item,),
        previous_wave="jesień 2025",
    )  # fmt: skip
    with translation.override("pl"):
        said = change_sentence(document)
    assert said == "O 0,21 więcej niż w fali „jesień 2025” (zmiana od +0,08 do +0,34)."


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        ([1, 0], "1 urząd jest wyżej niż reszta sieci. 1 nie da się od niej odróżnić."),
        ([1, 1, -1, -1], "2 urzędy są wyżej niż reszta sieci. 2 są niżej."),
        ([1] * 5 + [-1] * 5, "5 urzędów jest wyżej niż reszta sieci. 5 jest niżej."),
        (
            [-1, -1, 0],
            "Żaden urząd nie jest wyżej niż reszta sieci. 2 są niżej. 1 nie da się od niej odróżnić.",
        ),
        ([0] * 8, "Żadnego z 8 urzędów nie da się odróżnić od reszty sieci."),
        ([0], "Wyniki ma 1 urząd, nie ma go z czym porównać."),
        ([], "Żaden urząd nie ma jeszcze wyników, które można porównać"),
    ],
)
def test_the_networks_sentence_counts_in_polish(sides, sentence):
    ranked = tuple(Ranked(None, 1, 1, side) for side in sides)
    with translation.override("pl"):
        assert network_headline(Comparison(ranked, (), (), None)) == sentence


ONLY_THEY = " Liczby opisują tam tylko osoby, które odpowiedziały."


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([], ""),
        (["none"], "Bez miejsca, bo próba nie była losowa: U1." + ONLY_THEY),
        (["design"] * 3, "Bez miejsca, bo nie da się policzyć marginesu błędu: U1, U2 oraz U3."),
        (
            ["none"] * 9,
            "Bez miejsca, bo próba nie była losowa: U1, U2, U3, U4, U5, U6 oraz jeszcze 3." + ONLY_THEY,
        ),
    ],
)
def test_offices_without_a_place_are_named_with_the_reason(kinds, sentence):
    rows = [
        SimpleNamespace(inference=kind, office=SimpleNamespace(name=f"U{number}"))
        for number, kind in enumerate(kinds, 1)
    ]
    with translation.override("pl"):
        assert unranked_sentence(Comparison((), tuple(rows), (), None)) == sentence


@pytest.mark.parametrize(
    ("moves", "sentence"),
    [
        ([1, 1, 1, 0], "Od poprzedniej fali: 3 obszary wzrosły, żaden nie spadł."),
        ([-1, 0], "Od poprzedniej fali: żaden obszar nie wzrósł, 1 spadł."),
        ([1, -1, -1, -1, -1, -1], "Od poprzedniej fali: 1 obszar wzrósł, 5 spadło."),
        ([0, 0], "Od poprzedniej fali żaden obszar nie zmienił się istotnie."),
    ],
)
def test_areas_that_moved_are_counted_in_polish(moves, sentence):
    areas = tuple(
        AreaResult(f"a{number}", (), change=Change(4.0, 0.2 * (move or 1), 0, 1, 0.01 if move else 0.5))
        for number, move in enumerate(moves)
    )
    document = Document(office="U", survey="B", wave="f", inference="design", fieldwork=FIELD, areas=areas)
    with translation.override("pl"):
        assert _areas(document) == sentence


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a oraz b"), (["a", "b", "c"], "a, b oraz c")],
)
def test_names_are_listed_as_in_a_sentence(names, said):
    with translation.override("pl"):
        assert listed(names) == said


@pytest.mark.parametrize("reason", ["primary", "dominance", "complementary", "previous_wave"])
def test_every_hidden_cell_says_why(reason):
    with translation.override("pl"):
        said = why_hidden(Hidden(reason, 5))
    assert said.endswith(".") and said[0].islower() and len(said) > 30
