"""The sheet and its keys: everything that can be answered is printed once, with a key of its own."""

from __future__ import annotations

import dataclasses
import json

from hypothesis import given, settings

from okienko.engines.questionnaire import (
    Compare,
    Option,
    Point,
    Question,
    Questionnaire,
    Scale,
    answer_keys,
    entry_fields,
    items,
    paper_form,
    set_properties,
    validate,
)
from okienko.engines.questionnaire.blocks import ChoiceBlock, Filter, GridBlock, RankBlock, WriteBlock

from .samples import OPTIONS, SAMPLE, questionnaires, small, words


def printed_items(questionnaire: Questionnaire) -> list[str]:
    found: list[str] = []
    for block in paper_form(questionnaire, "pl"):
        match block:
            case ChoiceBlock():
                several = [answer.item for answer in block.answers if answer.item]
                found += several or [block.item]
                found += [answer.writes for answer in block.answers if answer.writes]
            case GridBlock():
                found += [code for row in block.rows for code in (row.item, row.second) if code]
            case RankBlock():
                found += [row.item for row in block.rows]
            case WriteBlock():
                found.append(block.item)
    return found


@given(questionnaires())
@settings(max_examples=60, deadline=None)
def test_every_item_is_printed_once_and_can_be_keyed(questionnaire: Questionnaire) -> None:
    wanted = sorted(item.code for item in items(questionnaire) if item.kind != "text" or item.option is None)
    printed = printed_items(questionnaire)
    assert len(printed) == len(set(printed))
    assert set(wanted) <= set(printed)
    keyed: list[str] = []
    for field in entry_fields(questionnaire):
        keyed += field.boxes.values() if field.kind == "several" else [field.item]
    assert sorted(keyed) == sorted(item.code for item in items(questionnaire))


@given(questionnaires())
@settings(max_examples=60, deadline=None)
def test_what_a_key_says_is_a_valid_answer(questionnaire: Questionnaire) -> None:
    plain = questionnaire
    for question in questionnaire.questions():
        plain = set_properties(plain, question.code, condition=None)
    known = {item.code: item for item in items(plain)}
    for field in entry_fields(plain):
        assert len(set(field.keys) | set(field.boxes)) == len(field.keys) + len(field.boxes)
        for key, value in field.keys.items():
            assert len(key) == 1
            if field.kind == "code":
                item = known[field.item]
                assert value in item.values() or (item.dont_know and value == -2) or value == -3


def test_keys_are_the_codes_where_they_fit_one_key() -> None:
    assert answer_keys([1, 2, 3, 4, 5]) == {1: "1", 2: "2", 3: "3", 4: "4", 5: "5"}
    eleven = answer_keys(list(range(11)))
    assert eleven[0] == "0" and eleven[10] == "+" and len(set(eleven.values())) == 11
    positions = answer_keys([*range(1, 13), 99])
    assert [positions[value] for value in (1, 9, 10, 11, 99)] == ["1", "9", "0", "a", "c"]
    assert set(answer_keys(list(range(34))).values()).isdisjoint({"n", "-", "*", "+"})


def test_keyed_answers_of_the_sample_are_what_the_clerk_reads() -> None:
    fields = {field.item: field for field in entry_fields(SAMPLE)}
    assert fields["waiting"].keys == {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "-": -2, "*": -3}
    assert fields["likely"].keys["+"] == 10
    assert fields["needs"].boxes == {"1": "needs_1", "2": "needs_2", "3": "needs_3", "4": "needs_4"}
    assert (fields["needs"].number, fields["needs"].keys, fields["needs"].special_field) == (
        "2",
        {"-": -2},
        "needs__m",
    )
    assert (fields["places_2"].kind, fields["places_2"].special_field) == ("place", "places__m")
    assert (fields["visits"].kind, fields["visits"].special_field) == ("number", "visits__m")
    assert fields["channel_other"].kind == "text"
    assert fields["weight_02"].number == "6b"


def test_gaps_on_paper_are_no_problem_and_passed_over_questions_are_marked() -> None:
    keyed = validate(SAMPLE, {"channel": 9, "waiting": 3})
    assert keyed.ok and keyed.dropped == ("waiting",) and keyed.values["waiting"] == -4


