"""Places of offices with what is known of them: ranges of places, groups that cannot be told apart.

pairs    which of two offices is higher, all pairs tested together
places   ``rank``: the confidence set of every place
alike    groups of offices of which no two differ
"""

from okienko.engines.statistics.ranking.alike import alike
from okienko.engines.statistics.ranking.pairs import PairMethod, Samples, told_apart
from okienko.engines.statistics.ranking.places import Ranked, Ranking, rank

__all__ = ["PairMethod", "Ranked", "Ranking", "Samples", "alike", "rank", "told_apart"]
