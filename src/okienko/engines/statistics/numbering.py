"""Numbering the combinations of labels that occur in the rows.

Answers are kept in the order of their units, so that the labels of the design change rarely: such columns
are read at their changes only, which costs a comparison per row in place of a sort.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from okienko.engines.statistics.labels import Column, Labels, as_labels, number

# A column that changes less often than this share of the rows is read at its changes.
_STEADY = 1 / 8
_LARGEST_KEY = 1 << 62


def number_rows(keys: Mapping[str, Column], rows: int) -> tuple[np.ndarray, dict[str, Labels]]:
    """Number the rows by the combination of their labels.

    Parameters
    ----------
    keys : mapping of name to column, shape (rows,) each

    Returns
    -------
    cell : ndarray of intp, shape (rows,)
    labels : the labels of the cells, by name
    """
    turns = {name: _turns(column) for name, column in keys.items()}
    steady = [name for name, turn in turns.items() if np.count_nonzero(turn) < rows * _STEADY]
    loose = {name: as_labels(column) for name, column in keys.items() if name not in steady}
    if not steady:
        cell, cells = crossing(list(loose.values()), rows)
        sample = _samples(cell, cells)
        return cell, {name: _at(labels, sample) for name, labels in loose.items()}
    starts = np.flatnonzero(np.logical_or.reduce([turns[name] for name in steady]))
    lengths = np.diff(starts, append=rows)
    runs = {name: as_labels(_taken(keys[name], starts)) for name in steady}
    run, distinct = crossing(list(runs.values()), starts.size)
    cell = np.repeat(run, lengths)
    if not loose:
        sample = _samples(run, distinct)
        return cell, {name: _at(runs[name], sample) for name in keys}
    cell, cells = crossing([Labels(cell, tuple(range(distinct))), *loose.values()], rows)
    sample = _samples(cell, cells)
    in_run = np.searchsorted(starts, sample, side="right") - 1
    return cell, {
        name: _at(loose[name], sample) if name in loose else _at(runs[name], in_run) for name in keys
    }


def _samples(codes: np.ndarray, distinct: int) -> np.ndarray:
    """A row of each number, shape (distinct,)."""
    sample = np.zeros(distinct, np.intp)
    sample[codes] = np.arange(codes.size)
    return sample


def _at(labels: Labels, rows: np.ndarray) -> Labels:
    return Labels(labels.codes[rows], labels.names)


def crossing(parts: Sequence[Labels], rows: int) -> tuple[np.ndarray, int]:
    """Number the combinations of labels ("none" included) in ascending order; also how many there are."""
    key, top = np.zeros(rows, np.intp), 1
    for part in parts:
        size = len(part.names) + 1
        if top * size > _LARGEST_KEY:
            key, values = number(key)
            top = values.size
        key = key * size + (part.codes + 1)
        top *= size
    codes, values = number(key)
    return codes, values.size


def _turns(column: Column) -> np.ndarray:
    """True where a row differs from the one before, shape (rows,)."""
    values = column.codes if isinstance(column, Labels) else np.asarray(column)
    turns = np.ones(values.size, bool)
    np.not_equal(values[1:], values[:-1], out=turns[1:])
    return turns


def _taken(column: Column, rows: np.ndarray) -> Column:
    if isinstance(column, Labels):
        return Labels(np.asarray(column.codes)[rows], column.names)
    return np.asarray(column)[rows]
