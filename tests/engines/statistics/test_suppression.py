"""Suppression, attacked: an intruder with all published counts and linear programming learns nothing."""

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from okienko.engines.statistics import (
    Decision,
    LatticeCell,
    Relation,
    StatisticsError,
    SuppressionRule,
    key_of,
    suppress,
    suppress_items,
)

CLIENTS = SuppressionRule.clients()


def cells_of(respondents: list[dict], margins: list[tuple[str, ...]]) -> list[LatticeCell]:
    """Count respondents over margins, empty cells of the crossings included."""
    labels = {name: sorted({r[name] for r in respondents if name in r}) for m in margins for name in m}
    counts: Counter = Counter()
    for margin in margins:
        for combination in product(*(labels[name] for name in margin)):
            counts[key_of(dict(zip(margin, combination, strict=True)))] += 0
        for r in respondents:
            if all(name in r for name in margin):
                counts[key_of({name: r[name] for name in margin})] += 1
    return [LatticeCell(key, n) for key, n in sorted(counts.items(), key=repr)]


class Intruder:
    """Solves the sums of a lattice for its hidden cells, with an implementation of his own.

    He subtracts every part from every whole. Of cells that are hidden he knows that they hold somebody;
    of those who gave no value he knows nothing, but that they are not fewer than none.
    """

    def __init__(self, cells: list[LatticeCell], decisions: dict) -> None:
        self.counts = {c.key: c.count for c in cells}
        self.hidden = [c.key for c in cells if not decisions[c.key].published]
        self.columns = {key: j for j, key in enumerate(self.hidden)}
        self.rows: list[dict[int, float]] = []
        self.known: list[float] = []
        self.groups: list[tuple[int, int]] = []
        self.rests = 0
        for key in self.counts:
            self._take_apart(key)
        self.size = len(self.hidden) + self.rests

    def _take_apart(self, whole: tuple) -> None:
        parts: dict[str, list[tuple]] = {}
        for key in self.counts:
            if len(key) == len(whole) + 1 and set(whole) < set(key):
                parts.setdefault(next(iter(set(key) - set(whole)))[0], []).append(key)
        for children in parts.values():
            row = {self.columns[c]: 1.0 for c in children if c in self.columns}
            shown = sum(self.counts[c] for c in children if c not in self.columns)
            rest = self.counts[whole] - sum(self.counts[c] for c in children)
            if rest:
                row[len(self.hidden) + self.rests] = 1.0
                self.rests += 1
            if whole in self.columns:
                row[self.columns[whole]] = -1.0
                self.known.append(-shown)
            else:
                self.known.append(self.counts[whole] - shown)
                members = sum(v > 0 for v in row.values())
                if members:
                    self.groups.append((members, self.counts[whole] - shown))
            self.rows.append(row)

    def range_of(self, key: tuple) -> float:
        """How many different counts a hidden cell could have (its range plus one)."""
        matrix = np.zeros((len(self.rows), self.size))
        for t, row in enumerate(self.rows):
            for j, sign in row.items():
                matrix[t, j] = sign
        bounds = [(min(1, self.counts[k]), 10_000) for k in self.hidden] + [(0, 10_000)] * self.rests
        ends = []
        for sign in (1, -1):
            target = np.zeros(self.size)
            target[self.columns[key]] = sign
            solved = linprog(target, A_eq=matrix, b_eq=np.array(self.known, float), bounds=bounds)
            assert solved.success
            ends.append(sign * solved.fun)
        return ends[1] - ends[0] + 1


def assert_safe(cells: list[LatticeCell], decisions: dict, threshold: int) -> None:
    intruder = Intruder(cells, decisions)
    for cell in cells:
        if 0 < cell.count < threshold:
            assert not decisions[cell.key].published
        if not decisions[cell.key].published and cell.count:
            assert intruder.range_of(cell.key) >= 2 - 1e-6, cell
    for members, together in intruder.groups:
        # A group got by subtraction is either large, or nobody at all.
        assert together >= threshold or together == 0, (members, together)


