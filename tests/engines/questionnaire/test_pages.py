"""What is shown, and the way through the pages."""

from __future__ import annotations

from okienko.engines.questionnaire import (
    Compare,
    Question,
    Section,
    estimated_minutes,
    next_page,
    pages,
    previous_page,
    read_form,
    shown_pages,
    visible,
)

from .samples import OPTIONS, SAMPLE, small, words

HERE = {"channel": ["1"], "speed": ["3"], "likely": ["5"]}


def test_pages_are_the_sections_with_questions() -> None:
    assert [(page.index, page.section) for page in pages(SAMPLE)] == [(0, "visit"), (1, "rating"), (2, "end")]
    assert pages(SAMPLE)[0].questions == ("hello", "channel", "needs", "places")


def test_a_page_that_nothing_is_left_of_is_passed_by_both_ways() -> None:
    values = read_form(SAMPLE, {"channel": ["9"]}).values
    assert next_page(SAMPLE, values, 0).section == "end"
    assert previous_page(SAMPLE, values, 2).section == "visit"
    assert [page.section for page in shown_pages(SAMPLE, values)] == ["visit", "end"]


def test_the_way_begins_and_ends() -> None:
    values = read_form(SAMPLE, HERE).values
    assert next_page(SAMPLE, {}).section == "visit"
    assert next_page(SAMPLE, values, 0).section == "rating"
    assert next_page(SAMPLE, values, 2) is None
    assert previous_page(SAMPLE, values, 0) is None


def test_a_page_whose_questions_are_all_hidden_is_not_shown_though_its_section_is() -> None:
    q = small(
        sections=(
            Section("a", words("a"), questions=(Question("channel", "single", words("k"), options=OPTIONS),)),
            Section("b", words("b"), questions=(
                Question("t", "text", words("t"), condition=Compare("channel", "eq", 1)),
            )),
        )
    )  # fmt: skip
    assert next_page(q, {"channel": 2}, 0) is None
    assert next_page(q, {"channel": 1}, 0).section == "b"


def test_visibility_names_sections_questions_items_and_options() -> None:
    seen = visible(SAMPLE, read_form(SAMPLE, HERE).values)
    assert seen.sections == {"visit", "rating", "end"}
    assert {"waiting", "why"} <= seen.questions
    assert {"weight_02", "pair_imp", "why", "needs_other"} <= seen.items
    assert ("channel", 9) in seen.options
    gone = visible(SAMPLE, read_form(SAMPLE, {"channel": ["9"]}).values)
    assert gone.sections == {"visit", "end"} and "waiting" not in gone.items


def test_answering_takes_longer_with_more_questions() -> None:
    assert 1 <= estimated_minutes(small()) < estimated_minutes(SAMPLE) <= 6
