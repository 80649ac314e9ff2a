"""Strata and days of a few people do not leave; the codebook says what that changes."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from okienko.foundation.audit.models import AuditEntry
from okienko.foundation.offices.actor import system_actor
from okienko.foundation.testing.factories import make_service_point
from okienko.interfaces.cli import estimate
from okienko.modules.results.anonymity import large_units
from okienko.modules.results.export import export_wave
from okienko.modules.results.selectors import document_of
from okienko.modules.results.tests.conftest import FIRST, answer, draw, drawn, release
from okienko.modules.results.tests.test_export import rows_of
from okienko.modules.surveys.models import PointPlan
from okienko.modules.surveys.tests.factories import make_point_plan


def export(part):
    by = system_actor("test", office_id=part.office_id, network_id=part.office.network_id)
    return export_wave(office_wave=part, by=by, at=timezone.now())


def sizes(found, *columns: str) -> Counter:
    return Counter(tuple(row[column] for column in columns) for row in rows_of(found))


def small_point(part, count: int, **plan):
    """One more point, on whose single day few people answered."""
    point = make_service_point(part.office, name="Filia", code="filia")
    draw(make_point_plan(part, point, **({"days_open": 20} | plan)), [FIRST])
    answer(part, drawn(count, seed=5), points=[point], days=1)


def estimated(found, tmp_path, capsys) -> dict:
    for name, content in found.files.items():
        (tmp_path / name).write_bytes(content)
    arguments = [
        str(tmp_path / "data.csv"),
        "--design",
        str(tmp_path / "design.toml"),
        "--item",
        "zadowolenie",
    ]
    capsys.readouterr()
    assert estimate.run([*arguments, "--statistic", "mean", "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)[0]


def test_days_of_a_few_people_are_joined_and_the_mean_stays(in_office, make_closed, tmp_path, capsys):
    part = make_closed(in_office, drawn(120), days=20)  # three answers a day at each point
    found = export(part)
    assert min(sizes(found, "design_stratum", "design_psu").values()) >= found.k
    assert found.psus > 0 and found.strata == 0
    told = found.files["codebook.txt"].decode()
    assert "zostały połączone" in told and "Błędy standardowe" in told
    got, shown = estimated(found, tmp_path, capsys), document_of(release(part)).index.mean
    assert got["estimate"] == pytest.approx(shown.estimate, abs=1e-6) and got["df"] < shown.df
    assert got["se"] == pytest.approx(shown.se, rel=0.5)


def test_where_nothing_was_joined_the_codebook_says_that_the_figures_are_exact(in_office, make_closed):
    found = export(make_closed(in_office, drawn(120)))
    assert (found.strata, found.psus) == (0, 0)
    assert "dokładnie" in found.files["codebook.txt"].decode()


def test_a_point_of_a_few_people_joins_another(in_office, make_closed, tmp_path, capsys):
    part = make_closed(in_office, drawn(120))
    small_point(part, 3)
    found = export(part)
    assert min(sizes(found, "design_stratum").values()) >= found.k and found.strata == 1
    mean = document_of(release(part)).index.mean
    assert estimated(found, tmp_path, capsys)["estimate"] == pytest.approx(mean.estimate, abs=1e-6)
    entry = AuditEntry.objects.get(code="collection.export_microdata")
    assert (entry.after["strata_joined"], entry.after["psus_joined"]) == (1, found.psus)


def test_a_small_point_with_a_weight_of_its_own_is_refused(in_office, make_closed):
    part = make_closed(in_office, drawn(120))
    PointPlan.objects.filter(office_wave=part).update(visits=4000)
    small_point(part, 3, visits=50)
    with pytest.raises(ValidationError, match="własną wagę"):
        export(part)
    assert not AuditEntry.objects.filter(code="collection.export_microdata").exists()


@pytest.mark.parametrize("kind", ["systematic", "census", "open"])
def test_a_wave_of_a_few_people_is_refused(in_office, make_closed, kind):
    with pytest.raises(ValidationError, match="mniej niż 5"):
        export(make_closed(in_office, drawn(4), kind=kind))


def test_those_beside_the_draw_do_not_leave_and_the_codebook_says_so(in_office, make_closed):
    part = make_closed(in_office, drawn(120))
    answer(part, drawn(30, seed=2), mode="web")
    found = export(part)
    assert found.rows == 120 and "losowaniem: 30" in found.files["codebook.txt"].decode()


@pytest.mark.parametrize("seed", range(30))
def test_no_stratum_and_no_day_is_small_and_the_sampled_fraction_stays(seed):
    chance = np.random.default_rng(seed)
    rows = int(chance.integers(5, 200))
    stratum = chance.integers(0, chance.integers(1, 6), rows)
    psu = chance.integers(0, chance.integers(2, 30), rows)
    stratum[1], psu[1] = stratum[0], psu[0]  # PSUs, not persons
    fpc = 40.0 + stratum
    units = large_units(stratum, psu, fpc, 5)
    new, old = (
        [*zip(a.tolist(), b.tolist(), strict=True)] for a, b in ((units.stratum, units.psu), (stratum, psu))
    )
    assert min(Counter(units.stratum.tolist()).values()) >= 5
    assert min(Counter(new).values()) >= 5
    assert len(set(new)) == len(set(units.psu.tolist()))
    assert len(set(zip(old, new, strict=True))) == len(set(old)), "no PSU is torn apart"
    for one in set(units.stratum.tolist()):
        mine = np.flatnonzero(units.stratum == one)
        (population,) = set(units.fpc[mine].tolist())
        days_open = sum(40.0 + each for each in set(stratum[mine].tolist()))
        drawn_before = len({old[row] for row in mine})
        assert len({new[row] for row in mine}) / population == pytest.approx(drawn_before / days_open)
    assert units.joined or (units.fpc == fpc).all()


def test_persons_drawn_one_by_one_stay_apart():
    people = np.arange(60)
    units = large_units(np.zeros(60), people, None, 5)
    assert len(set(units.psu.tolist())) == 60 and not units.joined
