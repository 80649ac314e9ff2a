"""Address words, opening hours, features and roles, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okienko.foundation.offices import rules
from okienko.foundation.registry import Role


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Urząd Miasta Brzozów Dolny", "urzad-miasta-brzozow-dolny"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc-gesla-jazn"),
        ("Urząd Gminy – Łąki (oddział 2)", "urzad-gminy-laki-oddzial-2"),
        ("!!!", "urzad"),
        ("Управа", "urzad"),
    ],
)
def test_an_address_word_is_made_from_a_polish_name(name, slug):
    assert rules.make_slug(name) == slug


def test_the_second_and_third_office_of_a_name_get_a_number():
    assert rules.make_slug("Urząd Miasta", taken={"urzad-miasta"}) == "urzad-miasta-2"
    assert rules.make_slug("Urząd Miasta", taken={"urzad-miasta", "urzad-miasta-2"}) == "urzad-miasta-3"


@given(st.text(max_size=300), st.integers(0, 12))
def test_an_address_word_is_short_ascii_and_never_taken(name, rounds):
    taken: set[str] = set()
    for _ in range(rounds + 1):
        slug = rules.make_slug(name, taken=taken)
        assert slug not in taken
        assert 0 < len(slug) <= 60
        assert slug.replace("-", "").isalnum() and slug.isascii() and slug == slug.lower()
        assert not slug.startswith("-") and not slug.endswith("-")
        taken.add(slug)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("   ", []),
        ("7:30–15:30", [["07:30", "15:30"]]),
        ("7.30-15.30", [["07:30", "15:30"]]),
        ("8 do 16", [["08:00", "16:00"]]),
        ("8–12, 13–17:30", [["08:00", "12:00"], ["13:00", "17:30"]]),
        ("0:00—24:00", [["00:00", "24:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(text, spans):
    assert rules.parse_day(text) == spans


@pytest.mark.parametrize(
    "text",
    ["rano", "8", "8–", "15:30–7:30", "8–8", "25–26", "7:60–8", "24:01–24:02", "8–12, 11–15", "13–15, 8–12",
     "1–2,3–4,5–6,7–8,9–10", "٨–١٢"],
)  # fmt: skip
def test_hours_that_make_no_sense_are_refused(text):
    with pytest.raises(rules.HoursFault):
        rules.parse_day(text)


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=4))
def test_hours_written_out_are_read_back_the_same(pairs):
    spans, last = [], -1
    for start, length in pairs:
        start, end = max(start, last), min(max(start, last) + length, 1440)
        if end > start >= 0:
            spans.append([f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}"])
            last = end
    assert rules.parse_day(rules.format_day(spans)) == spans


def test_every_feature_belongs_to_one_of_seven_classes():
    assert len(rules.BARRIERS) == 7
    assert {feature.barrier for feature in rules.ACCESSIBILITY_FEATURES.values()} == set(rules.BARRIERS)


def test_unknown_and_repeated_features_are_left_out():
    assert rules.known_features(["lift", "no-such", "step-free", "lift"]) == ["step-free", "lift"]
    assert [len(features) for _, features in rules.features_by_barrier(["lift", "braille"])] == [1, 1]


def test_the_coordinator_is_replaced_never_removed_and_a_second_deputy_is_refused():
    with pytest.raises(rules.RoleRefused):
        rules.check_removal(Role.COORDINATOR)
    rules.check_removal(Role.DEPUTY)
    with pytest.raises(rules.RoleRefused):
        rules.check_role_change(old=Role.COORDINATOR, new=Role.MEMBER, others=[])
    with pytest.raises(rules.RoleRefused):
        rules.check_role_change(old=Role.MEMBER, new=Role.COORDINATOR, others=[])
    with pytest.raises(rules.RoleRefused):
        rules.check_role_change(old=Role.MEMBER, new=Role.DEPUTY, others=[Role.COORDINATOR, Role.DEPUTY])
    rules.check_role_change(old=Role.DEPUTY, new=Role.DEPUTY, others=[Role.COORDINATOR])
    assert Role.DEPUTY not in rules.roles_to_give([Role.DEPUTY])
    assert Role.COORDINATOR not in rules.roles_to_give([])