def people(*groups: tuple[int, dict]) -> list[dict]:
    return [dict(labels) for n, labels in groups for _ in range(n)]


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[dict], list[tuple[str, ...]]]:
    """Small offices with two or three background questions, some of them unanswered."""
    sizes = {"a": draw(st.integers(1, 4)), "b": draw(st.integers(1, 4)), "c": draw(st.integers(1, 3))}
    respondents = []
    for combination in product(*(range(n) for n in sizes.values())):
        n = draw(st.one_of(st.integers(0, 3), st.integers(0, 25)))
        respondents += people((n, dict(zip(sizes, combination, strict=True))))
    for _ in range(draw(st.integers(0, 6))):
        respondents.append({"a": draw(st.integers(0, sizes["a"] - 1))})
    margins = [(), ("a",), ("b",), ("c",)]
    margins += draw(st.lists(st.sampled_from([("a", "b"), ("a", "c"), ("b", "c")]), unique=True, max_size=3))
    return respondents, margins


@settings(max_examples=100, deadline=None)
@given(surveys())
def test_an_intruder_learns_no_hidden_count_and_no_small_group(
    survey: tuple[list[dict], list[tuple[str, ...]]],
) -> None:
    cells = cells_of(*survey)
    assert_safe(cells, suppress(cells, CLIENTS), 5)


@settings(max_examples=40, deadline=None)
@given(surveys())
def test_an_intruder_learns_nothing_of_staff(survey: tuple[list[dict], list[tuple[str, ...]]]) -> None:
    cells = cells_of(*survey)
    assert_safe(cells, suppress(cells, SuppressionRule.staff()), 10)


def test_without_complementary_suppression_the_intruder_succeeds() -> None:
    """The control: the attack of these tests does find what primary suppression alone leaves open."""
    cells = cells_of(people((3, {"a": 1}), (20, {"a": 2}), (30, {"a": 3})), [(), ("a",)])
    naive = {c.key: Decision(not 0 < c.count < 5, None, 5) for c in cells}
    with pytest.raises(AssertionError):
        assert_safe(cells, naive, 5)


def test_a_lone_small_cell_takes_the_smallest_other_with_it() -> None:
    cells = cells_of(people((3, {"a": 1}), (20, {"a": 2}), (30, {"a": 3})), [(), ("a",)])
    decisions = suppress(cells, CLIENTS)
    assert decisions[()] == Decision(True, None, 5)
    assert decisions[key_of({"a": 1})] == Decision(False, "primary", 5)
    assert decisions[key_of({"a": 2})] == Decision(False, "complementary", 5)
    assert decisions[key_of({"a": 3})].published


def test_two_small_cells_that_make_a_small_group_take_a_third() -> None:
    cells = cells_of(people((2, {"a": 1}), (2, {"a": 2}), (30, {"a": 3}), (40, {"a": 4})), [(), ("a",)])
    hidden = {key for key, d in suppress(cells, CLIENTS).items() if not d.published}
    assert hidden == {key_of({"a": a}) for a in (1, 2, 3)}


def test_five_cells_of_one_are_not_given_away_by_their_sum() -> None:
    """Their sum is 5, and no hidden cell is empty: without more, each is known to be 1."""
    cells = cells_of(people(*((1, {"a": a}) for a in range(5)), (30, {"a": 9})), [(), ("a",)])
    assert not suppress(cells, CLIENTS)[key_of({"a": 9})].published


def test_a_handful_without_a_value_is_not_given_away_by_subtraction() -> None:
    cells = cells_of(people((14, {"sex": 1}), (13, {"sex": 2}), (3, {})), [(), ("sex",)])
    decisions = suppress(cells, CLIENTS)
    assert sum(not d.published for d in decisions.values()) == 1
    assert decisions[()].published
    many = cells_of(people((14, {"sex": 1}), (13, {"sex": 2}), (8, {})), [(), ("sex",)])
    assert all(d.published for d in suppress(many, CLIENTS).values())


