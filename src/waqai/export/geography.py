"""Countries and points as other schemes write them; the PRIO-GRID's cells."""

from __future__ import annotations

import math

from waqai.codebook.countries import ACLED_NAMES, UCDP_NAMES, alpha3, country_name, iso_number

__all__ = ["ACLED_NAMES", "UCDP_NAMES", "alpha3", "country_name", "find_cell", "iso_number"]
GRID_DEGREES, GRID_COLUMNS = 0.5, 720
"""The cells of PRIO-GRID (Tollefsen, Strand and Buhaug 2012, doi 10.1177/0022343311431287): half a degree wide, 720 in a row, rows from the south."""


def find_cell(lat: float, lon: float, *, within: float = 0.0) -> int | None:
    """The PRIO-GRID cell that the point lies in; cell 1 is at the south-west corner. None where points up to `within` degrees away lie in another.

    >>> find_cell(-90, -180), find_cell(36.5, 40.2), find_cell(36.5, 40.2, within=0.05)
    (1, 182601, None)
    """
    cells = {_cell(lat + north, lon + east) for north in (-within, within) for east in (-within, within)}
    return cells.pop() if len(cells) == 1 else None


def _cell(lat: float, lon: float) -> int:
    row = min(max(math.floor((lat + 90) / GRID_DEGREES), 0), 359)
    column = min(max(math.floor((lon + 180) / GRID_DEGREES), 0), GRID_COLUMNS - 1)
    return row * GRID_COLUMNS + column + 1
