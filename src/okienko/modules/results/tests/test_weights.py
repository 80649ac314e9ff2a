"""Weights of a wave: the figures, what is shown and what stays hidden, the decision and who makes it."""

from __future__ import annotations

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from okienko.engines.statistics import Design, ItemSpec, Margin, StatisticsError, build_cube, calibrate, mean
from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.jobs.models import Job
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.offices.models import ServicePoint
from okienko.modules.results import hooks, services
from okienko.modules.results.computing.totals import network_mean, totals_of
from okienko.modules.results.computing.wave import POINT, read_wave
from okienko.modules.results.computing.weighed import KnownGroup, KnownMargin
from okienko.modules.results.computing.weighted import CHANNEL, read_weighted, weighted
from okienko.modules.results.export import export_wave
from okienko.modules.results.presenting.method import method
from okienko.modules.results.presenting.words import words_of
from okienko.modules.results.printing.weights import weights as annex
from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import drawn, release
from okienko.modules.results.weighting import services as weights
from okienko.modules.results.weighting.selectors import weights_of
from okienko.modules.surveys import selectors as surveys
from okienko.modules.surveys.models import OfficeWave

OVERALL = "zadowolenie"
MATTERS = KnownMargin(
    "sprawa",
    "rejestr spraw",
    "people",
    (KnownGroup(("1",), 3000.0), KnownGroup(("2",), 1000.0)),
)


def rows(count: int = 240, *, seed: int = 1, level: float = 4.0) -> list[dict]:
    """People with matter 1 are less content, and fewer of them answered."""
    chance = np.random.default_rng(seed)
    found = drawn(count, seed=seed, level=level)
    for row in found:
        row["sprawa"] = 1 if chance.random() < 0.4 else 2
        row[OVERALL] = max(1, row[OVERALL] - (row["sprawa"] == 1))
        row["plec"] = int(chance.integers(1, 3))
    return found


@pytest.fixture
def wave(in_office, make_closed):
    return make_closed(in_office, rows())


def by(part):
    return system_actor("test", office_id=part.office_id, network_id=part.wave.network_id)


def save(part, margin: KnownMargin = MATTERS):
    return weights.save_margin(office_wave=part, margin=margin, by=by(part), at=timezone.now())


def use(part, *, used: bool = True):
    weights.decide_weights(office_wave=part, use=used, by=by(part), at=timezone.now())
    return release(part)


def hand_weights(data, margin: KnownMargin = MATTERS) -> np.ndarray:
    """Post-stratification as one would do it on paper."""
    codes = data.columns[margin.division]
    found = np.ones(codes.size)
    for group, share in zip(margin.groups, margin.shares, strict=True):
        inside = np.isin(codes, [int(value) for value in group.values])
        found[inside] = share * codes.size / inside.sum()
    return found


def test_the_figures_of_the_document_are_those_of_the_weighted_answers(wave):
    save(wave)
    document = document_of(use(wave))
    data = read_wave(wave)
    weight, answers = hand_weights(data), data.columns[OVERALL]
    shown = document.index.mean
    assert shown.estimate == pytest.approx(np.average(answers, weights=weight), abs=1e-6)
    assert abs(shown.estimate - answers.mean()) > 0.05
    assert shown.n == 240 and shown.df == 22
    for domain in document.domains:
        for cell in domain.cells:
            if domain.code != POINT or cell.overall is None:
                continue
            points = np.asarray(data.dimensions[POINT].codes) == data.dimensions[POINT].names.index(
                cell.value
            )
            expected = np.average(answers[points], weights=weight[points])
            assert cell.overall.estimate == pytest.approx(expected, abs=1e-6)


