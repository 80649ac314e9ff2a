"""A checksum of rows that does not depend on their order: the sum of a number made of each row.

Sums add up over files, so that the checksums of the days give that of the wave. Two 64-bit sums are kept; a
change by mistake is found, a forger is not kept out (M. Bellare and D. Micciancio, "A new paradigm for
collision-free hashing", 1997, on what sums of hashes can and cannot do).
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from okienko.engines.statistics.errors import StatisticsError

_MODULUS = 1 << 64
_SEEDS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03))


@dataclass(frozen=True)
class Fingerprint:
    """Number of rows and their checksum; of several files, add them.

    >>> Fingerprint(2, (3, 4)) + Fingerprint(1, (1, 1))
    Fingerprint(rows=3, sums=(4, 5))
    """

    rows: int = 0
    sums: tuple[int, int] = (0, 0)

    def __add__(self, other: "Fingerprint") -> "Fingerprint":
        first, second = ((a + b) % _MODULUS for a, b in zip(self.sums, other.sums, strict=True))
        return Fingerprint(self.rows + other.rows, (first, second))

    def __str__(self) -> str:
        return "".join(f"{part:016x}" for part in self.sums)

    @classmethod
    def read(cls, rows: int, text: str) -> "Fingerprint":
        """The fingerprint that ``str`` wrote; else ``StatisticsError`` ``damaged_file``."""
        if rows < 0 or not re.fullmatch("[0-9a-f]{32}", text):
            raise StatisticsError("damaged_file", "The file is damaged: its checksum cannot be read.")
        return cls(rows, (int(text[:16], 16), int(text[16:], 16)))


def fingerprint(
    coded: Mapping[str, tuple[np.ndarray, Sequence[object]]], numbers: Mapping[str, np.ndarray], rows: int
) -> Fingerprint:
    """The fingerprint of rows.

    Parameters
    ----------
    coded : mapping of column to (codes, names)
        Codes 0 (nothing) … len(names), shape (rows,) each. The names count and not their numbering.
    numbers : mapping of column to ndarray of float64, shape (rows,)
    rows : int
    """
    total = np.zeros(rows, np.uint64)
    for column, (codes, names) in coded.items():
        values = np.array([_of_name(column, name) for name in (None, *names)], np.uint64)
        total += values[codes]
    for column, floats in numbers.items():
        bits = np.ascontiguousarray(floats, np.float64).view(np.uint64)
        total += _mixed(bits + np.uint64(_of_name(column, "number")))
    first, second = (int(_mixed(total ^ seed).sum(dtype=np.uint64)) for seed in _SEEDS)
    return Fingerprint(rows, (first, second))


def _of_name(column: str, name: object) -> int:
    text = json.dumps([column, name], ensure_ascii=False, default=str).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def _mixed(values: np.ndarray) -> np.ndarray:
    """The finaliser of splitmix64 (G. Steele, D. Lea, C. Flood 2014), which spreads every bit over all."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
