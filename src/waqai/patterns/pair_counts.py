"""How many pairs of happenings are near in space and near in time, as they are and with their days changed about: exact, in bounded memory.

Distances are straight lines through the earth between points on a sphere, which grow with the way over it, so a KD-tree finds neighbours anywhere, over the
date line and at the poles. Pairs that are near in space are listed once, block of days by block of days, and every permutation is counted on them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from waqai.patterns.series import Floats, Ints

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
LISTED_AT_ONCE = 4_000_000
"""Pairs looked at in one piece at most: some 100 MB a thread."""
_GROUP = 128  # ones that are added in a byte, which holds 255
_LONG_ROW = 8192  # bytes that are added in one go


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Upper edges, both included: `km` beyond exactly the same place (a band of its own, before them), `days` from the same day on."""

    km: tuple[float, ...]
    days: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """(n_space, n_time), the same place counted in."""
        return len(self.km) + 1, len(self.days)

    @property
    def chords(self) -> Floats:
        """The edges of the space bands as straight lines in km, the same place (0) first."""
        return np.concatenate([[0.0], 2 * EARTH_KM * np.sin(np.minimum(np.array(self.km) / (2 * EARTH_KM), np.pi / 2))])


def to_sphere(lats: Floats, lons: Floats) -> Floats:
    """Points on a sphere of the earth's size, shape (n, 3), in km.

    >>> to_sphere(np.array([0.0, 90.0]), np.array([0.0, 12.0])).round(3).tolist()
    [[6371.009, 0.0, 0.0], [0.0, 0.0, 6371.009]]
    """
    lat, lon = np.radians(lats), np.radians(lons)
    return EARTH_KM * np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def count_near_pairs(points: Floats, days: Ints, *, bands: Bands, block_days: int) -> int:
    """The pairs within the largest distance whose blocks of days are near enough to matter: what a permutation costs."""
    reach, blocks = float(bands.chords[-1]), split_blocks(days, block_days=block_days)
    trees = [cKDTree(points[rows]) for rows in blocks]
    total = 0
    for a, b in _block_pairs(len(blocks), bands=bands, block_days=block_days):
        found = int(trees[a].count_neighbors(trees[b], reach)) if len(blocks[a]) and len(blocks[b]) else 0
        total += (found - len(blocks[a])) // 2 if a == b else found
    return total


def split_blocks(days: Ints, *, block_days: int) -> list[Ints]:
    """The rows of each block of `block_days` days, from the first day of all on."""
    block = (days - days.min()) // block_days
    order = np.argsort(block, kind="stable")
    return np.split(order, np.searchsorted(block[order], np.arange(1, block.max() + 1)))


def count_permuted(points: Floats, days: Ints, *, bands: Bands, block_days: int, permutations: int, seed: int, threads: int = 2) -> Ints:
    """Pairs in each cell, shape (n_blocks, n_space, n_time, 1 + permutations), by the earlier block of the two; the first column is the record as it is.

    In the others the days of each block's happenings are dealt out anew among them, so every block keeps its days and its places.
    """
    blocks = split_blocks(days, block_days=block_days)
    dealt = [_deal(days[rows] - days.min(), permutations, np.random.default_rng([seed, at]), _small(bands, block_days)) for at, rows in enumerate(blocks)]
    trees = [cKDTree(points[rows]) for rows in blocks]
    found = np.zeros((len(blocks), *bands.shape, 1 + permutations), dtype=np.int64)

    def count(pair: tuple[int, int]) -> tuple[int, Ints]:
        a, b = pair
        total = np.zeros((*bands.shape, 1 + permutations), dtype=np.int64)
        for left, right, chord in _iter_near(trees[a], trees[b], reach=float(bands.chords[-1]), same=a == b):
            _add_cells(total, dealt[a], dealt[b], left, right, np.searchsorted(bands.chords, chord), bands.days)
        return a, total

    with ThreadPoolExecutor(threads) as pool:
        for a, total in pool.map(count, list(_block_pairs(len(blocks), bands=bands, block_days=block_days))):
            found[a] += total
    found[:, :, 1:] -= found[:, :, :-1].copy()
    return found