def test_empty_cells_are_shown_and_protect_nobody() -> None:
    cells = cells_of(
        people((3, {"a": 1, "b": 1}), (9, {"a": 2, "b": 2}), (9, {"a": 2, "b": 1})), [("a",), ("a", "b")]
    )
    decisions = suppress(cells, CLIENTS)
    assert decisions[key_of({"a": 1, "b": 2})].published
    assert not decisions[key_of({"a": 1})].published


def test_hidden_cells_of_a_crossing_close_a_rectangle() -> None:
    grid = {(a, b): 20 for a in range(3) for b in range(3)} | {(0, 0): 2}
    cells = cells_of(
        people(*((n, {"a": a, "b": b}) for (a, b), n in grid.items())), [(), ("a",), ("b",), ("a", "b")]
    )
    decisions = suppress(cells, CLIENTS)
    hidden = [key for key, d in decisions.items() if not d.published]
    assert len(hidden) == 4
    assert all(len(key) == 2 for key in hidden)


def test_a_unanimous_group_of_staff_is_hidden_and_of_clients_shown() -> None:
    cells = [
        LatticeCell((), 60, largest=30, hits=(30,)),
        LatticeCell(key_of({"unit": 1}), 20, largest=20, hits=(20,)),
        LatticeCell(key_of({"unit": 2}), 20, largest=9, hits=(0,)),
        LatticeCell(key_of({"unit": 3}), 20, largest=9, hits=(10,)),
    ]
    staff = suppress(cells, SuppressionRule.staff())
    assert [staff[c.key].reason for c in cells] == [None, "dominance", "dominance", None]
    assert all(d.published for d in suppress(cells, CLIENTS).values())


def test_a_small_difference_to_the_previous_wave_is_hidden() -> None:
    cells = [LatticeCell((), 62), LatticeCell(key_of({"unit": 1}), 30), LatticeCell(key_of({"unit": 2}), 32)]
    before = {key_of({"unit": 1}): 28, key_of({"unit": 2}): 32}
    decisions = suppress(cells, SuppressionRule.staff(), previous=before)
    assert decisions[key_of({"unit": 1})].reason == "previous_wave"
    assert decisions[key_of({"unit": 2})].reason == "complementary"


def test_sums_that_keys_do_not_say_are_protected_when_given() -> None:
    regions = [LatticeCell(key_of({"region": "x"}), 33)]
    offices = [LatticeCell(key_of({"office": o}), n) for o, n in (("A", 3), ("B", 30))]
    apart = suppress([*regions, *offices], CLIENTS)
    assert apart[key_of({"office": "B"})].published
    relation = Relation(key_of({"region": "x"}), (key_of({"office": "A"}), key_of({"office": "B"})))
    together = suppress([*regions, *offices], CLIENTS, relations=[relation])
    assert not together[key_of({"office": "B"})].published


def test_an_item_that_few_answered_is_hidden_where_its_domain_is_shown() -> None:
    domains = cells_of(people((30, {"a": 1}), (30, {"a": 2}), (3, {"a": 3}), (30, {"a": 4})), [(), ("a",)])
    full = [LatticeCell(c.key, c.count) for c in domains]
    few = [LatticeCell(c.key, c.count - (28 if c.key in ((), key_of({"a": 4})) else 0)) for c in domains]
    lattice = suppress_items(domains, {"q1": full, "q2": few}, CLIENTS)
    assert lattice.items["q1"] == lattice.domains
    assert lattice.items["q2"][key_of({"a": 4})].reason == "primary"
    hidden = {key for key, d in lattice.domains.items() if not d.published}
    assert all(not lattice.items["q2"][key].published for key in hidden)
    assert_safe(few, lattice.items["q2"], 5)


def test_an_item_is_hidden_with_its_domain_though_its_own_count_would_do() -> None:
    domains = cells_of(people((40, {"a": 1}), (40, {"a": 2})), [(), ("a",)])
    first = key_of({"a": 1})
    lattice = suppress_items(domains, {"q1": domains}, CLIENTS, previous={first: 38})
    assert lattice.domains[first].reason == "previous_wave"
    assert not lattice.items["q1"][first].published


