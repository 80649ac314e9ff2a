"""Questions that only some were asked: how many answered them may not tell the size of a hidden group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from okienko.engines.questionnaire import NOT_SHOWN
from okienko.engines.statistics import Labels
from okienko.engines.statistics.lattice import COMPLEMENTARY, Decision, key_of
from okienko.engines.statistics.suppression import Lattice
from okienko.modules.results.asking import telling
from okienko.modules.results.computing.wave import WaveData


def some_asked(column: np.ndarray) -> bool:
    """Whether the questionnaire did not ask everybody."""
    return bool((column == NOT_SHOWN).any())


def hide_telling(data: WaveData, lattice: Lattice, threshold: int) -> Lattice:
    """Hide the questions whose number of answers bounds fewer than `threshold` people of hidden groups.

    Their mean and shares go too: a share of six places gives the number it was divided by.
    """
    changed: dict[str, Mapping] = {}
    for name, labels in data.dimensions.items():
        if name not in data.columns:
            continue
        untold = _hidden_rows(lattice, name, labels)
        if not untold.any():
            continue
        for code in telling(data.definition, [name]) & lattice.items.keys():
            if _tells(data.columns[code], np.asarray(labels.codes), untold, threshold):
                changed[code] = lattice.items[code] | {(): Decision(False, COMPLEMENTARY, threshold)}
    return replace(lattice, items=lattice.items | changed)


def _hidden_rows(lattice: Lattice, name: str, labels: Labels) -> np.ndarray:
    groups = [not lattice.domains[key_of({name: label})].published for label in labels.names]
    codes = np.asarray(labels.codes)
    return np.array([*groups, False], dtype=bool)[codes]


def _tells(column: np.ndarray, groups: np.ndarray, untold: np.ndarray, threshold: int) -> bool:
    """Whether the answers, less the groups that are shown, leave a bound on few of the hidden people.

    The reader knows the condition, so which groups were asked, and how many are hidden in all.
    """
    asked = column != NOT_SHOWN
    shown = np.isin(groups, np.unique(groups[asked & ~untold])) & ~untold
    at_least = int((column >= 0).sum()) - int(shown.sum())
    inside, outside = int((asked & untold).sum()), int((~asked & untold).sum())
    few_asked = 0 < inside < threshold and at_least > 0
    few_left = 0 < outside < threshold and int(untold.sum()) - at_least < threshold
    return few_asked or few_left
