"""Forecasts, their scores and backtests, which refuse to be changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TABLES = ("forecasts", "forecast_scores", "forecast_backtests")


def upgrade() -> None:
    """Empty tables."""
    op.create_table(
        "forecasts",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("registered_at", sa.Text(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("model", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("data_as_of", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forecasts"),
    )
    op.create_index("ix_forecasts_scope_unit", "forecasts", ["scope", "unit"])
    op.create_table(
        "forecast_scores",
        sa.Column("forecast", TEXT, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("scored_at", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("data_as_of", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("forecast", "month", name="pk_forecast_scores"),
        sa.ForeignKeyConstraint(["forecast"], ["forecasts.id"], name="fk_forecast_scores_forecast"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forecast_backtests",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("registered_at", sa.Text(), nullable=False),
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("plain", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forecast_backtests"),
    )
    _guard()


def _guard() -> None:
    for table in TABLES:
        if op.get_bind().dialect.name == "postgresql":  # the function is the first migration's
            op.execute(f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION waqai_never()")
            op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION waqai_never()")
            continue
        for deed in ("update", "delete"):
            says = f"{table} are appended, never updated or deleted"
            op.execute(f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END")