def test_an_item_that_the_protected_person_did_not_answer_is_shown_for_the_whole_office() -> None:
    """One person gave no channel: that of all others is hidden to protect her, where she answered."""
    channel, other = key_of({"channel": "a"}), key_of({"channel": "b"})
    domains = [LatticeCell((), 27), LatticeCell(channel, 26), LatticeCell(other, 0)]
    answered = [LatticeCell((), 26), LatticeCell(channel, 26), LatticeCell(other, 0)]
    lattice = suppress_items(domains, {"q1": answered}, SuppressionRule.clients())
    assert not lattice.domains[channel].published
    assert not lattice.items["q1"][channel].published
    assert lattice.items["q1"][()].published


def test_decisions_do_not_depend_on_the_order_of_the_cells() -> None:
    random = np.random.default_rng(4)
    respondents = [
        {"a": int(random.integers(5)), "b": int(random.choice(4, p=(0.7, 0.2, 0.06, 0.04)))}
        for _ in range(90)
    ]
    cells = cells_of(respondents, [(), ("a",), ("b",), ("a", "b")])
    expected = suppress(cells, CLIENTS)
    for _ in range(3):
        random.shuffle(cells)
        assert suppress(cells, CLIENTS) == expected
    hidden = {key for key, d in expected.items() if not d.published}
    assert {c.key for c in cells if 0 < c.count < 5} <= hidden


def test_little_more_is_hidden_than_must_be() -> None:
    """100 offices × about 20 domains each: most of what is large enough is shown."""
    random = np.random.default_rng(7)
    respondents = []
    for office in range(100):
        for _ in range(int(random.integers(80, 400))):
            respondents.append(
                {
                    "office": office,
                    "channel": int(random.choice(4, p=(0.6, 0.25, 0.1, 0.05))),
                    "matter": int(random.choice(8, p=(0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.03, 0.02))),
                    "group": int(random.choice(5, p=(0.6, 0.2, 0.12, 0.05, 0.03))),
                }
            )
    own = [("office", d) for d in ("channel", "matter", "group")]
    cells = cells_of(respondents, [(), ("office",), ("channel",), ("matter",), ("group",), *own])
    decisions = suppress(cells, CLIENTS)
    reasons = Counter(d.reason for d in decisions.values())
    assert reasons["complementary"] < reasons["primary"]
    assert reasons[None] > 0.85 * len(cells)


@pytest.mark.parametrize("rule", [SuppressionRule.clients, SuppressionRule.staff])
def test_thresholds_may_be_raised_but_not_lowered(rule: object) -> None:
    floor = rule().threshold
    assert rule(floor + 5).threshold == floor + 5
    with pytest.raises(StatisticsError, match="raised"):
        rule(floor - 1)


def test_impossible_lattices_are_refused() -> None:
    cell = LatticeCell(key_of({"a": 1}), 9)
    with pytest.raises(StatisticsError) as twice:
        suppress([cell, cell], CLIENTS)
    with pytest.raises(StatisticsError) as more:
        suppress([LatticeCell((), 5), cell], CLIENTS)
    with pytest.raises(StatisticsError) as unknown:
        suppress([cell], CLIENTS, relations=[Relation((), (cell.key,))])
    codes = [e.value.code for e in (twice, more, unknown)]
    assert codes == ["duplicate_cell", "children_exceed_parent", "unknown_cell"]


def test_sums_over_two_dimensions_at_once_are_seen() -> None:
    """No margin between the total and the crossing is shown, so the crossing must protect itself."""
    grid = dict.fromkeys(product(range(2), range(2)), 20) | {(0, 0): 3}
    cells = cells_of(people(*((n, {"a": a, "b": b}) for (a, b), n in grid.items())), [(), ("a", "b")])
    hidden = [key for key, d in suppress(cells, CLIENTS).items() if not d.published]
    assert len(hidden) == 2
    assert all(set(one) != set(other) for one, other in combinations(hidden, 2))