def test_the_margin_of_error_is_that_of_the_calibrated_design(wave):
    """Against the engine on its own data, written out without the module."""
    save(wave)
    shown = document_of(use(wave)).index.mean
    data = read_wave(wave)
    design = data.sample.design
    columns = {OVERALL: data.columns[OVERALL], "matter": data.columns["sprawa"]}
    plain = Design(stratum=design.stratum, psu=design.psu, fpc=design.fpc, lonely_psu=design.lonely_psu)
    rated = [ItemSpec(OVERALL, codes=(1, 2, 3, 4, 5))]
    cube = build_cube(columns, rated, plain, weighting=["matter"])
    (found,) = mean(calibrate(cube, [Margin("matter", {1: 0.75, 2: 0.25}, shares=True)]).cube, OVERALL)
    assert (shown.estimate, shown.se, shown.lower, shown.upper) == (
        pytest.approx(found.estimate, abs=1e-6),
        pytest.approx(found.se, abs=1e-6),
        pytest.approx(found.lower, abs=1e-6),
        pytest.approx(found.upper, abs=1e-6),
    )
    given = Design(**(vars(plain) | {"weight": hand_weights(data)}))
    (naive,) = mean(build_cube(columns, rated, given), OVERALL)
    assert found.se < 0.98 * naive.se


def test_the_change_is_of_waves_each_with_its_own_weights(in_office, make_closed):
    before = make_closed(in_office, rows())
    save(before)
    first = document_of(use(before))
    after = make_closed(in_office, rows(seed=2, level=4.3), survey=before.wave.survey)
    save(after, KnownMargin("sprawa", "rejestr", "percent", MATTERS.groups[::-1]))
    document = document_of(use(after))
    change = document.index.change
    assert change.earlier == pytest.approx(first.index.mean.estimate, abs=1e-6)
    assert change.difference == pytest.approx(
        document.index.mean.estimate - first.index.mean.estimate, abs=2e-6
    )
    assert change.lower < change.difference < change.upper


def test_what_a_weighted_office_adds_to_the_network_gives_back_its_mean_and_error(wave):
    save(wave)
    made = use(wave)
    totals = totals_of(read_weighted(wave), OVERALL)
    found = network_mean([totals])
    assert (found.estimate, found.se, found.df) == (
        pytest.approx(made.estimate, rel=1e-9),
        pytest.approx(made.se, rel=1e-6),
        made.df,
    )


def test_a_channel_is_made_of_its_points(in_office, make_closed):
    part = make_closed(in_office, rows(), points=3)
    ServicePoint.objects.filter(office=in_office, code="p2").update(channel="phone")
    margin = KnownMargin(
        CHANNEL, "centrala", "percent", (KnownGroup(("in_person",), 50.0), KnownGroup(("phone",), 50.0))
    )
    data = weighted(read_wave(part), [margin], 5)
    phone = np.asarray(data.dimensions[POINT].codes) == 2
    assert data.weighed.weight[phone].sum() / data.weighed.weight.sum() == pytest.approx(0.5, rel=1e-9)


def test_no_weight_passes_the_limit_and_the_document_says_how_many_stopped_there(in_office, make_closed):
    part = make_closed(in_office, rows(400))
    for row in (MATTERS, KnownMargin("plec", "ewidencja", "percent", MATTERS.groups)):
        save(part, row)
    weights.set_limit(office_wave=part, limit=3, by=by(part), at=timezone.now())
    told = document_of(use(part)).weighting
    assert told.limit == 3 and told.greatest <= 3 + 1e-9
    assert [margin.source for margin in told.margins] == ["rejestr spraw", "ewidencja"]
    assert told.effective_after < told.effective_before == 400


def test_people_without_a_value_are_weighted_by_the_other_divisions(in_office, make_closed):
    found = rows()
    for row in found[:30]:
        del row["sprawa"]
    part = make_closed(in_office, found)
    save(part)
    told = document_of(use(part)).weighting
    assert told.margins[0].without == 30
    assert sum(group.after for group in told.margins[0].groups) == pytest.approx(1)


