"""Weighted cross products of items, pair by pair: what key drivers need and the cube does not hold.

groups    the jackknife groups: the PSUs of a design as they are left out one by one
building  ``build_moments``: the sums of every group in one pass over the rows
joining   ``combine_moments``: days, offices and waves put together
"""

from okienko.engines.statistics.moments.building import Moments, Sums, build_moments
from okienko.engines.statistics.moments.groups import JACKKNIFE_GROUPS, Groups
from okienko.engines.statistics.moments.joining import combine_moments

__all__ = ["JACKKNIFE_GROUPS", "Groups", "Moments", "Sums", "build_moments", "combine_moments"]
