"""How many answers are needed, how many forms to hand out, how wide the margin will be.

All formulas are those of a simple random sample (Cochran, Sampling Techniques, 1977, ch. 4); a real intercept
survey is less exact (clients of one day are alike), which `design_effect` lets one allow for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Z_95 = 1.959963984540054


def answers_needed(
    margin: float, population: int | None = None, *, share: float = 0.5, design_effect: float = 1.0
) -> int:
    """Answers for a 95% interval of ± `margin` around a share.

    n₀ = z² p(1−p)/e², times the design effect, then n = n₀ / (1 + (n₀ − 1)/N) for a population of N.
    """
    if not 0 < margin < 1:
        raise ValueError("the margin lies between 0 and 1")
    wanted = Z_95**2 * share * (1 - share) / margin**2 * design_effect
    if population:
        wanted = wanted / (1 + (wanted - 1) / population)
        return min(population, math.ceil(wanted - 1e-9))
    return math.ceil(wanted - 1e-9)


def expected_margin(
    answers: int, population: int | None = None, *, share: float = 0.5, design_effect: float = 1.0
) -> float | None:
    """Half the width of the 95% interval of a share after so many answers; None before the second answer."""
    if answers < 2:
        return None
    left = 1.0
    if population and population > 1:
        left = max(0.0, (population - answers) / (population - 1))
    return Z_95 * math.sqrt(share * (1 - share) / answers * left * design_effect)


def forms_needed(answers: int, return_percent: int) -> int:
    """Forms to hand out so that `answers` come back, when of 100 forms `return_percent` do."""
    if not 1 <= return_percent <= 100:
        raise ValueError("the return lies between 1 and 100 per cent")
    return -(-answers * 100 // return_percent)


def allocate(total: int, sizes: Sequence[int | None]) -> tuple[int, ...]:
    """Share `total` among points in proportion to their sizes (largest remainders); equally without sizes."""
    known = [size or 0 for size in sizes]
    if not known:
        return ()
    if not sum(known):
        known = [1] * len(known)
    whole = sum(known)
    shares = [divmod(total * size, whole) for size in known]
    given = [share for share, _ in shares]
    order = sorted(range(len(known)), key=lambda index: (-shares[index][1], index))
    for index in order[: total - sum(given)]:
        given[index] += 1
    return tuple(given)


def suggested_interval(*, visits: int, days_open: int, shift_days: int, forms: int) -> int:
    """Every which client gets a form, so that `forms` are handed out on the days with a shift."""
    if not (visits and days_open and forms):
        return 1
    seen = visits * min(shift_days, days_open) / days_open
    return max(1, int(seen // forms))
