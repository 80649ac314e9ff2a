"""Groups of offices that cannot be told apart.

"Cannot be told apart" does not carry over: A may be like B and B like C while A and C differ. So groups
overlap, and an office may be in several. The rule: two offices share a group exactly when they do not differ.
These are the letters of a "compact letter display" (Piepho 2004).
"""

import numpy as np


def alike(signs: np.ndarray) -> tuple[tuple[int, ...], ...]:
    """The largest groups in which no two offices differ.

    Parameters
    ----------
    signs : ndarray of int, shape (offices, offices)
        As ``told_apart``; 0 where nobody can tell.

    Returns
    -------
    groups : tuple of tuple of int
        Ascending positions; groups in the order of their first, then of their last office. An office that
        differs from all others is a group of its own.
    """
    found: list[int] = []
    for office in range(signs.shape[0]):
        friends = sum(1 << other for other in range(office) if signs[office, other] == 0)
        parts = {group & friends for group in found} or {0}
        grown = [part | 1 << office for part in _largest(parts)]
        found = [group for group in found if group & ~friends] + grown
    groups = [tuple(i for i in range(signs.shape[0]) if group >> i & 1) for group in found]
    return tuple(sorted(groups, key=lambda g: (g[0], g[-1], g)))


def _largest(parts: set[int]) -> list[int]:
    """The sets that no other one contains."""
    kept: list[int] = []
    for part in sorted(parts, key=lambda p: -p.bit_count()):
        if not any(part & ~other == 0 for other in kept):
            kept.append(part)
    return kept
