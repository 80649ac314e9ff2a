"""The history says edits in words: names of questions, answers and properties, never the engine's codes."""

from __future__ import annotations

import re

import pytest

from okienko.engines.questionnaire import (
    Area,
    Change,
    Compare,
    Point,
    Question,
    Row,
    Scale,
    Section,
    customise,
    from_json,
)
from okienko.engines.questionnaire import changes as edits
from okienko.modules.questionnaires import deeds, library

CONTENT = customise(
    from_json(library.read("klienci")),
    [
        edits.AddScale(Scale("nowa_skala", (Point(1, {"pl": "słabo"}), Point(2, {"pl": "dobrze"})))),
        edits.AddLanguage("de"),
        edits.AddArea(Area("nowy_obszar", {"pl": "Parking"})),
        edits.AddSection(Section("nowa_czesc", {"pl": "Na koniec"})),
        edits.AddQuestion(
            "nowa_czesc",
            Question(
                "nowe_pytanie",
                "grid",
                {"pl": "Co sądzisz o parkingu?"},
                scale="nowa_skala",
                rows=(Row("miejsca", {"pl": "liczba miejsc"}),),
            ),
        ),
    ],
)
CHOICE = next(question for question in CONTENT.questions() if question.kind == "single")
FIRST = CHOICE.options[0].value
ASKED = Compare("nowe_pytanie__miejsca", "answered")
CHANGES: list[Change] = [
    edits.SetText("title", "pl", "Nowy tytuł"),
    edits.SetText("question:nowe_pytanie/text", "pl", "Jak z parkingiem?"),
    edits.SetText("question:nowe_pytanie/row:miejsca", "pl", "ile miejsc"),
    edits.SetText(f"question:{CHOICE.code}/option:{FIRST}", "pl", "Inaczej"),
    edits.SetText("area:nowy_obszar", "pl", "Parkowanie"),
    edits.SetText("scale:nowa_skala/point:2", "pl", "świetnie"),
    edits.SetText("section:nowa_czesc/intro", "pl", "Jeszcze dwa pytania."),
    edits.AddLanguage("lt"),
    edits.RemoveLanguage("de"),
    edits.SetProperties("nowe_pytanie", {"required": True, "role": "driver", "area": "nowy_obszar"}),
    edits.SetProperties(CHOICE.code, {"role": "domain", "domain": "background", "required": True}),
    edits.SetProperties("nowe_pytanie", {"condition": Compare(CHOICE.code, "eq", FIRST)}),
    edits.SetProperties("nowe_pytanie", {"scale": CONTENT.scales[0].code}),
    edits.SetOption(CHOICE.code, FIRST, {"other": True}),
    edits.SetSectionCondition("nowa_czesc", Compare(CHOICE.code, "eq", FIRST)),
    edits.SwitchQuestion("nowe_pytanie", False),
    edits.SwitchSection("nowa_czesc", False),
    edits.MoveQuestion("nowe_pytanie", -1),
    edits.MoveSection("nowa_czesc", -1),
    edits.MoveOption(CHOICE.code, FIRST, 1),
    edits.AddOption(CHOICE.code, {"pl": "Jeszcze inaczej"}),
    edits.AddRow("nowe_pytanie", Row("cena", {"pl": "cena"})),
    edits.DeleteRow("nowe_pytanie", "miejsca"),
    edits.DeleteOption(CHOICE.code, FIRST),
    edits.AddSection(Section("dalsza_czesc", {"pl": "Dalej"})),
    edits.AddQuestion("nowa_czesc", Question("inne_pytanie", "text", {"pl": "Co jeszcze?"})),
    edits.AddScale(Scale("inna_skala", (Point(1, {"pl": "nigdy"}), Point(2, {"pl": "zawsze"})))),
    edits.AddArea(Area("inny_obszar", {"pl": "Toalety"})),
    edits.DeleteQuestion("nowe_pytanie"),
    edits.DeleteSection("nowa_czesc"),
    edits.DeleteArea("nowy_obszar"),
]
#: What the engine says and people do not: codes with an underscore, paths, JSON, codes of languages.
RAW = re.compile(
    r"[a-z]_[a-z]|[a-z]:[a-z0-9]|[{}\[\]]|\b(pl|de|true|false|driver|domain|background|eq|by|on)\b"
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_a_change_is_told_without_codes(change):
    before, after = deeds.told(CONTENT, [change])
    assert after and before.keys() <= after.keys()
    for label in after:
        said = f"{label}: {before.get(label, '')} {after[label]}"
        assert not RAW.search(said), said


def test_every_kind_of_change_is_tried():
    tried = {str(change.__struct_config__.tag) for change in CHANGES} | {"delete_scale"}
    assert tried == {str(kind.__struct_config__.tag) for kind in edits.AnyChange.__args__}


def test_a_property_says_what_it_was_and_what_it_is():
    change = edits.SetProperties("nowe_pytanie", {"required": True, "area": "nowy_obszar"})
    before, after = deeds.told(CONTENT, [change])
    assert [value for key, value in before.items() if "odpowiedź obowiązkowa" in key] == ["nie"]
    assert sorted(after.values()) == ["Parking", "tak"]


def test_a_removed_condition_is_told_by_what_it_was():
    asked = edits.SetProperties("nowe_pytanie", {"condition": Compare(CHOICE.code, "eq", FIRST)})
    content = customise(CONTENT, [asked])
    before, after = deeds.told(content, [edits.SetProperties("nowe_pytanie", {"condition": None})])
    assert list(after.values()) == [""] and CHOICE.options[0].text["pl"] in next(iter(before.values()))


def test_what_is_deleted_is_named_though_a_later_change_names_it_no_more():
    changes = [edits.DeleteQuestion("nowe_pytanie"), edits.DeleteScale("nowa_skala")]
    _before, after = deeds.told(CONTENT, changes)
    assert list(after) == ["usunięto pytanie", "usunięto skalę"]
    assert "Co sądzisz o parkingu?" in after["usunięto pytanie"]
    assert after["usunięto skalę"] == "słabo – dobrze (2)"


def test_a_moved_answer_says_in_which_direction():
    _before, after = deeds.told(CONTENT, [edits.MoveOption(CHOICE.code, FIRST, 1)])
    assert next(iter(after.values())).endswith("– w dół")


def test_two_changes_of_the_same_name_are_both_kept():
    twice = [edits.AddOption(CHOICE.code, {"pl": "Raz"}), edits.AddOption(CHOICE.code, {"pl": "Dwa"})]
    _before, after = deeds.told(CONTENT, twice)
    assert [text.rpartition(" – ")[2] for text in after.values()] == ["Raz", "Dwa"]
