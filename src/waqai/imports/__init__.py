"""Datasets of others, row by row: ACLED, UCDP GED, POLECAT and any table in our own columns, as what they say happened."""

from waqai.imports.rows import ForeignRow, RowFigure, RowParty, RowPlace

__all__ = ["ForeignRow", "RowFigure", "RowParty", "RowPlace"]
