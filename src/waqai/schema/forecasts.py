"""The tables of forecasts: what was forecast before it could be known, what it was worth, and backtests. Rows are appended, never updated or deleted.

They are neither facts nor views: no dump shows them, no rebuild makes them. They hold counts by country or province and month, and of nobody.
"""

from __future__ import annotations

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.columns import ExactText, Instant, PlainJson

metadata = sa.MetaData(naming_convention=tables.metadata.naming_convention)

forecasts = sa.Table(
    "forecasts",
    metadata,
    sa.Column("id", ExactText, primary_key=True),  # SHA-256 of `plain`, see `forecasting.forecast`
    sa.Column("registered_at", Instant, nullable=False),
    sa.Column("unit", ExactText, nullable=False),
    sa.Column("scope", ExactText, nullable=False),  # level, measure and families in one line, to group by
    sa.Column("model", ExactText, nullable=False),
    sa.Column("version", ExactText, nullable=False),
    sa.Column("data_as_of", sa.Integer, nullable=False),  # the newest entry of the log that it was made with
    sa.Column("starts", sa.Date, nullable=False),  # the first day that it speaks of, and the last
    sa.Column("ends", sa.Date, nullable=False),
    sa.Column("plain", PlainJson, nullable=False),
    sa.Index("ix_forecasts_scope_unit", "scope", "unit"),
)

scores = sa.Table(
    "forecast_scores",
    metadata,
    sa.Column("forecast", ExactText, sa.ForeignKey(forecasts.c.id), primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),  # its first day
    sa.Column("scored_at", Instant, nullable=False),
    sa.Column("known_on", sa.Date, nullable=False),  # what happened, as it was known when this day ended
    sa.Column("data_as_of", sa.Integer, nullable=False),
    sa.Column("seen", sa.Integer, nullable=False),
    sa.Column("plain", PlainJson, nullable=False),  # the scores by name
    sqlite_with_rowid=False,
)

backtests = sa.Table(
    "forecast_backtests",
    metadata,
    sa.Column("id", ExactText, primary_key=True),  # SHA-256 of `plain`
    sa.Column("registered_at", Instant, nullable=False),
    sa.Column("scope", ExactText, nullable=False),
    sa.Column("plain", PlainJson, nullable=False),
)
