"""The map's square: web maps lay the world out as a square of Web Mercator (EPSG:3857), cut at 85.05 degrees."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

FARTHEST = math.degrees(math.atan(math.sinh(math.pi)))
"""Degrees of latitude where the square ends; what lies beyond is put on its edge."""
TILE_PIXELS = 256
"""Side of the square at zoom 0; it doubles with each step."""


def project(lat: NDArray[Any], lon: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(x, y) of points in degrees on a square with sides of 1, from the north-west; NaN stays.

    >>> [float(v[0]) for v in project(np.array([0.0]), np.array([-180.0]))]
    [0.0, 0.5]
    """
    within = np.radians(np.clip(np.asarray(lat, dtype=np.float64), -FARTHEST, FARTHEST))
    return (np.asarray(lon, dtype=np.float64) + 180) / 360, (1 - np.arcsinh(np.tan(within)) / math.pi) / 2
