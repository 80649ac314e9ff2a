"""Key drivers: how much of an overall answer goes with each of several others.

correlating  pairwise correlations from moments, made consistent where they contradict each other
decomposing  R² divided among the drivers: Johnson's relative weights, Shapley (lmg)
jackknife    any figure of moments in every replicate of the design, and its variance
analysing    ``drivers``: the decomposition in every domain with its intervals
indexing     ``derived_csi``: the satisfaction index with the drivers' shares as its weights
"""

from okienko.engines.statistics.drivers.analysing import Driver, DriverAnalysis, drivers
from okienko.engines.statistics.drivers.decomposing import SHAPLEY_LIMIT, relative_weights, shapley
from okienko.engines.statistics.drivers.indexing import DerivedCsi, DerivedIndex, derived_csi

__all__ = [
    "SHAPLEY_LIMIT",
    "DerivedCsi",
    "DerivedIndex",
    "Driver",
    "DriverAnalysis",
    "derived_csi",
    "drivers",
    "relative_weights",
    "shapley",
]