def test_answers_without_weights_are_as_they_were(wave, in_office, make_closed):
    save(wave)
    plain = document_of(use(wave, used=False))
    other = document_of(release(make_closed(in_office, rows())))
    assert plain.weighting is None
    assert plain.index.mean == other.index.mean


# -- suppression ---------------------------------------------------------------------------------------


def test_a_group_of_few_answers_is_joined_before_it_is_weighted(in_office, make_closed):
    found = rows()
    for number in range(4):
        found[number]["sprawa"] = 3
    part = make_closed(in_office, found)
    three = (*MATTERS.groups, KnownGroup(("3",), 100.0))
    save(part, KnownMargin("sprawa", "rejestr", "people", three))
    with pytest.raises(ValidationError, match="mniej niż 10"):
        weights.decide_weights(office_wave=part, use=True, by=by(part), at=timezone.now())
    with pytest.raises(StatisticsError) as caught:
        weighted(read_wave(part), [KnownMargin("sprawa", "rejestr", "people", three)], 5)
    assert caught.value.code == "too_few_in_group"


def test_nothing_tells_the_size_of_a_group_that_is_hidden(anna, in_office, make_closed):
    """Four people are joined with a large group: neither that group nor the weights may be told."""
    found = rows()
    for number in range(4):
        found[number]["sprawa"] = 3
    part = make_closed(in_office, found)
    joined = (KnownGroup(("1", "3"), 3000.0), KnownGroup(("2",), 1000.0))
    save(part, KnownMargin("sprawa", "rejestr", "people", joined))
    page = anna.get(reverse("results:weights", args=[anna.office.slug, part.pk])).content.decode()
    told = document_of(use(part)).weighting
    group = told.margins[0].groups[0]
    assert (group.n, group.before, group.after) == (None, None, None)
    assert (told.least, told.greatest, told.effective_after, told.margins[0].without) == (None,) * 4
    matters = [row["sprawa"] for row in found]
    assert f">{matters.count(1) + 4}<" not in page and "Ukryte:" in page
    assert "Efektywna" not in page
    after = anna.get(reverse("results:weights", args=[anna.office.slug, part.pk])).content.decode()
    assert "odpowiedzi jest mniej niż 5" in after and "Efektywna" not in after


def test_a_wave_too_small_to_be_shown_shows_nothing_of_its_weights(anna, in_office, make_closed):
    part = make_closed(in_office, rows(4))
    save(part)
    page = anna.get(reverse("results:weights", args=[anna.office.slug, part.pk]))
    assert page.status_code == 200 and "Przed ważeniem" not in page.content.decode()


# -- the way to the decision ---------------------------------------------------------------------------


def test_a_closed_wave_with_margins_waits_for_the_decision(wave):
    save(wave)
    with pytest.raises(ValidationError, match="Najpierw zdecyduj"):
        release(wave)
    hooks.wave_closed([wave.pk])
    assert not Job.objects.filter(kind="results.release").exists()
    made = use(wave)
    assert document_of(made).weighting is not None


def test_a_wave_without_margins_is_computed_as_ever(wave):
    hooks.wave_closed([wave.pk])
    assert Job.objects.filter(kind="results.release").count() == 1


def test_after_the_decision_nothing_can_be_changed(wave):
    save(wave)
    use(wave)
    for write in (
        lambda: save(wave),
        lambda: weights.set_limit(office_wave=wave, limit=3, by=by(wave), at=timezone.now()),
        lambda: weights.remove_margin(office_wave=wave, division="sprawa", by=by(wave), at=timezone.now()),
        lambda: weights.decide_weights(office_wave=wave, use=False, by=by(wave), at=timezone.now()),
    ):
        with pytest.raises(ValidationError):
            write()
    assert weights_of(wave.pk).state == "used"


def test_results_that_are_there_already_take_no_weights(wave):
    release(wave)
    with pytest.raises(ValidationError):
        save(wave)


