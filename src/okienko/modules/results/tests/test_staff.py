"""Among staff the same people answer every time: what changed a little would tell of single persons."""

from __future__ import annotations

import numpy as np

from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import RATED, drawn, release
from okienko.modules.surveys import selectors as surveys


def released_among_staff(part):
    part.wave.survey.questionnaire.audience = "staff"
    part.wave.survey.questionnaire.save()
    return document_of(release(surveys.get_office_wave(part.pk)))


def test_a_group_that_grew_by_two_since_the_last_wave_is_hidden(in_office, make_closed):
    before = make_closed(in_office, drawn(40, sprawa=1) + drawn(40, seed=2, sprawa=2), points=1)
    told = next(each for each in released_among_staff(before).domains if each.code == "sprawa")
    assert [cell.n for cell in told.cells if cell.n] == [40, 40]
    rows = drawn(42, seed=3, sprawa=1) + drawn(60, seed=4, sprawa=2)
    after = make_closed(in_office, rows, points=1, survey=before.wave.survey)
    now = next(each for each in released_among_staff(after).domains if each.code == "sprawa")
    grown = next(cell for cell in now.cells if cell.value == "1")
    assert grown.hidden is not None and grown.hidden.reason == "previous_wave"
    assert grown.n is None and not grown.means


def apart(count: int, seed: int) -> list[dict]:
    """People of all opinions: among staff an answer that nobody gave hides its question."""
    chance = np.random.default_rng(seed)
    return [{code: int(chance.integers(1, 6)) for code in RATED} for _number in range(count)]


def test_nothing_of_a_wave_that_was_hidden_because_of_the_one_before_comes_back_as_a_change(
    in_office, make_closed
):
    """Forty answered, then forty-two: the second wave is hidden. The third may not tell its figures."""
    first = make_closed(in_office, apart(40, 1), points=1)
    survey = first.wave.survey
    assert released_among_staff(first).index.mean is not None
    second = released_among_staff(make_closed(in_office, apart(42, 2), points=1, survey=survey))
    assert second.hidden is not None and second.hidden.reason == "previous_wave"
    third = released_among_staff(make_closed(in_office, apart(120, 3), points=1, survey=survey))
    assert third.index.mean is not None
    assert not any(part.change for part in (*third.items, *third.areas))
    assert [point.wave for point in third.trend] == ["Fala 1", "Fala 3"]


def test_the_results_of_a_wave_that_nobody_computed_yet_are_decided_with_their_own_predecessor(
    in_office, make_closed
):
    first = make_closed(in_office, apart(40, 1), points=1)
    survey = first.wave.survey
    released_among_staff(first)
    make_closed(in_office, apart(42, 2), points=1, survey=survey)  # closed, not computed
    third = released_among_staff(make_closed(in_office, apart(120, 3), points=1, survey=survey))
    assert not any(part.change for part in (*third.items, *third.areas))


def test_a_group_is_compared_with_every_wave_that_was_published(in_office, make_closed):
    """40, 60, 41: beside the second wave the third is safe, beside the first it tells one person."""
    survey, shown = None, []
    for one, two in ((40, 60), (60, 80), (41, 120)):
        rows = drawn(one, seed=one, sprawa=1) + drawn(two, seed=two, sprawa=2)
        part = make_closed(in_office, rows, points=1, survey=survey)
        survey = part.wave.survey
        groups = next(each for each in released_among_staff(part).domains if each.code == "sprawa")
        shown.append(next(cell for cell in groups.cells if cell.value == "1").n)
    assert shown == [40, 60, None]
