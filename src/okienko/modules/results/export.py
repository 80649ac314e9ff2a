"""Microdata of a closed wave: single answers under the microdata rule, their codebook, and their design.

Left out: remarks, dates, points, days, languages, ways of answering. Strata and PSUs carry numbers that say
nothing; small ones are joined. Background answers are anonymised (`anonymity`), and so is who was asked what
because of them (`asking`). `okienko estimate` on what leaves gives the figures of the report; the codebook
says which differ, because units were joined or answers left out.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from okienko.engines.questionnaire import Item, Questionnaire, items
from okienko.engines.statistics import Design
from okienko.foundation.audit.commands import command, note
from okienko.foundation.files.exports import write_csv
from okienko.foundation.offices.actor import Actor
from okienko.modules.collection.selectors import AnalysisTable, analysis_table
from okienko.modules.questionnaires import selectors as questionnaires
from okienko.modules.results.anonymity import BLANK, Coarsened, Units, anonymise, large_units
from okienko.modules.results.asking import patterns, telling
from okienko.modules.results.computing.sample import Sample, sample_of
from okienko.modules.results.weighting.selectors import used_weights
from okienko.modules.surveys import selectors as surveys

MISSING = (-2, -3, -4)
BACKGROUND = ("domain", "outcome")  # what results are divided by
NAMES = {"weight": "design_weight", "stratum": "design_stratum", "psu": "design_psu", "fpc": "design_fpc"}


@dataclass(frozen=True)
class Microdata:
    """`files`: name → content. `rows`, `k`, `left_out` (variable → answers left out) for the audit.

    `strata`, `psus`: how many were joined with others because they had fewer than `k` answers.
    """

    files: dict[str, bytes]
    rows: int
    k: int
    left_out: dict[str, int]
    strata: int = 0
    psus: int = 0


@command("collection.export_microdata")
def export_wave(*, office_wave, by: Actor, at: datetime) -> Microdata:
    """Single answers of a closed wave as files; refused for staff surveys and open waves."""
    office_wave.check_scope()
    plan = surveys.design_of(office_wave)
    if plan.audience == "staff":
        raise ValidationError(_("Single answers of a staff survey never leave Okienko."))
    if office_wave.state != "closed" or office_wave.wave.version is None:
        raise ValidationError(_("The wave is not closed. Single answers can be exported afterwards."))
    questionnaire = questionnaires.definition(office_wave.wave.version)
    asked = [item for item in items(questionnaire) if item.kind not in ("text", "date")]
    table = analysis_table(office_wave, [item.code for item in asked])
    sample = sample_of(table, plan)
    if not sample.keep.any():
        raise ValidationError(_("The wave has no answers to export."))
    if int(sample.keep.sum()) < plan.threshold:
        raise ValidationError(
            _("The wave has fewer than %(k)s answers. Single answers of so few people do not leave Okienko.")
            % {"k": plan.threshold}
        )
    weighted = used_weights(office_wave.pk) is not None
    found = _microdata(questionnaire, asked, table, sample, plan.threshold, weighted=weighted)
    told = {"rows": found.rows, "k": found.k, "left_out": found.left_out}
    note(target=office_wave, after=told | {"strata_joined": found.strata, "psus_joined": found.psus})
    return found


def _microdata(
    questionnaire: Questionnaire,
    asked: list[Item],
    table: AnalysisTable,
    sample: Sample,
    k: int,
    *,
    weighted: bool,
) -> Microdata:
    rows = int(sample.keep.sum())
    units = _units(sample, k)
    design = _design_columns(sample, units)
    every = {item.code: _values(table, item.code)[sample.keep] for item in asked}
    few = tuple(code for code, column in every.items() if (column > BLANK).sum() < k)
    asked = [item for item in asked if item.code not in few]
    values = {item.code: every[item.code] for item in asked}
    within = design["stratum"] if "stratum" in design else [""] * rows
    safe = _protected(questionnaire, asked, values, list(within), k)
    values |= safe.columns
    order = list(range(rows))
    random.SystemRandom().shuffle(order)
    header = [*values, *(NAMES[role] for role in design)]
    columns = [[_cell(value) for value in values[code].tolist()] for code in values]
    columns += [list(design[role]) for role in design]
    lines = [[column[index] for column in columns] for index in order]
    told = [*_protection(sample, units, safe, k, weighted=weighted), *_too_few(few, k)]
    files = {
        "data.csv": write_csv(header, lines, style="plain"),
        "codebook.csv": write_csv(CODEBOOK, _codebook(questionnaire, asked, safe), style="plain"),
        "codebook.txt": _readable(questionnaire, asked, told).encode(),
        "design.toml": _design_file(sample, design, asked).encode(),
    }
    left_out = {code: count for code, count in safe.left_out.items() if count}
    joined = (units.strata, units.psus) if units is not None else (0, 0)
    return Microdata(files, rows, k, left_out, *joined)


def _protected(
    questionnaire: Questionnaire,
    asked: list[Item],
    values: Mapping[str, np.ndarray],
    within: Sequence,
    k: int,
) -> Coarsened:
    """Background answers, and questions whose being asked would tell them, as they may leave."""
    background = {item.code: values[item.code].astype(np.int64) for item in asked if item.role in BACKGROUND}
    shown = patterns(values, telling(questionnaire, background) - background.keys())
    found = anonymise(background | {name: each.column for name, each in shown.items()}, within, k)
    columns = {code: found.columns[code] for code in background}
    left_out = {code: found.left_out[code] for code in background}
    for name, each in shown.items():
        hidden = found.columns[name] == BLANK
        columns |= {code: np.where(hidden, BLANK, values[code]) for code in each.items}
        left_out |= {code: int(((values[code] > BLANK) & hidden).sum()) for code in each.items}
    return Coarsened(columns, left_out)


def _too_few(few: Sequence[str], k: int) -> list[str]:
    if not few:
        return []
    return [
        _("Fewer than %(k)s people answered these questions, so they are not in the file: %(items)s.")
        % {"k": k, "items": ", ".join(few)}
    ]


def _values(table: AnalysisTable, code: str) -> np.ndarray:
    if code in table.items:
        return table.items[code]
    return np.where(np.isnan(table.numbers[code]), BLANK, table.numbers[code])


def _cell(value: float) -> float | int | None:
    if value == BLANK:
        return None
    return int(value) if float(value).is_integer() else value


def _units(sample: Sample, k: int) -> Units | None:
    """Strata and PSUs of at least `k` answers; None for a sample without them."""
    design = sample.design
    if sample.inference != "design":
        return None
    fpc = None if design.fpc is None else np.asarray(design.fpc, dtype=float)
    units = large_units(np.asarray(design.stratum), np.asarray(design.psu), fpc, k)
    if units.strata and design.weight is not None and _tells_strata(design, units, k):
        raise ValidationError(
            _(
                "A service point has fewer than %(k)s answers and a weight of its own, which would show who"
                " answered there. Single answers of this wave cannot be exported; the report is not affected."
            )
            % {"k": k}
        )
    return units


def _tells_strata(design: Design, units: Units, k: int) -> bool:
    """Whether the weights single out fewer than `k` people of a joined stratum.

    Weights of an import differ from person to person; those of a plan are one for each point.
    """
    own = {}
    for stratum, weight in zip(np.asarray(design.stratum).tolist(), design.weight.tolist(), strict=True):
        own.setdefault(stratum, set()).add(weight)
    if any(len(weights) > 1 for weights in own.values()):
        return False
    return min(Counter(zip(units.stratum.tolist(), design.weight.tolist(), strict=True)).values()) < k


def _design_columns(sample: Sample, units: Units | None) -> dict[str, list]:
    """What the design uses; names of strata and PSUs become numbers in random order."""
    design, found = sample.design, {}
    if sample.inference == "none":
        return {}
    if design.weight is not None:
        found["weight"] = np.asarray(design.weight).tolist()
    if units is not None:
        found |= {"stratum": _numbered(units.stratum), "psu": _numbered(units.psu)}
    fpc = design.fpc if units is None else units.fpc
    if fpc is not None:
        found["fpc"] = np.asarray(fpc).tolist()
    return found


def _numbered(names: np.ndarray) -> list[int]:
    known = sorted(set(names.tolist()))
    random.SystemRandom().shuffle(known)
    place = {name: number for number, name in enumerate(known, start=1)}
    return [place[name] for name in names.tolist()]


def _design_file(sample: Sample, design: dict[str, list], asked: list[Item]) -> str:
    lines = ["[design]", *(f'{role} = "{NAMES[role]}"' for role in design)]
    lines.append(f'kind = "{sample.design.kind}"')
    lines.append(f'lonely_psu = "{sample.design.lonely_psu}"')
    lines += ["", "[missing]", f"default = [{', '.join(str(code) for code in MISSING)}]"]
    ends = {(item.low, item.high) for item in asked if item.role in ("driver", "overall_satisfaction")}
    if len(ends) == 1 and None not in (scale := ends.pop()):
        lines += ["", "[scale]", f"min = {scale[0]}", f"max = {scale[1]}"]
    return "\n".join(lines) + "\n"


CODEBOOK = ["column", "number", "question", "kind", "role", "code", "meaning", "left_out"]


def _said(texts, questionnaire: Questionnaire) -> str:
    return texts.get(questionnaire.default_language, "") if texts else ""


def _codebook(questionnaire: Questionnaire, asked: list[Item], safe: Coarsened) -> list[list]:
    rows = []
    for item in asked:
        head = [item.code, item.number, _said(item.label, questionnaire), item.kind, item.role or ""]
        left_out = safe.left_out.get(item.code, 0)
        rows += [
            [*head, category.value, _said(category.label, questionnaire), left_out]
            for category in item.categories
        ] or [[*head, None, "", left_out]]
    return rows


def _protection(sample: Sample, units: Units | None, safe: Coarsened, k: int, *, weighted: bool) -> list[str]:
    """What was done to protect the respondents, and what follows for the figures."""
    said = [_("Every combination of background answers is shared by at least %(k)s people.") % {"k": k}]
    if units is not None:
        said[0] = _(
            "Every combination of background answers is shared by at least %(k)s people of its stratum."
            " Inside one PSU (a day at a service point) it may be rarer."
        ) % {"k": k}
        said += [] if weighted and not units.joined else _joining(units, k)
    if weighted:
        said.append(
            _(
                "The figures of the report are weighted to what is known of the clients. Those weights are"
                " not in the file, for they would tell the groups that somebody belongs to, so its figures"
                " differ from the report."
            )
        )
    for code, count in safe.left_out.items():
        if count:
            said.append(_("%(item)s: %(count)s answers left out.") % {"item": code, "count": count})
    if sample.aside.any():
        said.append(
            _("Answers that came beside the drawn sample are not in the file: %(count)s.")
            % {"count": int(sample.aside.sum())}
        )
    said.append(_("Remarks, days, service points and ways of answering are not in the file."))
    return said


def _joining(units: Units, k: int) -> list[str]:
    if not units.joined:
        return [_("The figures of the report come out of this file exactly.")]
    said = [
        _(
            "Strata and PSUs with fewer than %(k)s answers were joined with others (strata fewer by"
            " %(strata)s, PSUs by %(psus)s)."
        )
        % {"k": k, "strata": units.strata, "psus": units.psus}
    ]
    return [
        *said,
        _(
            "Means, shares and indices are those of the report. Standard errors, intervals, degrees of"
            " freedom and tests computed from this file differ from it."
        ),
    ]


def _readable(questionnaire: Questionnaire, asked: list[Item], protection: list[str]) -> str:
    """The codebook for people, with what was done to protect the respondents."""
    lines = [_said(questionnaire.title, questionnaire), "", _("How the respondents are protected"), ""]
    lines += protection
    lines += [
        "",
        _("Codes in every column: empty – no answer; -2 – don't know; -3 – not applicable; -4 – not asked."),
    ]
    for item in asked:
        lines += ["", f"{item.code}  ({item.number}) {_said(item.label, questionnaire)}"]
        lines += [f"    {c.value}  {_said(c.label, questionnaire)}".rstrip() for c in item.categories]
    return "\n".join(lines) + "\n"