def test_margins_may_be_given_while_people_answer_but_not_decided_on(wave):
    OfficeWave.objects.filter(pk=wave.pk).update(state="open")
    wave.refresh_from_db()
    save(wave)
    with pytest.raises(ValidationError):
        weights.decide_weights(office_wave=wave, use=True, by=by(wave), at=timezone.now())


def test_answers_of_staff_are_not_weighted(wave, anna):
    questionnaire = wave.wave.survey.questionnaire
    questionnaire.audience = "staff"
    questionnaire.save()
    with pytest.raises(ValidationError, match="pracowników"):
        save(surveys.get_office_wave(wave.pk))
    assert anna.get(reverse("results:weights", args=[anna.office.slug, wave.pk])).status_code == 404


@pytest.mark.parametrize(
    "margin",
    [
        KnownMargin("wzrost", "x", "people", MATTERS.groups),
        KnownMargin("sprawa", "x", "people", (KnownGroup(("1",), 1.0), KnownGroup(("1",), 2.0))),
        KnownMargin("sprawa", "x", "people", (KnownGroup(("1",), 1.0), KnownGroup(("99",), 2.0))),
        KnownMargin("sprawa", " ", "people", MATTERS.groups),
        KnownMargin("sprawa", "x", "people", MATTERS.groups[:1]),
        KnownMargin("sprawa", "x", "people", (KnownGroup(("1",), 5.0), KnownGroup(("2",), -1.0))),
        KnownMargin("sprawa", "x", "people", (KnownGroup(("1",), 5.0), KnownGroup(("2",), 0.0))),
    ],
    ids=["no division", "twice", "no category", "no source", "one group", "negative", "nobody"],
)
def test_what_is_no_division_is_refused(wave, margin):
    with pytest.raises(ValidationError):
        save(wave, margin)
    assert weights_of(wave.pk) is None


def test_every_write_is_in_the_history(wave):
    save(wave)
    weights.set_limit(office_wave=wave, limit=10, by=by(wave), at=timezone.now())
    use(wave)
    entries = list(AuditEntry.objects.filter(code="results.weight").order_by("pk"))
    assert [entry.after.get("state") for entry in entries] == [None, None, "used"]
    assert entries[0].after == {"division": "sprawa", "source": "rejestr spraw"}
    assert entries[2].after["margins"][0]["groups"][0] == {"values": ["1"], "count": 3000.0}


def test_the_method_and_the_report_say_that_answers_are_weighted(wave):
    save(wave)
    made = use(wave)
    document = document_of(made)
    said = " ".join(method(document))
    assert "rejestr spraw" in said and "zważono" in said
    blocks = annex(document, words_of(made))
    assert any(block["kind"] == "table" for block in blocks)
    assert annex(document_of(made).__class__(**_plain(document)), words_of(made)) == []


def _plain(document) -> dict:
    fields = {name: getattr(document, name) for name in document.__struct_fields__}
    return fields | {"weighting": None}


def test_a_failed_release_leaves_the_wave_to_be_decided_again(wave, monkeypatch):
    """The decision and the results are one page's work: the page shows where it stands."""
    save(wave)
    monkeypatch.setattr(services, "compute", lambda *_: (_ for _ in ()).throw(ValidationError("nie")))
    weights.decide_weights(office_wave=wave, use=True, by=by(wave), at=timezone.now())
    with pytest.raises(ValidationError):
        release(wave)
    monkeypatch.undo()
    assert document_of(release(wave)).weighting is not None


def test_single_answers_leave_without_the_weights_and_say_so(wave):
    save(wave)
    use(wave)
    part = surveys.get_office_wave(wave.pk)
    found = export_wave(office_wave=part, by=by(wave), at=timezone.now())
    assert "weight" not in found.files["data.csv"].decode("utf-8-sig").splitlines()[0]
    codebook = found.files["codebook.txt"].decode()
    assert "nie ma tych wag" in codebook and "dokładnie te same liczby" not in codebook
