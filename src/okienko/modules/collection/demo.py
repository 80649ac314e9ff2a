"""The demo's answers, made from a seed: strong and weak offices, points, questions, and what got better."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils import timezone

from okienko.engines.questionnaire import NOT_APPLICABLE, Item, Questionnaire, compile_validator, items
from okienko.modules.collection.demo_doubtful import doubtful
from okienko.modules.collection.demo_remarks import remark
from okienko.modules.collection.demo_review import review
from okienko.modules.collection.models import Mode, Response
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.surveys import selectors as surveys

SEED = 2028
CHUNK = 2000
# where a latent opinion becomes 1, 2, 3, 4 or 5
CUTS = np.array([-1.9, -1.15, -0.35, 0.75])
# what clients of the invented offices find good and bad; everything else is average
ITEM_EFFECTS = {
    "czas_oczekiwania": -0.75,
    "formularze": -0.45,
    "dotrzymanie_terminu": -0.3,
    "dotarcie": -0.25,
}
ITEM_EFFECTS |= {"szacunek": 0.4, "wiedza": 0.3, "starannosc": 0.25, "jasnosc": 0.2}
# how much an opinion of a driver moves with the client's overall opinion
LOADINGS = {"czas_oczekiwania": 0.95, "jasnosc": 0.9, "gotowosc_pomocy": 0.85, "dotrzymanie_terminu": 0.8}
SHARES = {
    "sprawa": (20, 14, 18, 12, 8, 10, 7, 11),
    "sposob": (78, 12, 6, 3, 1),
    "czestosc": (22, 41, 28, 9),
    "wynik": (63, 9, 16, 5, 7),
    "rodzaj_klienta": (68, 18, 4, 6, 4),
    "wiek": (8, 17, 22, 26, 18, 5, 4),
    "plec": (54, 41, 5),
}
# the answer to "sposob" (how the matter was dealt with) of everybody asked at a point of this channel
WAYS = {"phone": 2, "online": 3}
OUTCOME_EFFECTS = (0.15, -0.8, -0.15, -1.1, 0.1)
IMPORTANCE = {"wizerunek": -0.6, "podejscie": 0.2, "kompetencje": 0.8, "terminowosc": 0.9, "rzetelnosc": 0.6}


@dataclass(frozen=True)
class Setting:
    """How an office does in a wave: its level, the change since the first wave, and its own weak point."""

    level: float
    change: float
    weak_point: float


def load(*, size: str) -> None:
    """Answers of every closed part, and some of every open one."""
    chance = np.random.default_rng(SEED)
    settings: dict[int, Setting] = {}
    definitions: dict[int, Questionnaire] = {}
    for part in surveys.office_waves():
        version = part.wave.version
        if version.pk not in definitions:
            definitions[version.pk] = questionnaires.definition(version)
        setting = settings.setdefault(part.office_id, _setting(len(settings), chance))
        rows = _responses(part, definitions[version.pk], setting, chance)
        for start in range(0, len(rows), CHUNK):
            Response.objects.bulk_create(rows[start : start + CHUNK])
        if part.state == "closed":
            review(part, timezone.now())


def _setting(place: int, chance: np.random.Generator) -> Setting:
    if place == 0:
        return Setting(level=0.12, change=0.28, weak_point=-0.5)
    return Setting(chance.normal(0.05, 0.33), chance.normal(0.06, 0.14), chance.normal(-0.1, 0.35))


def _responses(
    part, questionnaire: Questionnaire, setting: Setting, chance: np.random.Generator
) -> list[Response]:
    """Day effects make the answers of one day at one point alike, as they are in a queue."""
    validator = compile_validator(questionnaire)
    of_items = items(questionnaire)
    later = part.wave.number > 1
    found: list[Response] = []
    for place, (point, channel, days) in enumerate(_days(part, chance)):
        level = setting.level + setting.change * later + (setting.weak_point if place == 2 else 0)
        for day in days:
            day_level = level + chance.normal(0, 0.18)
            for _ in range(chance.poisson(9 if part.sample_kind == "systematic" else 5)):
                values = _answer(of_items, day_level, chance, WAYS.get(channel))
                # whoever telephoned is not asked about the way to the office: the conditions see to that
                accepted = validator.validate(values).values
                paper = part.sample_kind == "systematic" and channel == "in_person"
                mode = Mode.PAPER if paper else Mode.WEB
                found.append(_row((part, point, day, mode), accepted, chance))
    return [*found, *doubtful(found, chance, open_wave=part.state == "open")]


def _days(part, chance: np.random.Generator) -> list[tuple[int, str, Sequence[date]]]:
    """Each point with its channel and the days of its answers; in an open wave none still to come."""
    strata = surveys.design_of(part).strata
    first, today = part.wave.opens_on, timezone.localdate()
    length = max((min(part.wave.closes_on, today) - first).days, 1)
    steps = chance.choice(length, min(5, length), replace=False)
    some = [first + timedelta(days=int(step)) for step in sorted(steps)]
    return [
        (
            stratum.service_point_id,
            stratum.channel,
            [day for day in stratum.drawn_days or some if day <= today],
        )
        for stratum in strata
    ]


def _answer(
    of_items: Sequence[Item], level: float, chance: np.random.Generator, way: int | None = None
) -> dict[str, int | str]:
    """One client: an opinion of her own, which every question reflects in its own measure."""
    values: dict[str, int | str] = {}
    outcome = int(chance.choice(5, p=np.array(SHARES["wynik"]) / 100))
    opinion = level + OUTCOME_EFFECTS[outcome] + chance.normal(0, 0.75)
    for item in of_items:
        if item.code == "wynik":
            values["wynik"] = outcome + 1
        elif item.code in SHARES:
            shares = np.array(SHARES[item.code]) / sum(SHARES[item.code])
            values[item.code] = item.categories[int(chance.choice(len(shares), p=shares))].value
            if item.code == "sposob" and way is not None:
                values[item.code] = way
        elif item.role == "recommendation":
            values[item.code] = int(np.clip(round(7.6 + 2.1 * opinion + chance.normal(0, 1.3)), 0, 10))
        elif item.role == "importance":
            values[item.code] = _mark(0.9 + IMPORTANCE.get(item.area or "", 0) + chance.normal(0, 0.8))
        elif item.role == "overall_satisfaction":
            values[item.code] = _mark(0.35 + opinion + chance.normal(0, 0.45))
        elif item.role == "driver" and chance.random() > 0.05:
            loading = LOADINGS.get(item.code, 0.65)
            values[item.code] = _mark(
                0.35 + ITEM_EFFECTS.get(item.code, 0) + loading * opinion + chance.normal(0, 0.7)
            )
        elif item.role == "driver" and item.not_applicable:
            values[item.code] = NOT_APPLICABLE
        elif item.role == "comment" and chance.random() < 0.09:
            values[item.code] = remark(opinion, chance)
    return values


def _mark(latent: float) -> int:
    return int(np.searchsorted(CUTS, latent)) + 1


def _row(where: tuple, accepted: dict, chance: np.random.Generator) -> Response:
    part, point, day, mode = where
    return Response(
        id=uuid.UUID(bytes=chance.bytes(16), version=4),
        office_id=part.office_id,
        office_wave_id=part.pk,
        service_point_id=point,
        mode=mode,
        day=day,
        answers={code: value for code, value in accepted.items() if not isinstance(value, str)},
        texts={code: value for code, value in accepted.items() if isinstance(value, str)},
    )
