"""Datasets of others, row by row: ACLED, UCDP GED, POLECAT and any table in our own columns, as what they say happened.

`open_rows` is the way in: each row of a file in our terms, or why it is set aside.
"""

from waqai.imports.opening import NAMES, Dataset, ForeignTable, open_rows
from waqai.imports.rows import ForeignRow, RowError, RowFigure, RowParty, RowPlace

__all__ = ["NAMES", "Dataset", "ForeignRow", "ForeignTable", "RowError", "RowFigure", "RowParty", "RowPlace", "open_rows"]
