"""p-values of many comparisons at once: Holm, and Benjamini and Hochberg.

S. Holm, *Scandinavian Journal of Statistics* 6 (1979): the chance of even one false alarm in the family
stays below the level. Y. Benjamini and Y. Hochberg, *Journal of the Royal Statistical Society* B 57
(1995): the expected share of false alarms among those raised does (for independent comparisons, or such
as go together). R: ``p.adjust``.
"""

from collections.abc import Sequence


def holm(p: Sequence[float | None]) -> list[float | None]:
    """Holm's (1979) step-down adjusted p-values; None stays None and does not count.

    >>> holm([0.01, 0.04, None, 0.03])
    [0.03, 0.06, None, 0.06]
    """
    known = sorted((value, i) for i, value in enumerate(p) if value is not None)
    result: list[float | None] = [None] * len(p)
    highest = 0.0
    for rank, (value, i) in enumerate(known):
        highest = max(highest, min(1.0, (len(known) - rank) * value))
        result[i] = highest
    return result


def benjamini_hochberg(p: Sequence[float | None]) -> list[float | None]:
    """Step-up adjusted p-values of Benjamini and Hochberg (1995); None stays None and does not count.

    >>> benjamini_hochberg([0.01, 0.04, None, 0.03])
    [0.03, 0.04, None, 0.04]
    """
    known = sorted((value, i) for i, value in enumerate(p) if value is not None)
    result: list[float | None] = [None] * len(p)
    lowest = 1.0
    for rank, (value, i) in reversed(list(enumerate(known, 1))):
        lowest = min(lowest, len(known) / rank * value)
        result[i] = lowest
    return result