def test_a_filter_says_who_answers_and_where_the_others_go_on() -> None:
    filters = [block for block in paper_form(SAMPLE, "pl") if isinstance(block, Filter)]
    rating, waiting, why = (block.text for block in filters)
    assert rating == (
        "Na pytania 4–9 proszę odpowiedzieć tylko wtedy, gdy w pytaniu 1 zaznaczono „osobiście” lub "
        "„telefon” lub (w pytaniu 2 zaznaczono „winda” i w pytaniu 2 nie zaznaczono „duży druk”). "
        "W innym wypadku proszę przejść do pytania 10."
    )
    assert waiting == (
        "Na pytanie 4 proszę odpowiedzieć tylko wtedy, gdy w pytaniu 1 zaznaczono „osobiście”. "
        "W innym wypadku proszę przejść do pytania 5."
    )
    assert why == (
        "Na pytanie 9 proszę odpowiedzieć tylko wtedy, gdy w pytaniu 8 zaznaczono od 0 do 6. "
        "W innym wypadku proszę przejść do pytania 10."
    )
    assert filters[1].questions == ("waiting",)


def test_the_last_filter_ends_the_sheet() -> None:
    q = small(
        Question("k", "single", words("k"), options=OPTIONS),
        Question("why", "text", words("w"), condition=Compare("k", "eq", 1)),
    )
    (found,) = [block for block in paper_form(q, "en") if isinstance(block, Filter)]
    assert found.text.endswith(
        "“osobiście” is marked in question 1. Otherwise this is the end of the questionnaire."
    )


def test_questions_that_look_alike_stand_in_one_grid_with_their_own_numbers() -> None:
    rated = [Question(code, "scale", words(code), scale="five", dont_know=code != "d") for code in "abcd"]
    q = small(Question("k", "single", words("k"), options=OPTIONS), *rated)
    grid, alone = paper_form(q, "pl")[-2:]
    assert isinstance(grid, GridBlock) and [row.number for row in grid.rows] == ["2", "3", "4"]
    assert [answer.key for answer in grid.columns] == ["1", "2", "3", "4", "5", "-"]
    assert isinstance(alone, ChoiceBlock) and alone.number == "5" and alone.scale


def test_a_question_under_a_condition_is_not_swallowed_by_a_grid() -> None:
    rated = [Question(code, "scale", words(code), scale="five") for code in "abc"]
    q = small(Question("k", "single", words("k"), options=OPTIONS), *rated)
    q = set_properties(q, "b", condition=Compare("k", "eq", 1))
    assert [block.kind for block in paper_form(q, "pl")][3:] == ["choice", "filter", "choice", "choice"]


def test_a_conditional_answer_says_when_it_may_be_marked() -> None:
    options = (Option(1, words("a")), Option(2, words("b"), condition=Compare("k", "eq", 1)))
    q = small(
        Question("k", "single", words("k"), options=OPTIONS),
        Question("x", "single", words("x"), options=options),
    )
    block = paper_form(q, "pl")[-1]
    assert block.answers[1].text == "b (tylko gdy w pytaniu 1 zaznaczono „osobiście”)"


def test_both_halves_of_a_pair_are_printed_with_their_own_scales() -> None:
    two = Scale("two", (Point(1, words("nie")), Point(2, words("tak"))))
    q = small(
        Question("p", "pair", words("p"), scale="five", importance_scale="two"), scales=(*small().scales, two)
    )
    grid = paper_form(q, "pl")[-1]
    assert (len(grid.columns), len(grid.second)) == (5, 2)
    assert (grid.rows[0].item, grid.rows[0].second) == ("p", "p_imp")
    assert (grid.first_title, grid.second_title) == ("Ocena", "Ważność")


def test_blocks_become_json_for_the_page_template() -> None:
    blocks = [dataclasses.asdict(block) for block in paper_form(SAMPLE, "uk")]
    kinds = {block["kind"] for block in json.loads(json.dumps(blocks))}
    assert kinds == {"heading", "instruction", "filter", "choice", "grid", "rank", "write"}
