"""Near pairs against a slow count of every pair, by another formula for distances."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns import pair_counts
from waqai.patterns.pair_counts import Bands, count_near_pairs, count_permuted, split_blocks, to_sphere

BANDS = Bands(km=(5.0, 10.0, 20.0), days=(0, 2, 7, 14, 30))


def scene(n: int, *, lat: float, lon: float, seed: int = 1, days: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days, latitudes and longitudes of happenings within some 30 km, a fifth of them at a few shared places."""
    rng = np.random.default_rng(seed)
    lats, lons = lat + rng.normal(0, 0.1, n), lon + rng.normal(0, 0.1, n) / max(np.cos(np.radians(lat)), 0.02)
    shared = rng.integers(0, 4, n // 5)
    lats[: n // 5], lons[: n // 5] = lats[shared], lons[shared]
    return rng.integers(737_000, 737_000 + days, n), np.clip(lats, -90, 90), (lons + 180) % 360 - 180


def count_slowly(days: np.ndarray, lats: np.ndarray, lons: np.ndarray, bands: Bands) -> np.ndarray:
    """Every pair once, distances by the haversine."""
    counts = np.zeros(bands.shape, dtype=int)
    lat, lon = np.radians(lats), np.radians(lons)
    for i in range(len(days)):
        rest = slice(i + 1, None)
        h = np.sin((lat[rest] - lat[i]) / 2) ** 2 + np.cos(lat[i]) * np.cos(lat[rest]) * np.sin((lon[rest] - lon[i]) / 2) ** 2
        km = 2 * 6371.0088 * np.arcsin(np.sqrt(np.minimum(h, 1)))
        km[(lats[rest] == lats[i]) & (lons[rest] == lons[i])] = -1
        for s, t in np.ndindex(*bands.shape):
            near = km == -1 if s == 0 else (km <= bands.km[s - 1]) & (km > ((0, *bands.km)[s - 1] if s > 1 else -0.5))
            apart = abs(days[rest] - days[i])
            counts[s, t] += (near & (apart <= bands.days[t]) & (apart > (-1, *bands.days)[t])).sum()
    return counts


@pytest.mark.parametrize(
    ("lat", "lon", "why"),
    [(35.0, 40.0, "plain"), (10.0, 180.0, "over the date line"), (89.95, 0.0, "round the pole"), (-0.05, -0.05, "over equator and meridian")],
)
def test_every_cell_holds_the_pairs_of_a_slow_count_anywhere_on_earth(lat: float, lon: float, why: str) -> None:
    days, lats, lons = scene(220, lat=lat, lon=lon)
    counted = count_permuted(to_sphere(lats, lons), days, bands=BANDS, block_days=60, permutations=1, seed=1)
    slow = count_slowly(days, lats, lons, BANDS)
    assert counted[..., 0].sum(axis=0).tolist() == slow.tolist() and (slow > 0).all()


@pytest.mark.parametrize("block_days", [31, 60, 100, 400])  # 100 and more do not fit into a byte
def test_blocks_and_pieces_change_nothing_in_the_counts(block_days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    days, lats, lons = scene(250, lat=35, lon=40)
    monkeypatch.setattr(pair_counts, "LISTED_AT_ONCE", 700)
    monkeypatch.setattr(pair_counts, "_LONG_ROW", 8)
    counted = count_permuted(to_sphere(lats, lons), days, bands=BANDS, block_days=block_days, permutations=2, seed=1)
    assert counted[..., 0].sum(axis=0).tolist() == count_slowly(days, lats, lons, BANDS).tolist()


def test_each_permutation_is_counted_on_days_that_stay_in_their_block() -> None:
    days, lats, lons = scene(200, lat=35, lon=40)
    counted = count_permuted(to_sphere(lats, lons), days, bands=BANDS, block_days=60, permutations=5, seed=7).sum(axis=0)
    dealt = np.tile(days, (6, 1))
    for at, rows in enumerate(split_blocks(days, block_days=60)):
        anew = np.random.default_rng([7, at]).permuted(np.broadcast_to((days[rows] - days.min()).astype(np.int8), (5, len(rows))), axis=1)
        dealt[1:, rows] = _unwrapped(anew, days[rows] - days.min()) + days.min()
    assert all(sorted(row) == sorted(days) for row in dealt)
    for column, row in enumerate(dealt):
        assert counted[..., column].tolist() == count_slowly(row, lats, lons, BANDS).tolist()


def _unwrapped(bytes_: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The days of a block behind their last eight bits."""
    behind = {int(np.int64(day).astype(np.int8)): int(day) for day in days}
    return np.vectorize(lambda byte: behind[int(byte)])(bytes_)


def test_what_a_permutation_costs_is_known_before() -> None:
    days, lats, lons = scene(250, lat=35, lon=40)
    points, block = to_sphere(lats, lons), (days - days.min()) // 60
    near = np.linalg.norm(points[:, None] - points[None], axis=2) <= BANDS.chords[-1]
    soon = abs(block[:, None] - block[None]) <= 1
    assert count_near_pairs(points, days, bands=BANDS, block_days=60) == np.triu(near & soon, 1).sum()


def test_pairs_are_kept_by_the_earlier_block() -> None:
    days = np.array([0, 1, 59, 61, 130])
    counted = count_permuted(np.zeros((5, 3)) + 1, days, bands=Bands(km=(5.0,), days=(30,)), block_days=60, permutations=1, seed=1)
    assert counted[:, 0, 0, 0].tolist() == [2, 0, 0]  # 0 and 1; 59 and 61


def test_threads_change_nothing() -> None:
    days, lats, lons = scene(200, lat=35, lon=40)
    one, four = (count_permuted(to_sphere(lats, lons), days, bands=BANDS, block_days=60, permutations=9, seed=1, threads=n) for n in (1, 4))
    assert (one == four).all()
