"""Among staff the same people answer every time: what changed a little would tell of single persons."""

from __future__ import annotations

from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import drawn, release
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
