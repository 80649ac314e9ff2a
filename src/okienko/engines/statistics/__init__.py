"""The statistics engine: one pass of sums over the answers, then closed forms.

design       what was drawn, from how many, with what weight, and the kind of sample
items        questions and their codes; ``naming`` for emphasis questions
cube         ``build_cube``: sums by unit, domain and category (counting: the pass; tables: two forms)
joining      ``combine``: days, offices and waves put together
frame        domains over a cube, the design-based variance; levels: its units; linear: Taylor
measures     mean, share, NPS, CSI, composite, IS rating; ratios; figures: the same as functions
estimation   ``estimate``: standard errors, intervals, notes; intervals: t, logit, Korn–Graubard
quantiles    medians and other quantiles, with intervals by inverting F
comparing    change between waves, contrasts; multiple: Holm, Benjamini and Hochberg
detection    the smallest change that two waves would detect
moments      cross products of items, per PSU; drivers: R² divided (Johnson, Shapley), derived CSI
ranking      ranges of places, groups that cannot be told apart; shrinkage: variance between offices
reliability  Cronbach's alpha
weighting    weights fitted to the population: ``calibrate`` and what it does to standard errors
representativity  the R-indicator, from counts by cell of the frame
suppression  which cells of a lattice may be published; lattice, recomputing, moving: its parts
"""

from okienko.engines.statistics.comparing import REST, Contrast, change, contrasts, p_value
from okienko.engines.statistics.cube import Cube, build_cube
from okienko.engines.statistics.design import Design, LonelyPsu, SampleKind
from okienko.engines.statistics.detection import minimum_detectable_change, se_of_change
from okienko.engines.statistics.drivers import (
    DerivedCsi,
    DerivedIndex,
    Driver,
    DriverAnalysis,
    derived_csi,
    drivers,
    relative_weights,
    shapley,
)
from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.estimates import Estimate, Estimates, joined
from okienko.engines.statistics.estimation import estimate
from okienko.engines.statistics.figures import (
    Pair,
    bottom_box,
    composite,
    csi,
    effective_n,
    importance_satisfaction,
    is_rating,
    mean,
    nps,
    ratio,
    share,
    shares,
    top_box,
)
from okienko.engines.statistics.intervals import Method
from okienko.engines.statistics.items import ItemSpec, jointly, naming
from okienko.engines.statistics.joining import combine
from okienko.engines.statistics.labels import Labels
from okienko.engines.statistics.lattice import Decision, Key, LatticeCell, Relation, SuppressionRule, key_of
from okienko.engines.statistics.measures import (
    Composite,
    Csi,
    Difference,
    IsRating,
    Mean,
    Measure,
    Nps,
    Share,
)
from okienko.engines.statistics.moments import Moments, build_moments, combine_moments
from okienko.engines.statistics.multiple import benjamini_hochberg, holm
from okienko.engines.statistics.quantiles import median, quantile
from okienko.engines.statistics.ranking import PairMethod, Ranked, Ranking, Samples, alike, rank, told_apart
from okienko.engines.statistics.ratios import Part, Ratio
from okienko.engines.statistics.reliability import Reliability, cronbach
from okienko.engines.statistics.representativity import CellResponse, Representativity, representativity
from okienko.engines.statistics.shrinkage import Between, Shrunken, shrink
from okienko.engines.statistics.suppression import Lattice, suppress, suppress_items
from okienko.engines.statistics.weighting.base import BaseWeights, WeightSource, base_weights
from okienko.engines.statistics.weighting.diagnosis import CategoryFit, Diagnostics
from okienko.engines.statistics.weighting.distances import Bounds, Distance
from okienko.engines.statistics.weighting.fitting import (
    Calibrated,
    FittedWeights,
    Fitting,
    calibrate,
    calibrated_weights,
)
from okienko.engines.statistics.weighting.margins import Margin, MissingValue

__all__ = [
    "REST",
    "BaseWeights",
    "Between",
    "Bounds",
    "Calibrated",
    "CategoryFit",
    "CellResponse",
    "Composite",
    "Contrast",
    "Csi",
    "Cube",
    "Decision",
    "DerivedCsi",
    "DerivedIndex",
    "Design",
    "Diagnostics",
    "Difference",
    "Distance",
    "Driver",
    "DriverAnalysis",
    "Estimate",
    "Estimates",
    "FittedWeights",
    "Fitting",
    "IsRating",
    "ItemSpec",
    "Key",
    "Labels",
    "Lattice",
    "LatticeCell",
    "LonelyPsu",
    "Margin",
    "Mean",
    "Measure",
    "Method",
    "MissingValue",
    "Moments",
    "Nps",
    "Pair",
    "PairMethod",
    "Part",
    "Ranked",
    "Ranking",
    "Ratio",
    "Relation",
    "Reliability",
    "Representativity",
    "SampleKind",
    "Samples",
    "Share",
    "Shrunken",
    "StatisticsError",
    "SuppressionRule",
    "WeightSource",
    "alike",
    "base_weights",
    "benjamini_hochberg",
    "bottom_box",
    "build_cube",
    "build_moments",
    "calibrate",
    "calibrated_weights",
    "change",
    "combine",
    "combine_moments",
    "composite",
    "contrasts",
    "cronbach",
    "csi",
    "derived_csi",
    "drivers",
    "effective_n",
    "estimate",
    "holm",
    "importance_satisfaction",
    "is_rating",
    "joined",
    "jointly",
    "key_of",
    "mean",
    "median",
    "minimum_detectable_change",
    "naming",
    "nps",
    "p_value",
    "quantile",
    "rank",
    "ratio",
    "relative_weights",
    "representativity",
    "se_of_change",
    "shapley",
    "share",
    "shares",
    "shrink",
    "suppress",
    "suppress_items",
    "told_apart",
    "top_box",
]
