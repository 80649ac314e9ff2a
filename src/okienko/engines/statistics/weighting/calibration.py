"""What a cube remembers of its weighting, and what it does to standard errors.

Weights fitted to known totals make a figure vary less: only the part of the linearised values that
the margins do not explain is left. With u the linearised value of a respondent, d his base weight
and w his fitted weight, the PSU totals of the variance are those of ``w (u − x'B)`` with
``B = (Σ d x x')⁻¹ Σ d x u`` over everybody who was weighted, inside the domain or not (Deville and
Särndal 1992; Särndal, Swensson and Wretman 1992, ch. 6; R: ``calibrate``). All x are constant in a
weighting cell, so the sums by unit and weighting cell are enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from okienko.engines.statistics.labels import number


@dataclass(frozen=True, eq=False)
class Block:
    """Weighting cells fitted together.

    Attributes
    ----------
    matrix : ndarray of float, shape (cells of the block, P)
        What each weighting cell counts in.
    fit : ndarray of float, shape (P, cells of the block)
        Takes the sums ``Σ d u`` of the cells to the coefficients B.
    """

    matrix: np.ndarray
    fit: np.ndarray

    @classmethod
    def of(cls, matrix: np.ndarray, base: np.ndarray) -> "Block":
        """The regression on the margins, weighted by base weights (sums by cell, shape (cells,))."""
        root = np.sqrt(base)
        return cls(matrix, np.linalg.pinv(matrix * root[:, None]) / root)

    @property
    def size(self) -> int:
        """Number of weighting cells."""
        return self.matrix.shape[0]

    @property
    def fitted(self) -> bool:
        """Whether there is a margin."""
        return self.matrix.shape[1] > 0


def unweighted(cells: int = 1) -> Block:
    """A block that was fitted to nothing."""
    return Block(np.zeros((cells, 0)), np.zeros((0, cells)))


@dataclass(frozen=True, eq=False)
class Calibration:
    """The weighting of a cube.

    A strand is a unit of the last stage crossed with a weighting cell: everybody in it was drawn
    together and has the same ratio of weights.

    Attributes
    ----------
    strand : ndarray of intp, shape (cells of the cube,)
        The strand of each cell.
    unit, cell : ndarray of intp, shape (strands,)
        The unit of the last stage and the weighting cell.
    weight : ndarray of float, shape (strands,)
        Sum of fitted weights of everybody, whatever a subset of the cube leaves out.
    factor : ndarray of float, shape (weighting cells,)
        Fitted weight over base weight.
    blocks : tuple of Block
        Together they hold all weighting cells, in order.
    """

    strand: np.ndarray
    unit: np.ndarray
    cell: np.ndarray
    weight: np.ndarray
    factor: np.ndarray
    blocks: tuple[Block, ...]

    @property
    def ratio(self) -> np.ndarray:
        """Fitted weight over base weight of each cell of the cube."""
        return self.factor[self.cell[self.strand]]

    def take(self, cells: np.ndarray) -> "Calibration":
        """The same weighting seen by some cells of the cube."""
        return replace(self, strand=self.strand[cells])


def strands(
    unit: np.ndarray, cell: np.ndarray, weight: np.ndarray, factor: np.ndarray, blocks: tuple[Block, ...]
) -> Calibration:
    """Number the strands of a cube.

    Parameters
    ----------
    unit, cell, weight : ndarray, shape (cells of the cube,)
        Unit of the last stage, weighting cell, and sum of everybody's fitted weights.
    """
    size = np.int64(factor.size)
    strand, keys = number(unit * size + cell)
    units, cells = np.divmod(keys, size)
    return Calibration(
        strand,
        units.astype(np.intp),
        cells.astype(np.intp),
        np.bincount(strand, weight, keys.size),
        factor,
        blocks,
    )


def joined(
    parts: Sequence[Calibration | None], units: Sequence[np.ndarray], positions: Sequence[np.ndarray]
) -> Calibration | None:
    """The weighting of cubes put together; each part keeps its own.

    Parameters
    ----------
    units : sequence of ndarray, shape (cells,) each
        The units of the cells of each cube, as numbered in it.
    positions : sequence of ndarray
        For each cube the new numbers of its units.
    """
    if all(part is None for part in parts):
        return None
    whole = [_own(unit) if part is None else part for part, unit in zip(parts, units, strict=True)]
    above = np.cumsum([0] + [p.unit.size for p in whole[:-1]])
    beside = np.cumsum([0] + [p.factor.size for p in whole[:-1]])
    return Calibration(
        np.concatenate([p.strand + a for p, a in zip(whole, above, strict=True)]),
        np.concatenate([new[p.unit] for p, new in zip(whole, positions, strict=True)]),
        np.concatenate([p.cell + b for p, b in zip(whole, beside, strict=True)]),
        np.concatenate([p.weight for p in whole]),
        np.concatenate([p.factor for p in whole]),
        tuple(block for p in whole for block in p.blocks),
    )


def _own(unit: np.ndarray) -> Calibration:
    """A cube that was not weighted: nothing is explained, so that its weights do not matter."""
    return strands(unit, np.zeros(unit.size, np.intp), np.zeros(unit.size), np.ones(1), (unweighted(),))