def _small(bands: Bands, block_days: int) -> bool:
    """Whether the days between two happenings of any pair of blocks that is looked at fit into a byte, sign and all."""
    return (_reach(bands, block_days) + 1) * block_days <= 127


def _reach(bands: Bands, block_days: int) -> int:
    """How many blocks further on a happening can lie that is still within the longest time."""
    return -(-max(bands.days) // block_days)


def _block_pairs(n_blocks: int, *, bands: Bands, block_days: int) -> Iterator[tuple[int, int]]:
    reach = _reach(bands, block_days)
    return ((a, b) for a in range(n_blocks) for b in range(a, min(a + reach + 1, n_blocks)))


def _deal(days: Ints, permutations: int, rng: np.random.Generator, small: bool) -> NDArray[Any]:
    """The days of a block as they are, then dealt out anew, shape (n, 1 + permutations); in a byte they wrap round, and so do their differences, back."""
    narrow = days.astype(np.int8 if small else np.int32)
    anew = rng.permuted(np.broadcast_to(narrow, (permutations, len(days))), axis=1)
    return np.ascontiguousarray(np.concatenate([narrow[None, :], anew]).T)


def _iter_near(left: cKDTree, right: cKDTree, *, reach: float, same: bool) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Rows of the left and of the right tree with the straight line between them, in pieces; within one tree each pair once."""
    if not left.n or not right.n:
        return
    step = max(1, LISTED_AT_ONCE // right.n)
    for start in range(0, left.n, step):
        rows = left.indices[start : start + step]  # neighbours in the tree, so the piece is small on the ground
        near = cKDTree(left.data[rows]).sparse_distance_matrix(right, reach, output_type="ndarray")
        one, other = rows[near["i"]], near["j"]
        keep = one < other if same else slice(None)
        yield one[keep], other[keep], near["v"][keep]


def _add_cells(total: Ints, left: NDArray[Any], right: NDArray[Any], i: Ints, j: Ints, space: Ints, within: Sequence[int]) -> None:
    """Add to `total` (n_space, n_time, columns) the pairs of each space band that are at most so many days apart, column by column. Changes `total`."""
    together = -(-_LONG_ROW // left.shape[1])
    shape = (min(together * _GROUP, max(len(i), 1)), left.shape[1])
    one, other, marks = np.empty(shape, left.dtype), np.empty(shape, left.dtype), np.empty(shape, bool)  # kept, for new memory costs as much as the counting
    for band in range(total.shape[0]):
        at = np.flatnonzero(space == band)
        for start in range(0, len(at), shape[0]):
            piece = at[start : start + shape[0]]
            n = len(piece)
            np.take(left, i[piece], axis=0, out=one[:n], mode="clip")
            np.take(right, j[piece], axis=0, out=other[:n], mode="clip")
            np.subtract(one[:n], other[:n], out=one[:n])
            np.abs(one[:n], out=one[:n])
            for place, most in enumerate(within):
                total[band, place] += _add_rows(np.less_equal(one[:n], most, out=marks[:n]), together)


def _add_rows(marks: NDArray[np.bool_], together: int) -> Ints:
    """The sums of the columns: long rows of bytes are added, up to 128 of them, which is several times as fast as numpy's own sum."""
    columns, whole = marks.shape[1], len(marks) // together * together
    sums = np.add.reduce(marks[:whole].view(np.uint8).reshape(-1, together * columns), axis=0, dtype=np.uint8)
    rest = marks[whole:].sum(axis=0, dtype=np.int64)
    summed: Ints = sums.reshape(together, columns).sum(axis=0, dtype=np.int64) + rest
    return summed
