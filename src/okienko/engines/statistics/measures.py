"""What can be estimated: each measure knows how to linearise itself over the domains of a frame.

The definitions are those of the methodology and must not vary between outlets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from okienko.engines.statistics.errors import StatisticsError
from okienko.engines.statistics.frame import Frame
from okienko.engines.statistics.linear import Linear, average, combination

_INDEX = (0.0, 100.0)


class Naming(Protocol):
    """What figures are called.

    ``item``, ``statistic`` and ``value`` name them; ``proportion`` says that they are shares of
    respondents.
    """

    @property
    def item(self) -> str: ...
    @property
    def statistic(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def proportion(self) -> bool: ...


class Measure(Naming, Protocol):
    """A statistic of one or several items, which knows how to linearise itself."""

    def linear(self, frame: Frame) -> Linear:
        """Value and linearised values in every domain."""
        ...


@dataclass(frozen=True)
class Mean:
    """The weighted mean of the scores of an item.

    ``scale``: the least and the greatest possible score, where the codes were not declared; it counts
    only if no answer lies outside.
    """

    item: str
    statistic: str = "mean"
    value: None = None
    proportion: bool = False
    scale: tuple[float, float] | None = None

    def linear(self, frame: Frame) -> Linear:
        """Mean of scores over valid answers."""
        categories = frame.cube.table(self.item).categories
        limits, seen = categories.limits, categories.scores[categories.listed]
        if limits is None and self.scale is not None and seen.size:
            low, high = self.scale
            limits = (low, high) if low <= seen.min() and seen.max() <= high and low < high else None
        return average(frame, self.item, categories.scores, limits)


@dataclass(frozen=True)
class Share:
    """The share of some codes among the valid answers to an item."""

    item: str
    codes: tuple[float, ...]
    statistic: str = "share"
    value: float | None = None
    proportion: bool = True

    def linear(self, frame: Frame) -> Linear:
        """Mean of a 0/1 indicator over valid answers."""
        hits = frame.cube.table(self.item).categories.indicator(self.codes)
        return average(frame, self.item, hits, (0.0, 1.0))


@dataclass(frozen=True)
class Nps:
    """Net promoter score: 100 · (share of 9–10 − share of 0–6)."""

    item: str
    statistic: str = "nps"
    value: None = None
    proportion: bool = False

    def linear(self, frame: Frame) -> Linear:
        """Mean of +100 for 9–10, −100 for 0–6, 0 for 7–8."""
        categories = frame.cube.table(self.item).categories
        listed = categories.values[categories.listed]
        if listed.size and (listed.min() < 0 or listed.max() > 10 or (listed % 1 != 0).any()):
            raise StatisticsError(
                "nps_scale", f"NPS needs answers from 0 to 10; item {self.item} has others."
            )
        points = categories.indicator((9, 10)) - categories.indicator(range(7))
        return average(frame, self.item, 100.0 * points, (-100.0, 100.0))


@dataclass(frozen=True)
class Composite:
    """The weighted mean of the means of several items, an area index for example.

    ``weights`` default to equal. An item that nobody in a domain answered leaves the domain without a
    figure: leaving the item out would compare different things.
    """

    items: tuple[str, ...]
    weights: tuple[float, ...] | None = None
    item: str = "composite"
    statistic: str = "composite"
    value: None = None
    proportion: bool = False

    def linear(self, frame: Frame) -> Linear:
        """Σ w_j x̄_j / Σ w_j."""
        weights = _weights(self.items, self.weights)
        parts = [Mean(i).linear(frame) for i in self.items]
        value = sum(w * p.value for w, p in zip(weights, parts, strict=True))
        slopes = [np.full(frame.domains, w) for w in weights]
        limits = [p.scale for p in parts if p.scale is not None]
        scale = None
        if len(limits) == len(parts):
            low, high = (float(np.dot(weights, ends)) for ends in zip(*limits, strict=True))
            scale = low, high
        return _counted(frame, self.items, combination(frame, parts, slopes, value, scale))


@dataclass(frozen=True)
class Csi:
    """Customer satisfaction index: 100 · Σ w_j (x̄_j − low) / ((high − low) · Σ w_j).

    Parameters
    ----------
    items : tuple of str
    low, high : float
        Ends of the satisfaction scale.
    weights : tuple of float, optional
        Fixed importance weights, one per item (stored with the wave by the network).
    importance : tuple of str, optional
        Items of stated importance, one per item: w_j is their mean in the domain, and its sampling
        error is part of the error of the index. Without weights and importance all w_j are equal.
    """

    items: tuple[str, ...]
    low: float
    high: float
    weights: tuple[float, ...] | None = None
    importance: tuple[str, ...] | None = None
    item: str = "csi"
    statistic: str = "csi"
    value: None = None
    proportion: bool = False

    def linear(self, frame: Frame) -> Linear:
        """The index with the slopes by every mean of satisfaction and, if estimated, of importance."""
        if not self.high > self.low:
            raise StatisticsError("bad_scale", "The scale needs a maximum above its minimum.")
        self._check_scale(frame)
        scale = 100.0 / (self.high - self.low)
        means = [Mean(i).linear(frame) for i in self.items]
        if self.importance is None:
            fixed = _weights(self.items, self.weights)
            value = scale * sum(w * (m.value - self.low) for w, m in zip(fixed, means, strict=True))
            slopes = [np.full(frame.domains, scale * w) for w in fixed]
            return _counted(frame, self.items, combination(frame, means, slopes, value, _INDEX))
        if len(self.importance) != len(self.items):
            raise StatisticsError(
                "importance_mismatch", "CSI needs one importance item for each of its items."
            )
        stated = [Mean(i).linear(frame) for i in self.importance]
        total = np.sum([w.value for w in stated], axis=0)
        products = [w.value * (m.value - self.low) for w, m in zip(stated, means, strict=True)]
        ratio = np.sum(products, axis=0) / total
        slopes = [scale * w.value / total for w in stated]
        slopes += [scale * ((m.value - self.low) - ratio) / total for m in means]
        return _counted(frame, self.items, combination(frame, means + stated, slopes, scale * ratio, _INDEX))

    def _check_scale(self, frame: Frame) -> None:
        for item in self.items:
            categories = frame.cube.table(item).categories
            scores = categories.scores[categories.listed]
            if scores.size and (scores.min() < self.low or scores.max() > self.high):
                raise StatisticsError(
                    "outside_scale",
                    f"Item {item} has answers from {scores.min():g} to {scores.max():g}, "
                    f"outside the scale {self.low:g} to {self.high:g}.",
                )


@dataclass(frozen=True)
class IsRating:
    """Importance–satisfaction rating: share naming the item × (1 − share satisfied).

    Parameters
    ----------
    item : str
        The satisfaction item.
    emphasis : str
        A 0/1 item over everybody asked, see ``naming``.
    satisfied : tuple of codes
        Codes that count as satisfied, among valid answers.
    """

    item: str
    emphasis: str
    satisfied: tuple[float, ...] = (4, 5)
    statistic: str = "is_rating"
    value: None = None
    proportion: bool = False

    def linear(self, frame: Frame) -> Linear:
        """Delta method with the covariance of the two shares."""
        named = Share(self.emphasis, (1,)).linear(frame)
        happy = Share(self.item, self.satisfied).linear(frame)
        value = named.value * (1 - happy.value)
        return combination(frame, [named, happy], [1 - happy.value, -named.value], value, (0.0, 1.0))


@dataclass(frozen=True)
class Difference:
    """Another measure minus this one of the same domain: ``left − right``, with the covariance."""

    left: Measure
    right: Measure
    item: str
    statistic: str = "difference"
    value: None = None
    proportion: bool = False

    def linear(self, frame: Frame) -> Linear:
        """left − right."""
        parts = [self.left.linear(frame), self.right.linear(frame)]
        ones = np.ones(frame.domains)
        return combination(frame, parts, [ones, -ones], parts[0].value - parts[1].value)


def _weights(items: Sequence[str], weights: Sequence[float] | Mapping[str, float] | None) -> np.ndarray:
    """Weights of items that add up to 1."""
    if not items:
        raise StatisticsError("no_items", "An index needs at least one item.")
    given = np.ones(len(items)) if weights is None else np.asarray(weights, np.float64)
    if given.shape != (len(items),):
        raise StatisticsError("weights_mismatch", f"There are {given.size} weights for {len(items)} items.")
    if not (np.isfinite(given).all() and (given >= 0).all() and given.sum() > 0):
        raise StatisticsError("bad_weights", "Item weights must be numbers from zero up, not all zero.")
    return given / given.sum()


def _counted(frame: Frame, items: Sequence[str], linear: Linear) -> Linear:
    """Count respondents who answered any of the items, where the cube knows; else the best answered item."""
    wanted = frozenset(items)
    for name, members in frame.cube.groups.items():
        if members == wanted:
            counts = frame.totals(frame.sums(frame.cube.table(name).counted(np.array([False, True]))))
            return replace(linear, n=counts)
    return linear
